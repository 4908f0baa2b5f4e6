"""`avis protect`: hide what could be guessed in count tables, or audit tables that were protected."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from avis.cli.read import named
from avis.errors import fail

LOWEST = 5
"""The lowest threshold: see `disclosure.rules`."""


def run(arguments: argparse.Namespace) -> int:
    """Protect or audit tables, and print what was found. Exit status: 0 safe, 1 not, 2 wrong use."""
    if arguments.threshold < LOWEST:
        raise fail("LIN-024", threshold=arguments.threshold, lowest=LOWEST)
    from avis.disclosure.rules import Rules
    from avis.linked.run import Asked
    from avis.linked.run import run as protect

    asked = Asked(
        tuple(named(arguments.files)),
        Rules(arguments.threshold),
        Path(arguments.out) if arguments.out else None,
    )
    outcome = protect(asked)
    print(json.dumps(outcome.data(), ensure_ascii=False, indent=1))
    return 0 if outcome.passed and outcome.left else 1
