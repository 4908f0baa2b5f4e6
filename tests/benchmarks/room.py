"""What a full room waits for: thirty phones, a wall and a facilitator against `avis session`, on one machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "room"))

from crowd import hold_a_meeting
from table import make_evaluation

PHONES = 30


def room_costs() -> str:
    """Tell what a reaction and a change on all screens cost, and the memory of the server."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_evaluation(Path(folder)).folders.root
        found = hold_a_meeting(root, phones=PHONES)
    return (
        f"A room of {PHONES} phones, {len(found.reactions)} reactions: half within {found.median * 1000:.0f} ms,"
        f" 95 % within {found.slowest_of_95 * 1000:.0f} ms; the last screen after"
        f" {found.slowest_screen * 1000:.0f} ms at most; server {found.memory:.0f} MB"
    )


if __name__ == "__main__":
    print(room_costs())
