"""What a document of Word holds beside its text: comments, headers, footers, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from avis.errors import Problems
from avis.files.archives import Archive, open_archive
from avis.files.markup import parse_xml
from avis.files.opening import Opened
from avis.sources.notes.marks import attribute, descendants, local

MOST_XML = 16 * 2**20
_BESIDE = re.compile(r"word/(?:(comments)|(header|footer)\d*)\.xml|docProps/(core)\.xml")


def words_beside(opened: Opened) -> Iterator[tuple[str, int, str]]:
    """Give what stands beside a document's text: where it stands, its number there from 1, its words.

    A part that cannot be read has no words: whoever reads the text says why.
    """
    archive = open_archive(opened.data, opened.place, Problems())
    for name in archive.names if archive is not None else ():
        found = _BESIDE.fullmatch(name)
        root = _part(archive, name) if found and archive is not None else None
        if found and root is not None:
            kind = found[1] or found[2] or found[3]
            for number, text in enumerate(_texts(root, kind), start=1):
                yield kind, number, text


def _part(archive: Archive, name: str) -> Element | None:
    data = archive.read(name, MOST_XML)
    return parse_xml(data, archive.place, archive.problems, MOST_XML) if data is not None else None


def _texts(root: Element, kind: str) -> Iterator[str]:
    if kind == "core":
        yield from (part.text for part in root if part.text and part.text.strip())
        return
    authors = list(dict.fromkeys(attribute(one, "author") for one in descendants(root, "comment")))
    for paragraph in descendants(root, "p"):
        pieces = (part.text or "" for part in paragraph.iter() if local(part) in ("t", "delText"))
        yield "".join(pieces)
    yield from authors
