"""A reference as read, whatever the format, in CSL's variables → a work, checked, nothing private in it.

Only the variables of `TEXTS` are taken over. Abstracts, personal notes, keywords, paths of files and
ids of accounts are in none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from avis.errors import Place, Problems
from avis.periods import is_date, parse_period
from avis.sources.references.names import Name
from avis.sources.references.symbols import KNOWN, bare, has_form, read_extra, split_symbol

# fmt: off
KINDS = {
    **dict.fromkeys(("article", "article-journal", "article-magazine", "article-newspaper", "review",
                     "review-book"), "article"),
    **dict.fromkeys(("chapter", "paper-conference", "entry", "entry-dictionary",
                     "entry-encyclopedia"), "chapter"),
    **dict.fromkeys(("book", "collection", "periodical", "classic", "pamphlet", "map", "motion_picture",
                     "software", "dataset"), "book"),
    **dict.fromkeys(("report", "standard"), "report"),
    **dict.fromkeys(("webpage", "post", "post-weblog", "broadcast"), "page"),
    **dict.fromkeys(("legislation", "regulation", "bill"), "law"),
    **dict.fromkeys(("legal_case", "hearing"), "decision"),
    "thesis": "thesis", "treaty": "treaty", "personal_communication": "private", "interview": "interview",
}
# fmt: on
"""How a reference is said, by CSL's type; any other type is said in the plainest way."""
TEXTS = (
    *("title", "title-short", "container-title", "collection-title", "genre", "number", "volume", "issue"),
    *("page", "section", "edition", "publisher", "publisher-place", "authority", "references", "language"),
    *("issued", "accessed", "URL", "DOI", *KNOWN),
)
"""Variables of CSL that may pass, with those of our own for symbols of law."""
PEOPLE = ("author", "editor", "container-author", "director", "interviewer")
EXTRA = {name.lower(): name for name in (*TEXTS, "type") if name not in ("title", "language")} | {
    "place": "publisher-place",
    "number-type": "genre",
    "symbol": "number",
    "jorf": "container-title",
}
"""Lines of "Extra" that pass, by their name in small letters."""
UNPUBLISHED = ("private", "interview")
"""Kinds whose people are no authors of literature: their names stay private where nothing was published."""

BEFORE_CHRIST = re.compile(r"-0*([1-9]\d{0,3})(?:-\d{2})*")
"""A year before our era, as CSL and EDTF write it; its month and day are not told."""
_LINK = re.compile(r"https?://[^\s\"<>@/]+(?:[/?#][^\s\"<>]*)?", re.I)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>]+)", re.I)
_TAG = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|span)(?:\s[^<>]*)?>", re.I)
_LANGUAGES = {
    **dict.fromkeys(("french", "francais", "français", "acadian", "canadien"), "fr"),
    **dict.fromkeys(("english", "american", "british", "ukenglish", "usenglish", "anglais"), "en"),
    **{"spanish": "es", "german": "de", "ngerman": "de", "italian": "it", "portuguese": "pt", "arabic": "ar"},
}


@dataclass(frozen=True)
class Record:
    """An entry in the variables of CSL, as text; dates as ISO text, `2021/2023` where they have an end."""

    key: str
    type: str
    place: Place
    texts: dict[str, str] = field(repr=False)
    people: dict[str, tuple[Name, ...]] = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    """What may hold lines of "Extra"; nothing else of it is read."""


@dataclass(frozen=True)
class Work:
    """A reference, checked: dates are ISO or, where `issued` is none, the words of the entry."""

    key: str
    kind: str
    texts: dict[str, str] = field(repr=False)
    people: dict[str, tuple[Name, ...]] = field(repr=False)
    issued: str = ""
    until: str = ""
    accessed: str = ""
    link: str = ""
    language: str = ""

    def get(self, name: str) -> str:
        """Give a variable, empty where the reference does not have it."""
        return self.texts.get(name, "")


def make_work(record: Record, problems: Problems) -> Work:
    """Check a reference and leave out what is private.

    Errors: SRC-032 no title, SRC-033 an address that is none. Remarks: SRC-383 a symbol that has not its
    form, SRC-384 an address without the day it was read, SRC-385 names of an exchange left out, SRC-386 a
    date that is none.
    """
    extra = read_extra("\n".join(record.notes), EXTRA)
    kind = KINDS.get(extra.get("type", "")) or KINDS.get(record.type, "other")
    texts = {name: _plain(record.texts.get(name) or extra.get(name, "")) for name in TEXTS}
    texts = _with_symbols(texts, record.place, problems)
    if not texts["title"]:
        problems.add("SRC-032", record.place, missing="title")
    link = _link(texts, record.place, problems)
    issued, until = _issued(texts["issued"], record.place, problems)
    return Work(
        key=record.key,
        kind=kind,
        texts={name: text for name, text in texts.items() if text},
        people=_people(record, kind, texts, problems),
        issued=issued,
        until=until,
        accessed=_accessed(texts, link, record.place, problems),
        link=link,
        language=_language(texts["language"]),
    )


def _plain(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", _TAG.sub("", text).replace("\u00ad", "")).strip(" ")


def _with_symbols(texts: dict[str, str], place: Place, problems: Problems) -> dict[str, str]:
    name, symbol = split_symbol(texts["number"])
    if name:
        texts = texts | {"number": "", name: texts[name] or symbol}
    for name in KNOWN:
        if texts[name]:
            texts[name] = bare(name, texts[name])
            if not has_form(name, texts[name]):
                problems.warn("SRC-383", place, symbol=name)
    return texts


def _link(texts: dict[str, str], place: Place, problems: Problems) -> str:
    """Give the address: the one that is written, else that of the DOI."""
    doi = _DOI.fullmatch(texts["DOI"])
    address = texts["URL"]
    if not address:
        return f"https://doi.org/{doi[1]}" if doi else ""
    if _LINK.fullmatch(address):
        return address
    problems.add("SRC-033", place)
    return ""


def _accessed(texts: dict[str, str], link: str, place: Place, problems: Problems) -> str:
    written = texts["accessed"]
    found = _period(written)
    if written and not found:
        problems.warn("SRC-386", place, variable="urldate / accessed")
    elif link and texts["URL"] and not found and not _DOI.fullmatch(link):
        problems.warn("SRC-384", place)
    return found


def _issued(written: str, place: Place, problems: Problems) -> tuple[str, str]:
    start, _, end = written.partition("/")
    issued, until = _period(start), _period(end)
    unread = re.fullmatch(r"[\d/.-]+", written) and not BEFORE_CHRIST.fullmatch(written)
    if written and not issued and unread:
        problems.warn("SRC-386", place, variable="date / issued")
    return issued, until if issued else ""


def _period(text: str) -> str:
    """Read a date; years before 1900 are those of laws and books."""
    plain = text.strip().rstrip("~?%")
    day = plain[:10] if plain[10:11] == "T" else plain
    return day if is_date(day) and "-00" not in day else parse_period(day)


def _people(
    record: Record, kind: str, texts: dict[str, str], problems: Problems
) -> dict[str, tuple[Name, ...]]:
    named = {role: names for role in PEOPLE if (names := record.people.get(role, ()))}
    public = kind == "interview" and any(texts[name] for name in ("container-title", "publisher", "URL"))
    if kind not in UNPUBLISHED or public:
        return named
    if named:
        problems.warn("SRC-385", record.place)
    return {}


def _language(written: str) -> str:
    tag = written.strip().lower()
    known = _LANGUAGES.get(tag) or re.split(r"[-_]", tag)[0]
    return known if re.fullmatch(r"[a-z]{2,3}", known) else ""
