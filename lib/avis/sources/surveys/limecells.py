"""Cells of a LimeSurvey export → answers: codes or full texts, in the language of each record."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from avis.files.addresses import EMAIL, IPV4
from avis.sources.surveys.answers import CODE, UNDECIDED, Bools, Column, Spot, statuses_of
from avis.sources.surveys.cells import Cells, admitted, read_cells, read_multiple
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.limetypes import BUILT_IN, NOT_SHOWN, NOTHING_SAID, OTHER_WORDS, TICKED, UNTICKED
from avis.sources.surveys.personal import LONGEST_ADDRESS
from avis.spelling import TRUTHS

_ADDRESS = re.compile(rf"{EMAIL}|(?:\+|00)?\d{{1,3}}?[ .-]?(?:\(0\))?0?\d(?:[ .-]?\d{{2}}){{4}}|{IPV4}")
"""A cell that is nothing but an e-mail address, a telephone number or an IP address."""


@dataclass(frozen=True)
class Language:
    """The language of each record, as the forms' columns call it ("" where it is not said)."""

    codes: pd.Series[str] = field(repr=False)

    @property
    def spoken(self) -> list[str]:
        """The languages that occur."""
        return [str(code) for code in self.codes.unique()]


def folded(text: str) -> str:
    """Write a label so that case and spaces make no difference."""
    return tidy(text).casefold()


@dataclass(frozen=True)
class Reading:
    """What a cell may hold: codes of a list by code, and by label ("" = two codes) in each language."""

    codes: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]

    def find(self, cell: str, lang: str, coded: bool) -> str | None:
        """Give the code of a cell; "" where it may be two, none where it is neither code nor label."""
        own = self.labels.get(lang, {})
        others = (labels for of, labels in self.labels.items() if of != lang)
        ways = [self.codes, own, *others] if coded else [own, *others, self.codes]
        key = folded(cell)
        return next((way[key] for way in ways if key in way), None)

    def leans(self, cell: str) -> int:
        """Tell what a cell speaks for: 1 codes, −1 labels, 0 both or neither."""
        key = folded(cell)
        return (key in self.codes) - any(key in labels for labels in self.labels.values())


def reading_of(choices: pd.DataFrame) -> Reading:
    """Make the reading of a list; LimeSurvey's own lists know a few words more."""
    codes = {folded(code): str(code) for code in choices["code"]}
    labels: dict[str, dict[str, str]] = {}
    for column in (column for column in choices.columns if column.startswith("label_")):
        found: dict[str, str] = labels.setdefault(column.removeprefix("label_"), {})
        for code, label in zip(choices["code"], choices[column], strict=True):
            if label:
                key = folded(label)
                found[key] = str(code) if found.get(key, code) == code else ""
    name = next(iter(choices["list"]), "")
    more = {folded(word): one.code for one in BUILT_IN.get(name, ()) for word in one.also}
    for code in choices.loc[choices["other"], "code"] if choices["other"].sum() == 1 else ():
        more |= {folded(word): str(code) for word in OTHER_WORDS.values()}
    return Reading(codes, {**labels, "also": more})


def leaning(cells: Cells, choices: pd.DataFrame | None) -> int:
    """Count what the distinct cells of a column speak for: above 0 codes, below 0 labels."""
    distinct = [str(cell).strip() for cell in pd.unique(cells)]
    if choices is None:  # a box to tick
        words = [folded(cell) for cell in distinct]
        return sum((word == "y") - (word in TRUTHS and len(word) > 1 and word.isalpha()) for word in words)
    reading = reading_of(choices)
    return sum(reading.leans(cell) for cell in distinct if cell)


def contradicts(cells: Cells, choices: pd.DataFrame) -> bool:
    """Tell whether a cell is the code of one choice and the label of another."""
    reading = reading_of(choices)
    distinct = [str(cell).strip() for cell in pd.unique(cells)]
    both = [(reading.find(cell, "", True), reading.find(cell, "", False)) for cell in distinct if cell]
    return any(one != two for one, two in both)


def read_one(cells: Cells, choices: pd.DataFrame, language: Language, coded: bool, spot: Spot) -> Column:
    """Read a question with one answer of a list. Remarks: SRC-061 outside the list, SRC-064 two meanings."""
    raw = pd.Series(cells, dtype="str").str.strip()
    codes = _codes(raw, reading_of(choices), language, coded)
    unsure = (codes == "").to_numpy(dtype=bool)
    answered = (codes.notna() & (codes != "")).to_numpy(dtype=bool)
    shown = _among(raw, NOT_SHOWN) & ~answered & ~unsure
    nothing = _among(raw, NOTHING_SAID) & ~answered & ~unsure
    outside = (raw != "").to_numpy() & ~answered & ~unsure & ~shown & ~nothing
    if outside.any():
        spot.warn(outside, "SRC-061", admitted=admitted(choices))
    spot.warn(unsure, "SRC-064")
    status = statuses_of(answered, invalid=outside | unsure, not_asked=shown, no_answer=nothing)
    values = codes.where(answered)
    for code, kind in zip(choices["code"], choices["missing"], strict=True):
        if kind in CODE:
            status[np.asarray(values == code, dtype=bool)] = CODE[kind]
    return Column(raw, values, status)


def _codes(raw: pd.Series[str], reading: Reading, language: Language, coded: bool) -> pd.Series[str]:
    """Give the code of each cell, once for each different cell and language."""
    found = pd.Series([None] * len(raw), dtype="object")
    for lang in language.spoken:
        where = (language.codes == lang).to_numpy(dtype=bool)
        numbers, distinct = pd.factorize(raw[where])
        codes = [reading.find(str(cell), lang, coded) if cell else None for cell in distinct]
        found[where] = pd.Series(codes, dtype="object").take(numbers).to_numpy()
    return found


