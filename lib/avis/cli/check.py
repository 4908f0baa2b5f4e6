"""`avis check`: all that is wrong in evaluations, told at once."""

from __future__ import annotations

import argparse

from avis.cli.asked import asked_for
from avis.errors import AvisError, Problems, tell
from avis.i18n import say


def run(arguments: argparse.Namespace) -> int:
    """Check evaluations and print what was found, as words or as JSON."""
    worst = 0
    reports: dict[str, list[dict[str, object]]] = {}
    for asked in asked_for(arguments):
        slug, problems, status = _examined(asked)
        reports[slug] = as_data(problems)
        if not arguments.json:
            _print_report(slug, problems)
        worst = max(worst, status)
    if arguments.json:
        import json

        print(json.dumps(reports, ensure_ascii=False, indent=1))
    return worst


def _examined(asked: str) -> tuple[str, Problems, int]:
    """Check one evaluation; one that is not there is a problem like any other."""
    from avis.checking.check import check
    from avis.folders import find

    try:
        folders = find(asked)
    except AvisError as error:
        return asked, Problems(list(error.problems)), 2
    problems = check(folders)
    return folders.slug, problems, 1 if problems.errors else 0


def as_data(problems: Problems) -> list[dict[str, object]]:
    """Give problems as data for JSON."""
    return [
        {
            "code": item.code,
            "severity": item.severity,
            "file": item.place.file,
            "sheet": item.place.sheet,
            "line": item.place.line or None,
            "column": item.place.column or None,
            "field": item.place.field,
            "message": item.told(),
        }
        for item in problems
    ]


def _print_report(slug: str, problems: Problems) -> None:
    warnings = [item for item in problems if item.severity == "warning"]
    errors, remarks = say("common.problems", n=len(problems.errors)), say("common.warnings", n=len(warnings))
    print(say("cli.checked", slug=slug, errors=errors, warnings=remarks))
    for items, title in ((problems.errors, "cli.to_mend"), (warnings, "cli.to_see")):
        if items:
            print(f"\n{say(title)}\n{tell(items)}")
