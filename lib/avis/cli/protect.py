"""`avis protect`: hide what could be guessed in count tables, or audit tables that were protected."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avis.cli.asked import status
from avis.cli.check import as_data
from avis.cli.read import named
from avis.cli.waiting import Waiting
from avis.errors import AvisError, Problems, fail, shown, tell
from avis.i18n import language, percent, say

if TYPE_CHECKING:
    from avis.linked.outcome import HiddenCell, Outcome, Weak

LOWEST = 5
"""The lowest threshold: see `disclosure.rules`."""

MOST_LINES = 40
"""Hidden cells that a terminal shows; `--json` gives all."""


def run(arguments: argparse.Namespace) -> int:
    """Protect or audit tables, and print what was found.

    Exit status: 0 safe; 1 not safe, nothing left to publish, or something wrong in a table; 2 wrong use.
    """
    try:
        outcome = _outcome(arguments)
    except AvisError as error:
        if arguments.json:
            print(_json(_refused(arguments, error)))
        print(error, file=sys.stderr)
        return status(error)
    if arguments.json:
        print(_json(outcome.data() | _notes(outcome.problems)))
    else:
        print(told(outcome, arguments.out))
    return 0 if outcome.passed and outcome.left else 1


def _outcome(arguments: argparse.Namespace) -> Outcome:
    """Do what was asked. Errors: LIN-024 a threshold that does not protect, and those of the files."""
    if arguments.threshold < LOWEST:
        raise fail("LIN-024", threshold=arguments.threshold, lowest=LOWEST)
    from avis.disclosure.rules import Rules
    from avis.linked.run import Asked, audit_files, protect_files

    with Waiting() as waiting:
        asked = Asked(
            files=tuple(named(arguments.files)),
            rules=Rules(arguments.threshold),
            out=Path(arguments.out) if arguments.out else None,
            known=Path(arguments.known) if arguments.known else None,
            hierarchy=Path(arguments.hierarchy) if arguments.hierarchy else None,
            combine=tuple(arguments.combine),
            cost=arguments.cost,
            exact=arguments.exact,
            doing=lambda what: waiting.now(say(f"cli.protect.doing.{what}")),
        )
        return audit_files(asked) if arguments.audit_only else protect_files(asked)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _refused(arguments: argparse.Namespace, error: AvisError) -> dict[str, Any]:
    from avis.linked.outcome import Outcome

    outcome = Outcome("audit" if arguments.audit_only else "protect", arguments.threshold)
    return outcome.data() | _notes(Problems(list(error.problems)))


def _notes(problems: Problems) -> dict[str, Any]:
    remarks = Problems([item for item in problems if item.severity == "warning"])
    return {"problems": as_data(Problems(problems.errors)), "remarks": as_data(remarks)}


def told(outcome: Outcome, out: str | None) -> str:
    """Say the result in words: the verdict first, then what is hidden, then what to see."""
    files = {one.file for one in outcome.hidden} | set(outcome.files)
    facts = {
        "files": say("cli.protect.files", n=outcome.tables or len(files)),
        "cells": say("cli.protect.cells", n=outcome.cells),
        "hidden": say("cli.protect.hidden", n=outcome.hidden_cells),
        "share": percent(outcome.hidden_cells / max(1, outcome.cells), language()),
    }
    audited = outcome.mode == "audit"
    lines = [say("cli.protect.audited" if audited else "cli.protect.safe", **facts)]
    lines += _verdict(outcome)
    if outcome.hidden:
        lines += ["", say("cli.protect.hidden_title"), *_some(outcome.hidden, audited)]
    if outcome.proposals:
        lines += ["", say("cli.protect.proposals")]
        for one in outcome.proposals:
            given = say("cli.protect.given", n=one.gives_back)
            lines.append(say("cli.protect.proposal", combine=shown(one.combine), given=given))
    if not audited and outcome.passed:
        names = ", ".join(shown(name) for name in outcome.files.values())
        written = say("cli.protect.written", folder=out, files=names)
        lines += ["", written if outcome.files else say("cli.protect.not_written")]
    if outcome.problems.items:
        lines += ["", say("cli.to_see"), tell(outcome.problems)]
    return "\n".join(lines)


def _verdict(outcome: Outcome) -> list[str]:
    if not outcome.passed and outcome.mode == "protect":
        return [say("cli.protect.refused")]
    if not outcome.passed:
        title = say("cli.protect.failed", threshold=outcome.threshold)
        return [title, *(_weak(one) for one in outcome.weak[:MOST_LINES]), *_rest(len(outcome.weak))]
    found = [say("cli.protect.passed", threshold=outcome.threshold)]
    return found if outcome.left else [*found, say("cli.protect.nothing_left")]


def _some(hidden: list[HiddenCell], audited: bool) -> list[str]:
    lines = []
    for one in hidden[:MOST_LINES]:
        facts = {"file": shown(one.file), "line": one.line, "where": _where(one.where)}
        if not audited:
            lines.append(say("cli.protect.line", **facts))
        elif one.high is None:
            lines.append(say("cli.protect.no_end", low=one.low, **facts))
        else:
            lines.append(say("cli.protect.bounds", low=one.low, high=one.high, **facts))
    return [*lines, *_rest(len(hidden))]


def _rest(n: int) -> list[str]:
    return [say("cli.protect.more", n=n - MOST_LINES)] if n > MOST_LINES else []


def _weak(one: Weak) -> str:
    exactly = "_exactly" if one.why == "reckoned" and one.low == one.high else ""
    why = say(f"cli.protect.why.{one.why}{exactly}", low=one.low, high=one.high)
    line = say("common.line", n=one.line) if one.line else ""
    place = f"{shown(one.file)}, {line}{say('cli.protect.colon')}" if line else ""
    return say(
        "cli.protect.weak",
        place=place or say("cli.protect.printed_nowhere"),
        where=_where(one.where),
        why=why,
    )


def _where(where: dict[str, str]) -> str:
    pairs = [say("cli.protect.where", name=shown(name), value=shown(value)) for name, value in where.items()]
    return ", ".join(pairs) or say("cli.protect.everyone")
