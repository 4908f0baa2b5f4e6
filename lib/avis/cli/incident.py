"""`avis incident`: help when data were lost, stolen or seen by somebody who should not have."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path

from avis.cli.private import open_anyway
from avis.errors import Place, Problems, fail
from avis.i18n import language, say


def run(arguments: argparse.Namespace) -> int:
    """Write the texts that help, and say what to do first.

    Errors: CLI-036 a folder that holds something, CLI-037 a time that is none, CLI-039 one that
    has not come yet.
    """
    from avis.rights.incident import clock, open_incident, write_help

    now = dt.datetime.now().astimezone()
    known_at = _moment(arguments.known_at, now) if arguments.known_at else now
    opened = open_anyway(arguments.evaluation, Problems(), bare=True)
    incident = open_incident(opened, known_at, now, arguments.encrypted, arguments.lost or [])
    folder = Path(arguments.out) if arguments.out else _free(opened.folders.root / "incidents", now)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fail("CLI-036", Place(folder.name))
    written = write_help(incident, folder, language())
    print(clock(incident, language()))
    print(f"\n{say('cli.incident.first')}\n")
    print(say("cli.incident.written", folder=folder))
    for path in written:
        print(f"  {path.name}")
    print(f"\n{say('cli.incident.checked')}")
    return 0


def _moment(text: str, now: dt.datetime) -> dt.datetime:
    """Read a local time, as people write it; one that has not come yet would give hours that nobody has.

    Errors: CLI-037 it is none, CLI-039 it has not come yet.
    """
    try:
        local = dt.datetime.fromisoformat(_standard(text)).astimezone()
    except (ValueError, OverflowError, OSError):
        raise fail("CLI-037", Place(field="--known-at")) from None
    if local > now:
        raise fail("CLI-039", Place(field="--known-at"))
    return local


def _standard(text: str) -> str:
    """Write a day and an hour as a computer does; a day alone begins at midnight, the worse case.

    >>> _standard("22/11/2026 14:30"), _standard("22 novembre 2026 à 9h"), _standard("2026-11-22T14:30Z")
    ('2026-11-22T14:30', '2026-11-22T09:00', '2026-11-22T14:30Z')
    """
    from avis.periods import parse_period

    if re.match(r"\d{4}-\d\d-\d\d", text):
        return text
    hour = re.search(r"[\sT]\s*(?:à\s+)?(\d{1,2})\s*[h:]\s*(\d{2})?\s*$", text)
    if hour is None:
        return parse_period(text) or text
    day = parse_period(text[: hour.start()].strip())
    return f"{day}T{int(hour[1]):02}:{hour[2] or '00'}" if day else text


def _free(folder: Path, now: dt.datetime) -> Path:
    """Give a folder of its own to each incident: what was noted for another stays."""
    name = f"{now:%Y-%m-%dT%H%M}"
    number = 1
    while (folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder / (name if number == 1 else f"{name}-{number}")
