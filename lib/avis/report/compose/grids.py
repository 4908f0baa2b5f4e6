"""Protected tables as grids, charts as pictures with the grid of their figures behind them."""

from __future__ import annotations

from avis.exhibits import Chart, Dimension, Exhibits, Table, Where
from avis.i18n import Language, amount, pick, say
from avis.report import figures
from avis.report.compose.axes import in_order
from avis.report.compose.evidence import anchor, note_of, opened, phrase
from avis.report.compose.lines import Line, groups, honest, lines
from avis.report.compose.remarks import based as based
from avis.report.compose.remarks import label as label
from avis.report.compose.remarks import place, remark, sentence
from avis.report.compose.remarks import planned as planned
from avis.report.compose.remarks import said_period as said_period
from avis.report.document import Column, Count, Grid, Picture, Slot, Words
from avis.report.inlines import plain

MOST_TOLD = 40
"""More figures than anybody listens to: the grid behind the picture holds them, with headers."""
NOTHING = "–"
"""Stands where a figure has no meaning: the share of a whole, of those who did not answer."""


def grid(table: Table, language: Language, id: str = "") -> Grid:
    """Lay a table out: a row a value, a column a figure; the whole stands last.

    Shares have a column of their own where the base is large enough to speak in percentages. Those who did
    not answer stand apart, and totals say whether they hold figures that are hidden.
    """
    named = lines(table, language)
    if len(table.dimensions) == 2:
        rows = tuple(_crossed(table, line, language) for line in named)
    elif named:
        rows = tuple(_row(table, line, language) for line in named)
    else:
        rows = (_lone(table, language),)
    marked, marks = honest(rows, language)
    return Grid(
        id=id or anchor(table),
        caption=opened(phrase(table.title, language)),
        columns=_columns(table, language),
        rows=marked,
        groups=groups(named),
        remark=told(remark(table, language)),
        marks=marks,
        note=note_of(table),
    )


def told(text: str) -> tuple[Words, ...]:
    """Give words as a line of a document; no line where there are none."""
    return (Words(text=text),) if text else ()


def _columns(table: Table, language: Language) -> tuple[Column, ...]:
    unit = pick(table.unit, language)[0]
    if len(table.dimensions) == 2:
        return _crossed_columns(table, language)
    columns = [Column(label=_named(table, language)), _figures(say("report.compose.number", language), unit)]
    if not table.dimensions and table.target is not None:
        columns.append(_figures(say("report.compose.column.planned", language), unit))
    if _percents(table):
        n = figures.figure(figures.base_cell(table), language)
        share, base = say("report.compose.share", language), say("report.compose.share_base", language, n=n)
        columns.append(_figures(share, base))
    return tuple(columns)


def _crossed_columns(table: Table, language: Language) -> tuple[Column, ...]:
    first, second = table.dimensions
    over = opened(label(second.label, language))
    heads = [_figures(label(value.label, language), spanner=over) for value in second.values]
    if _any(table, first):
        heads.append(_figures(say("report.compose.whole", language)))
    return (Column(label=_named(table, language)), *heads)


def _named(table: Table, language: Language) -> str:
    """Give the header of the first column: what the lines are, not the caption once more."""
    if not table.dimensions:
        return say("report.compose.counted", language)
    name = opened(label(table.dimensions[0].label, language))
    return name if name != opened(phrase(table.title, language)) else say("report.compose.choice", language)


def _figures(label: str, unit: str = "", spanner: str = "") -> Column:
    """Make a column of figures, set under each other at their decimal sign."""
    return Column(label=label, align="decimal", unit=unit, spanner=spanner)


def _any(table: Table, dimension: Dimension) -> bool:
    """Tell whether a table holds the figures of one dimension alone."""
    return any(table.cell(place((dimension.id, value.id))) for value in dimension.values)


def _percents(table: Table) -> bool:
    """Tell whether shares have a column of their own: the base is large enough for percentages."""
    whole = figures.base(table)
    shared = any(cell.share is not None for cell in table.cells)
    return shared and whole is not None and whole >= figures.FEW


def _lone(table: Table, language: Language) -> tuple[Slot, ...]:
    row = _row(table, Line(pick(table.title, language)[0], ()), language)
    if table.target is None:
        return row
    wanted = Words(text=amount(table.target, "exact", language))
    return (*row[:2], Slot(content=(wanted,), state="shown"), *row[2:])


