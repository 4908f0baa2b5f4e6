"""The kernels of a build: reached through files of this user, not through the network.

By default a kernel listens on TCP ports without encryption, where any program of the machine can
listen in; what passes there is what people said. Where Unix sockets are not to be had (Windows, or a
home folder whose path is too long for one), the default stays.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir

LONGEST_SOCKET = 100
"""A Unix socket's path holds 108 bytes on Linux, 104 on macOS, the number of the port included."""
QUIET = ["--IPKernelApp.log_level=50"]
"""What a kernel logs on its end is no news to an evaluator."""


class PrivateKernelManager(AsyncKernelManager):
    """Starts a kernel that talks through Unix sockets in the user's own runtime folder."""

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        folder = Path(jupyter_runtime_dir())
        if has_sockets(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.transport = "ipc"
            # By default two kernels that start together take the same names.
            self.ip = str(folder / f"avis-{uuid4().hex[:16]}")


def has_sockets(folder: Path) -> bool:
    """Tell whether kernels of this folder can be reached through Unix sockets."""
    name = folder / "avis-0123456789abcdef-5"
    return sys.platform != "win32" and len(os.fsencode(name)) < LONGEST_SOCKET
