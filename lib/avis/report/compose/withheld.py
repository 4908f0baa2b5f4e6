"""The last look at an answer that withholds a name: whether it still stands somewhere, and where."""

from __future__ import annotations

from msgspec import to_builtins
from msgspec.structs import replace

from avis.errors import Place, Problems
from avis.report.document import Document, Heading, Numbered
from avis.report.outline import plain


def check_withheld(document: Document, names: tuple[str, ...]) -> None:
    """Refuse a document that still names the association, telling in which paragraph: DOC-041."""
    problems = Problems()
    for where, text in _told(document):
        for name in names:
            if name.casefold() in text.casefold():
                problems.add("DOC-041", Place(document.kind, field=where), name=name)
    problems.raise_errors()


def _told(document: Document) -> list[tuple[str, str]]:
    """Give every text of a document with the number of its paragraph, else the part that it stands in."""
    found = [(document.title, _joined(replace(document, blocks=(), notes=())))]
    under = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            under = plain(block.content)
        where = f"§ {block.number}" if isinstance(block, Numbered) else under
        found.append((where, _joined(block)))
    return [*found, *((note.title, _joined(note)) for note in document.notes)]


def _joined(block: object) -> str:
    return " ".join(_strings(to_builtins(block)))


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return [text for item in inside for text in _strings(item)]
