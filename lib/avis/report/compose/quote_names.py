"""Quotes numbered by their order in the document.

The id of a quote is that of a contribution in the consent ledger, or was made of a file, a date and a
place: it serves to work with, and nothing of it may stand in what is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from avis.exhibits import Exhibits, Quote
from avis.report.compose.evidence import anchor, note_of

_POINTING = ("id", "note", "href")


def number_quotes(data: Any, exhibits: Exhibits) -> Any:
    """Give a document (as plain lists and dictionaries) with `quote-1` and `note-quote-1` for its quotes.

    What stands in the document is numbered by its place, its notes in the order of the first call.
    """
    quotes = [item for item in exhibits.exhibits if isinstance(item, Quote)]
    pointed = list(dict.fromkeys(_pointed(data)))
    new: dict[str, str] = {}
    for name, wanted in (
        ("quote", {anchor(q) for q in quotes}),
        ("note-quote", {note_of(q) for q in quotes}),
    ):
        standing = [id for id in pointed if id in wanted]
        new |= {id: f"{name}-{number}" for number, id in enumerate(standing, start=1)}
    return _renamed(data, new)


def _pointed(node: Any) -> Iterator[str]:
    """Go through all ids, notes and links to the document's own parts, in reading order."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _POINTING and isinstance(value, str):
                yield value.removeprefix("#")
            else:
                yield from _pointed(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _pointed(item)


def _renamed(node: Any, new: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {
            key: _name(value, new) if key in _POINTING and isinstance(value, str) else _renamed(value, new)
            for key, value in node.items()
        }
    return [_renamed(item, new) for item in node] if isinstance(node, list | tuple) else node


def _name(value: str, new: dict[str, str]) -> str:
    mark = "#" if value.startswith("#") else ""
    return mark + new.get(value.removeprefix(mark), value.removeprefix(mark))
