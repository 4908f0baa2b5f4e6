"""What LimeSurvey calls its columns: in conditions, in its database and in the headers of exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from avis.sources.surveys.limetables import Item, Lss
from avis.sources.surveys.limetypes import KINDS, Kind

TEXT = Kind("text", "one")


class Field(NamedTuple):
    """A column: `name` as conditions call it, `header` as exports do, and the question that it answers.

    `piece` is the choice (boxes to tick), the rank, or "filecount"; "" where it is the whole answer.
    """

    name: str
    header: str
    question: str
    piece: str
    type: str


class Fields:
    """The columns of a survey, by the names that they have in conditions and in the database.

    In the database: `{survey}X{group}X{question}` and what follows; `Q{question}_S{row}` in version 7.
    """

    def __init__(self, lss: Lss) -> None:
        self.by_name: dict[str, Field] = {}
        self.by_column: dict[str, Field] = {}
        for item in lss.questions:
            start = f"{lss.sid}X{item.gid}X{item.qid}"
            for old, new, found in _fields(item, lss):
                self.by_name.setdefault(found.name, found)
                self.by_column.setdefault(start + old, found)
                self.by_column.setdefault(f"Q{item.qid}{new}", found)


def kind_of(item: Item) -> Kind:
    """Give the kind of a question; one whose letter is not known is read as a text."""
    kind = KINDS.get(item.letter, TEXT)
    whole = item.letter in ("N", "K") and item.attribute("num_value_int_only") == "1"
    return kind._replace(type="integer") if whole else kind


def rows_and_columns(item: Item, lss: Lss) -> tuple[list[Item], list[Item]]:
    """Give the rows of an array, and its columns where it has cells."""
    parts = lss.parts.get(item.qid, ())
    return [part for part in parts if part.scale == 0], [part for part in parts if part.scale == 1]


def _fields(item: Item, lss: Lss) -> Iterable[tuple[str, str, Field]]:
    """Give each column with the ends of its names in the database, old and new."""
    kind, code = kind_of(item), item.code
    rows, columns = rows_and_columns(item, lss)
    if kind.shape == "one":
        yield "", "", Field(code, code, code, "", kind.type)
        if item.letter == "|":
            yield (
                "_filecount",
                "_Cfilecount",
                Field(f"{code}_filecount", f"{code}[filecount]", code, "filecount", "file"),
            )
        if item.letter == "O":
            yield "comment", "_Ccomment", _text(code, "comment")
    elif kind.shape == "rank":
        slots = [f"_S{row.qid}" for row in rows] or [f"_R{one.aid}" for one in lss.options.get(item.qid, ())]
        for n, new in enumerate(slots, start=1):
            yield str(n), new, Field(f"{code}_{n}", f"{code}[{n}]", code, str(n), "rank")
    for row in rows:
        yield from _row_fields(item, kind, row, columns)
    if item.other:
        yield "other", "_Cother", _text(code, "other")
        if item.letter == "P":
            yield "othercomment", "_Cothercomment", _text(code, "othercomment")


def _row_fields(item: Item, kind: Kind, row: Item, columns: list[Item]) -> Iterable[tuple[str, str, Field]]:
    code, name, header = item.code, f"{item.code}_{row.code}", f"{item.code}[{row.code}]"
    new = f"_S{row.qid}"
    if kind.shape == "several":
        yield row.code, new, Field(name, header, code, row.code, kind.type)
        if item.letter == "P":
            yield f"{row.code}comment", f"{new}_Ccomment", _text(code, f"{row.code}comment")
    elif kind.shape == "rows":
        yield row.code, new, Field(name, header, name, "", kind.type)
    elif kind.shape == "dual":
        for n in (0, 1):
            found = Field(f"{name}_{n}", f"{header}[{n + 1}]", f"{name}_{n}", "", kind.type)
            yield f"{row.code}#{n}", f"{new}#{n}", found
    elif kind.shape == "cells":
        for column in columns:
            cell = f"{row.code}_{column.code}"
            found = Field(f"{code}_{cell}", f"{code}[{cell}]", f"{code}_{cell}", "", kind.type)
            yield cell, f"{new}_S{column.qid}", found


def _text(code: str, end: str) -> Field:
    """Make the field of a text beside a question: a comment, or what « other » is."""
    return Field(f"{code}_{end}", f"{code}[{end}]", f"{code}_{end}", "", "text")
