"""What a chart shows, read from its protected tables: the one description that every renderer draws.

Only what a table holds comes through here: a hidden figure has no value at all, so that no renderer
could give it a length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from avis.errors import fail
from avis.exhibits import Cell, Chart, Dimension, Table, Where
from avis.i18n import Language, amount, join, percent, pick, say
from avis.report.figures import FEW, base

State = Literal["shown", "hidden", "not_documented", "not_asked", "absent"]
Better = Literal["", "high", "low", "neither"]
Form = Literal["bars", "columns", "likert", "change", "dots", "planned", "agreement"]
WAVES = ("wave", "vague", "moment")
"""Ids of a dimension that tells before from after."""


@dataclass(frozen=True)
class Mark:
    """One figure as it is drawn: `value` is a count, `share` a part of the base; none where not shown."""

    text: str
    state: State
    value: float | None = None
    share: float | None = None

    def size(self, by_share: bool) -> float:
        """Give the length to draw, 0 where nothing is shown."""
        return (self.share if by_share else self.value) or 0.0


@dataclass(frozen=True)
class Row:
    """A line of the chart: its words and one mark a series; `quiet` for no answer and not asked."""

    label: str
    marks: tuple[Mark, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Plot:
    """A chart ready to draw; `by_share` where lengths are parts of the base rather than counts."""

    form: Form
    title: str
    rows: tuple[Row, ...]
    series: tuple[str, ...]
    language: Language
    by_share: bool = False
    base: str = ""
    better: Better = ""
    """Which end of a scale is better: its colours, and nothing else, say so."""
    floor: float = 0.0
    """The greatest length of the chart beside, so that two charts of one question have one axis."""

    @property
    def top(self) -> float:
        """The greatest length, at least something, so that an empty chart still has a scale."""
        sizes = [m.size(self.by_share) for row in self.rows for m in row.marks]
        return max(self.floor, max(sizes, default=0.0)) or 1.0

    @property
    def masked(self) -> bool:
        """Tell whether a figure is hidden."""
        return any(m.state == "hidden" for row in self.rows for m in row.marks)


def read_plot(chart: Chart, tables: tuple[Table, ...], language: Language, floor: float = 0.0) -> Plot:
    """Read a chart from its tables; a form that the tables cannot fill is drawn as bars.

    All rows are drawn on one scale: where a single one has no share, all lengths are counts.

    Errors: DOC-005 where a table of the chart is not among the tables given.
    """
    known = {table.id: table for table in tables}
    wanted = tuple(dict.fromkeys((chart.table, *chart.tables)))
    if any(name not in known for name in wanted):
        raise fail("DOC-005", chart=chart.id) from None
    given = tuple(known[name] for name in wanted)
    form, rows, series = _layout(chart.form, given, language)
    shown = [m for row in rows for m in row.marks if m.state == "shown"]
    by_share = form in ("likert", "change") and bool(shown) and all(m.share is not None for m in shown)
    told_of = pick(given[0].evidence.base, language)[0]
    title, better = pick(chart.title, language)[0], _better(form, given)
    return Plot(form, title, rows, series, language, by_share, told_of, better, floor)


def _better(form: Form, tables: tuple[Table, ...]) -> Better:
    return _levels(tables).better if form == "likert" else ""


def _levels(tables: tuple[Table, ...]) -> Dimension:
    """Give the dimension that holds the levels of a scale: the second where groups stand before them."""
    crossed = len(tables) == 1 and len(tables[0].dimensions) == 2
    return tables[0].dimensions[1 if crossed else 0]


def _layout(
    form: Form, tables: tuple[Table, ...], lang: Language
) -> tuple[Form, tuple[Row, ...], tuple[str, ...]]:
    first = tables[0]
    if form == "planned" and any(table.target is not None for table in tables):
        return form, *_planned(tables, lang)
    if form == "change" and len(tables) > 1 and first.dimensions:
        return form, *_waves(tables, lang)
    if form == "change" and len(first.dimensions) == 2:
        return form, *_crossed(first, lang, across=_wave(first))
    if form == "likert":
        return form, *_scales(tables, lang)
    if form in ("dots", "agreement") and len(first.dimensions) == 2:
        return form, *_crossed(first, lang)
    if form == "agreement" and first.dimensions:
        return form, *_agreement(tables, lang)
    if form == "columns" and len(tables) == 1 and len(first.dimensions) == 1:
        return form, _simple(first, lang, _MISSING), ()
    form = "columns" if form == "columns" else "bars"
    if len(tables) > 1:
        return form, *_many(tables, lang)
    if len(first.dimensions) >= 2 and _crosses(first):
        return form, *_crossed(first, lang)
    return form, _simple(first, lang), ()


def _wave(table: Table) -> int:
    return next((i for i, dimension in enumerate(table.dimensions) if dimension.id in WAVES), 1)


def _crosses(table: Table) -> bool:
    return any(len(cell.where) > 1 for cell in table.cells)


def _total(table: Table) -> Cell:
    return table.cell(table.base or ()) or table.cell(()) or Cell(status="not_documented")


def _planned(tables: tuple[Table, ...], lang: Language) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    rows = []
    for table in tables:
        planned = Cell(status="shown" if table.target is not None else "not_documented", n=table.target)
        marks = (mark(planned, lang), mark(_total(table), lang))
        rows.append(Row(pick(table.title, lang)[0], marks))
    return tuple(rows), (say("report.chart.planned", lang), say("report.chart.realised", lang))


def _waves(tables: tuple[Table, ...], lang: Language) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    dimension = tables[0].dimensions[0]
    names = tuple(pick(table.title, lang)[0] for table in tables)
    if len(tables) == 2:
        names = (say("report.chart.before", lang), say("report.chart.after", lang))
    rows = [
        Row(label, tuple(_at(table, ((dimension.id, value),), lang) for table in tables), quiet)
        for value, label, quiet in _values(dimension, lang)
    ]
    return _filled(rows), names


def _scales(tables: tuple[Table, ...], lang: Language) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """One bar a question; statuses such as "no answer" stand beside the scale, not on it."""
    first, levels = tables[0], _levels(tables)
    if levels is not first.dimensions[0]:
        rows, _ = _crossed(first, lang)
    else:
        rows = tuple(
            Row(
                pick(table.title, lang)[0],
                tuple(_at(table, ((levels.id, v.id),), lang) for v in levels.values),
            )
            for table in tables
        )
    kept = [i for i, value in enumerate(levels.values) if value.role == "choice"]
    names = tuple(pick(levels.values[i].label, lang)[0] for i in kept)
    return tuple(Row(row.label, tuple(row.marks[i] for i in kept)) for row in rows if not row.quiet), names


def _crossed(table: Table, lang: Language, across: int = 1) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    columns = table.dimensions[across]
    lines = table.dimensions[1 - across]
    names = tuple(label for _, label, _ in _values(columns, lang))
    rows = [
        Row(
            label,
            tuple(_at(table, ((lines.id, value), (columns.id, v.id)), lang) for v in columns.values),
            quiet,
        )
        for value, label, quiet in _values(lines, lang)
    ]
    return _filled(rows), names


def _many(tables: tuple[Table, ...], lang: Language) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Several tables side by side: their totals, or the same dimension with a series each."""
    dimension = tables[0].dimensions[0] if tables[0].dimensions else None
    if dimension and all(t.dimensions and t.dimensions[0].id == dimension.id for t in tables):
        rows, _ = _waves(tables, lang)
        return rows, tuple(pick(table.title, lang)[0] for table in tables)
    return tuple(Row(pick(t.title, lang)[0], (mark(_total(t), lang),)) for t in tables), ()


