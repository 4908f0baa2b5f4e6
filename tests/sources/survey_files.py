"""What the tests of Kobo and ODK share: forms and exports made of rows, and a survey read from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from avis.errors import Problems
from avis.settings import SurveySource
from avis.sources.surveys.formversions import read_forms
from avis.sources.surveys.wave import Survey, read_wave

Rows = Sequence[Sequence[str]]


def write_csv(path: Path, rows: Rows, delimiter: str = ";") -> tuple[Path, str]:
    """Write a CSV as Kobo does, every cell quoted; give the file as readers want it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path, path.name


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> tuple[Path, str]:
    """Write a workbook of texts."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    sheet.write_string(number, at, cell)
    return path, path.name


def write_form(path: Path, survey: Rows, choices: Rows = (), settings: Rows = ()) -> tuple[Path, str]:
    """Write an XLSForm as one CSV: the names of its sheets stand in the first column."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    filled = {name: rows for name, rows in sheets.items() if rows}
    width = max(len(row) for rows in filled.values() for row in rows)
    found: list[list[str]] = []
    for name, rows in filled.items():
        found += [[name, *[""] * width], *(["", *row, *[""] * (width - len(row))] for row in rows)]
    return write_csv(path, found, ",")


def read_files(
    files: Sequence[tuple[Path, str]], *forms: tuple[Path, str], person: str = ""
) -> tuple[Survey, Problems]:
    """Read files of answers to a form, or to the versions of one, outside any evaluation."""
    problems = Problems()
    form = read_forms(forms, problems)
    assert not problems.errors
    source = SurveySource(id="essai", file="essai", person=person)
    return read_wave(files, form, source, (), problems), problems


def told(problems: Problems) -> list[tuple[str, str, int, str]]:
    """Give what was said: code, sheet, line, field."""
    return [(item.code, item.place.sheet, item.place.line, item.place.field) for item in problems]
