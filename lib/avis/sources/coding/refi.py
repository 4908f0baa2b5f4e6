"""REFI-QDA (`.qdc`, `.qdpx`, `.qde`), which NVivo, ATLAS.ti, MAXQDA and QualCoder write → codes and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from avis.errors import Place, Problems
from avis.files.archives import Archive, open_archive
from avis.files.markup import parse_xml
from avis.files.opening import Opened
from avis.sources.coding.codes_model import Code, Coded, Facts, code_ids, codes_table, with_parents
from avis.sources.coding.documents import Gathering, themes_of
from avis.sources.coding.exchange import unpack
from avis.sources.coding.refi_sources import SOURCES, Texts, guid, read_source

MAX_XML = 32 * 2**20
"""Bytes of a project's XML; texts stand beside it. A project of 2 000 selections has 1.5 MB."""

MAX_ITEMS = 10_000
"""Codes, or sources, of a project; a large one has 500 of each."""


def is_refi(opened: Opened) -> bool:
    """Tell whether a file is a codebook or a project of REFI-QDA, whatever its namespace."""
    if opened.kind in ("qdc", "qdpx"):
        return True
    start = opened.data[:4096].replace(b"\0", b"")  # in UTF-16, every other byte of a name
    if opened.kind in ("xml", "csv", "binary"):
        return any(mark in start for mark in (b"<CodeBook", b":CodeBook", b"urn:QDA-XML"))
    return opened.kind == "zip" and b".qde" in opened.data.lower()


def read_refi(opened: Opened, problems: Problems, known: Mapping[str, str] | None = None) -> Coded | None:
    """Read a codebook or a project.

    Errors: those of `open_archive` and of `parse_xml`; SRC-006 too large, SRC-350 no project in it,
    SRC-354 a passage without place or words, SRC-359 a coding with an unknown code, SRC-371 one guid for
    two codes, SRC-374 too many of anything. Warnings: SRC-351 a text is missing, SRC-352 passages without a
    code, SRC-353 sources that are no text, SRC-355 words that stand elsewhere, SRC-356 places that no words
    prove.
    """
    archive = open_archive(opened.data, opened.place, problems) if opened.data[:2] == b"PK" else None
    data = opened.data if opened.data[:2] != b"PK" else _member(archive, opened, problems)
    if data is None:
        return None
    if len(data) > MAX_XML:
        problems.add("SRC-006", opened.place, size=len(data) // 2**20, most=MAX_XML // 2**20)
        return None
    root = parse_xml(data.removeprefix(b"\xef\xbb\xbf"), opened.place, problems, MAX_XML)
    if root is None:
        return None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if root.tag not in ("CodeBook", "Project"):
        problems.add("SRC-350", opened.place)
        return None
    if max(sum(1 for _ in root.iter("Code")), len(root.findall("./Sources/*"))) > MAX_ITEMS:
        problems.add("SRC-374", opened.place, most=MAX_ITEMS)
        return None
    return _read(root, Texts(archive, opened.place, problems), problems, known)


def _member(archive: Archive | None, opened: Opened, problems: Problems) -> bytes | None:
    if archive is None:
        return None
    projects = (name for name in archive.names if name.lower().endswith(".qde"))
    found = sorted(projects, key=lambda name: name.count("/"))
    if not found:
        problems.add("SRC-350", opened.place)
        return None
    return archive.read(found[0], MAX_XML)


def _read(root: Element, texts: Texts, problems: Problems, known: Mapping[str, str] | None) -> Coded:
    place = texts.place
    codes = read_codes(root, place, problems)
    themes = themes_of(code_ids(codes), known, place, problems)
    gathering = Gathering(place.file, problems, themes)
    for user in root.iterfind("./Users/User"):
        gathering.coder(guid(user.get("guid")))
    sources = [source for source in root.iterfind("./Sources/*") if source.tag in SOURCES]
    for source in sources:
        read_source(source, texts, gathering)
    for note in root.iterfind("./Notes/Note"):
        gathering.memo(texts.of(note)[0] or "")
        gathering.memo(note.findtext("Description", ""))
    texts.tell(gathering)
    facts: Facts = {
        "tool": "refi-qda",
        "origin": root.get("origin", "")[:60],
        "users": len(root.findall("./Users/User")),
        "codes": len(codes),
        "described": sum(bool(code.definition) for code in codes),
        "sets": len(root.findall("./Sets/Set")),
        "sources": len(sources),
        "codings": texts.codings,
    }
    return Coded(codes_table(codes), gathering.tables(bare=known is None), facts)


def read_codes(root: Element, place: Place, problems: Problems) -> list[Code]:
    """Read the codes below an element, each before those within it."""
    top = root if root.tag == "CodeBook" else root.find("CodeBook")
    found: dict[str, Code] = {}
    for element, parent in _nested(top.find("Codes") if top is not None else None):
        key = guid(element.get("guid")) or f"#{len(found)}"
        if key in found:
            problems.add("SRC-371", place)
            continue
        definition, given = unpack(element.findtext("Description", ""))
        name = " ".join(element.get("name", "").split())
        grouping = element.get("isCodable", "").strip().casefold() in ("false", "0")
        found[key] = Code(key, name, parent, definition.strip(), given=given, category=grouping)
    dots = root.get("origin", "").startswith("Taguette")
    return with_parents(found.values(), "." if dots else "::")


def _nested(top: Element | None) -> Iterator[tuple[Element, str]]:
    waiting = [(code, "") for code in reversed(top.findall("Code"))] if top is not None else []
    while waiting:
        code, parent = waiting.pop()
        yield code, parent
        waiting += [(child, guid(code.get("guid"))) for child in reversed(code.findall("Code"))]