def _row(table: Table, line: Line, language: Language) -> tuple[Slot, ...]:
    name = Slot(content=(Words(text=line.name),), total=line.total)
    slots = [name, slot(table, line.where, language, line.total)]
    if _percents(table):
        cell = table.cell(line.where)
        text = figures.share(table, cell, language) if cell is not None else ""
        shown = figures.state(cell) if not text else "shown"
        slots.append(Slot(content=(Words(text=text or NOTHING),), state=shown, total=line.total))
    return tuple(slots)


def _crossed(table: Table, line: Line, language: Language) -> tuple[Slot, ...]:
    first, second = table.dimensions
    slots = [Slot(content=(Words(text=line.name),), total=line.total)]
    slots += [
        slot(table, place(*line.where, (second.id, value.id)), language, total=line.total)
        for value in second.values
    ]
    if _any(table, first):
        slots.append(slot(table, line.where, language, total=True))
    return tuple(slots)


def slot(table: Table, where: Where, language: Language, total: bool = False) -> Slot:
    """Put one figure in its place; a masked one keeps its state so that it looks masked."""
    cell = table.cell(where)
    text = figures.figure(cell, language, figures.decimals(table))
    return Slot(content=(Words(text=text),), state=figures.state(cell), total=total)


def covered(chart: Chart, exhibits: Exhibits) -> tuple[Table, ...]:
    """Give the tables whose figures stand behind a chart."""
    found = [exhibits.get(id) for id in dict.fromkeys((chart.table, *chart.tables))]
    return tuple(item for item in found if isinstance(item, Table))


def picture(chart: Chart, exhibits: Exhibits, language: Language) -> Picture | None:
    """Make the block of a chart; none where its table was not handed over."""
    tables = in_order(chart, covered(chart, exhibits), exhibits)
    if not tables:
        return None
    id = anchor(chart)
    behind = _beside(tables, language, f"{id}-data") or grid(tables[0], language, f"{id}-data")
    title = opened(phrase(chart.title, language)) or behind.caption
    return Picture(
        id=id,
        chart=chart,
        tables=tables,
        title=title,
        description=_described(title, behind, language),
        base=based(tables[0], language),
        grid=behind,
        note=note_of(tables[0]) if chart.evidence == tables[0].evidence else note_of(chart),
    )


def _beside(tables: tuple[Table, ...], language: Language, id: str) -> Grid | None:
    """Lay tables of one same dimension beside each other, as before and after; none for a single one."""
    dimension = tables[0].dimensions[0] if tables[0].dimensions else None
    same = all(table.dimensions == tables[0].dimensions for table in tables)
    if len(tables) < 2 or dimension is None or len(tables[0].dimensions) > 1 or not same:
        return None
    named = [line for line in lines(tables[0], language) if line.where]
    rows = tuple(
        (Slot(content=(Words(text=line.name),), total=line.total), *_called(tables, line, language))
        for line in named
    )
    unit = pick(tables[0].unit, language)[0]
    heads = [_figures(phrase(table.title, language), unit) for table in tables]
    marked, marks = honest(rows, language)
    return Grid(
        id=id,
        caption=opened(phrase(tables[0].title, language)),
        columns=(Column(label=_named(tables[0], language)), *heads),
        rows=marked,
        groups=groups(named),
        remark=told(remark(tables[0], language)),
        marks=marks,
        note=note_of(tables[0]),
    )


def _called(tables: tuple[Table, ...], line: Line, language: Language) -> list[Slot]:
    """Put figures in their places with calls to their own notes, where a grid holds several tables."""
    found = []
    for table in tables:
        bare = slot(table, line.where, language, line.total)
        if bare.state == "shown":
            count = Count(text=plain(bare.content), note=note_of(table))
            bare = Slot(content=(count,), state="shown", total=line.total)
        found.append(bare)
    return found


def _described(title: str, behind: Grid, language: Language) -> str:
    """Tell the figures of a chart in words, for those who do not see it."""
    heads = [column.label for column in behind.columns[1:]]
    if len(heads) * len(behind.rows) > MOST_TOLD:
        return f"{sentence(title)} {say('report.compose.in_table', language)}"
    share, rows = say("report.compose.share", language), []
    for name, *values in behind.rows:
        texts = [_text(value) for value in values]
        pairs = [f"{head} {text}" for head, text in zip(heads, texts, strict=True) if text != NOTHING]
        value = ", ".join(pairs)
        if len(pairs) == 1:
            value = texts[0]
        elif heads[-1] == share:
            value = f"{texts[0]} ({texts[1]})"
        rows.append(say("report.compose.pair", language, name=_text(name), value=value))
    listed = say("report.compose.separator", language).join(rows)
    return f"{sentence(title)} {sentence(listed)}" if rows else title


def _text(slot: Slot) -> str:
    return "".join(part.text for part in slot.content if isinstance(part, Words | Count))
