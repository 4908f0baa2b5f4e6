"""Flags in whole files, whatever their kind: texts as they stand, notes by paragraph, tables by cell.

A text that commas or semicolons do not cut into a table is read as one text. In a table, offsets are those of
the cell; a column whose header announces names or addresses is flagged whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from avis.errors import Place, Problems
from avis.files.charsets import decode, is_utf32
from avis.files.delimited import consistency, find_delimiter
from avis.files.grids import Grid
from avis.files.opening import Opened, open_file
from avis.files.sheets import Sheet, grids_of, sheets_of
from avis.i18n import say
from avis.identifiers.beside import words_beside
from avis.identifiers.flags import find_flags
from avis.identifiers.model import Flag
from avis.identifiers.people import Known
from avis.sources.notes.note import Note, read_opened
from avis.sources.surveys.personal import is_personal
from avis.spelling import header_key

MOST_BYTES = 64 * 2**20
"""Bytes of a file: a text of one MB takes some seconds, and nobody reviews more than a few."""
_NOTES = ("docx", "odt", "fodt", "etherpad", "html")
_TABLES = ("xlsx", "xlsb", "xls", "ods", "fods")
_UNREADABLE = ("pdf", "rtf", "image", "binary", "archive")
_CUT_ALIKE = 0.9
"""Share of lines that a delimiter must cut alike for a text to be a table."""
_SAMPLE = 2**18
_KIND_OF_COLUMN = (
    ("phone", ("tel", "phone", "portable", "mobile", "whatsapp")),
    ("email", ("mail", "courriel")),
    ("birth_date", ("naissance", "birth", "dob", "ddn")),
    ("address", ("adresse", "address", "rue", "street")),
    ("ip", ("ip",)),
    ("handle", ("username", "pseudo", "compte", "facebook", "insta")),
    ("name", ("nom", "name", "prenom", "surnom", "alias", "signature")),
    ("nir", ("nir", "secu", "securite_sociale")),
    ("foreigner_number", ("agdref", "numero_etranger")),
    ("passport", ("passeport", "passport")),
    ("iban", ("iban", "rib")),
)
_HEADERS = (
    "agdref alias courriels ddn dob facebook iban instagram nickname nir nom_d_usage "
    "nom_de_naissance numero_de_passeport numero_de_securite_sociale numero_etranger passeport "
    "passport pseudo rib signature surnom surnoms tel_portable telephone_portable whatsapp"
)
"""Headers of columns about people that no survey tool writes, so that `is_personal` does not know them."""
_OF_PEOPLE = frozenset(_HEADERS.split())
_BEHIND = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|\s(?:href|alt|title|content|value|aria-label|src)\s*=\s*(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)')",
    re.S | re.I,
)
"""What a page holds and does not show: comments, addresses of links, words for pictures."""


@dataclass(frozen=True)
class Located:
    """A flag and where it stands: `line` and `column` count from 1.

    In a table `line` is the row and `field` its header; in a document `line` counts paragraphs.
    """

    file: str
    flag: Flag = field(repr=False)
    sheet: str = ""
    line: int = 1
    column: int = 1
    field: str = ""
    unit: str = "line"
    """`line`, `paragraph` or `row`."""


def flag_file(path: Path, name: str, known: Known, problems: Problems) -> list[Located]:
    """Flag one file. Errors: IDE-004 neither a text nor a table; those of `open_file`, `decode` and notes.

    A mark of byte order is no character of the text: offsets count from the first one after it. Line ends
    stay as they are: CR and LF are two characters.
    """
    opened = open_file(path, name, problems, MOST_BYTES)
    if opened is None:
        return []
    behind = list(_behind_page(opened, name, known)) if opened.kind == "html" else []
    behind += _beside_text(opened, name, known) if opened.kind == "docx" else []
    return _in_opened(opened, name, known, problems) + behind


def _in_opened(opened: Opened, name: str, known: Known, problems: Problems) -> list[Located]:
    if opened.kind in _NOTES:
        told = Problems()
        note = read_opened(opened, told)
        if note is not None and note.paragraphs:
            problems.items += [item for item in told if item.severity == "error"]
            return list(_in_note(note, name, known))
        if opened.kind != "html":
            problems.items += told.items
            return []
    if opened.kind in (*_TABLES, "html"):
        return _in_tables(opened, name, known, problems)
    if opened.kind in ("csv", "json", "xml") and not is_utf32(opened.data):
        return _in_text(opened, name, known, problems)
    if opened.kind in _UNREADABLE:
        problems.add("IDE-004", opened.place, kind=opened.kind.upper())
    else:
        grids_of(opened, problems)  # says why it cannot be read
    return []


def _in_text(opened: Opened, name: str, known: Known, problems: Problems) -> list[Located]:
    told = Problems()
    text, _ = decode(opened.data, Place(name), told)
    if opened.kind == "csv" and _is_table(opened, text):
        trial = Problems()
        found = _in_tables(opened, name, known, trial)
        if not trial.errors:
            problems.items += trial.items
            return found
    problems.items += told.items
    return list(_in_lines(text, name, known))


def _is_table(opened: Opened, text: str) -> bool:
    """Tell a table from sentences with commas: by its name and its delimiter."""
    named = opened.path.suffix.lower() in (".csv", ".tsv", ".tab")
    if opened.path.suffix.lower() in (".md", ".markdown", ".txt", ".vtt", ".srt", ".json", ".html"):
        return False
    start = text[:_SAMPLE]
    if named and _kind_of(start.lstrip("\ufeff").split("\n", 1)[0].strip(' "\r')):
        return True  # one column, of names
    delimiter = find_delimiter(start)
    if not named and delimiter == ",":
        return False
    share, width = consistency(start, delimiter)
    return share >= (_CUT_ALIKE / 2 if named else _CUT_ALIKE) and width > 1


def _behind_page(opened: Opened, name: str, known: Known) -> Iterator[Located]:
    """Flag what a web page holds and does not show, in offsets of the decoded file."""
    text, _ = decode(opened.data, Place(name), Problems())
    for found in _BEHIND.finditer(text):
        start = found.start(found.lastgroup or 0)
        for flag in find_flags(found[found.lastgroup or 0], known):
            moved = replace(flag, start=flag.start + start, end=flag.end + start)
            line_start = text.rfind("\n", 0, moved.start) + 1
            line = text.count("\n", 0, moved.start) + 1
            yield Located(name, moved, line=line, column=moved.start - line_start + 1)


def _beside_text(opened: Opened, name: str, known: Known) -> Iterator[Located]:
    """Flag comments, headers, footers and properties of a document of Word."""
    for where, number, text in words_beside(opened):
        for flag in find_flags(text, known):
            told = say(f"identifiers.beside.{where}")
            yield Located(name, flag, line=number, column=flag.start + 1, field=told, unit="paragraph")


def _in_lines(text: str, name: str, known: Known) -> Iterator[Located]:
    starts = [0, *(number + 1 for number, char in enumerate(text) if char == "\n")]
    for flag in find_flags(text, known):
        line = bisect_right(starts, flag.start)
        yield Located(name, flag, line=line, column=flag.start - starts[line - 1] + 1)


def _in_note(note: Note, name: str, known: Known) -> Iterator[Located]:
    for said in note.paragraphs:
        for flag in find_flags(said.text, known, said.language):
            yield Located(name, flag, line=said.line, column=flag.start + 1, unit=note.unit)


def _in_tables(opened: Opened, name: str, known: Known, problems: Problems) -> list[Located]:
    found: list[Located] = []
    for number, grid in enumerate(grids_of(opened, problems), 1):
        label = _label(grid.name, "sheet", number, known)
        for sheet in sheets_of([grid], name, problems):
            found += _beside(grid, sheet, label, name, known)
            found += _in_sheet(sheet, label, name, known)
    return found


def _label(words: str, kind: str, number: int, known: Known) -> str:
    """Name a sheet or a column in what is printed: by its number where its own name may identify somebody."""
    return say(f"identifiers.hidden.{kind}", n=number) if find_flags(words, known) else words


def _beside(grid: Grid, sheet: Sheet, label: str, name: str, known: Known) -> Iterator[Located]:
    """Flag the words above a table and below it: titles, notes, totals."""
    told = {*sheet.title_rows, *sheet.left_out}
    for row, line in zip(grid.rows, grid.lines, strict=True):
        for cell in row if line in told else ():
            for flag in find_flags(cell, known):
                yield Located(name, flag, label, line, flag.start + 1, unit="row")


def _in_sheet(sheet: Sheet, label: str, name: str, known: Known) -> Iterator[Located]:
    labels = {}
    for number, header in enumerate(sheet.frame.columns, 1):
        labels[header] = _label(header, "column", number, known)
        for flag in find_flags(header, known):  # an export of plain lines has its first one as a header
            line = sheet.header_lines[-1] if sheet.header_lines else 1
            yield Located(name, flag, label, line, flag.start + 1, labels[header], "row")
    kinds = {header: _kind_of(header) for header in sheet.frame.columns}
    memo: dict[str, list[Flag]] = {}
    lines = [int(line) for line in sheet.lines]
    columns = {header: sheet.frame[header].tolist() for header in sheet.frame.columns}
    for row, line in enumerate(lines):
        for header, kind in kinds.items():
            cell = str(columns[header][row])
            for flag in _in_cell(cell, kind, known, memo):
                yield Located(name, flag, label, line, flag.start + 1, labels[header], "row")


def _in_cell(cell: str, kind: str, known: Known, memo: dict[str, list[Flag]]) -> list[Flag]:
    if not cell.strip():
        return []
    if kind:
        start = len(cell) - len(cell.lstrip())
        why, instead = "identifiers.why.column", f"identifiers.instead.{kind}"
        return [Flag(start, len(cell.rstrip()), kind, why, instead, certainty="certain")]
    if cell not in memo:
        memo[cell] = find_flags(cell, known)
    return memo[cell]


def _kind_of(header: str) -> str:
    """Give the kind of what a column holds by its header; empty where it announces nothing of people."""
    key = header_key(header)
    if not is_personal(header) and key not in _OF_PEOPLE:
        return ""
    return next((kind for kind, words in _KIND_OF_COLUMN if any(word in key for word in words)), "name")
