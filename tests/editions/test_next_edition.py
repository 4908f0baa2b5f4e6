"""After somebody left the counts, the last edition and the next one together do not tell what she answered.

Whoever compares is given more than she can know: both editions, and that exactly one person left. What stays
possible is sought by a program of its own, from the printed tables alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import highspy
import pytest

from avis.cli import main
from avis.editions.keyed import make_key
from avis.editions.printed import PrintedTable
from avis.editions.register import Issued, SentFile, append
from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.inputs import hash_file, published_digest
from avis.release.holds import tables_of
from avis.sources.surveys.wave import read_survey
from avis.steps.fresh import is_fresh
from avis.steps.protection import Shielded, hand_exhibits_over, protect_together

WHO = "W9Z6"
"""Somebody who answered the first questionnaire."""
Cell = tuple[str, str, tuple[tuple[str, str], ...]]
Tables = tuple[PrintedTable, ...]


def hand_over(folder: Path) -> Shielded:
    shielded = protect_together(str(folder))
    hand_exhibits_over(shielded)
    return shielded


def issue(folder: Path, edition: str, audience: str = "public", draft: bool = False) -> Tables:
    """Note an edition in the register as a release does."""
    opened = open_evaluation(folder)
    tables = tables_of(opened.folders, hash_file(opened.folders.exhibits))
    make_key(folder)
    file = SentFile(name="avis.public.fr.html", sha256="ab" * 32)
    issued = Issued(
        edition=edition, on="2026-01-01", audience=audience, draft=draft, files=(file,), tables=tables
    )
    append(folder, [issued])
    return tables


def leave_counts(folder: Path) -> None:
    assert main(["withdraw", str(folder), WHO, "--yes", "--no-build"]) == 0
    assert main(["withdraw", str(folder), "--counts", "--yes", "--no-build"]) == 0


def cells_of(tables: Tables) -> dict[Cell, int | None]:
    return {
        (table.population, table.measure, tuple(sorted({*table.within, *cell.where}))): cell.n  # type: ignore[misc]
        for table in tables
        if table.people
        for cell in table.cells
    }


def sums_of(tables: Tables) -> Iterator[list[Cell]]:
    for table in tables:
        for one in table.sums if table.people else ():
            places = (tuple(sorted({*table.within, *where})) for where in (one.total, *one.parts))
            if not one.at_most:
                yield [(table.population, table.measure, place) for place in places]


class Reader:
    """Everything that both editions allow, with one person less in the second."""

    def __init__(self, then: Tables, now: Tables) -> None:
        self._program = highspy.Highs()
        self._program.setOptionValue("output_flag", False)
        self.place: dict[tuple[int, Cell], int] = {}
        for edition, tables in enumerate((then, now)):
            shown = cells_of(tables)
            for keys in [*([cell] for cell in shown), *sums_of(tables)]:
                for cell in keys:
                    self._add(edition, cell, shown)
            for total, *parts in sums_of(tables):
                self._row([(edition, total, 1.0), *((edition, part, -1.0) for part in parts)], 0, 0)
        self.both = {cell for edition, cell in self.place if (1 - edition, cell) in self.place}
        for cell in self.both:
            self._row([(0, cell, 1.0), (1, cell, -1.0)], 0, 1)

    def _add(self, edition: int, cell: Cell, shown: Mapping[Cell, int | None]) -> None:
        if (edition, cell) not in self.place:
            n = shown.get(cell)
            self.place[edition, cell] = self._program.getNumCol()
            self._program.addVar(*((0, 1e4) if n is None else (n, n)))
            kind = highspy.HighsVarType.kInteger
            self._program.changeColIntegrality(self.place[edition, cell], kind)

    def _row(self, terms: list[tuple[int, Cell, float]], low: float, high: float) -> None:
        factors: dict[int, float] = {}
        for edition, cell, factor in terms:
            column = self.place[edition, cell]
            factors[column] = factors.get(column, 0.0) + factor
        self._program.addRow(low, high, len(factors), list(factors), list(factors.values()))

    def allows(self, cell: Cell, went: int) -> bool:
        """Tell whether the person who left may (1) or may not (0) have been in a cell."""
        self._row([(0, cell, 1.0), (1, cell, -1.0)], went, went)
        self._program.run()
        found = self._program.getModelStatus() == highspy.HighsModelStatus.kOptimal
        last = self._program.getNumRow() - 1
        self._program.deleteRows(1, [last])
        return found


@pytest.mark.slow
def test_the_next_edition_does_not_tell_what_the_woman_who_left_had_answered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(folder)
    then = issue(folder, "2026-01-01-aaaaaaaa")
    leave_counts(folder)
    assert "Une édition est déjà partie" in capsys.readouterr().out
    shielded = hand_over(folder)
    now = issue(folder, "2026-01-02-bbbbbbbb")
    told = {item.code for item in shielded.problems}
    assert "DIS-052" in told and shielded.compared == 1
    reader, answers = Reader(then, now), 0
    before = cells_of(then)
    for total, *parts in sums_of(then):
        if total[0] != "avant" or total not in reader.both or not reader.allows(total, 1):
            continue
        could = [part for part in parts if part in reader.both and before.get(part) != 0]
        answers += len(could) > 1
        for part in could:  # what the first edition alone left possible is still possible
            assert reader.allows(part, 1), (total, part)
            assert len(could) == 1 or reader.allows(part, 0), (total, part)
    assert answers >= 5


@pytest.mark.slow
def test_published_as_if_nothing_had_been_published_the_two_editions_tell_it(folder: Path) -> None:
    """The reader above can see: without the register, she finds the answers."""
    hand_over(folder)
    then = issue(folder, "2026-01-01-aaaaaaaa")
    leave_counts(folder)
    (folder / "registre.jsonl").unlink()
    now = hand_over(folder).printed
    reader = Reader(then, now)
    found = [
        parts
        for total, *parts in sums_of(then)
        if total[0] == "avant" and sum(reader.allows(part, 1) for part in parts if part in reader.both) == 1
    ]
    assert found


@pytest.mark.slow
def test_a_build_is_stale_when_the_register_tells_of_other_numbers_and_not_for_its_own(folder: Path) -> None:
    hand_over(folder)
    opened = open_evaluation(folder)
    own = published_digest(opened)
    tables = issue(folder, "2026-01-01-aaaaaaaa", audience="funder", draft=True)
    assert published_digest(opened) == own and is_fresh(opened)
    assert hand_over(folder).printed == tables
    file = SentFile(name="x.html", sha256="cd" * 32)
    append(
        folder,
        [Issued(edition="e2", on="2026-01-01", audience="public", files=(file,), tables=tables[:3])],
    )
    assert published_digest(opened) != own and not is_fresh(opened)


def test_the_person_of_these_tests_is_counted(folder: Path) -> None:
    opened = open_evaluation(folder)
    survey = read_survey(opened, opened.settings.sources.surveys[0], Problems())
    assert WHO in set(survey.records["person"])