_MISSING = Cell(status="not_documented")
"""A period of which a table says nothing: nobody counted, which is not zero."""


def _agreement(tables: tuple[Table, ...], lang: Language) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """A row a text, a column a level of the group's scale and those who gave no answer."""
    values = {value.id: value for table in tables for value in table.dimensions[0].values}
    rows = [
        Row(
            pick(table.title, lang)[0],
            tuple(_at(table, ((table.dimensions[0].id, id),), lang) for id in values),
        )
        for table in tables
    ]
    return _filled(rows), tuple(pick(value.label, lang)[0] for value in values.values())


def _simple(table: Table, lang: Language, missing: Cell | None = None) -> tuple[Row, ...]:
    if not table.dimensions:
        return (Row(pick(table.title, lang)[0], (mark(_total(table), lang),)),)
    dimension = table.dimensions[0]
    rows = [
        Row(label, (_at(table, ((dimension.id, value),), lang, missing),), quiet)
        for value, label, quiet in _values(dimension, lang)
    ]
    return _filled(rows)


def _values(dimension: Dimension, lang: Language) -> list[tuple[str, str, bool]]:
    return [(value.id, pick(value.label, lang)[0], value.role == "status") for value in dimension.values]


def _filled(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if any(m.state != "absent" for m in row.marks))


def _at(table: Table, where: Where, lang: Language, missing: Cell | None = None) -> Mark:
    cell = table.cell(tuple(sorted(where))) or missing
    whole = base(table, cell.where) if cell is not None else None
    few = whole is not None and whole < FEW
    return mark(cell, lang, few) if cell is not None else Mark("", "absent")


def mark(cell: Cell, lang: Language, few: bool = False) -> Mark:
    """Give a cell as it is drawn and written; where `few` are the base, a percentage says too much.

    >>> mark(Cell(n=12, share=0.4), "en").text, mark(Cell(status="hidden"), "fr")
    ('12 (40%)', Mark(text='masqué', state='hidden', value=None, share=None))
    """
    if cell.status == "hidden":
        return Mark(say("report.chart.hidden", lang), "hidden")
    if cell.status == "not_asked":
        return Mark(say("report.chart.not_asked", lang), "not_asked")
    if cell.status == "not_documented" or cell.n is None:
        return Mark(say("report.chart.none", lang), "not_documented")
    text = amount(cell.n, cell.qualifier, lang, cell.high)
    if cell.share is not None and not few:
        text += f" ({percent(cell.share, lang)})"
    return Mark(text, "shown", float(cell.n), None if cell.share is None else float(cell.share))


def description(chart: Chart, tables: tuple[Table, ...], language: Language) -> str:
    """Say the figures of a chart in words, for those who do not see it.

    Every figure of the chart is in it, a hidden one as "masqué"; nothing that the chart does not show.
    """
    plot = read_plot(chart, tables, language)
    form = "planned_form" if plot.form == "planned" else plot.form
    rows = [say("report.chart.item", language, label=row.label, value=_told(row, plot)) for row in plot.rows]
    told = [
        say(f"report.chart.{form}", language),
        ("\u202f; " if language == "fr" else "; ").join(rows) + ".",
    ]
    if plot.base:
        told.append(say("report.chart.base", language, base=plot.base.rstrip(".")))
    return " ".join(told)


def _told(row: Row, plot: Plot) -> str:
    if not plot.series:
        return row.marks[0].text
    pairs = [
        say("report.chart.pair", plot.language, series=name, value=m.text)
        for name, m in zip(plot.series, row.marks, strict=True)
        if m.state != "absent"
    ]
    return join(pairs, plot.language) if len(pairs) < 3 else ", ".join(pairs)
