"""ODS and flat ODS → sheets of text, as a stream: repeated rows and cells are counted before they are made.

Runs apart, imported by `office`. calamine reads ODS too, but says nothing of errors and merged cells, and
drops line breaks within a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import isfinite
from xml.parsers import expat

from avis.files.cellformats import date_shown, digits_shown
from avis.files.celltext import ERRORS, Damaged, Read, TooLarge, duration_text, float_text

MAX_ROWS_ALIKE = 100_000
"""How often a filled row may repeat itself: more is a column filled to the end of the sheet."""
_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (
    f"{_NS}table:1.0 ",
    f"{_NS}office:1.0 ",
    f"{_NS}text:1.0 ",
    f"{_NS}style:1.0 ",
)
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_BOOLEAN_VALUE = _OFFICE + "boolean-value"
_C = _TEXT + "c"
_DATE_VALUE = _OFFICE + "date-value"
_DISPLAY = _TABLE + "display"
_FORMULA = _TABLE + "formula"
_NUMBER_COLUMNS_REPEATED = _TABLE + "number-columns-repeated"
_NUMBER_COLUMNS_SPANNED = _TABLE + "number-columns-spanned"
_NUMBER_ROWS_REPEATED = _TABLE + "number-rows-repeated"
_NUMBER_ROWS_SPANNED = _TABLE + "number-rows-spanned"
_STRING_VALUE = _OFFICE + "string-value"
_STYLE_FAMILY = _STYLE + "family"
_STYLE_NAME = _STYLE + "name"
_STYLE_OF_TABLE = _TABLE + "style-name"
_TABLE_NAME = _TABLE + "name"
_TIME_VALUE = _OFFICE + "time-value"
_VALUE = _OFFICE + "value"
_VALUE_TYPE = _OFFICE + "value-type"
_VISIBILITY = _TABLE + "visibility"
_SILENT = (f"{_OFFICE}annotation", f"{_NS}drawing:1.0 ")
"""Elements whose paragraphs are no part of a cell's text: comments and pictures."""
_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+(?:[.,]\d+)?)S")
_HIDING = ("collapse", "filter")

Attributes = dict[str, str]


