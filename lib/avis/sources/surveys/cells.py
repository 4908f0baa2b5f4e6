"""Cells → values, by the type of their question: a choice, a number, a date, a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from avis.i18n import language
from avis.sources.surveys.answers import CODE, Bools, Column, Spot, statuses_of
from avis.sources.surveys.choices import (
    AMBIGUOUS,
    Resolved,
    read_one,
    read_ranked,
    read_several,
    readings,
    resolve,
)
from avis.sources.surveys.figures import NUMBER, read_days, unsure_numbers, without_spaces
from avis.sources.surveys.older import with_older
from avis.spelling import TRUTHS

Cells = npt.NDArray[np.object_]

MARKER = "n/a"
"""Older Kobo exports and spreadsheets write it for « not applicable ». In a text it may be her own word."""
MOST = 2.0**53
"""The largest whole number that a float holds exactly."""


@dataclass(frozen=True)
class Manner:
    """How a tool writes: whether a point always stands before decimals, and the day before the month."""

    point: bool = False
    day_first: bool = True


def read_cells(
    kind: str, cells: Cells, choices: pd.DataFrame, spot: Spot, manner: Manner = Manner()
) -> Column:
    """Read the cells of a question that stands in one column.

    Remarks: SRC-061 outside the list, SRC-062 not a number, or two (« 1.200 »), SRC-063 not a date, SRC-064
    two meanings, SRC-071 a choice that excludes others, chosen with others, SRC-314 a day or a month.
    """
    if kind == "select_multiple":
        return read_multiple(cells, {}, choices, spot)
    told = _Told.of(cells)
    if kind in ("select_one", "rank"):
        return _one(told, with_older(told.raw, choices, spot), spot, kind)
    if kind in ("integer", "decimal"):
        return _number(told, kind, spot, manner)
    if kind == "date":
        return _date(told, spot, manner)
    filled = told.each(told.words != "")
    return Column(told.raw, told.raw.where(filled), statuses_of(filled))


@dataclass(frozen=True)
class _Told:
    """A column by its different cells, since few of them stand in many rows: each is read once."""

    words: pd.Series[str]
    numbers: npt.NDArray[np.intp]
    raw: pd.Series[str]

    @classmethod
    def of(cls, cells: Cells) -> _Told:
        numbers, distinct = pd.factorize(cells)
        words = pd.Series([str(cell).strip() for cell in distinct], dtype="str")
        return cls(words, numbers, words.take(numbers).reset_index(drop=True))

    def each(self, where: Any) -> Bools:
        """Give a judgement of the different cells for every row."""
        return np.asarray(where, dtype=bool)[self.numbers]

    def rows(self, values: pd.Series) -> pd.Series:
        """Give what the different cells mean for every row."""
        return values.take(self.numbers).reset_index(drop=True)


def _marked(raw: pd.Series[str]) -> Bools:
    return np.asarray(raw.str.casefold() == MARKER, dtype=bool)


READ = {"select_one": read_one, "rank": read_ranked, "select_multiple": read_several}


def _resolved(words: pd.Series[str], choices: pd.DataFrame, kind: str, spot: Spot) -> list[Resolved]:
    """Resolve the distinct cells of a column, blanks included."""
    cells = [str(cell) for cell in words]
    filled = [cell for cell in cells if cell]
    found = dict(zip(filled, resolve(filled, readings(choices), READ[kind], spot.written), strict=True))
    return [found.get(cell) for cell in cells]


def _one(told: _Told, choices: pd.DataFrame, spot: Spot, kind: str) -> Column:
    """Read one choice a cell, or a ranking: its codes in their order, one space between."""
    found = _resolved(told.words, choices, kind, spot)
    fine = [cell is not None and cell != AMBIGUOUS for cell in found]
    codes = pd.Series(
        [" ".join(cell) if ok and cell else None for cell, ok in zip(found, fine, strict=True)], dtype="str"
    )
    values, answered = told.rows(codes), told.each(fine)
    unsure = told.each([cell == AMBIGUOUS for cell in found])
    marked = told.each(_marked(told.words)) & ~answered & ~unsure
    outside = told.each(told.words != "") & ~answered & ~unsure & ~marked
    _report(outside, unsure, choices, spot)
    status = statuses_of(answered, invalid=outside | unsure, not_asked=marked)
    return Column(told.raw, values, _with_missing(status, values, choices))


def _report(outside: Bools, unsure: Bools, choices: pd.DataFrame, spot: Spot) -> None:
    if outside.any():
        spot.warn(outside, "SRC-061", admitted=admitted(choices))
    if unsure.any():
        spot.warn(unsure, "SRC-064")


def admitted(choices: pd.DataFrame, most: int = 12) -> str:
    """List the labels of a list, in the language of messages where the form has it."""
    lang = language()
    own, theirs = choices[f"label_{lang}"], choices["label_en" if lang == "fr" else "label_fr"]
    labels = own.where(own != "", theirs).tolist()
    return ", ".join([*labels[:most], *(["…"] if len(labels) > most else [])])


def _with_missing(
    status: npt.NDArray[np.int8], values: pd.Series, choices: pd.DataFrame
) -> npt.NDArray[np.int8]:
    """Turn the choices that are no opinion into their statuses; the value keeps the code."""
    for code, kind in zip(choices["code"], choices["missing"], strict=True):
        if kind in CODE:
            status[np.asarray(values == code, dtype=bool)] = CODE[kind]
    return status


def read_multiple(
    joined: Cells | None, splits: dict[str, Cells], choices: pd.DataFrame, spot: Spot
) -> Column:
    """Read a question with several choices from one joined column, from a column a choice, or from both.

    Split columns: 1 ticked, 0 not ticked, blank = no answer. Zeros everywhere say that the question was
    shown and nothing ticked: `no_answer`. Remarks: SRC-065 the two disagree (the cell is then invalid),
    SRC-074 a split cell that is neither.
    """
    length = len(spot.lines)
    told = _Told.of(np.full(length, "", dtype=object) if joined is None else joined)
    raw = told.raw
    choices = with_older(raw, choices, spot, tuple(splits), several=True)
    codes = [str(code) for code in choices["code"]]
    one = _joined(told, choices, spot)
    if not splits:
        ticked, invalid, shown = one.ticked, one.outside | one.unsure, np.zeros(length, dtype=bool)
        _report(one.outside, one.unsure, choices, spot)
    else:
        ticked, invalid, shown = _split(one, splits, choices, spot, compared=joined is not None)
    answered = ticked.any(axis=1) & ~invalid
    ticked = ticked & answered[:, None]
    nothing = shown & ~answered & ~invalid
    status = statuses_of(answered, invalid=invalid, not_asked=one.marked & ~shown, no_answer=nothing)
    chosen = pd.DataFrame(ticked, columns=codes)
    _report_exclusive(ticked, choices, spot)
    alone = ticked.sum(axis=1) == 1
    values = _join(ticked, codes)
    status = _with_missing(status, values.where(alone), choices)
    return Column(raw if joined is not None else values.fillna(""), values, status, chosen)


def read_ticks(kind: str, ticks: dict[str, Cells], choices: pd.DataFrame, spot: Spot) -> Column:
    """Read a question from a column a choice; two ticks for one answer are invalid (SRC-064)."""
    found = read_multiple(None, ticks, choices, spot)
    if kind == "select_multiple" or found.chosen is None:
        return found
    many = found.chosen.sum(axis=1).to_numpy() > 1
    spot.warn(many, "SRC-064")
    status = np.where(many, CODE["invalid"], found.status).astype(np.int8)
    return Column(found.raw, found.values.where(~many), status)


@dataclass(frozen=True)
class _Joined:
    """What a joined column says: ticks, and where it says nothing that can be used."""

    ticked: Bools
    outside: Bools
    unsure: Bools
    marked: Bools
    filled: Bools


def _joined(told: _Told, choices: pd.DataFrame, spot: Spot) -> _Joined:
    codes = [str(code) for code in choices["code"]]
    found = _resolved(told.words, choices, "select_multiple", spot)
    ticks = [[cell is not None and code in cell for code in codes] for cell in found]
    ticked = np.array(ticks, dtype=bool).reshape(len(found), len(codes))[told.numbers]
    unsure = told.each([cell == AMBIGUOUS for cell in found])
    filled = told.each(told.words != "")
    none = told.each([cell is None for cell in found]) & filled
    marked = told.each(_marked(told.words)) & none
    return _Joined(ticked, none & ~marked, unsure, marked, filled & ~marked)


def _split(
    one: _Joined, splits: dict[str, Cells], choices: pd.DataFrame, spot: Spot, compared: bool
) -> tuple[Bools, Bools, Bools]:
    """Read split columns and hold them against the joined one; give ticks, invalid, shown."""
    codes = [str(code) for code in choices["code"]]
    ticked = np.zeros((len(spot.lines), len(codes)), dtype=bool)
    shown, wrong = np.zeros(len(ticked), dtype=bool), np.zeros(len(ticked), dtype=bool)
    for code, cells in splits.items():
        tick, filled, bad = _ticks(cells, code, choices)
        ticked[:, codes.index(code)] = tick
        shown |= filled
        wrong |= bad
    known = [codes.index(code) for code in splits]
    usable = ~one.unsure & ~one.outside & ~one.marked & compared
    differ = (one.ticked[:, known] != ticked[:, known]).any(axis=1) & shown & usable & ~wrong
    # A choice without its own column, and a row whose split cells are all blank, rest on the joined cell.
    alone = [at for at in range(len(codes)) if at not in known]
    ticked[:, alone] = one.ticked[:, alone]
    ticked[usable & ~shown] = one.ticked[usable & ~shown]
    unsure = one.unsure & ~shown
    spot.warn(wrong, "SRC-074")
    spot.warn(differ, "SRC-065")
    _report(one.outside, unsure, choices, spot)
    return ticked, wrong | differ | one.outside | unsure, shown


def _ticks(cells: Cells, code: str, choices: pd.DataFrame) -> tuple[Bools, Bools, Bools]:
    row = choices.loc[choices["code"] == code].iloc[0]
    names = {str(row[column]).casefold() for column in choices.columns if column.startswith("label_")}
    numbers, distinct = pd.factorize(cells)
    words = [str(cell).strip().casefold() for cell in distinct]
    own = names | {code.casefold()}
    tick = [TRUTHS.get(word, word in own) and word != "" for word in words]
    fine = [word in TRUTHS or word in own or word in ("", MARKER) for word in words]
    filled = [word not in ("", MARKER) for word in words]
    as_array = [np.array(column, dtype=bool)[numbers] for column in (tick, filled, fine)]
    return as_array[0], as_array[1], ~as_array[2]


def _report_exclusive(ticked: Bools, choices: pd.DataFrame, spot: Spot) -> None:
    exclusive = choices["exclusive"].to_numpy(dtype=bool)
    mixed = ticked[:, exclusive].any(axis=1) & (ticked.sum(axis=1) > 1)
    spot.warn(mixed, "SRC-071")


def _join(ticked: Bools, codes: list[str]) -> pd.Series[str]:
    """Write the ticked codes of each record in one cell; few distinct sets stand in many rows."""
    if not codes:
        return pd.Series([None] * len(ticked), dtype="str")
    distinct, numbers = np.unique(ticked, axis=0, return_inverse=True)
    words = [" ".join(code for code, yes in zip(codes, row, strict=True) if yes) or None for row in distinct]
    return pd.Series(words, dtype="str").take(numbers.reshape(-1)).reset_index(drop=True)


def _number(told: _Told, kind: str, spot: Spot, manner: Manner) -> Column:
    words = without_spaces(told.words)
    marked = _marked(words)
    unsure = unsure_numbers(words)
    fine = words.str.fullmatch(NUMBER) & ~(unsure & words.str.contains(",") if manner.point else unsure)
    numbers = pd.to_numeric(words.where(fine).str.replace(",", "."), errors="coerce").astype("float64")
    fine &= numbers.abs() < MOST
    if kind == "integer":
        fine &= numbers == numbers.round()
    answered, invalid = told.each(fine), told.each((words != "") & ~fine & ~marked)
    spot.warn(invalid, "SRC-062")
    values = numbers.where(fine)
    status = statuses_of(answered, invalid=invalid, not_asked=told.each(marked))
    return Column(told.raw, told.rows(values.astype("Int64") if kind == "integer" else values), status)


def _date(told: _Told, spot: Spot, manner: Manner) -> Column:
    words = told.words
    marked = _marked(words)
    days, unsure = read_days(words, manner.day_first)
    fine = days != ""
    answered, invalid = told.each(fine), told.each((words != "") & ~fine & ~marked)
    doubt = told.each(unsure)
    spot.warn(doubt, "SRC-314")
    spot.warn(invalid & ~doubt, "SRC-063")
    status = statuses_of(answered, invalid=invalid, not_asked=told.each(marked))
    return Column(told.raw, told.rows(days.where(fine)), status)
