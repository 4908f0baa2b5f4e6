"""Two charts of the same question have one axis, so that a longer bar is a greater number."""

from __future__ import annotations

import msgspec
from given_document import all_charts, by_year, sample_document

from avis.exhibits import Cell, Table
from avis.report.compose.axes import share_axes
from avis.report.document import Block, Heading, Picture
from avis.report.html.page import render_html

BARS = next((chart, tables[0]) for chart, tables in all_charts() if chart.form == "bars")
SAMPLE = sample_document("fr")
PICTURE = next(block for block in SAMPLE.blocks if isinstance(block, Picture))


def picture(wave: str, times: int) -> Picture:
    """The same question at another moment, every count so many times as great."""
    chart, table = BARS
    cells = tuple(_grown(cell, times) for cell in table.cells)
    moved = msgspec.structs.replace(table, id=wave, subject=f"{wave}.obstacles", cells=cells)
    return of(msgspec.structs.replace(chart, id=f"g-{wave}", table=wave), moved)


def of(chart: object, table: Table) -> Picture:
    grid = msgspec.structs.replace(PICTURE.grid, note="")
    return msgspec.structs.replace(PICTURE, chart=chart, tables=(table,), grid=grid, note="")


def _grown(cell: Cell, times: int) -> Cell:
    return msgspec.structs.replace(cell, n=None if cell.n is None else cell.n * times)


def floors(*blocks: Block) -> list[float]:
    return [block.floor for block in share_axes(blocks, "fr") if isinstance(block, Picture)]


def test_the_same_question_at_two_moments_has_the_greater_end_for_both() -> None:
    assert floors(picture("avant", 1), picture("apres", 2)) == [102, 102]


def test_another_question_and_another_part_keep_their_own_axis() -> None:
    first, last = picture("avant", 1), picture("apres", 2)
    other = msgspec.structs.replace(last.tables[0], subject="apres.autre")
    assert floors(first, of(last.chart, other)) == [0, 0]
    assert floors(first, Heading(level=2, id="h", content=()), last) == [0, 0]
    years = msgspec.structs.replace(last.chart, table="annees")
    assert floors(of(years, by_year()), last) == [0, 0]


def test_the_shared_axis_reaches_what_is_drawn() -> None:
    alone, beside = picture("avant", 1), share_axes((picture("avant", 1), picture("apres", 2)), "fr")[0]
    pages = [render_html(msgspec.structs.replace(SAMPLE, blocks=(block,))) for block in (alone, beside)]
    assert pages[0] != pages[1]
