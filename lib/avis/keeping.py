"""How long each kind of data is kept, and what was erased when its time was over.

`conservation.jsonl` holds a line for each kind that was erased: which, when, how many files. No content, no
name of a person; the files that `evaluation.yaml` still names are then not missing.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from avis.errors import Place, Problems
from avis.folders import cannot_write, read_regular
from avis.i18n import say
from avis.periods import last_day
from avis.settings import Retention, Settings

if TYPE_CHECKING:
    from avis.evaluation import Evaluation

NAME = "conservation.jsonl"
MOST_BYTES = 1_000_000
SOURCES: Mapping[str, tuple[str, ...]] = {
    "notes": ("notes",),
    "surveys": ("surveys",),
    "activities": ("activities",),
    "persons": ("persons",),
    "consent": ("consent",),
    "sessions": ("sessions",),
    "stories": ("stories",),
    "review": ("review",),
}
"""Kinds of data, and what `sources:` calls their files; recordings and the vault stand in none."""
KINDS = (*SOURCES, "audio", "vault")
RECORDINGS = frozenset(
    (".mp3", ".m4a", ".wav", ".ogg", ".oga", ".opus", ".aac", ".amr", ".3gp", ".flac", ".wma", ".mp4", ".mov")
)
_BESIDE = {"notes": (".yaml", ".yml"), "sessions": (".mots.json",)}


class Erased(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was erased: a kind of data, the day, how many files."""

    what: str
    on: str
    files: int


def end_of(rule: Retention, settings: Settings) -> dt.date | None:
    """Give the last day on which a kind of data is kept; none where nobody decided it.

    Months count from the last day of the evaluation's period, and end on the last day of a month; where a day
    is given too, the earlier of the two holds.
    """
    days = [last_day(rule.until)] if rule.until else []
    if rule.months:
        end = last_day(settings.period.end)
        month = end.month - 1 + rule.months
        days.append(last_day(f"{end.year + month // 12:04d}-{month % 12 + 1:02d}"))
    return min(days, default=None)


def ends(settings: Settings) -> dict[str, dt.date]:
    """Give the last day of each kind of data that has one; the earliest where a kind is named twice."""
    found: dict[str, dt.date] = {}
    for rule in settings.retention:
        day = end_of(rule, settings)
        if day is not None:
            found[rule.what] = min(day, found.get(rule.what, day))
    return found


def next_end(settings: Settings, on: dt.date) -> dt.date | None:
    """Give the first day after `on` on which a kind of data is kept too long; none where none will be."""
    days = (day + dt.timedelta(days=1) for day in ends(settings).values())
    return min((day for day in days if day > on), default=None)


def files_of(opened: Evaluation, what: str) -> list[Path]:
    """Give the files of one kind of data that lie in the evaluation's folder, with what stands beside them.

    The form of a survey holds nobody's answers and is none of them; what lies in the vault is not here.
    """
    if what == "audio":
        return _recordings(opened.folders.root, opened.folders.build)
    sources, found = opened.settings.sources, set[Path]()
    for field in SOURCES.get(what, ()):
        value = getattr(sources, field)
        patterns = tuple(wave.file for wave in value) if field == "surveys" else value
        for path in opened.files(patterns):
            beside = (path.with_suffix(suffix) for suffix in _BESIDE.get(what, ()))
            found |= {path, *(other for other in beside if other.is_file())}
    return sorted(found)


def _recordings(root: Path, build: Path) -> list[Path]:
    found = []
    for here, folders, files in os.walk(root):
        folders[:] = [name for name in folders if Path(here, name) != build and name != ".git"]
        found += [Path(here, name) for name in files if Path(name).suffix.lower() in RECORDINGS]
    return sorted(found)


def tell_ended(opened: Evaluation, on: dt.date, problems: Problems) -> None:
    """Say what is still read though its time is over. Warning RIG-040."""
    for what, day in ends(opened.settings).items():
        held = files_of(opened, what) if day < on else []
        if held:
            told = say(f"rights.retention.kinds.{what}")
            place = opened.place("retention")
            problems.warn("RIG-040", place, what=told, end=day.isoformat(), n=len(held))


def read_erased(root: Path, problems: Problems) -> dict[str, Erased]:
    """Give what was erased, by kind, the last time last; empty where nothing was. Errors: RIG-043."""
    try:
        data = read_regular(root / NAME, MOST_BYTES)
    except OSError:
        return {}
    found: dict[str, Erased] = {}
    for number, line in enumerate(data.splitlines(), 1):
        try:
            one = msgspec.json.decode(line, type=Erased)
        except (msgspec.DecodeError, UnicodeDecodeError):
            problems.add("RIG-043", Place(NAME, line=number))
        else:
            found[one.what] = one
    return found


def note_erased(root: Path, erased: Erased) -> None:
    """Add a line to the log of what was erased; when it returns, it is on the disk. Errors: RUN-010…"""
    path = root / NAME
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as out:
            torn = out.tell() and not read_regular(path, MOST_BYTES).endswith(b"\n")
            out.write((b"\n" if torn else b"") + msgspec.json.encode(erased) + b"\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise cannot_write(path, error) from None


def words_erased(root: Path) -> bool:
    """Tell whether words were erased on purpose: what the ledger says of them then names nothing any more."""
    return is_erased(root, "notes") or is_erased(root, "stories")


def is_erased(root: Path, field: str) -> bool:
    """Tell whether the files that a field of `sources:` names were erased on purpose."""
    erased = read_erased(root, Problems())
    return any(field in SOURCES.get(what, ()) for what in erased)
