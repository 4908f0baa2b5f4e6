"""Who agreed how far with what was adopted, where a session decided to publish its counts.

The counts come protected beside each text: the tables drawn from are those, and nothing more is known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

from avis.exhibits import Cell, Chart, Dimension, Recommendation, Statement, Table, Value
from avis.i18n import LANGUAGES, Language, both, pick
from avis.report.charts.data import description
from avis.report.compose.evidence import note_of
from avis.report.compose.grids import slot
from avis.report.compose.sheet import Sheet
from avis.report.compose.voices import original
from avis.report.document import Block, Column, Grid, Paragraph, Picture, RowGroup, Slot, Words

Adopted = Statement | Recommendation
LEVEL = "level"
NO_ANSWER = "no_answer"
LONGEST = 90
"""Letters of a text beside its dots: the whole text stands in its place."""


def agreement(sheet: Sheet) -> list[Block]:
    """Draw the agreement of texts level by level, one chart a scale; the others are told in words."""
    adopted = [item for item in sheet.exhibits.exhibits if isinstance(item, Statement | Recommendation)]
    counted = [item for item in adopted if any(n is not None for _, n in item.adoption.counts)]
    scales = dict.fromkeys(item.adoption.scale for item in counted)
    blocks: list[Block] = [
        _picture(sheet, [item for item in counted if item.adoption.scale == scale], number)
        for number, scale in enumerate(scales, start=1)
    ]
    left = len(adopted) - len(counted)
    if blocks and left:
        words = sheet.say_of("agreement", "in_words", n=left)
        blocks.append(Paragraph(content=(Words(text=words),)))
    return blocks


def table_of(item: Adopted, levels: tuple[Value, ...]) -> Table:
    """Give the protected counts of one text as a table: a level that is not among them was not counted."""
    counts = dict(item.adoption.counts)
    return Table(
        id=f"agreement-{item.id}",
        subject=f"agreement.{item.id}",
        title={language: _label(item, language) for language in LANGUAGES},
        measure="people",
        population="room",
        unit=both("report.agreement.unit"),
        dimensions=(Dimension(id=LEVEL, label=both("report.agreement.level"), values=levels),),
        cells=tuple(
            Cell(where=((LEVEL, id),), n=n, status="shown" if n is not None else "hidden")
            for id, n in counts.items()
        ),
        evidence=item.evidence,
    )


def _levels(sheet: Sheet, scale: str, items: Iterable[Adopted]) -> tuple[Value, ...]:
    """Give the levels of a scale in their order, and at the end those who gave no answer."""
    named = {level.id: level.label for level in sheet.exhibits.setting.scales.get(scale, ())}
    ids = dict.fromkeys([*named, *(id for item in items for id, _ in item.adoption.counts)])
    silent = both("report.compose.no_answer")
    return tuple(
        Value(id=id, label=silent, role="status")
        if id == NO_ANSWER
        else Value(id=id, label=named.get(id, dict.fromkeys(LANGUAGES, id)))
        for id in sorted(ids, key=lambda id: id == NO_ANSWER)
    )


def _label(item: Adopted, language: Language) -> str:
    """Name a text by its first words, in the language of the document where it has them."""
    own = next((one for one in item.wordings if one.language == language), original(item.wordings))
    return shorten(own.text, LONGEST, placeholder="\u00a0…")


def _picture(sheet: Sheet, items: list[Adopted], number: int) -> Picture:
    levels = _levels(sheet, items[0].adoption.scale, items)
    tables = tuple(table_of(item, levels) for item in items)
    id, title = f"agreement-{number}", both("report.agreement.title")
    chart = Chart(
        id=id,
        table=tables[0].id,
        form="agreement",
        title=title,
        evidence=items[0].evidence,
        tables=tuple(table.id for table in tables[1:]),
    )
    language = sheet.language
    rows = [
        (
            Slot(content=(Words(text=pick(level.label, language)[0]),)),
            slot(table, ((LEVEL, level.id),), language),
        )
        for table in tables
        for level in levels
        if table.cell(((LEVEL, level.id),)) is not None
    ]
    groups = [RowGroup(label=_label(item, language), rows=len(item.adoption.counts)) for item in items]
    caption = pick(title, language)[0]
    return Picture(
        id=id,
        chart=chart,
        tables=tables,
        title=caption,
        description=description(chart, tables, language),
        base=sheet.say_of("agreement", "base"),
        grid=Grid(
            id=f"{id}-data",
            caption=caption,
            columns=(
                Column(label=sheet.say_of("agreement", "level")),
                Column(label=sheet.say_of("agreement", "unit"), align="end"),
            ),
            rows=tuple(rows),
            groups=tuple(groups),
        ),
        note=note_of(items[0]),
    )
