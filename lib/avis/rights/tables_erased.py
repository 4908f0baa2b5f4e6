"""Taking somebody out of the tables that an association keeps as CSV: consents, rereading, surveys, codes.

Other formats are somebody else's to edit: they are named, for the list of what is to be erased by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from avis.descriptors import read_descriptor
from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.files.opening import MAX_BYTES
from avis.folders import read_regular, write_whole
from avis.rights.asked import spelled
from avis.rights.rows import Grid, Row, read_rows
from avis.settings import SurveySource
from avis.sources.codes import person_code, person_codes
from avis.sources.surveys.wave import read_survey

KEPT = ("contribution", "scope", "granted_on", "withdrawn_on")
"""What a row of the ledger keeps: that something was allowed, and that it no longer is."""
Edit = Callable[[Grid], Grid]


def names_of(table: str, field: str) -> tuple[str, ...]:
    """Give the headers by which a column of a table is known."""
    return next(one.words for one in read_descriptor(table).fields if one.name == field)


def edit_file(path: Path, names: Iterable[str], edit: Edit) -> bool:
    """Edit the rows of one CSV file; tells whether it could be. Errors: RUN-010 to RUN-012."""
    try:
        data = read_regular(path, MAX_BYTES)
    except OSError:
        return False
    grid = read_rows(data, names) if len(data) <= MAX_BYTES else None
    if grid is None:
        return False
    changed = edit(grid).bytes()
    if changed != data:
        write_whole(path, changed, shared=bool(path.stat().st_mode & 0o044))
    return True


def edit_ledger(opened: Evaluation, edit: Edit) -> list[str]:
    """Edit the ledger of consents; gives the names of the files that could not be."""
    return _edit_all(opened, opened.settings.sources.consent, names_of("consents", "contribution"), edit)


def _edit_all(
    opened: Evaluation, patterns: str | tuple[str, ...], names: Iterable[str], edit: Edit
) -> list[str]:
    wanted = tuple(names)
    files = opened.files(patterns)
    return [opened.name(path) for path in files if not edit_file(path, wanted, edit)]


def take_back_rows(gone: frozenset[str], day: str) -> Edit:
    """Empty the rows of some contributions of all but what is `KEPT`, and date them."""

    def edit(grid: Grid) -> Grid:
        grid, withdrawn = _with(grid, "withdrawn_on")
        kept = {_number(grid, name) for name in KEPT}
        for at, row in _rows_of(grid, gone):
            cells = [cell if n in kept else "" for n, cell in enumerate(_padded(grid, row.cells))]
            cells[withdrawn] = cells[withdrawn] or day
            grid = grid.with_row(at, cells)
        return grid

    return edit


def date_rows(gone: frozenset[str], column: str, day: str, emptied: str = "") -> Edit:
    """Write a day into a column of the rows of some contributions, and empty another."""

    def edit(grid: Grid) -> Grid:
        grid, number = _with(grid, column)
        other = _number(grid, emptied) if emptied else -1
        for at, row in _rows_of(grid, gone):
            cells = _padded(grid, row.cells)
            cells[number] = day
            if other >= 0:
                cells[other] = ""
            grid = grid.with_row(at, cells)
        return grid

    return edit


def agree_again(contribution: str, sha256: str, day: str) -> Edit:
    """Bind the rows of a contribution that still stand to new words, granted on a day."""

    def edit(grid: Grid) -> Grid:
        withdrawn = _number(grid, "withdrawn_on")
        for at, row in _rows_of(grid, frozenset({contribution})):
            if grid.cell(row, withdrawn):
                continue
            cells = _padded(grid, row.cells)
            cells[_number(grid, "sha256")], cells[_number(grid, "granted_on")] = sha256, day
            grid = grid.with_row(at, cells)
        return grid

    return edit


def _rows_of(grid: Grid, gone: frozenset[str]) -> list[tuple[int, Row]]:
    number = _number(grid, "contribution")
    return [(at, row) for at, row in grid.body() if grid.cell(row, number) in gone]


def _number(grid: Grid, field: str) -> int:
    return grid.column(names_of("consents", field))


def _with(grid: Grid, field: str) -> tuple[Grid, int]:
    """Give the table with a column of the ledger, added where it is not there yet."""
    if _number(grid, field) < 0:
        french = next(one.aliases for one in read_descriptor("consents").fields if one.name == field)
        grid = grid.with_column(field if grid.column(("scope",)) >= 0 else french[0])
    return grid, _number(grid, field)


def _padded(grid: Grid, cells: Iterable[str]) -> list[str]:
    filled = list(cells)
    return [*filled, *[""] * (len(grid.columns) - len(filled))]


def forget_reviews(opened: Evaluation, gone: frozenset[str]) -> list[str]:
    """Take out what two people decided about words that are gone: rows, hashes and reasons."""

    def edit(grid: Grid) -> Grid:
        number = grid.column(("contribution", "parole", "segment"))
        for at, row in reversed(list(grid.body())):
            if grid.cell(row, number) in gone:
                grid = grid.with_row(at, None)
        return grid

    return _edit_all(opened, opened.settings.sources.review, ("contribution", "parole", "segment"), edit)


def empty_free_answers(opened: Evaluation, person: str) -> list[str]:
    """Empty the free answers of somebody in every survey that carries her code."""
    return [
        name
        for wave in _waves(opened)
        for name in _of_wave(opened, wave, _without_words(opened, wave, person))
    ]


def _waves(opened: Evaluation) -> Iterator[SurveySource]:
    return (wave for wave in opened.settings.sources.surveys if wave.person)


def _of_wave(opened: Evaluation, wave: SurveySource, edit: Edit) -> list[str]:
    return _edit_all(opened, wave.file, (wave.person,), edit)


def _without_words(opened: Evaluation, wave: SurveySource, person: str) -> Edit:
    questions = read_survey(opened, wave, Problems()).questions
    asked = questions[questions["type"] == "text"]
    free = {spelled(name) for name in (*asked["name"], *asked["path"])} - {spelled(wave.person)}

    def edit(grid: Grid) -> Grid:
        number = grid.column((wave.person,))
        headers = [spelled(name.rpartition("/")[2]) for name in grid.columns]
        whole = [spelled(name) for name in grid.columns]
        emptied = {n for n, name in enumerate(headers) if n != number and (name in free or whole[n] in free)}
        for at, row in grid.body():
            if person_code(grid.cell(row, number)) == person:
                grid = grid.with_row(at, ["" if n in emptied else cell for n, cell in enumerate(row.cells)])
        return grid

    return edit


def remove_person(opened: Evaluation, person: str) -> list[str]:
    """Take somebody out of all that is counted: her row, her answers, her code beside the activities.

    An act stays an act: only her code goes from it. Gives the files that could not be edited.
    """
    sources = opened.settings.sources
    left = [
        name
        for wave in _waves(opened)
        for name in _of_wave(opened, wave, _without_rows(person, (wave.person,)))
    ]
    codes = names_of("persons", "code")
    left += _edit_all(opened, sources.persons, codes, _without_rows(person, codes))
    together = names_of("activities", "person_codes")
    for path in opened.files(sources.activities):
        if not edit_file(path, together, _without_code(person, together)) and _names(path, person):
            left.append(opened.name(path))
    return left


def _without_rows(person: str, names: tuple[str, ...]) -> Edit:
    def edit(grid: Grid) -> Grid:
        number = grid.column(names)
        for at, row in reversed(list(grid.body())):
            if person_code(grid.cell(row, number)) == person:
                grid = grid.with_row(at, None)
        return grid

    return edit


def _without_code(person: str, names: tuple[str, ...]) -> Edit:
    def edit(grid: Grid) -> Grid:
        number = grid.column(names)
        for at, row in grid.body():
            codes = (person_codes(grid.cell(row, number)) or "").split()
            if person in codes:
                cells = list(row.cells)
                cells[number] = " ".join(code for code in codes if code != person)
                grid = grid.with_row(at, cells)
        return grid

    return edit


def _names(path: Path, person: str) -> bool:
    """Tell whether a file that cannot be edited names her: others need no hand."""
    from avis.decoding.texts import NotSearched, texts_of

    try:
        data = read_regular(path, MAX_BYTES)
        alone = re.compile(rf"(?<![^\W_]){re.escape(person)}(?![^\W_])")
        return any(alone.search(text.upper()) for text in texts_of(data))
    except (OSError, NotSearched):
        return True


def counted_in(opened: Evaluation, person: str) -> Iterator[str]:
    """Name the files in which somebody's code is counted: persons, surveys, activities."""
    sources = opened.settings.sources
    surveys = tuple(wave.file for wave in _waves(opened))
    for path in opened.files(
        (*sources.activities, *surveys, *([sources.persons] if sources.persons else []))
    ):
        if _names(path, person):
            yield opened.name(path)
