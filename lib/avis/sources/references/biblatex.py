"""Entries of BibTeX and biblatex, as Zotero and Better BibTeX write them → records in CSL's variables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from avis.errors import Place, Problems
from avis.sources.references.bibtex import MOST_TEXT, Broken, Entry, parse_bibtex
from avis.sources.references.latex import to_address, to_text
from avis.sources.references.names import read_names
from avis.sources.references.works import Record

# fmt: off
TYPES = {
    **dict.fromkeys(("book", "mvbook", "booklet", "manual", "proceedings", "mvproceedings", "collection",
                     "mvcollection", "reference", "periodical", "software", "dataset", "movie", "video"),
                    "book"),
    **dict.fromkeys(("inbook", "incollection", "inproceedings", "conference", "inreference", "suppbook",
                     "bookinbook", "suppcollection"), "chapter"),
    **dict.fromkeys(("article", "suppperiodical", "review"), "article-journal"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis", "mathesis"), "thesis"),
    **dict.fromkeys(("report", "techreport", "standard"), "report"),
    **dict.fromkeys(("online", "electronic", "www", "audio"), "webpage"),
    "legislation": "legislation", "jurisdiction": "legal_case", "legal": "treaty",
    "letter": "personal_communication",
}
# fmt: on
"""CSL's type by the type of the entry; what stands nowhere here is said in the plainest way."""
MOST_ENTRIES = 8_000
"""Entries of a file: they take 3 seconds, and no report cites so many."""
_COURTS = ("legislation", "legal_case", "treaty")
_NOT_SOURCES = ("xdata", "set")
_FIELDS: dict[str, tuple[str, ...]] = {
    "title-short": ("shorttitle",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle", "shortjournal"),
    "collection-title": ("series",),
    "number": ("number",),
    "volume": ("volume",),
    "issue": ("issue",),
    "page": ("pages", "eid"),
    "section": ("section", "chapter"),
    "edition": ("edition",),
    "publisher": ("publisher", "institution", "organization", "school", "howpublished"),
    "publisher-place": ("location", "address"),
    "authority": ("authority", "court"),
    "genre": ("type",),
    "language": ("langid", "language", "hyphenation"),
    "ECLI": ("ecli",),
    "NOR": ("nor",),
    "CELEX": ("celex",),
    "DOI": ("doi",),
}
_ROLES = {"author": "author", "editor": "editor", "bookauthor": "container-author"}
_GENRES = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "mathesis": "mathesis"}
_HOST = {"title": "booktitle", "subtitle": "booksubtitle"}
_ADDRESS = re.compile(r"\\url\s*\{|https?://", re.I)


def read_biblatex(text: str, name: str, problems: Problems) -> list[Record]:
    """Read the entries of a file, those that inherit (`crossref`, `xdata`) with what they inherit.

    Errors: SRC-030 an entry that cannot be read, SRC-391 too many. Remark: SRC-382 a `crossref` to no entry.
    """
    entries, broken = parse_bibtex(text)
    for item in broken:
        problems.add("SRC-030", _place(item, name))
    known: dict[str, Entry] = {}
    for entry in entries:
        known.setdefault(entry.key.lower(), entry)
    sources = (entry for entry in entries if entry.type not in _NOT_SOURCES)
    records: list[Record] = []
    taken = 0
    for entry in sources:
        fields = _inherited(entry, known, name, problems)
        taken += sum(map(len, fields.values()))
        if len(records) == MOST_ENTRIES or taken > MOST_TEXT:
            problems.add("SRC-391", _place(entry, name), most=MOST_ENTRIES)
            break
        records.append(_record(entry, fields, name))
    return records


def _place(item: Broken | Entry, name: str) -> Place:
    return Place(name, line=item.line, column=getattr(item, "column", 0), field=item.key)


def _inherited(entry: Entry, known: dict[str, Entry], name: str, problems: Problems) -> dict[str, str]:
    fields = dict(entry.fields)
    for link in ("xdata", "crossref"):
        for key in filter(None, re.split(r"\s*,\s*", entry.fields.get(link, "").strip())):
            parent = known.get(key.lower())
            if parent is None:
                problems.warn("SRC-382", _place(entry, name))
                continue
            for field, value in parent.fields.items():
                field = _HOST.get(field, field) if link == "crossref" and _in_host(entry) else field
                fields.setdefault(field, value)
    return fields


def _in_host(entry: Entry) -> bool:
    return TYPES.get(entry.type) in ("chapter", "article-journal")


def _record(entry: Entry, fields: dict[str, str], name: str) -> Record:
    kind = TYPES.get(entry.type, "document")
    texts = {variable: _first(fields, names) for variable, names in _FIELDS.items()}
    texts["title"] = _title(fields)
    texts["page"] = re.sub(r"[-\u2013\u2014]+", "-", texts["page"])
    texts["issued"], texts["accessed"] = _date(fields), to_text(fields.get("urldate", "")).strip()
    texts["URL"] = _address(fields)
    texts["genre"] = texts["genre"] or _GENRES.get(entry.type, "")
    if kind == "article-journal" and not texts["issue"]:
        texts["issue"], texts["number"] = texts["number"], ""
    if kind == "webpage" and not texts["container-title"]:
        texts["container-title"] = _first(fields, ("titleaddon",))
    if kind in _COURTS and not texts["authority"]:
        texts["authority"], texts["publisher"] = texts["publisher"], ""
    people = {role: read_names(fields[field]) for field, role in _ROLES.items() if fields.get(field)}
    notes = tuple(to_text(line) for line in fields.get("note", "").splitlines())
    return Record(entry.key, kind, _place(entry, name), texts, people, notes)


def _first(fields: dict[str, str], names: Iterable[str]) -> str:
    """Give the first field that says something; an address is no publisher."""
    for name in names:
        value = fields.get(name, "")
        if value and not (name == "howpublished" and _ADDRESS.search(value)):
            return to_text(value)
    return ""


def _title(fields: dict[str, str]) -> str:
    title, more = to_text(fields.get("title", "")), to_text(fields.get("subtitle", ""))
    english = (
        fields.get("langid", fields.get("language", "")).lower().startswith(("en", "british", "american"))
    )
    colon = ": " if english else "\u00a0: "
    return f"{title}{colon}{more}" if title and more else title or more


def _address(fields: dict[str, str]) -> str:
    """Give the address; `howpublished` holds it in BibTeX, which has no field for it."""
    published = fields.get("howpublished", "")
    return to_address(fields.get("url") or (published if _ADDRESS.search(published) else ""))


def _date(fields: dict[str, str]) -> str:
    """Give the date: `date` of biblatex, else year, month and day of BibTeX."""
    date = to_text(fields.get("date", "")).strip()
    year, month = to_text(fields.get("year", "")).strip(), to_text(fields.get("month", "")).strip()
    if date or not month:
        return date or year
    if not month.isdigit():
        return f"{month} {year}".strip()
    day = to_text(fields.get("day", "")).strip()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day.isdigit() else "")
