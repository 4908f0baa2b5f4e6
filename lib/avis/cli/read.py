"""`avis read`: look at files before they are believed. Prints what was understood, never what people said."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avis.cli.check import as_data
from avis.errors import Problems, tell
from avis.i18n import join, language, number, say, words

if TYPE_CHECKING:
    from avis.sources.reading.model import FileFacts, Reading

ALWAYS = frozenset({"questions", "records", "rows", "acts", "meetings", "segments", "codes", "references"})
"""Counts that are told even where there are none."""

TOOLS = {"refi-qda": "REFI-QDA", "qualcoder": "QualCoder", "taguette": "Taguette"}
"""Names as their makers write them."""


def run(arguments: argparse.Namespace) -> int:
    """Read files of any kind, print what was understood, and write the tables where that is asked."""
    from avis.sources.reading.loose import read_files
    from avis.sources.reading.written import write_reading

    problems = Problems()
    files = named(arguments.files)
    form = named([arguments.form])[0] if arguments.form else None
    readings = read_files(files, problems, form, arguments.wanted, arguments.person)
    problems = Problems(list(dict.fromkeys(problems)))
    summary = _summary(readings, problems)
    read = [path for path, _ in files]
    written = (
        write_reading(readings, summary, Path(arguments.out), read) if arguments.out and readings else []
    )
    if arguments.json:
        print(json.dumps(summary, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(_told(reading) for reading in readings))
        _print_problems(problems)
        if written:
            key = "written_in_part" if problems.errors else "written"
            print("\n" + say(f"cli.read.{key}", folder=arguments.out))
            print("\n".join(f"  {path.name}" for path in written))
    return 1 if problems.errors else 0


def named(paths: Sequence[str]) -> list[tuple[Path, str]]:
    """Give each file the name that messages call it: its own, or its path where two share one.

    >>> [[name for _, name in named(paths)] for paths in (["a/x.csv", "b/y.csv"], ["a/x.csv", "b/x.csv"])]
    [['x.csv', 'y.csv'], ['a/x.csv', 'b/x.csv']]
    """
    from avis.files.headernames import clean

    names = [clean(Path(path).name or path) for path in paths]
    own = len(set(names)) == len(names)
    return [(Path(path), name if own else clean(path)) for path, name in zip(paths, names, strict=True)]


def _summary(readings: Sequence[Reading], problems: Problems) -> dict[str, Any]:
    return {
        "readings": [
            {
                "kind": reading.kind,
                "tool": reading.tool,
                "files": [_as_data(facts) for facts in reading.files],
                "languages": list(reading.languages),
                "versions": list(reading.versions),
                "counts": dict(reading.counts),
                "left_out": list(reading.left_out),
                "tables": list(reading.tables),
                "proposed": list(reading.proposed),
            }
            for reading in readings
        ],
        "problems": as_data(problems),
    }


def _as_data(facts: FileFacts) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(facts)


def _told(reading: Reading) -> str:
    lang = language()
    lines = [_file(facts) for facts in reading.files]
    kind = say(f"cli.read.kinds.{'table' if reading.tool == 'plain' else reading.kind}")
    tools = [TOOLS.get(tool, tool) for tool in reading.tool.split(", ") if tool not in ("", "plain")]
    lines.append(say("cli.read.tool", kind=kind, tool=join(tools, lang)) if tools else kind)
    if reading.languages:
        lines.append(
            say("cli.read.languages", languages=join([_language(x) for x in reading.languages], lang))
        )
    if reading.versions:
        key = "years" if reading.kind == "activities" else "versions"
        lines.append(say(f"cli.read.{key}", versions=join(list(reading.versions), lang)))
    known = words("cli", lang)["read"]["counts"]
    lines += [
        f"  {known[name]}{say('cli.read.colon')}{number(n, lang)}"
        for name, n in reading.counts.items()
        if n or name in ALWAYS
    ]
    if reading.left_out:
        lines.append(say("cli.read.left_out", columns=", ".join(reading.left_out)))
    for name, text in reading.proposed.items():
        lines.append(say("cli.read.proposed", file=name))
        if name in reading.shown:
            lines += [f"    {line}" for line in text.rstrip().splitlines()]
    return "\n".join(lines)


def _language(code: str) -> str:
    return str(words("common", language())["languages"].get(code, code))


def _file(facts: FileFacts) -> str:
    parts = [say("cli.read.file", name=facts.name, content=_content(facts.content))]
    if facts.delimiter:
        parts.append(
            say(
                "cli.read.delimiter",
                delimiter=say("cli.read.tab") if facts.delimiter == "\t" else facts.delimiter,
            )
        )
    if facts.encoding not in ("", "workbook"):
        parts.append(facts.encoding)
    for sheet in facts.sheets:
        size = say("cli.read.size", rows=sheet.rows, columns=sheet.columns)
        named = f"« {sheet.name} » {size}" if sheet.name else size
        parts.append(named)
    return ", ".join(parts)


def _content(content: str) -> str:
    known: dict[str, str] = words("cli", language())["read"]["contents"]
    return known.get(content, content.upper())


def _print_problems(problems: Problems) -> None:
    remarks = [item for item in problems if item.severity == "warning"]
    for items, title in ((problems.errors, "cli.to_mend"), (remarks, "cli.to_see")):
        if items:
            print(f"\n{say(title)}\n{tell(items)}")
