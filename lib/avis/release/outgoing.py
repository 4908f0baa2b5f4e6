"""Where editions and drafts have gone: one line of the register for each place and organisation."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from avis.editions.keyed import make_key
from avis.editions.register import Edition, Issued, Placed, SentFile, append, check_key, read_register
from avis.errors import Place, Problems, shown
from avis.evaluation import Evaluation, as_of
from avis.exhibits import Audience
from avis.folders import Folders
from avis.i18n import LANGUAGES
from avis.inputs import hash_file
from avis.release.holds import held_by
from avis.sealing import load

LONGEST = 300
PERSONAL = ("email", "phone", "handle", "nir", "iban", "birth_date", "known_person")
"""Flags that no name of an organisation has; a street or a town may stand in one."""
_DIGITS = 8
"""Digits in a row, however spaced, that may be a telephone number; a postcode or a year has fewer."""


_CIVIL = re.compile(
    r"\s*(?:M\.|(?i:mme|mlle|monsieur|madame|mademoiselle|mrs|miss)\b|(?:Mr|Ms|Dr|Me)\b)\.?\s"
)
"""How people are addressed: what follows is somebody's name, or her function."""


def check_recipient(recipient: str, problems: Problems) -> None:
    """Refuse what is no organisation's name: CLI-031 an address of a person or a telephone number in it.

    >>> told = Problems()
    >>> for name in ("Ville de Valmarin, 2024", "a@b.example", "06 00 00 00 00", "Mme X"):
    ...     check_recipient(name, told)
    >>> len(told.errors)
    3
    """
    from avis.identifiers.flags import find_flags

    wrong = not recipient.strip() or len(recipient) > LONGEST or shown(recipient) != recipient
    wrong = wrong or "@" in recipient or _numbered(recipient) or _CIVIL.match(recipient) is not None
    if wrong or any(flag.kind in PERSONAL for flag in find_flags(recipient)):
        problems.add("CLI-031")


def _numbered(text: str) -> bool:
    return any(len(re.sub(r"\D", "", run)) >= _DIGITS for run in re.findall(r"\d(?:[\s.\-–()/]*\d)+", text))


def check_address(address: str, problems: Problems) -> None:
    """Refuse what is no public address on the web: CLI-030.

    >>> told = Problems()
    >>> for url in ("https://ville.example/avis", "ville.example", "https://me:secret@x.example/"):
    ...     check_address(url, told)
    >>> len(told.errors)
    2
    """
    try:
        parts = urlsplit(address)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in address
    except ValueError:
        right = False
    if not right or len(address) > LONGEST * 5 or re.search(r"\s", address) or shown(address) != address:
        problems.add("CLI-030")


def read_day(text: str | None, problems: Problems) -> str:
    """Give a day, today where none is given; CLI-032 it is none, or it is to come."""
    try:
        day = dt.date.fromisoformat(text) if text else as_of()
    except ValueError:
        day = dt.date.max
    if day > as_of():
        problems.add("CLI-032")
    return day.isoformat()


def find_edition(editions: Mapping[str, Edition], asked: str | None, problems: Problems) -> str:
    """Give the id of the edition that is meant, the last one where none is named; CLI-033 there is none."""
    released = [id for id, edition in editions.items() if not edition.issued.draft]
    if asked is None and released:
        return released[-1]
    if asked is None or asked not in editions:
        problems.add("CLI-033", known=", ".join(editions) or "–")
        return ""
    return asked


def note_placed(folders: Folders, edition: str, on: str, recipient: str, place: str) -> None:
    """Note in the register that an edition was sent to an organisation or put somewhere."""
    append(folders.root, [Placed(edition=edition, on=on, recipient=recipient, place=place)])


def note_drafts(opened: Evaluation, audience: Audience, on: str, problems: Problems) -> str:
    """Note the drafts as they are now as what went out; gives the id under which the register knows them.

    Only hashes are kept. Drafts that were noted before, unchanged, keep their id.
    Errors: REL-020 there is no draft for this audience; DIS-010 to DIS-013 no sealed exhibits to tell what
    they hold; those of the register.
    """
    folders = opened.folders
    files = sorted(folders.drafts.glob(f"*.{audience}.*")) if folders.drafts.is_dir() else []
    listed = tuple(_sent_file(folders, path.name) for path in files if path.is_file())
    if not listed:
        problems.add("REL-020", Place(folders.drafts.name))
        return ""
    exhibits = load(folders.exhibits)
    states = " ".join(f"{one.name} {one.sha256}" for one in listed)
    edition = f"projet-{on}-{hashlib.sha256(states.encode()).hexdigest()[:8]}"
    known = read_register(folders.root, problems)
    check_key(folders.root, problems)
    same = [id for id, one in known.items() if one.issued.draft and one.issued.files == listed]
    if same or problems.errors:
        return same[0] if same else ""
    held = held_by(exhibits, audience, folders, make_key(folders.root))
    verdict = hash_file(folders.exhibits)
    issued = Issued(
        edition=edition, on=on, audience=audience, draft=True, files=listed, held=held, verdict=verdict
    )
    append(folders.root, [issued])
    return edition


def _sent_file(folders: Folders, name: str) -> SentFile:
    language = next((lang for lang in LANGUAGES if f".{lang}." in name), "")
    return SentFile(name=name, sha256=hash_file(folders.drafts / name), language=language)
