"""Sources of a REFI-QDA project → documents: texts, the text of a PDF or a transcript, names of the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from avis.errors import Place, Problems
from avis.files.archives import Archive
from avis.files.delimited import decode
from avis.sources.coding.documents import Document, Gathering, Selection, lines_of
from avis.sources.coding.offsets import Span, place_spans

SOURCES = {"TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource"}
MAX_TEXT = 8 * 2**20
"""Bytes of one text: a book has one million characters."""
MAX_TEXTS = 64 * 2**20
"""Bytes of all texts of a project."""
_READ = {"Representation", "TextDescription", "Transcript"}
_SELECTED = re.compile(r"(?:PDF|Picture|Audio|Video)Selection")


def guid(text: str | None) -> str:
    """Write a guid one way: tools put braces around it or not, in capitals or not."""
    return (text or "").strip().strip("{}").casefold()


@dataclass
class Texts:
    """The texts of a project, and what is to be told of its sources at the end."""

    archive: Archive | None = field(repr=False)
    place: Place
    problems: Problems = field(repr=False)
    codings: int = 0
    media: int = 0
    read: int = 0
    _missing: set[str] = field(default_factory=set, repr=False)

    def of(self, source: Element) -> tuple[str | None, str]:
        """Give the text of a source, none where the project lacks it; and the path that it names."""
        inside = source.findtext("PlainTextContent")
        path = source.get("plainTextPath", "")
        if inside is not None or not path:
            return inside, path
        name = re.sub(r"^\w+://+", "", path).rpartition("/")[2].casefold()
        member = self._members.get(name)
        if member is None or self.archive is None or not path.startswith("internal://"):
            return None, path
        data = self.archive.read(member, min(MAX_TEXT, MAX_TEXTS - self.read))
        if data is None:
            return None, path
        self.read += len(data)
        return decode(data, self.place, self.problems)[0].removeprefix("\ufeff"), path

    @cached_property
    def _members(self) -> dict[str, str]:
        """Give the members beside the project, by their name in lower case."""
        names = self.archive.names if self.archive else []
        return {name.rpartition("/")[2].casefold(): name for name in names if "sources/" in name.lower()}

    def missing(self, path: str, meeting: str) -> None:
        """Say once that a text is not there."""
        if path not in self._missing:
            self._missing.add(path)
            self.problems.warn("SRC-351", self._at(meeting))

    def warn(self, code: str, meeting: str, n: int) -> None:
        """Say how many passages of a document something is true of."""
        if n:
            self.problems.warn(code, self._at(meeting), n=n)

    def _at(self, meeting: str) -> Place:
        return Place(self.place.file, field=meeting)

    def tell(self, gathering: Gathering) -> None:
        """Say what is true of the project as a whole."""
        if self.media:
            self.problems.warn("SRC-353", self.place, n=self.media)
        if gathering.lost:
            self.problems.add("SRC-354", self.place, n=gathering.lost)


def read_source(source: Element, texts: Texts, gathering: Gathering) -> None:
    """Read a source: its text, or those of its parts; and what is selected where there is no text."""
    id = gathering.name_of(source.get("name", ""))
    textual = source.tag == "TextSource"
    parts = [source] if textual else [part for part in source if part.tag in _READ]
    documents = [_document(part, id, texts, gathering) for part in parts]
    texts.media += not textual and not any(document.text for document in documents)
    for document in documents:
        gathering.take(document, id)
    if not textual:
        gathering.take(_pictured(source, texts, gathering), id)


def _pictured(source: Element, texts: Texts, gathering: Gathering) -> Document:
    """Keep what is selected in a picture, a page or a recording by the words that the file gives for it."""
    selected = [part for part in source if _SELECTED.fullmatch(part.tag)]
    kept = [Selection(None, _words(part), _codes(part, texts, gathering)) for part in selected]
    kept.append(Selection(None, "", _codes(source, texts, gathering)))
    memos = (part.findtext("Description", "") for part in [source, *selected])
    return Document(selections=tuple(kept), memos=tuple(memos))


def _document(part: Element, meeting: str, texts: Texts, gathering: Gathering) -> Document:
    text, path = texts.of(part)
    selected = [one for one in part if one.tag in ("PlainTextSelection", "TranscriptSelection")]
    if text is None and (path or selected):
        texts.missing(path, meeting)
    points = {guid(point.get("guid")): point.get("position") for point in part.iterfind("SyncPoint")}
    spans = [_span(one, points) for one in selected]
    placed = place_spans(text or "", spans, titled=True)
    codes = [_codes(one, texts, gathering) for one in selected]
    kept = [
        Selection(where, span.words, coded)
        for where, span, coded in zip(placed.spans, spans, codes, strict=True)
    ]
    if text is not None:
        kept.append(Selection((0, len(text)), "", _codes(part, texts, gathering)))
        moved = [one for one in kept if one.span is None and one.words.strip()]
        texts.warn("SRC-355", meeting, len(moved))
        texts.warn("SRC-356", meeting, placed.unproved)
    texts.warn("SRC-352", meeting, sum(not coded for coded in codes))
    memos = tuple(one.findtext("Description", "") for one in [part, *selected])
    return Document(text or "", lines_of(text or ""), tuple(kept), memos)


def _span(selection: Element, points: Mapping[str, str | None]) -> Span:
    """Say where a selection begins and ends; that of a transcript says it by its points in time."""
    start, end = selection.get("startPosition"), selection.get("endPosition")
    if selection.tag == "TranscriptSelection":
        start = points.get(guid(selection.get("fromSyncPoint")))
        end = points.get(guid(selection.get("toSyncPoint")))
    return Span(_number(start), _number(end), _words(selection))


def _number(text: str | None) -> int:
    """Read a place; what is none stands before every text."""
    found = (text or "").strip()
    return int(found) if re.fullmatch(r"[0-9]{1,9}", found) else -1


def _words(selection: Element) -> str:
    """Give the words of a selection: those of its page where the file has them, else its name."""
    return selection.findtext("./Representation/PlainTextContent") or selection.get("name") or ""


def _codes(selection: Element, texts: Texts, gathering: Gathering) -> tuple[tuple[str, str], ...]:
    """Give the codes of a selection, each with who put it there."""
    found = []
    for coding in selection.iterfind("Coding"):
        user = guid(coding.get("creatingUser") or selection.get("creatingUser"))
        for reference in coding.iterfind("CodeRef"):
            key = guid(reference.get("targetGUID"))
            texts.codings += 1
            if key in gathering.themes:
                found.append((key, user))
            else:
                texts.problems.add("SRC-359", texts.place)
    return tuple(found)
