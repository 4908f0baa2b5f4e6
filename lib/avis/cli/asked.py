"""What was asked for, and what it is worth as an exit status."""

from __future__ import annotations

import argparse
from pathlib import Path

from avis.errors import AvisError, fail

WRONG_USE = {
    "EVA-001",
    "CLI-001",
    "CLI-002",
    "CLI-003",
    "CLI-004",
    "CLI-005",
    "CLI-006",
    "CLI-007",
    "CLI-008",
    *("CLI-015", "CLI-016", "CLI-017", "CLI-018", "CLI-019"),
    *("CLI-030", "CLI-031", "CLI-032", "CLI-033", "CLI-034", "CLI-048"),
    *("CLI-035", "CLI-036", "CLI-037", "CLI-038", "CLI-039"),
    "CLI-020",
    "CLI-021",
    "CLI-060",
    "RUN-007",
    *("LIN-022", "LIN-023", "LIN-024", "LIN-029"),
    *("SAL-120", "SAL-122"),
}
"""Errors in what was asked, not in what was given."""


def status(error: AvisError) -> int:
    """Give the exit status of an error: 2 wrong use, 1 something wrong in what was given."""
    return 2 if {item.code for item in error.problems} <= WRONG_USE else 1


def asked_for(arguments: argparse.Namespace) -> list[str]:
    """Give the evaluations named; without a name, the one here, all under evaluations/, or all beside.

    An association keeps its own in any folder, such as ~/Avis: there, each is a folder of it.

    Errors: CLI-001 there is none.
    """
    named: list[str] = list(arguments.evaluations)
    if named and not getattr(arguments, "all", False):
        return named
    if (Path.cwd() / "evaluation.yaml").is_file():
        return ["."]
    for pattern in ("evaluations/*/evaluation.yaml", "*/evaluation.yaml"):
        found = sorted(path.parent for path in Path.cwd().glob(pattern))
        if found:
            return [str(path) for path in found]
    raise fail("CLI-001")
