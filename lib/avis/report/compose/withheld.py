"""The last look at an answer that withholds a name: whether it still stands somewhere, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import to_builtins
from msgspec.structs import replace

from avis.errors import Place, Problems
from avis.report.document import Document, Heading, Numbered
from avis.report.outline import plain
from avis.spelling import fold

LONG = 8
"""Letters from which a name is found inside an address or a word too."""


def check_withheld(document: Document, names: Iterable[str]) -> None:
    """Refuse a document that still names the association, telling in which paragraph: DOC-041.

    A name is found however it is spelled, whatever is bold in it, and in an address when it is long.
    """
    problems, sought = Problems(), tuple(name for name in names if fold(name))
    for where, text in _told(document):
        spelled, bare = fold(text), _bare(text)
        for name in sought:
            if _stands(name, spelled, bare):
                problems.add("DOC-041", Place(document.kind, field=where), name=name)
    problems.raise_errors()


def _stands(name: str, spelled: str, bare: str) -> bool:
    if len(_bare(name)) >= LONG and _bare(name) in bare:
        return True
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", spelled) is not None


def _bare(text: str) -> str:
    """Give the letters and digits of a text alone, as an address holds them."""
    return re.sub(r"[\W_]", "", fold(text))


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
    data = to_builtins(block)
    return "\n".join((*_strings(data), *_lines(data)))


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    for item in inside:
        yield from _strings(item)


def _lines(data: object) -> Iterator[str]:
    """Give each line whole: a name of which a part is bold or a link stands in several pieces."""
    if isinstance(data, list | tuple):
        yield "".join(_words(data))
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    for item in inside:
        yield from _lines(item)


def _words(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        own = data.get("text")
        yield from (own,) if isinstance(own, str) else _words(data.get("content"))
    elif isinstance(data, list | tuple):
        for item in data:
            yield from _words(item)
