"""`registre.jsonl`: what has gone out, one line an act, appended and never rewritten.

It holds ids, hashes of files, keyed hashes of words, places and recipients that are organisations, and the
tables as everybody saw them; no words, no person, no number that was hidden. An edition that was taken back
stays in it: whoever read it still knows it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from avis import locks
from avis.editions.keyed import KEY, Trace
from avis.editions.printed import PrintedTable
from avis.errors import Place, Problems, fail, shown
from avis.folders import cannot_write, make_folder, read_regular
from avis.i18n import Language, date
from avis.periods import is_date

NAME = "registre.jsonl"
MOST_BYTES = 500_000_000
TORN = b"#torn"
"""Ends a line that a crash left half written: what it said was never acknowledged, and counts for nothing."""


class _Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class SentFile(_Line, frozen=True, kw_only=True):
    """One file of an edition: its name inside the edition, its sha256."""

    name: str
    sha256: str
    language: str = ""


class Held(_Line, frozen=True, kw_only=True):
    """A quote, statement or recommendation that the edition holds, by id and by what it can be found by."""

    id: str
    kind: Literal["quote", "statement", "recommendation", "dissent", "story", "passage"]
    trace: Trace


class Issued(_Line, frozen=True, kw_only=True, tag="issued", tag_field="act"):
    """An edition was made; `draft` for papers that went out marked « projet »."""

    edition: str
    on: str
    audience: str
    draft: bool = False
    files: tuple[SentFile, ...]
    held: tuple[Held, ...] = ()
    verdict: str = ""
    """sha256 of the sealed exhibits that it was made from."""
    tables: tuple[PrintedTable, ...] = ()
    """What its tables printed. An edition of before has none: the next one cannot be compared with it."""


class Placed(_Line, frozen=True, kw_only=True, tag="placed", tag_field="act"):
    """It was put somewhere or sent to somebody: an organisation or an address on the web, never a person."""

    edition: str
    on: str
    recipient: str = ""
    place: str = ""

    @property
    def where(self) -> str:
        """The organisation and the address, as far as they are known."""
        return ", ".join(filter(None, (self.recipient, self.place)))


class TakenBack(_Line, frozen=True, kw_only=True, tag="taken_back", tag_field="act"):
    """A neutral notice stands in its place; why is nobody's business."""

    edition: str
    on: str


Act: TypeAlias = Issued | Placed | TakenBack


@dataclass(frozen=True)
class Edition:
    """An edition as the register tells it."""

    issued: Issued
    placed: tuple[Placed, ...] = ()
    taken_back_on: str = ""


def read_register(root: Path, problems: Problems) -> dict[str, Edition]:
    """Give the editions of an evaluation in their order, by id; empty where nothing has gone out.

    Errors: REL-001 a line that cannot be read, REL-002 a line about an edition that is not there, REL-003
    one edition twice; a remark REL-019 on a last line that a crash left half written, which is left out.
    """
    found: dict[str, Edition] = {}
    for number, act in _acts(root, problems):
        place = Place(NAME, line=number)
        if isinstance(act, Issued):
            if act.edition in found:
                problems.add("REL-003", place, id=act.edition)
            found.setdefault(act.edition, Edition(act))
        elif act.edition not in found:
            problems.add("REL-002", place, id=act.edition)
        elif isinstance(act, Placed):
            known = found[act.edition]
            found[act.edition] = replace(known, placed=(*known.placed, act))
        else:
            found[act.edition] = replace(found[act.edition], taken_back_on=act.on)
    return found


def day_of(on: str, lang: Language) -> str:
    r"""Write a day of a register or manifest in words; what a hand wrote there is cleaned, and stays.

    >>> day_of("2024-03-15", "en"), day_of("soon\x1b[31m", "en")
    ('15 March 2024', 'soon[31m')
    """
    return date(on, lang) if is_date(on) else shown(on)


def check_key(root: Path, problems: Problems) -> None:
    """Refuse to go on with another key: words of editions before would never be found again, and nobody told.

    Errors: REL-024 a register without its key. An empty key file says that the key is lost for good.
    """
    if (root / NAME).exists() and not (root / KEY).exists():
        problems.add("REL-024", Place(KEY))


def _acts(root: Path, problems: Problems) -> list[tuple[int, Act]]:
    try:
        data = read_regular(root / NAME, MOST_BYTES)
    except FileNotFoundError:
        return []
    except OSError:
        problems.add("SRC-041", Place(NAME))
        return []
    if len(data) > MOST_BYTES:
        problems.add("SRC-041", Place(NAME))
        return []
    acts: list[tuple[int, Act]] = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.endswith(TORN):
            continue
        try:
            acts.append((number, msgspec.json.decode(line, type=Act)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            note = problems.warn if number == len(lines) else problems.add
            note("REL-019" if number == len(lines) else "REL-001", Place(NAME, line=number))
    return acts


def append(root: Path, acts: Iterable[Act]) -> None:
    """Add acts at the end of the register; when it returns, they are on the disk.

    Errors: REL-004 somebody else is writing; SRC-041 it is no file that can be read; RUN-010 to RUN-012.
    """
    path = root / NAME
    make_folder(root)
    held = locks.take(path.with_name(f".{NAME}.lock"))
    if held is None:
        raise fail("REL-004", Place(NAME))
    with held:
        lines = b"".join(msgspec.json.encode(act) + b"\n" for act in acts)
        try:
            _add(path, _closing(path) + lines)
        except OSError as error:
            raise cannot_write(path, error) from None


def _closing(path: Path) -> bytes:
    """Give what must end the last line first: nothing, or the mark of a line that a crash cut."""
    try:
        last = read_regular(path, MOST_BYTES).rpartition(b"\n")[2]
    except FileNotFoundError:
        return b""
    except OSError:
        raise fail("SRC-041", Place(NAME)) from None
    if not last:
        return b""
    try:
        msgspec.json.decode(last, type=Act)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return TORN + b"\n"
    return b"\n"


def _add(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "ab") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
