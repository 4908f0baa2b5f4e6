"""Where editions and drafts have gone: one line of the register for each place and organisation."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import unquote_plus, urlsplit

from avis.editions.keyed import make_key
from avis.editions.register import Edition, Issued, Placed, SentFile, append, check_key, read_register
from avis.errors import Place, Problems, shown
from avis.evaluation import Evaluation, as_of
from avis.exhibits import Audience
from avis.folders import Folders, stem
from avis.i18n import LANGUAGES
from avis.inputs import hash_file
from avis.release.holds import held_by, tables_of
from avis.release.papers import exhibits_for
from avis.sealing import load
from avis.spelling import fold

LONGEST = 300
PERSONAL = ("email", "phone", "handle", "nir", "iban", "birth_date", "known_person")
"""Flags that no name of an organisation has; a street or a town may stand in one."""
_DIGITS = 8
"""Digits in a row, however spaced, that may be a telephone number; a postcode or a year has fewer."""


_CIVIL = re.compile(
    r"\s*(?:M\.|(?i:mme|mlle|monsieur|madame|mademoiselle|mrs|miss)\b|(?:Mr|Ms|Dr|Me)\b)\.?\s"
)
"""How people are addressed: what follows is somebody's name, or her function."""
_ORGANISATION = re.compile(
    r"\b(?:agences?|amicale|arrondissement|associations?|asso|banque|bureau|caisse|centre|cercle|club|"
    r"collecti(?:f|fs|vites?)|comites?|communaute|commune|compagnie|conseil|cooperative|delegation|departement|"
    r"direction|ecole|entreprise|espace|etablissement|federation|fonds|fondations?|foyer|groupe|hopital|"
    r"institut|laboratoire|ligue|lycee|mairie|maison|mediatheque|metropole|ministere|mission|mutuelle|"
    r"observatoire|office|organisation|prefecture|region|reseau|secours|service|societe|syndicat|union|"
    r"universite|ville|agency|authority|bank|borough|board|centre|center|charity|city|college|committee|"
    r"company|council|department|district|federation|foundation|fund|group|hospital|institute|league|library|"
    r"ministry|network|organization|school|society|team|town|trust|university|caf|ccas|cnil|drdfe|dreets)\b"
)
"""Words of an organisation's name, folded: what bears a person's name beside one is named after her."""
_PAGE = re.compile(r"[a-z_]{1,12}=?\d{1,7}|lang=[a-z]{2}")
"""What a query may hold: the number of a page (`p=123`, `article123`) or its language."""


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
    wrong = wrong or recipient.lstrip().startswith(("=", "+", "-"))  # a table would take it for a formula
    wrong = wrong or "@" in recipient or _numbered(recipient) or _CIVIL.match(recipient) is not None
    if wrong or any(flag.kind in PERSONAL for flag in find_flags(recipient)):
        problems.add("CLI-031")


def may_be_person(recipient: str) -> bool:
    """Tell whether a recipient looks like somebody's name, and holds no word of an organisation.

    >>> [may_be_person(name) for name in ("Anne Durand", "Fondation Anne Durand", "Emmaüs")]
    [True, False, False]
    """
    from avis.identifiers.flags import find_flags

    named = any(flag.kind == "name" for flag in find_flags(recipient))
    return named and _ORGANISATION.search(fold(recipient)) is None


def _numbered(text: str) -> bool:
    return any(len(re.sub(r"\D", "", run)) >= _DIGITS for run in re.findall(r"\d(?:[\s.\-–()/]*\d)+", text))


def check_address(address: str, problems: Problems) -> None:
    """Refuse what is no public address on the web, or holds what identifies somebody: CLI-030.

    A query is refused unless it is the number of a page: `?tel=…`, `?nom=…` would stay in the register and
    go into messages. So is what follows `#`: the page is the same without it.

    >>> told = Problems()
    >>> for url in ("https://ville.example/avis", "ville.example", "https://x.example/?tel=0600000000"):
    ...     check_address(url, told)
    >>> len(told.errors)
    2
    """
    try:
        parts = urlsplit(address)
        right = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not _tells(parts.query, parts.fragment)
        )
        right = right and not _identifies(address)
    except ValueError:
        right = False
    if not right or len(address) > LONGEST * 5 or re.search(r"\s", address) or shown(address) != address:
        problems.add("CLI-030")


def _tells(query: str, fragment: str) -> bool:
    return bool(fragment) or any(not _PAGE.fullmatch(part) for part in query.split("&") if part)


def _identifies(address: str) -> bool:
    """Look for an identifier in each part of an address, since flags take a whole address for one."""
    from avis.identifiers.flags import find_flags

    plain = unquote_plus(address)
    parts = [part for part in re.split(r"[/?&=#;:]", plain) if part]
    return "@" in plain or any(flag.kind in PERSONAL for part in parts for flag in find_flags(part))


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
    """Give the id of the edition that is meant, the last one where none is named.

    Errors: CLI-033 the register does not know it, CLI-048 there is none yet.
    """
    released = [id for id, edition in editions.items() if not edition.issued.draft]
    if asked is None and released:
        return released[-1]
    if asked is None or asked not in editions:
        refuse_edition(editions, problems)
        return ""
    return asked


def refuse_edition(editions: Mapping[str, Edition], problems: Problems) -> None:
    """Name the editions that the register knows (CLI-033), or how to make the first (CLI-048)."""
    if editions:
        problems.add("CLI-033", known=", ".join(map(shown, editions)))
    else:
        problems.add("CLI-048")


def note_placed(folders: Folders, edition: str, on: str, recipient: str, place: str) -> None:
    """Note in the register that an edition was sent to an organisation or put somewhere."""
    append(folders.root, [Placed(edition=edition, on=on, recipient=recipient, place=place)])


def note_drafts(opened: Evaluation, audience: Audience, on: str, problems: Problems, call: str = "") -> str:
    """Note the drafts as they are now as what went out; gives the id under which the register knows them.

    Only hashes are kept, and the tables as they were shown: the next build is compared with them. Drafts
    that were noted before, unchanged, keep their id. Rows that may have been renamed stop a release and not
    this: it is about what is gone already, and what is not noted is compared with nothing.
    Errors: REL-020 there is no draft for this audience; DIS-010 to DIS-013 no sealed exhibits to tell what
    they hold; REL-030 no tables of them; those of the register.
    """
    folders = opened.folders
    name = f"{stem('contribution', call, audience, '*')}.*" if call else f"*.{audience}.*"
    files = sorted(folders.drafts.glob(name)) if folders.drafts.is_dir() else []
    listed = tuple(_sent_file(folders, path.name) for path in files if path.is_file())
    if not listed:
        problems.add("REL-020", Place(folders.drafts.name))
        return ""
    exhibits = exhibits_for(load(folders.exhibits), call)
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
        edition=edition,
        on=on,
        audience=audience,
        draft=True,
        files=listed,
        held=held,
        verdict=verdict,
        tables=tables_of(folders, verdict),
    )
    append(folders.root, [issued])
    return edition


def _sent_file(folders: Folders, name: str) -> SentFile:
    language = next((lang for lang in LANGUAGES if f".{lang}." in name), "")
    return SentFile(name=name, sha256=hash_file(folders.drafts / name), language=language)
