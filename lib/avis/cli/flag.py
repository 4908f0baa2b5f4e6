"""`avis flag`: what may identify somebody in texts and tables. Flags are results, never problems."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avis.cli.read import named
from avis.errors import Place, Problems, tell
from avis.i18n import language, say

if TYPE_CHECKING:
    from avis.identifiers.files import Located


def run(arguments: argparse.Namespace) -> int:
    """Flag files and print where, what kind, what may stand instead: never the words themselves.

    Exit status: 0 all files were read, with flags or without; 1 a file, or the register, could not be read.
    """
    from avis.identifiers.files import flag_file
    from avis.identifiers.people import NOBODY, read_people

    problems = Problems()
    known = NOBODY
    if arguments.register:
        known = read_people(Path(arguments.register), Path(arguments.register).name, problems)
    found: list[Located] = []
    read = 0
    for path, name in named(arguments.files):
        told = Problems()
        found += flag_file(path, name, known, told)
        read += not told.errors
        problems.items += told.items
    problems = Problems(list(dict.fromkeys(problems)))
    if arguments.json:
        print(as_json(found))
        if problems.items:
            _print_problems(problems, to_stderr=True)
    else:
        print(_told(found, bool(arguments.register)) if read or found else say("cli.flag.nothing_read"))
        _print_problems(problems)
    return 1 if problems.errors else 0


def as_json(found: Sequence[Located]) -> str:
    """Write flags as one JSON array, one object a line."""
    lines = [json.dumps(_as_data(one), ensure_ascii=False) for one in found]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def _as_data(one: Located) -> dict[str, Any]:
    flag = one.flag
    return {
        "file": one.file,
        "start": flag.start,
        "end": flag.end,
        "kind": flag.kind,
        "why": flag.told_why(),
        "suggestion": flag.told_suggestion(),
        "asked": flag.asked,
        "certainty": flag.certainty,
        "sheet": one.sheet or None,
        "unit": one.unit,
        "line": one.line,
        "column": one.column,
        "field": one.field or None,
        "code": dict(flag.facts).get("code"),
    }


def _told(found: Sequence[Located], register: bool) -> str:
    lang = language()
    lines = []
    for one in found:
        place = _place(one).told(lang)
        span = say("cli.flag.span", start=one.column, end=one.column + one.flag.end - one.flag.start - 1)
        kind = say(f"identifiers.kinds.{one.flag.kind}")
        asked = say("cli.flag.asked") if one.flag.asked else ""
        facts = {"place": place, "span": span, "kind": kind, "asked": asked}
        lines.append(say("cli.flag.line", **facts, suggestion=one.flag.told_suggestion()))
    counts = Counter(one.flag.kind for one in found)
    if counts:
        listed = ", ".join(f"{say(f'identifiers.kinds.{kind}')} {n}" for kind, n in counts.most_common())
        lines.append("\n" + say("cli.flag.counts", n=len(found)) + f" ({listed})")
    else:
        lines.append(say("cli.flag.none"))
    if not register:
        lines.append(say("cli.flag.no_register"))
    lines.append(say("cli.flag.no_promise"))
    return "\n".join(lines)


def _place(one: Located) -> Place:
    if one.unit == "paragraph":
        return Place(one.file, one.sheet, one.line, one.column, one.field, "paragraph")
    return Place(one.file, one.sheet, one.line, one.column, one.field)


def _print_problems(problems: Problems, to_stderr: bool = False) -> None:
    import sys

    remarks = [item for item in problems if item.severity == "warning"]
    for items, title in ((problems.errors, "cli.to_mend"), (remarks, "cli.to_see")):
        if items:
            print(f"\n{say(title)}\n{tell(items)}", file=sys.stderr if to_stderr else sys.stdout)
