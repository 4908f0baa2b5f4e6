"""Protected tables as grids, charts as pictures with the grid of their figures behind them."""

from __future__ import annotations

from avis.exhibits import Chart, Dimension, Exhibits, Table, Value, Where
from avis.i18n import Language, amount, date, pick, say
from avis.report import figures
from avis.report.compose.evidence import anchor, note_of, opened, phrase
from avis.report.document import Column, Count, Grid, Picture, Slot, Words

MOST_TOLD = 40
"""More figures than anybody listens to: the grid behind the picture holds them, with headers."""
NOTHING = "–"
"""Stands where a figure has no meaning: the share of a whole, of those who did not answer."""


def grid(table: Table, language: Language, id: str = "") -> Grid:
    """Lay a table out: a row a value, a column a figure; the whole stands last.

    Shares have a column of their own where the base is large enough to speak in percentages.
    """
    rows = _rows(table, language)
    return Grid(
        id=id or anchor(table),
        caption=opened(phrase(table.title, language)),
        columns=_columns(table, language),
        rows=rows,
        remark=told(remark(table, language)),
        note=note_of(table),
    )


def told(text: str) -> tuple[Words, ...]:
    """Give words as a line of a document; no line where there are none."""
    return (Words(text=text),) if text else ()


def _place(*pairs: tuple[str, str]) -> Where:
    return tuple(sorted(pairs))


def label(text: dict[str, str], language: Language) -> str:
    """Choose a label; never empty, since a column without a header is read aloud as nothing."""
    return pick(text, language)[0] or say("common.not_documented", language)


def _columns(table: Table, language: Language) -> tuple[Column, ...]:
    unit = pick(table.unit, language)[0] or say("report.compose.number", language)
    if len(table.dimensions) == 2:
        first, second = table.dimensions
        heads = [Column(label=label(value.label, language), align="end") for value in second.values]
        if _any(table, first, total=True):
            heads.append(Column(label=say("report.compose.whole", language), align="end"))
        return (Column(label=label(first.label, language)), *heads)
    first_label = label(table.dimensions[0].label, language) if table.dimensions else say(_COUNTED, language)
    columns = [Column(label=first_label), Column(label=unit, align="end")]
    if not table.dimensions and table.target is not None:
        columns.append(Column(label=say("report.compose.column.planned", language), align="end"))
    if _percents(table):
        columns.append(Column(label=say("report.compose.share", language), align="end"))
    return tuple(columns)


_COUNTED = "report.compose.counted"


def _any(table: Table, dimension: Dimension, total: bool) -> bool:
    """Tell whether a table holds the figures of one dimension alone."""
    return total and any(table.cell(_place((dimension.id, value.id))) for value in dimension.values)


def _percents(table: Table) -> bool:
    """Tell whether shares have a column of their own: the base is large enough for percentages."""
    whole = figures.base(table)
    shared = any(cell.share is not None for cell in table.cells)
    return shared and whole is not None and whole >= figures.FEW


def _rows(table: Table, language: Language) -> tuple[tuple[Slot, ...], ...]:
    if not table.dimensions:
        row = _row(table, pick(table.title, language)[0], (), language)
        if table.target is not None:
            wanted = Words(text=amount(table.target, "exact", language))
            row = (*row[:2], Slot(content=(wanted,), state="shown"), *row[2:])
        return (row,)
    first = table.dimensions[0]
    if len(table.dimensions) == 2:
        rows = [_crossed(table, value, language) for value in first.values]
        second = table.dimensions[1]
        if _any(table, second, total=True):
            rows.append(_crossed(table, None, language))
        return tuple(rows)
    rows = [
        _row(table, label(value.label, language), _place((first.id, value.id)), language)
        for value in first.values
    ]
    if table.cell(()) is not None:
        rows.append(_row(table, say("report.compose.whole", language), (), language, total=True))
    return tuple(rows)


def _row(table: Table, name: str, where: Where, language: Language, total: bool = False) -> tuple[Slot, ...]:
    slots = [Slot(content=(Words(text=name),), total=total), slot(table, where, language, total)]
    if _percents(table):
        cell = table.cell(where)
        text = figures.share(table, cell, language) if cell is not None else ""
        shown = figures.state(cell) if not text else "shown"
        slots.append(Slot(content=(Words(text=text or NOTHING),), state=shown, total=total))
    return tuple(slots)


def _crossed(table: Table, row: Value | None, language: Language) -> tuple[Slot, ...]:
    first, second = table.dimensions
    held = [(first.id, row.id)] if row is not None else []
    name = label(row.label, language) if row is not None else say("report.compose.whole", language)
    slots = [Slot(content=(Words(text=name),), total=row is None)]
    slots += [
        slot(table, _place(*held, (second.id, value.id)), language, total=row is None)
        for value in second.values
    ]
    if _any(table, first, total=True):
        slots.append(slot(table, _place(*held), language, total=True))
    return tuple(slots)


