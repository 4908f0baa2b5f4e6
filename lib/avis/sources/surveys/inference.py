"""Questions of a table that nobody declared: proposed, with caution, for a person to correct.

Text, unless every filled cell is a number, or a date, or one of a few values that come again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from avis.sources.surveys.choices import tidy
from avis.sources.surveys.codebooks import Codebook, ids_of
from avis.sources.surveys.codechoices import Choice, codes_of, missing_kind
from avis.sources.surveys.coded import Layout
from avis.sources.surveys.figures import read_days, unsure_numbers
from avis.sources.surveys.form import CHOICE_COLUMNS, QUESTION_COLUMNS, form_frame
from avis.sources.surveys.identity import asks_who
from avis.sources.surveys.personal import personal_columns
from avis.sources.surveys.tables import Table
from avis.spelling import fold

MOST_VALUES = 12
"""Different values of a question with choices; lists of communes or of trades are longer."""
LONGEST_VALUE = 80
"""Characters of a choice; what is longer is a sentence."""
LEAST_JOINED = 2
"""Cells with several choices, from which a column is one of several choices."""
SHARED = 0.6
"""Share of the cells whose every piece stands in another combination too."""
_INTEGER = r"[-+]?(?:0|[1-9]\d{0,14})"
_NUMBER = r"[-+]?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?"
_DATE = r"\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00)?)?|\d{1,2}/\d{1,2}/\d{4}"
_TICKS = frozenset({"x"})


def propose_form(tables: Sequence[tuple[Table, Layout]], person: str = "") -> Codebook:
    """Propose the questions of tables that have the same columns; nothing of it is declared."""
    return _Proposal(tables, person).codebook()


class _Proposal:
    """One proposal: the questions and choices found so far."""

    def __init__(self, tables: Sequence[tuple[Table, Layout]], person: str) -> None:
        self.tables, self.person = tables, tidy(person)
        self.rows: list[dict[str, Any]] = []
        self.choices: list[dict[str, Any]] = []
        self.spellings: dict[str, tuple[str, ...]] = {}
        self.separators: dict[str, str] = {}

    def codebook(self) -> Codebook:
        table, layout = self.tables[0]
        own = set(layout.meta.values()) | layout.silent
        who = [n for n, header in enumerate(table.headers) if n not in own and asks_who(header)]
        hidden = personal_columns(table) | own | set(who)
        asked = [
            number
            for number, header in enumerate(table.headers)
            if tidy(header) and number not in hidden and tidy(header) != self.person
        ]
        units = _units(table, layout.titles, asked)
        for (header, numbers), id in zip(
            units, ids_of([h for h, _ in units], [""] * len(units)), strict=True
        ):
            if len(numbers) > 1 or header == tidy(layout.titles.get(numbers[0], "")):
                self.ticked(id, header, [tidy(table.headers[number]) for number in numbers])
            else:
                self.single(id, header, self.cells(numbers[0]))
        return Codebook(
            form_frame(self.rows, QUESTION_COLUMNS, ("fr",)),
            form_frame(self.choices, CHOICE_COLUMNS, ("fr",)),
            (),
            spellings=self.spellings,
            declared=False,
            separators=self.separators,
            left_out=tuple(tidy(table.headers[n]) for n in who if tidy(table.headers[n]) != self.person),
        )

    def cells(self, number: int) -> pd.Series[str]:
        """Give the filled cells of a column in all tables that have it."""
        header = tidy(self.tables[0][0].headers[number])
        found = []
        for at, (table, _) in enumerate(self.tables):
            headers = [tidy(one) for one in table.headers]
            same = number if at == 0 or headers[number : number + 1] == [header] else None
            same = headers.index(header) if same is None and header in headers else same
            if same is not None:
                found.append(table.text(same))
        cells = pd.concat(found, ignore_index=True)
        return cells[cells != ""]

    def single(self, id: str, header: str, cells: pd.Series[str]) -> None:
        mark = joined_by(cells)
        if kind := plain_type(cells, self.tables[0][1].manner.day_first):
            self.question(id, header, kind)
        elif mark:
            labels = sorted({tidy(part) for cell in cells.unique() for part in cell.split(mark)} - {""})
            self.separators[id] = mark
            self.question(id, header, "select_multiple", labels)
        elif is_choice(cells):
            self.question(id, header, "select_one", sorted({tidy(cell) for cell in cells.unique()}))
        else:
            self.question(id, header, "text")

    def ticked(self, id: str, header: str, labels: Sequence[str]) -> None:
        self.question(id, header, "select_multiple", labels)

    def question(self, id: str, header: str, kind: str, labels: Sequence[str] = ()) -> None:
        self.rows.append(
            {
                **{"name": id, "path": header, "type": kind, "label_fr": header, "label_en": ""},
                **{"list": id if labels else "", "relevance": "", "role": "question", "scale": ""},
                **{"parent": "", "or_other": False, "repeat": "", "tool_type": "", "version": "", "line": 0},
            }
        )
        self.spellings[id] = (header,)
        for code, label in zip(codes_of(labels), labels, strict=True):
            kept = missing_kind(Choice(code, label))
            self.choices.append(
                {
                    **{"list": id, "code": code, "label_fr": label, "label_en": "", "line": 0},
                    **{"other": False, "exclusive": bool(kept), "missing": kept, "added": False},
                }
            )


def _units(table: Table, titles: Mapping[int, str], asked: Collection[int]) -> list[tuple[str, list[int]]]:
    """Put the options of a question together: columns under one title in which nothing but a tick stands."""
    found: list[tuple[str, list[int]]] = []
    for number in sorted(asked):
        title, part = tidy(titles.get(number, "")), tidy(table.headers[number])
        ticks = bool(title) and set(table.text(number).str.casefold().unique()) <= {"", *_TICKS}
        if ticks and found and found[-1][0] == title:
            found[-1][1].append(number)
        elif ticks:
            found.append((title, [number]))
        else:
            found.append((f"{title} [{part}]" if title else part, [number]))
    return found


def plain_type(cells: pd.Series[str], day_first: bool = True) -> str:
    """Give the type of cells that are all numbers or all dates; "" for anything else, and « 1.200 ».

    >>> plain_type(pd.Series(["01001", "01002"])), plain_type(pd.Series(["1", "2,5"]))
    ('', 'decimal')
    """
    if cells.empty:
        return ""
    distinct = cells.drop_duplicates()
    if distinct.str.fullmatch(_NUMBER).all() and not unsure_numbers(distinct).any():
        return "integer" if distinct.str.fullmatch(_INTEGER).all() else "decimal"
    if distinct.str.fullmatch(_DATE).all():
        days, unsure = read_days(distinct, day_first)
        return "date" if ((days != "") | unsure).all() else ""
    return ""


def is_choice(cells: pd.Series[str]) -> bool:
    """Tell whether a few short values come again and again."""
    values = cells.drop_duplicates().map(tidy, na_action="ignore").drop_duplicates()
    if not 0 < len(values) <= MOST_VALUES or len(cells) < 2 * len(values):
        return False
    distinct = values.map(fold).nunique() == len(values)
    return bool(
        distinct and values.str.len().max() <= LONGEST_VALUE and not values.str.contains("[\n|;{}]").any()
    )


def joined_by(cells: pd.Series[str]) -> str:
    """Give the mark that joins several choices, where most cells are made of parts that come again elsewhere.

    Microsoft Forms ends such cells with a semicolon, which is sign enough.

    >>> joined_by(pd.Series(["A;", "A;B;"])), joined_by(pd.Series(["Oui, souvent", "Oui, parfois"]))
    (';', '')
    """
    distinct = cells.drop_duplicates()
    for mark in (";", "|", ", "):
        parts = _parts(distinct, mark)
        values = set().union(*parts)
        if len(values) < 2 or max(map(len, values)) > LONGEST_VALUE:
            continue
        if mark == ";" and bool(distinct.str.endswith(";").all()):
            return mark
        if all(map(_spelled_once, parts)) and _share_pieces(cells, dict(zip(distinct, parts, strict=True))):
            return mark
    return ""


def _share_pieces(cells: pd.Series[str], parts: Mapping[str, set[str]]) -> bool:
    """Tell whether cells are made of pieces that come again in another company, as ticked boxes do."""
    times = Counter(piece for one in parts.values() for piece in one)
    made = {cell: all(times[piece] > 1 for piece in one) for cell, one in parts.items()}
    joined = {cell for cell, one in parts.items() if len(one) > 1}
    several = int(cells.isin(list(joined)).sum())
    return several >= LEAST_JOINED and float(cells.map(made).mean()) >= SHARED


def _parts(distinct: pd.Series[str], mark: str) -> list[set[str]]:
    """Cut cells at a mark; nothing as soon as there are more values than a list would have."""
    found: list[set[str]] = []
    values: set[str] = set()
    for cell in distinct:
        found.append({tidy(part) for part in cell.split(mark)} - {""})
        values |= found[-1]
        if len(values) > MOST_VALUES:
            return []
    return found


def _spelled_once(parts: set[str]) -> bool:
    return all("|" not in part and ";" not in part for part in parts)
