"""The sheets of a form as rows by column and language, whatever the workbook or the one CSV looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.files.sheets import read_grids
from avis.sources.surveys.questiontypes import read_header

SHEETS = ("survey", "choices", "external_choices", "settings")
KNOWN = frozenset(
    {
        *("type", "name", "label", "list_name", "relevant", "choice_filter", "calculation"),
        *("other", "exclusive", "missing"),
    }
)
"""Columns that decide how answers are read; two of the same have no meaning."""
Row = Mapping[tuple[str, str], str]
"""A row of a form's sheet: by (column, language), with `("", "line")` for where it stands."""
Cells = tuple[list[list[str]], list[int]]


def read_form_sheets(path: Path, name: str, problems: Problems) -> dict[str, list[Row]]:
    """Read the sheets of a form, by their name in small letters. Errors: SRC-248 two filled columns alike."""
    sheets = _unfold(read_grids(path, name, problems))
    found = {}
    for sheet, (rows, lines) in sheets.items():
        if sheet in SHEETS:
            _check_columns(rows, lines, Place(name, sheet), problems)
        found[sheet] = rows_of(rows, lines)
    return found


def _unfold(grids: list[Grid]) -> dict[str, Cells]:
    """Part one CSV by the sheet names in its first column; a sheet of questions alone is the survey."""
    if len(grids) == 1 and _first_cell(grids[0].rows) in SHEETS:
        return _parted(grids[0])
    sheets = {grid.name.strip().casefold(): (grid.rows, grid.lines) for grid in grids}
    alike = [name for name, (rows, _) in sheets.items() if _asks(rows)]
    if "survey" not in sheets and len(alike) == 1:
        sheets["survey"] = sheets.pop(alike[0])
    return sheets


def _asks(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows are questions: under a header with a type and a name."""
    return len(rows) > 1 and {("type", ""), ("name", "")} <= set(_headers(rows))


def _parted(grid: Grid) -> dict[str, Cells]:
    """Give each row to the sheet named last in column 1; the row of a name may hold the header, or a row."""
    found: dict[str, Cells] = {}
    sheet = ""
    for row, line in zip(grid.rows, grid.lines, strict=True):
        sheet = row[0].strip().casefold() or sheet
        rows, lines = found.setdefault(sheet, ([], []))
        if any(map(str.strip, row[1:])):
            rows.append(row[1:])
            lines.append(line)
    return found


def _first_cell(rows: Sequence[Sequence[str]]) -> str:
    return next((row[0].strip().casefold() for row in rows if any(map(str.strip, row))), "")


def _headers(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    first = next((row for row in rows if any(map(str.strip, row))), [])
    return [read_header(cell) for cell in first]


def rows_of(rows: Sequence[Sequence[str]], lines: Sequence[int]) -> list[Row]:
    """Give the filled rows under the header, each by column and language."""
    headers = _headers(rows)
    filled = [(row, line) for row, line in zip(rows, lines, strict=True) if any(map(str.strip, row))]
    found: list[Row] = []
    for cells, line in filled[1:]:
        row: dict[tuple[str, str], str] = {}
        for header, cell in zip_longest(headers, cells, fillvalue=""):
            if isinstance(header, tuple) and header[0] and not row.get(header):
                row[header] = cell.strip()
        found.append({**row, ("", "line"): str(line)})
    return found


def _check_columns(
    rows: Sequence[Sequence[str]], lines: Sequence[int], place: Place, problems: Problems
) -> None:
    """Refuse two columns of one meaning that both hold text; a blank one beside is left."""
    headers = _headers(rows)
    first = next((n for n, row in enumerate(rows) if any(map(str.strip, row))), len(rows))
    filled = {at for row in rows[first + 1 :] for at, cell in enumerate(row) if cell.strip()}
    seen: set[tuple[str, str]] = set()
    for at, header in enumerate(headers):
        if header[0] in KNOWN and at in filled:
            if header in seen:
                said = " ".join(rows[first][at].split())
                problems.add("SRC-248", Place(place.file, place.sheet, lines[first], at + 1), column=said)
            seen.add(header)


def read_choices_file(beside: Path, file: str, row: Row) -> list[Row]:
    """Read the choices that a question takes from a CSV beside its form; none where it is not there.

    Its columns are `name` and `label`, unless the question's parameters say `value=…` and `label=…`.
    """
    path = beside / file
    plain = PurePosixPath(file).name == file and path.suffix.casefold() == ".csv"
    if not plain or not path.is_file() or not path.resolve().is_relative_to(beside.resolve()):
        return []
    words = row.get(("parameters", ""), "").replace(",", " ").split()
    told = {key.strip(): value.strip() for key, _, value in (word.partition("=") for word in words)}
    code, label = (read_header(told.get(key, key)) for key in ("value", "label"))
    grids = read_grids(path, file, Problems())
    rows = rows_of(grids[0].rows, grids[0].lines) if grids else []
    code = code if any(code in row for row in rows) else ("name", "")
    return [_renamed(row, code, label, file) for row in rows]


def _renamed(
    row: Row, code: tuple[str, str], label: tuple[str, str], file: str
) -> dict[tuple[str, str], str]:
    kept = {key: cell for key, cell in row.items() if key[0] in ("label", "")}
    named = {("list_name", ""): file, ("name", ""): row.get(code, "")}
    return kept | named | ({("label", ""): row[label]} if label in row else {})