def slot(table: Table, where: Where, language: Language, total: bool = False) -> Slot:
    """Put one figure in its place; a masked one keeps its state so that it looks masked."""
    cell = table.cell(where)
    return Slot(content=(Words(text=figures.figure(cell, language)),), state=figures.state(cell), total=total)


def remark(table: Table, language: Language) -> str:
    """Say below a table its base, its period, and that people do not add up."""
    parts = []
    whole = based(table, language)
    if whole:
        parts.append(_sentence(say("report.compose.base", language, base=whole)))
    when = said_period(table.period, language)
    if when and when not in whole:
        parts.append(_sentence(when[:1].upper() + when[1:]))
    if table.multiple:
        of_people = table.measure in ("people", "engaged")
        parts.append(say(f"report.compose.{'multiple' if of_people else 'multiple_things'}", language))
    elif table.measure == "people" and table.dimensions and table.base is None:
        parts.append(say("report.compose.never_added", language))
    parts += planned(table, language)
    return " ".join(parts)


def based(table: Table, language: Language) -> str:
    """Name the base of a table: who was counted, and how many; empty where nothing tells it."""
    whole, named = figures.base_cell(table), phrase(table.evidence.base, language)
    if all(cell.share is None for cell in table.cells):
        return named
    n = figures.figure(whole, language) if whole is not None else _bases(table, language)
    return f"{named} ({n})" if named and n not in named else named or n


def _bases(table: Table, language: Language) -> str:
    """Say the base of each group, where shares are taken inside groups; empty where no cell holds it."""
    held = {variable for variable, _ in table.base or ()}
    groups = [dimension for dimension in table.dimensions if dimension.id not in held]
    if table.base is None or len(groups) != 1:
        return ""
    told = []
    for value in groups[0].values:
        cell = table.cell(_place(*table.base, (groups[0].id, value.id)))
        if cell is not None:
            name, n = label(value.label, language), figures.figure(cell, language)
            told.append(say("report.compose.pair", language, name=name, value=n))
    return say("report.compose.separator", language).join(told)


def planned(table: Table, language: Language) -> list[str]:
    """Say the target of a table and the evaluation's own explanation of the gap, where it has them."""
    if table.target is None:
        return []
    parts = [say("report.compose.target", language, n=amount(table.target, "exact", language))]
    if table.gap:
        parts.append(_sentence(phrase(table.gap, language)))
    return parts


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def said_period(period: str, language: Language) -> str:
    """Write a period of a table: `2024`, `2023-01/2024-12`, or words that were given as such.

    >>> said_period("2023-01/2024-12", "en"), said_period("2022/2022", "fr"), said_period("", "fr")
    ('from January 2023 to December 2024', '2022', '')
    """
    ends = list(dict.fromkeys(period.split("/")))
    try:
        told = [date(end, language) for end in ends]
    except (ValueError, KeyError, IndexError):  # "de 2021 à 2024": already words
        return period
    return say("common.period", language, start=told[0], end=told[1]) if len(told) == 2 else told[0]


def covered(chart: Chart, exhibits: Exhibits) -> tuple[Table, ...]:
    """Give the tables whose figures stand behind a chart."""
    found = [exhibits.get(id) for id in dict.fromkeys((chart.table, *chart.tables))]
    return tuple(item for item in found if isinstance(item, Table))


def picture(chart: Chart, exhibits: Exhibits, language: Language) -> Picture | None:
    """Make the block of a chart; none where its table was not handed over."""
    tables = covered(chart, exhibits)
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
    heads = [Column(label=phrase(table.title, language), align="end") for table in tables]
    rows = []
    for value in dimension.values:
        where = _place((dimension.id, value.id))
        name = Slot(content=(Words(text=label(value.label, language)),))
        rows.append((name, *(_called(table, where, language) for table in tables)))
    return Grid(
        id=id,
        caption=opened(phrase(tables[0].title, language)),
        columns=(Column(label=label(dimension.label, language)), *heads),
        rows=tuple(rows),
        remark=told(remark(tables[0], language)),
        note=note_of(tables[0]),
    )


def _called(table: Table, where: Where, language: Language) -> Slot:
    """Put one figure in its place with a call to its own note, where a grid holds several tables."""
    bare = slot(table, where, language)
    if bare.state != "shown":
        return bare
    count = Count(text=figures.figure(table.cell(where), language), note=note_of(table))
    return Slot(content=(count,), state="shown")


def _described(title: str, behind: Grid, language: Language) -> str:
    """Tell the figures of a chart in words, for those who do not see it."""
    heads = [column.label for column in behind.columns[1:]]
    if len(heads) * len(behind.rows) > MOST_TOLD:
        return f"{_sentence(title)} {say('report.compose.in_table', language)}"
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
    return f"{_sentence(title)} {_sentence(listed)}" if rows else title


def _text(slot: Slot) -> str:
    return "".join(part.text for part in slot.content if isinstance(part, Words | Count))
