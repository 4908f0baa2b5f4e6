"""CSL-JSON, as Zotero writes it → records in the variables of CSL.

Format: the "CSL-JSON schema" of citationstyles.org, version 1.0.2; also the older forms of Zotero's own
exporters (an object with `items`, dates as `raw`, numbers as numbers).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from avis.errors import Place, Problems
from avis.sources.references.names import Name
from avis.sources.references.works import PEOPLE, TEXTS, Record
from avis.spelling import whole_characters

_DATES = ("issued", "accessed")
_ACCOUNT = re.compile(r"https?://(?:www\.)?zotero\.org/\S*/([A-Z0-9]+)", re.I)
"""An id that Zotero makes of the account's number: only the item's own part may pass."""
_BLANK = re.compile(r"[\s\ufeff]*")


@dataclass(frozen=True)
class _Item:
    line: int
    column: int
    data: dict[str, Any] = field(repr=False)


def read_csl(text: str, name: str, problems: Problems) -> list[Record]:
    """Read the items of a file.

    Errors: SRC-380 no JSON, with the line and the column; SRC-381 an item that is none, or has no id.
    """
    records = []
    for item in _items(text, name, problems):
        key = _key(item.data)
        place = Place(name, line=item.line, column=item.column, field=key)
        if key:
            records.append(_record(key, item.data, place))
        else:
            problems.add("SRC-381", place)
    return records


def is_json(text: str) -> bool:
    """Tell CSL-JSON from BibTeX by its first sign.

    >>> is_json(' [{"id": "a"}]'), is_json("@misc{a, title={A}}"), is_json("% remark")
    (True, False, False)
    """
    return text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{")


def _items(text: str, name: str, problems: Problems) -> Iterator[_Item]:
    """Read item by item, so that each has its line and what stands before a fault is kept."""
    decoder = json.JSONDecoder(
        parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_without_twins
    )
    try:
        at, line, counted = _start(text), 1, 0
        while text[at : at + 1] != "]":
            data, end = decoder.raw_decode(text, at)
            line, counted = line + text.count("\n", counted, at), at
            column = at - text.rfind("\n", 0, at)
            if isinstance(data, dict):
                yield _Item(line, column, data)
            else:
                problems.add("SRC-381", Place(name, line=line, column=column))
            at = _next(text, end)
        _expect_end(text, at + 1)
    except json.JSONDecodeError as fault:
        problems.add("SRC-380", Place(name, line=fault.lineno, column=fault.colno), column=fault.colno)
    except RecursionError:  # brackets within brackets without end
        problems.add("SRC-380", Place(name), column=0)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep the first of two members of one name: which one is meant, nobody can tell."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _start(text: str) -> int:
    """Give where the first item begins, in a list or in an object that holds the list as `items`."""
    at = _passed(text, 0)
    if text[at : at + 1] == "{":
        wrapped = re.compile(r'\{\s*"items"\s*:\s*\[').match(text, at)
        if wrapped is None:
            raise json.JSONDecodeError("no list", text, at)
        return _passed(text, wrapped.end())
    if text[at : at + 1] != "[":
        raise json.JSONDecodeError("no list", text, at)
    return _passed(text, at + 1)


def _next(text: str, at: int) -> int:
    """Pass the comma between two items; give where the next begins, or the end of the list."""
    at = _passed(text, at)
    if text[at : at + 1] == "]":
        return at
    if text[at : at + 1] != ",":
        raise json.JSONDecodeError("no comma", text, at)
    return _passed(text, at + 1)


def _expect_end(text: str, at: int) -> None:
    rest = _passed(text, at)
    if text[rest:].strip("} \t\r\n"):
        raise json.JSONDecodeError("more behind the end", text, rest)


def _passed(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _key(data: dict[str, Any]) -> str:
    id, citation = _text(data.get("id")), _text(data.get("citation-key"))
    account = _ACCOUNT.fullmatch(id)
    return citation or (account[1] if account else id)


def _record(key: str, data: dict[str, Any], place: Place) -> Record:
    texts = {name: _text(data.get(name)) for name in TEXTS if name not in _DATES}
    texts |= {name: _date(data.get(name)) for name in _DATES}
    texts["container-title"] = texts["container-title"] or _text(data.get("container-title-short"))
    texts["page"] = re.sub(r"[-\u2013\u2014]+", "-", texts["page"])
    people = {role: names for role in PEOPLE if (names := tuple(_names(data.get(role))))}
    notes = tuple(_text(data.get("note")).splitlines())
    return Record(key, _text(data.get("type")), place, texts, people, notes)


def _text(value: Any) -> str:
    """Give a text; of a list its first, as some exporters write titles."""
    if isinstance(value, list):
        value = next(iter(value), "")
    return whole_characters(value).strip() if isinstance(value, str) else ""


def _names(value: Any) -> Iterator[Name]:
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, dict):
            continue
        parts = {part: _text(item.get(part)) for part in ("given", "family", "suffix", "literal")}
        particles = [_text(item.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping")]
        family = " ".join(filter(None, (*particles, parts["family"]))) or parts["literal"]
        if family or parts["given"]:
            yield Name(family or parts["given"], parts["given"] if family else "", parts["suffix"])


def _date(value: Any) -> str:
    """Give a date as ISO text, with its end behind a slash; words where the item has words only."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    days = [_day(part) for part in parts if isinstance(part, list)] if isinstance(parts, list) else []
    return "/".join(filter(None, days)) or _text(value.get("raw")) or _text(value.get("literal"))


def _day(parts: list[Any]) -> str:
    numbers = [_text(part) for part in parts if _text(part)]
    return "-".join([*(part.zfill(4) for part in numbers[:1]), *(part.zfill(2) for part in numbers[1:3])])