def read_opendocument(parts: Iterator[bytes]) -> list[Read]:
    """Read the sheets of a `content.xml`, or of a flat document, given in parts."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 2**16
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for part in parts:
            parser.Parse(part, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Damaged from None
    return reader.sheets


def _refuse(*_: object) -> None:
    raise Damaged


class _Reader:
    """The state of a document that is being read."""

    def __init__(self) -> None:
        self.sheets: list[Read] = []
        self.sheet: Read | None = None
        self.hidden: set[str] = set()
        self.style, self.silent, self.depth = "", 0, 0
        self.line = self.times = self.column = 0
        self.shown = True
        self.row: list[str] = []
        self.cell: Attributes | None = None
        self.text: list[str] | None = None
        self.starts: dict[str, Callable[[Attributes], None]] = {
            f"{_TABLE}table": self._start_table,
            f"{_TABLE}table-row": self._start_row,
            f"{_TABLE}table-cell": self._start_cell,
            f"{_TABLE}covered-table-cell": self._start_cell,
            f"{_TEXT}p": self._start_paragraph,
            f"{_TEXT}s": lambda found: self.characters(" " * min(_count(found, _C), 1000)),
            f"{_TEXT}tab": lambda _: self.characters("\t"),
            f"{_TEXT}line-break": lambda _: self.characters("\n"),
            f"{_STYLE}style": self._start_style,
            f"{_STYLE}table-properties": self._start_properties,
        }
        self.ends: dict[str, Callable[[], None]] = {
            f"{_TABLE}table": self._end_table,
            f"{_TABLE}table-row": self._end_row,
            f"{_TABLE}table-cell": self._end_cell,
            f"{_TABLE}covered-table-cell": self._end_cell,
        }

    def start(self, tag: str, found: Attributes) -> None:
        known = self.starts.get(tag)
        if self.silent or (known is None and tag.startswith(_SILENT)):
            self.silent += 1
        elif known is not None:
            known(found)

    def end(self, tag: str) -> None:
        if self.silent:
            self.silent -= 1
        elif tag in self.ends:
            self.ends[tag]()

    def characters(self, text: str) -> None:
        if self.text is not None and not self.silent:
            self.text.append(text)

    def _start_style(self, found: Attributes) -> None:
        self.style = found.get(_STYLE_NAME, "") if found.get(_STYLE_FAMILY) == "table" else ""

    def _start_properties(self, found: Attributes) -> None:
        if self.style and found.get(_DISPLAY) == "false":
            self.hidden.add(self.style)

    def _start_table(self, found: Attributes) -> None:
        self.depth += 1
        if self.depth == 1:
            hidden = found.get(_STYLE_OF_TABLE) in self.hidden
            self.sheet, self.line = Read(found.get(_TABLE_NAME, ""), hidden), 1

    def _end_table(self) -> None:
        self.depth -= 1
        if self.depth or self.sheet is None:
            return
        self.sheet.pad()
        if not self.sheet.name.startswith(
            "'file:"
        ):  # what another document's sheet said when it was last seen
            self.sheets.append(self.sheet)
        self.sheet = None

    def _start_row(self, found: Attributes) -> None:
        self.times, self.row, self.column = _count(found, _NUMBER_ROWS_REPEATED), [], 1
        self.shown = found.get(_VISIBILITY) not in _HIDING

    def _end_row(self) -> None:
        if self.sheet is not None and any(self.row):
            if self.times > MAX_ROWS_ALIKE:
                raise TooLarge
            self.sheet.add(self.line, self.row, self.times)
            for line in range(self.line, self.line + self.times) if not self.shown else ():
                self.sheet.flaw("hidden", line, 0)
        self.line += self.times

    def _start_cell(self, found: Attributes) -> None:
        self.cell, self.text = found, []

    def _start_paragraph(self, _: Attributes) -> None:
        if self.text:
            self.text.append("\n")

    def _end_cell(self) -> None:
        found, text = self.cell or {}, "".join(self.text or ())
        self.cell = self.text = None
        times = _count(found, _NUMBER_COLUMNS_REPEATED)
        if found:
            text = self._value(found, text)
            self._merge(found)
        if text:
            if self.column + times > 2**14 + 1:
                raise TooLarge
            self.row.extend([""] * (self.column - 1 - len(self.row)))
            self.row.extend([text] * times)
        self.column += times

    def _merge(self, found: Attributes) -> None:
        across, down = _count(found, _NUMBER_COLUMNS_SPANNED), _count(found, _NUMBER_ROWS_SPANNED)
        if self.sheet is not None and across * down > 1:
            self.sheet.merged.append((self.line, self.column, self.line + down - 1, self.column + across - 1))

    def _value(self, found: Attributes, text: str) -> str:
        kind = found.get(_VALUE_TYPE, "")
        formula = _FORMULA in found
        if found.get(_CALC) == "error" or (formula and ERRORS.fullmatch(text)):
            return self._flawed("error", text if ERRORS.fullmatch(text) else "#")
        if formula and not kind and not text:
            return self._flawed("formula")
        if kind in ("float", "percentage", "currency"):
            number = float(found.get(_VALUE, "nan"))
            return digits_shown(float_text(number), text) if isfinite(number) else text
        if kind == "date":
            return date_shown(found.get(_DATE_VALUE, text).removesuffix("T00:00:00"), text)
        if kind == "time":
            return _time_text(found.get(_TIME_VALUE, ""))
        if kind == "boolean":
            return found.get(_BOOLEAN_VALUE, text).upper()
        return found.get(_STRING_VALUE, text)

    def _flawed(self, kind: str, what: str = "") -> str:
        if self.sheet is not None:
            self.sheet.flaw(kind, self.line, self.column, what)
        return ""


def _count(found: Attributes, name: str) -> int:
    if name not in found:
        return 1
    count = found[name]
    if not count.isdigit() or int(count) > 2**31:
        raise Damaged
    return max(int(count), 1)


def _time_text(value: str) -> str:
    """Write a time of day as h:m:s, a longer duration as hours and minutes."""
    found = _DURATION.fullmatch(value)
    if not found:
        return value
    hours, minutes, seconds = int(found[2]), int(found[3]), float(found[4].replace(",", "."))
    if found[1] or hours >= 24:
        return found[1] + duration_text(hours * 3600 + minutes * 60 + seconds)
    return f"{hours:02}:{minutes:02}:{int(seconds):02}"
