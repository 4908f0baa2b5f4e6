"""Tables of text, checked whole columns at a time against a Table Schema descriptor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from avis.amounts import read_amounts
from avis.descriptors import Descriptor, Field, read_descriptor
from avis.errors import Place, Problems
from avis.i18n import language, say
from avis.periods import month_first, read_periods
from avis.spans import read_spans
from avis.spelling import TRUTHS, fold, folded, header_key, suggest, trimmed

__all__ = ["check_table", "empty_table", "read_descriptor"]

PERSONAL = frozenset(
    {
        *("nom", "noms", "prenom", "prenoms", "nom_prenom", "nom_et_prenom", "prenom_nom", "nom_de_famille"),
        *("telephone", "tel", "portable", "mobile", "numero_de_telephone", "mail", "email", "e_mail"),
        *("courriel", "adresse", "adresse_mail", "adresse_e_mail", "adresse_postale", "date_de_naissance"),
        *("naissance", "name", "first_name", "last_name", "surname", "full_name", "phone", "phone_number"),
        *("address", "date_of_birth", "birth_date"),
    }
)
"""Headers, as `header_key` writes them, of columns that say who somebody is."""

Columns = dict[str, "pd.Series[Any]"]
"""Typed columns by name."""


@dataclass(frozen=True)
class _Cells:
    """A column on its way: text, the lines of its cells, and where to tell what is wrong."""

    cells: pd.Series[str]
    lines: pd.Series[int]
    field: Field
    place: Place
    problems: Problems
    year: str = ""
    """The year of a time that names none, where the sheet or the file says it."""

    def report(self, code: str, wrong: pd.Series[bool], **facts: str) -> None:
        for line in self.lines[wrong.to_numpy()]:
            self.problems.add(code, replace(self.place, line=int(line)), **facts)


def check_table(
    frame: pd.DataFrame,
    lines: pd.Series[int],
    descriptor: Descriptor,
    file: str,
    problems: Problems,
    sheet: str = "",
    year: str = "",
) -> pd.DataFrame:
    """Check a table of text and give it typed: every row kept, one column for each field of the descriptor.

    Types: text is str ("" where empty), number float64, integer Int64, boolean nullable, dates ISO text.
    A field that `reads` amounts also gives `{name}_qualifier` and `{name}_high`, one that reads spans
    `{name}_last`; a time without a year takes `year`, if there is one (warning SRC-220). What cannot be read
    counts as empty, or as its field's `doubtful`. Errors: SRC-004 not in the list, SRC-012 double column,
    SRC-013 column missing, SRC-015 empty, SRC-016 number, SRC-017 date, SRC-018 double key, SRC-023 no known
    column, SRC-026 limits, SRC-033 address, SRC-042 whole number, SRC-239 day or month; warnings SRC-014
    unknown column, SRC-049 a column of names or addresses.
    """
    place = Place(file, sheet)
    found = _match(list(frame.columns), descriptor, place, problems)
    if not found and len(frame.columns):
        expected = ", ".join(field.shown for field in descriptor.read)
        problems.add("SRC-023", place, expected=expected)
        return empty_table(descriptor)
    columns: Columns = {}
    for field in descriptor.read:
        header = found.get(field.name)
        cells = _blank(frame) if header is None else trimmed(frame[header])
        here = replace(place, field=header or field.shown)
        columns |= _read(_Cells(cells, lines, field, here, problems, year), known=header is not None)
    if descriptor.other_columns == "keep":
        columns |= {header_key(name): trimmed(frame[name]) for name in _unmatched(frame, found)}
    table = pd.DataFrame(columns, index=frame.index)
    _check_key(table, lines, descriptor, place, problems, found)
    return table


def empty_table(descriptor: Descriptor) -> pd.DataFrame:
    """Give the table without a row, its columns typed."""
    nothing = pd.DataFrame(index=pd.RangeIndex(0))
    cells, lines = _blank(nothing), pd.Series([0], dtype="int64").iloc[:0]
    columns: Columns = {}
    for field in descriptor.read:
        columns |= _read(_Cells(cells, lines, field, Place(), Problems()), known=False)
    return pd.DataFrame(columns, index=nothing.index)


def _blank(frame: pd.DataFrame) -> pd.Series[str]:
    return pd.Series("", index=frame.index, dtype="str")


def _unmatched(frame: pd.DataFrame, found: dict[str, str]) -> list[str]:
    taken = set(found.values())
    return [name for name in frame.columns if name not in taken and header_key(name)]


def _match(headers: list[str], descriptor: Descriptor, place: Place, problems: Problems) -> dict[str, str]:
    """Find the header of each field, and tell what is missing, double or unknown."""
    names = {header_key(alias): field.name for field in descriptor.read for alias in field.own}
    found: dict[str, str] = {}
    unknown = []
    for header in headers:
        name = names.get(header_key(_as_written(header, headers)))
        if name is None:
            unknown.append(header)
        elif name in found:
            problems.add("SRC-012", replace(place, field=header))
        else:
            found[name] = header
    _match_otherwise(descriptor, unknown, found)
    if found or not headers:
        _tell_missing(descriptor, found, place, problems)
    named = [header for header in unknown if header_key(header) in PERSONAL]
    for header in named if found else ():
        problems.warn("SRC-049", replace(place, field=header))
    if found and descriptor.other_columns == "warn":
        _tell_unknown([header for header in unknown if header not in named], descriptor, place, problems)
    return found


def _match_otherwise(descriptor: Descriptor, unknown: list[str], found: dict[str, str]) -> None:
    """Give the columns that are not found yet the first header that may stand for them."""
    for field in descriptor.read:
        words = [] if field.name in found else [header_key(word) for word in field.otherwise]
        header = next((header for header in unknown if header_key(header) in words), None)
        if header is not None:
            found[field.name] = header
            unknown.remove(header)


def _as_written(header: str, headers: list[str]) -> str:
    """Give the name that a column has in the file, where another has it too and it was read as `name (2)`."""
    name, found, rest = header.rpartition(" (")
    return name if found and rest[:-1].isdigit() and name in headers else header


def _tell_missing(descriptor: Descriptor, found: dict[str, str], place: Place, problems: Problems) -> None:
    for field in descriptor.read:
        if field.needed and field.name not in found:
            problems.add("SRC-013", place, column=field.shown)


def _tell_unknown(unknown: list[str], descriptor: Descriptor, place: Place, problems: Problems) -> None:
    known = [word for field in descriptor.read for word in field.words]
    table = descriptor.titles.get(language(), descriptor.name)
    for header in unknown:
        problems.warn("SRC-014", replace(place, field=header), table=table, **suggest(header, known))


def _read(column: _Cells, known: bool) -> Columns:
    field = column.field
    if known and field.constraints.required:
        column.report("SRC-015", column.cells == "")
    if field.values:
        return {field.name: _read_choice(column)}
    kind = field.reads if field.reads != "text" else field.type
    return _READERS[kind](column)


def _read_text(column: _Cells) -> Columns:
    return {column.field.name: column.cells}


def _read_choice(column: _Cells) -> pd.Series[str]:
    words: dict[str, str] = {}
    for choice in column.field.values:
        words |= {
            fold(word): choice.value for word in (choice.value, *choice.titles.values(), *choice.aliases)
        }
    read = folded(column.cells).map(words)
    shown = [choice.titles.get(language(), choice.value) for choice in column.field.values]
    column.report("SRC-004", read.isna() & (column.cells != ""), allowed=", ".join(shown))
    return read.fillna("").astype("str")


def _read_boolean(column: _Cells) -> Columns:
    read = folded(column.cells).map(TRUTHS).astype("boolean")
    column.report("SRC-004", read.isna() & (column.cells != ""), allowed=say("sources.table.yes_or_no"))
    return {column.field.name: read}


def _read_period(column: _Cells) -> Columns:
    read = read_periods(column.cells)
    unread = (read == "") & (column.cells != "")
    unsure = month_first(column.cells)
    column.report("SRC-239", unsure)
    column.report("SRC-017", unread & ~unsure)
    return {column.field.name: read.mask(unread, column.field.doubtful)}


def _read_span(column: _Cells) -> Columns:
    read = read_spans(column.cells, column.year)
    column.report("SRC-239", read["unsure"])
    column.report("SRC-017", (read["start"] == "") & (column.cells != "") & ~read["unsure"])
    for line in column.lines[read["completed"].to_numpy()]:
        column.problems.warn("SRC-220", replace(column.place, line=int(line)), year=column.year)
    return {column.field.name: read["start"], f"{column.field.name}_last": read["end"]}


def _read_link(column: _Cells) -> Columns:
    wrong = (column.cells != "") & ~column.cells.str.match(r"https?://[^\s\"<>]+$", case=False)
    column.report("SRC-033", wrong)
    return {column.field.name: column.cells.mask(wrong, "")}


def _read_amount(column: _Cells) -> Columns:
    read = read_amounts(column.cells, durations=column.field.reads == "duration")
    column.report("SRC-016", ~read["readable"])
    if column.field.type == "integer":
        halves = (read["low"] % 1 > 0) | (read["high"] % 1 > 0)
        column.report("SRC-042", halves)
        read = read.mask(halves)
        read["qualifier"] = read["qualifier"].fillna("")
    turned = read["high"] < read["low"]
    column.report("SRC-038", turned)
    low, high = read["low"].mask(turned, read["high"]), read["high"].mask(turned, read["low"])
    name = column.field.name
    inside = _inside(column, low)
    return {
        name: low.where(inside),
        f"{name}_qualifier": read["qualifier"].where(inside, ""),
        f"{name}_high": high.where(inside),
    }


def _read_number(column: _Cells) -> Columns:
    read = read_amounts(column.cells)
    exact = read["qualifier"].isin(["exact", ""])
    column.report("SRC-016", ~(read["readable"] & exact))
    low = read["low"].where(exact)
    return {column.field.name: low.where(_inside(column, low))}


def _read_integer(column: _Cells) -> Columns:
    low = pd.Series(_read_number(column)[column.field.name], dtype="float64")
    whole = low.isna() | (low % 1 == 0)
    column.report("SRC-042", ~whole)
    return {column.field.name: low.where(whole).astype("Int64")}


def _inside(column: _Cells, numbers: pd.Series[float]) -> pd.Series[bool]:
    least, most = column.field.constraints.minimum, column.field.constraints.maximum
    inside = pd.Series(True, index=numbers.index)
    limits = []
    if least is not None:
        inside &= ~(numbers < least)
        limits.append(f"≥ {least:g}")
    if most is not None:
        inside &= ~(numbers > most)
        limits.append(f"≤ {most:g}")
    column.report("SRC-026", ~inside, limits=", ".join(limits))
    return inside


_READERS: dict[str, Callable[[_Cells], Columns]] = {
    "string": _read_text,
    "any": _read_text,
    "boolean": _read_boolean,
    "date": _read_period,
    "period": _read_period,
    "span": _read_span,
    "amount": _read_amount,
    "duration": _read_amount,
    "link": _read_link,
    "number": _read_number,
    "integer": _read_integer,
    "year": _read_integer,
}


def _check_key(
    table: pd.DataFrame,
    lines: pd.Series[int],
    descriptor: Descriptor,
    place: Place,
    problems: Problems,
    found: dict[str, str],
) -> None:
    key = descriptor.primary_key
    if key not in found:
        return
    same = folded(table[key])
    double = same.duplicated(keep=False) & (same != "")
    for line in lines[double.to_numpy()]:
        problems.add("SRC-018", replace(place, line=int(line), field=found[key]))
