"""One axis and one order for charts of the same question, so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from avis.exhibits import Chart, Exhibits, Table
from avis.i18n import Language
from avis.report.charts.data import read_plot
from avis.report.charts.ordering import ordered
from avis.report.charts.scale import reach
from avis.report.document import Block, Heading, Picture

_Like = tuple[object, ...]


def share_axes(blocks: Iterable[Block], language: Language) -> list[Block]:
    """Give pictures of one part, of one form and with the same rows, the greatest length of them all."""
    kept = list(blocks)
    alike: dict[_Like, list[int]] = {}
    part = 0
    for at, block in enumerate(kept):
        if isinstance(block, Heading):
            part += 1
        elif isinstance(block, Picture):
            alike.setdefault((part, *_like(block)), []).append(at)
    for places in alike.values():
        found = [block for block in (kept[at] for at in places) if isinstance(block, Picture)]
        plots = [read_plot(picture.chart, picture.tables, language) for picture in found]
        if len(found) < 2 or len({plot.by_share for plot in plots}) > 1:
            continue
        floor = max(reach(plot) or plot.top for plot in plots)
        for at, picture in zip(places, found, strict=True):
            kept[at] = msgspec.structs.replace(picture, floor=floor)
    return kept


def in_order(chart: Chart, tables: tuple[Table, ...], exhibits: Exhibits) -> tuple[Table, ...]:
    """Give the tables of a chart in the order to show them: that of the first chart of the same question."""
    if not tables:
        return tables
    asked, dimensions = question_of(tables[0]), tables[0].dimensions
    charts = [item for item in exhibits.exhibits if isinstance(item, Chart) and item.form == chart.form]
    found = [exhibits.get(item.table) for item in charts]
    alike = [t for t in found if isinstance(t, Table) and question_of(t) == asked]
    guide = next((t for t in alike if t.dimensions == dimensions), None)
    return ordered(chart, tables, guide)


def question_of(table: Table) -> str:
    """Give the question that a table is about, whichever survey asked it."""
    return table.subject.rpartition(".")[2]


def _like(picture: Picture) -> _Like:
    """What two charts must share: form, question, measure, and the values of their dimensions."""
    of = [
        (
            question_of(table),
            table.measure,
            tuple((d.id, tuple(value.id for value in d.values)) for d in table.dimensions),
        )
        for table in picture.tables
    ]
    return picture.chart.form, tuple(of)
