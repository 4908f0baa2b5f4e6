"""What to write to each place and organisation that has an edition, and what nobody can call back.

A message names the edition, its day, its files and their hashes. It points at no passage and gives no reason:
whoever compares two editions for it would look for the person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from avis.editions.register import Edition
from avis.errors import shown
from avis.folders import close_folder, make_folder, read_regular, write_whole
from avis.i18n import LANGUAGES, Language, date, pick, say
from avis.rights.notices import Signed
from avis.spelling import fold

LIST = "a-lire"
_LINE = "-" * 72


def write_messages(editions: Iterable[Edition], folder: Path, signed: Signed, today: dt.date) -> list[Path]:
    """Write a message to each place and organisation, and for the evaluator what cannot be called back.

    Each message stands in French, then in English, and names every edition that went there. What the folder
    holds from before stays: a message that was not sent yet is not lost by the next withdrawal.
    Gives the files, the list last. Errors: RUN-010 to RUN-012.
    """
    make_folder(folder)
    close_folder(folder)
    known = list(editions)
    written = []
    for number, (where, web, held) in enumerate(_everywhere(known), 1):
        name = f"{today.isoformat()}-{number:02}-{_file_name(where, web)}"
        written.append(_written(folder, name, _message(where, web, held, signed, today)))
    told = _list(known, [file.name for file in written], today)
    return [*written, _written(folder, f"{today.isoformat()}-{LIST}", told)]


def _written(folder: Path, name: str, text: str) -> Path:
    """Write a message under a name that is free, or that the same message has already."""
    for again in count(1):
        path = folder / (f"{name}.txt" if again == 1 else f"{name}-{again}.txt")
        if not path.exists():
            write_whole(path, text)
        if read_regular(path, len(text.encode())) == text.encode():
            break
    return path


def _everywhere(editions: list[Edition]) -> list[tuple[str, bool, list[Edition]]]:
    """Give each place and organisation once, with the editions that went there, in the order of going out."""
    found: dict[tuple[str, bool], list[Edition]] = {}
    for edition in editions:
        for placed in edition.placed:
            for where, web in ((placed.recipient, False), (placed.place, True)):
                held = found.setdefault((where, web), []) if where else [edition]
                if edition not in held:
                    held.append(edition)
    return [(where, web, held) for (where, web), held in found.items()]


def _file_name(where: str, web: bool) -> str:
    """Name a file after the host of an address, never after a recipient or a path: either may name somebody.

    >>> _file_name("https://www.ville.example/avis/?tel=x", web=True), _file_name("Ville", web=False)
    ('www-ville-example', 'organisation')
    """
    if not web:
        return "organisation"
    try:
        plain = fold(urlsplit(where).hostname or "")
    except ValueError:  # a register that a hand changed
        plain = ""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain)
    return "-".join(kept.split())[:40].strip("-") or "adresse"


def _message(where: str, web: bool, editions: list[Edition], signed: Signed, today: dt.date) -> str:
    parts = [_in_one(language, where, web, editions, signed, today) for language in LANGUAGES]
    return f"\n{_LINE}\n\n".join(parts)


def _in_one(
    language: Language, where: str, web: bool, editions: list[Edition], signed: Signed, today: dt.date
) -> str:
    told = _Told(language)
    by = signed.organisation or told("nobody")
    contact = pick(signed.contact, language)[0]
    lines = [
        told("to", where=shown(where)),
        told("subject"),
        "",
        told("hello"),
        "",
        told("taken_back"),
        "",
        *(line for edition in editions for line in (*_described(edition, told), "")),
        told("please"),
        *(f"{n}. {told(key)}" for n, key in enumerate(_asked(web), 1)),
        "",
        told("neutral"),
        told("ask", contact=contact) if contact else told("ask_us"),
        "",
        told("thanks"),
        by,
        date(today.isoformat(), language),
    ]
    return "\n".join(lines) + "\n"


def _asked(web: bool) -> tuple[str, ...]:
    return ("web", "engines", "archives", "passed_on", "done") if web else ("delete", "passed_on", "done")


def _described(edition: Edition, told: _Told) -> list[str]:
    """Name an edition so that a copy can be told from another, file by file."""
    issued = edition.issued
    key = "draft" if issued.draft else "edition"
    lines = [told(key, id=issued.edition, date=date(issued.on, told.language))]
    for file in issued.files:
        lines += [f"  {file.name}", f"    sha256 {file.sha256}"]
    return lines


def _list(editions: list[Edition], messages: list[str], today: dt.date) -> str:
    parts = [_listed(editions, messages, today, _Told(language)) for language in LANGUAGES]
    return f"\n{_LINE}\n\n".join(parts)


def _listed(editions: list[Edition], messages: list[str], today: dt.date, told: _Told) -> str:
    nowhere = [edition.issued.edition for edition in editions if not edition.placed]
    lines = [
        told("list_title", date=date(today.isoformat(), told.language)),
        "",
        told("send"),
        *(f"- {name}" for name in messages or [told("none")]),
        "",
        *([told("nowhere", ids=", ".join(nowhere)), ""] if nowhere else []),
        told("never"),
        *(f"- {told(key)}" for key in ("prints", "mails", "saved", "web_archives", "read")),
        "",
        told("honest"),
    ]
    return "\n".join(lines) + "\n"


class _Told:
    """Words of `[message]` in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **facts: object) -> str:
        return say(f"rights.message.{key}", self.language, **facts)
