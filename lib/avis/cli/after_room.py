"""What is left to do when words were taken back in the room: `python -m avis.cli.after_room EVALUATION`.

The room erased them already. They come by the standard input, so that they stand on no disk and in no list of
processes; copies, drafts, editions and git are then searched for them, as `avis withdraw` does.
"""

from __future__ import annotations

import sys

import msgspec


def main(evaluation: str, given: bytes) -> int:
    """Carry out what a note of the room left to do. Errors: those of `avis withdraw`."""
    from avis.cli.withdraw import alone
    from avis.cli.withdrawn import apply
    from avis.errors import Problems
    from avis.evaluation import as_of, open_evaluation
    from avis.rights.asked import Asked
    from avis.rights.in_room import close_note
    from avis.rights.withdraw import look
    from avis.room.following import Gone

    gone = msgspec.json.decode(given, type=Gone)
    opened, problems = open_evaluation(evaluation), Problems()
    with alone(opened):
        plan = look(opened, "withdrawn", Asked(gone.ids), problems, said=gone.words)
        problems.raise_errors()
        status = apply(plan, agreed=False, history=False)
        if gone.note:  # none while the room could not erase all of it yet
            close_note(opened, gone.note, as_of())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.buffer.read()))
