"""A pad's `.etherpad` export → blocks: the text of today, line by line, without who wrote what.

Source: the changeset library of Etherpad. A pad's text goes with a string of attributes, `*0*1+5|1+1`: five
characters with attributes 0 and 1 of the pool, then one that ends a line, in base 36. Lengths count UTF-16
units, as JavaScript does, and must add up to the text: where they do not, the file is damaged.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any

from avis.errors import Place, Problems
from avis.sources.notes.blocks import Block, Body
from avis.spelling import whole_characters

_OPERATION = re.compile(r"((?:\*[0-9a-z]+)*)(?:\|([0-9a-z]+))?\+([0-9a-z]+)")
_HEADING = re.compile(r"h([1-6])")
_COMMENTS = ("comments:", "comment-replies:")

Attributes = dict[str, str]


def read_pad(data: bytes, place: Place, problems: Problems) -> Body | None:
    """Read the one pad of an export.

    Errors: SRC-003 not JSON, no pad or several, lengths that do not add up.
    """
    try:
        export = json.loads(data)
        pads = {key: value for key, value in export.items() if isinstance(value, dict) and "atext" in value}
        (name, pad), *others = ((key, value) for key, value in pads.items() if key.startswith("pad:"))
        text, pool = pad["atext"]["text"], pad["pool"]["numToAttrib"]
        lines = list(_lines(text, pad["atext"]["attribs"], pool))
        counted = _count(export, name, pad)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        problems.add("SRC-003", place)
        return None
    if others:
        problems.add("SRC-003", place)
        return None
    blocks = (
        _block(number, whole_characters(line), attributes)
        for number, (line, attributes) in enumerate(lines, 1)
    )
    return Body(tuple(block for block in blocks if block), "line", counted)


def _lines(text: str, attribs: str, pool: dict[str, list[str]]) -> Iterator[tuple[str, Attributes]]:
    """Give each line with the attributes of its first character; raises ValueError where lengths differ."""
    units = text.encode("utf-16-le", "surrogatepass")
    starts, marks, at = [0], [""], 0
    for mark, ends, length in _operations(attribs):
        part = units[at : at + 2 * length]
        if len(part) != 2 * length or part.decode("utf-16-le", "surrogatepass").count("\n") != ends:
            raise ValueError
        starts.append(at)
        marks.append(mark)
        at += 2 * length
    if at != len(units):
        raise ValueError
    at = 0
    for line in text.split("\n"):
        yield line, _attributes(marks[bisect_right(starts, at) - 1], pool)
        at += len(line.encode("utf-16-le", "surrogatepass")) + 2


def _operations(attribs: str) -> Iterator[tuple[str, int, int]]:
    """Give attributes, line ends and length of each operation."""
    at = 0
    while at < len(attribs):
        found = _OPERATION.match(attribs, at)
        if found is None:
            raise ValueError
        yield found[1], int(found[2] or "0", 36), int(found[3], 36)
        at = found.end()


def _attributes(marks: str, pool: dict[str, list[str]]) -> Attributes:
    pairs = (pool[str(int(mark, 36))] for mark in marks.split("*") if mark)
    return {str(key): str(value) for key, value in pairs}


def _block(number: int, line: str, attributes: Attributes) -> Block | None:
    """Make a block of a line; the first character of a line with a marker stands for its bullet."""
    words = (line[1:] if "lmkr" in attributes else line).strip()
    found = _HEADING.fullmatch(attributes.get("heading", ""))
    return Block(number, (words,), int(found[1]) if found else 0) if words else None


def _count(export: dict[str, Any], name: str, pad: dict[str, Any]) -> Counter[str]:
    """Count what a pad keeps beside its text of today."""
    written = {value for key, value in pad["pool"]["numToAttrib"].values() if key == "author" and value}
    authors = written | {key.partition(":")[2] for key in export if key.startswith("globalAuthor:")}
    return Counter(
        authors=len(authors),
        revisions=sum(key.startswith(f"{name}:revs:") for key in export),
        chat=sum(key.startswith(f"{name}:chat:") for key in export),
        comments=sum(len(value) for key, value in export.items() if key.startswith(_COMMENTS) and value),
        images=sum(key == "img" for key, _ in pad["pool"]["numToAttrib"].values()),
    )
