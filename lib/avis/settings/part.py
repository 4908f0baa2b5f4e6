"""What every part of `evaluation.yaml` is built on."""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part that never changes."""