def _among(raw: pd.Series[str], words: frozenset[str]) -> Bools:
    return np.asarray(raw.str.casefold().isin(words), dtype=bool)


def read_boxes(boxes: Mapping[str, Cells], other: Cells | None, choices: pd.DataFrame, spot: Spot) -> Column:
    """Read a question with several answers from a column a box; a text beside « other » ticks it.

    « N/A » in every box: the question was not shown. Remarks: SRC-071 a choice that excludes others was
    ticked with others, SRC-074 a cell that is neither ticked nor not.
    """
    raws = {code: pd.Series(cells, dtype="str").str.strip() for code, cells in boxes.items()}
    marked = [_among(raw, NOT_SHOWN) for raw in raws.values()]
    splits = {code: _ticks(raw, code, choices) for code, raw in raws.items()}
    names = [str(code) for code in choices.loc[choices["other"], "code"]]
    if other is not None and len(names) == 1 and names[0] not in splits:
        text = pd.Series(other, dtype="str").str.strip()
        filled = (text != "").to_numpy() & ~_among(text, NOT_SHOWN)
        splits[names[0]] = np.where(filled, "1", "").astype(object)
    column = read_multiple(None, splits, choices, spot)
    status = column.status.copy()
    away = np.logical_and.reduce(marked) if marked else np.zeros(len(status), dtype=bool)
    status[away & (status == UNDECIDED)] = CODE["not_asked"]
    return replace(column, status=status)


def _ticks(raw: pd.Series[str], code: str, choices: pd.DataFrame) -> Cells:
    """Write what exports put in a box as 1, 0 or nothing; what it is not stays, to be said."""
    row = choices.loc[choices["code"] == code].iloc[0]
    own = {folded(str(row[column])) for column in choices.columns if column.startswith("label_")}
    ticked = TICKED | {folded(code)} | (own - {""})
    numbers, distinct = pd.factorize(raw)
    words = [folded(str(cell)) for cell in distinct]
    cells = [
        "" if word in NOT_SHOWN else "0" if word in UNTICKED else "1" if word in ticked else word
        for word in words
    ]
    return np.array(cells, dtype=object)[numbers] if len(raw) else np.empty(0, dtype=object)


def read_ranks(
    ranks: Sequence[Cells], choices: pd.DataFrame, language: Language, coded: bool, spot: Spot
) -> Column:
    """Read a ranking from a column a rank: codes in their order, joined by a space."""
    found = (read_one(cells, choices, language, coded, spot) for cells in ranks)
    columns = [without_addresses(column, "rank", spot) for column in found]
    values = pd.DataFrame({n: column.values for n, column in enumerate(columns)}).fillna("")
    text: pd.Series[str] = values[0]
    raw: pd.Series[str] = columns[0].raw
    for n, column in enumerate(columns[1:], start=1):
        text, raw = (text + " " + values[n]).str.strip(), (raw + " | " + column.raw).str.strip(" |")
    status = np.array([column.status for column in columns])
    invalid, away = (status == CODE["invalid"]).any(axis=0), (status == CODE["not_asked"]).all(axis=0)
    answered = (text != "").to_numpy() & ~invalid
    return Column(raw, text.where(answered), statuses_of(answered, invalid=invalid, not_asked=away))


def read_plain(kind: str, cells: Cells, conditioned: bool, spot: Spot) -> Column:
    """Read a number, a date or a text.

    In a text « N/A » is her own word, unless the question has a condition: then the condition decides.
    """
    if kind not in ("text", "calculate"):
        return read_cells(kind, cells, pd.DataFrame(), spot)
    raw = pd.Series(cells, dtype="str").str.strip()
    filled = (raw != "").to_numpy()
    if conditioned:
        filled = filled & ~_among(raw, NOT_SHOWN)
    return Column(raw, raw.where(filled), statuses_of(filled))


def without_addresses(column: Column, kind: str, spot: Spot) -> Column:
    """Blank a cell that is nothing but an address or a telephone number: counted, and not kept (SRC-276).

    Looked at are texts, and what was refused elsewhere.
    """
    looked = np.ones(len(column.status), dtype=bool) if kind == "text" else column.status == CODE["invalid"]
    if not looked.any():
        return column
    short = column.raw.where(column.raw.str.len() <= LONGEST_ADDRESS, "")
    address = np.asarray(short.str.fullmatch(_ADDRESS.pattern), dtype=bool) & looked
    spot.warn(address, "SRC-276")
    values = column.values.where(~address) if kind == "text" else column.values
    return replace(column, raw=column.raw.where(~address, ""), values=values)


def read_files(cells: Cells | None, counts: Cells | None) -> Column:
    """Read how many files were sent; their names may name somebody, and stay unread."""
    source = counts if counts is not None else cells
    raw = pd.Series(source, dtype="str").str.strip()
    numbers, distinct = pd.factorize(raw)
    found = [_count(str(cell)) for cell in distinct]
    text = pd.Series(found, dtype="str").take(numbers).reset_index(drop=True)
    answered = (text != "").to_numpy()
    return Column(text, text.where(answered), statuses_of(answered, not_asked=_among(raw, NOT_SHOWN)))


def _count(cell: str) -> str:
    if cell.isdecimal():
        return cell.lstrip("0")
    if not cell or cell.casefold() in NOT_SHOWN:
        return ""
    try:
        listed = json.loads(cell)
    except ValueError:
        return "1"
    return str(len(listed)) if isinstance(listed, list) and listed else ""
