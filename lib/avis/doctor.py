"""What this machine has and lacks, with the one command that mends it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from avis.i18n import say

PACKAGES = ("jupyterlab", "nbconvert", "papermill", "pandas", "plotly", "matplotlib", "typst", "nbval")
SYNCED = {
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "dropbox": "Dropbox",
}
INSTALL = "python -m pip install --require-hashes -r requirements.lock"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    told: str


def examine() -> list[Finding]:
    """Look at Python, packages, the kernel, fonts, and this folder."""
    packages = [_package(name) for name in PACKAGES]
    return [_python(), *packages, _kernel(), _fonts(), _writable(), _synced(Path.cwd())]


def _python() -> Finding:
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(good, say("cli.doctor.python" if good else "cli.doctor.python_bad", version=version))


def _package(name: str) -> Finding:
    try:
        return Finding(True, say("cli.doctor.package", name=name, version=metadata.version(name)))
    except metadata.PackageNotFoundError:
        return Finding(False, say("cli.doctor.package_missing", name=name, command=INSTALL))


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager

    good = "python3" in KernelSpecManager().find_kernel_specs()
    command = "python -m ipykernel install --sys-prefix --name python3"
    return Finding(good, say("cli.doctor.kernel") if good else say("cli.doctor.kernel_bad", command=command))


def _fonts() -> Finding:
    found = util.find_spec("matplotlib")
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" if found and found.origin else Path()
    good = (folder / "DejaVuSans.ttf").is_file()
    return Finding(good, say("cli.doctor.fonts") if good else say("cli.doctor.fonts_bad", command=INSTALL))


def _writable() -> Finding:
    good = os.access(Path.cwd(), os.W_OK)
    return Finding(good, say("cli.doctor.writable" if good else "cli.doctor.writable_bad"))


def _synced(folder: Path) -> Finding:
    """A synchronised folder sends what people said to somebody else's machine."""
    path = str(folder.resolve()).lower()
    for mark, name in SYNCED.items():
        if mark in path:
            return Finding(False, say("cli.doctor.synced", name=name))
    return Finding(True, say("cli.doctor.not_synced"))
