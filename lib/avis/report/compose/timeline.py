"""When things happened, on one line a kind: the period, the request, the meetings, what was adopted.

To the month at most, and never where: a day and a place would help to tell who was there.
"""

from __future__ import annotations

from avis.exhibits import Recommendation, Statement
from avis.report.charts.frieze import lines_of, told
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Column, Grid, Moment, Slot, Timeline, Words

FEWEST = 3
"""Kinds of moments from which a picture helps more than a sentence."""


def timeline(sheet: Sheet) -> list[Block]:
    """Give the timeline of an evaluation; nothing where too little is dated."""
    moments = tuple(_moments(sheet))
    bare = Timeline(
        id="timeline", title=_say(sheet, "title"), description="", moments=moments, grid=_grid(sheet, ())
    )
    lines = lines_of(bare)
    if len(lines) < FEWEST:
        return []
    rows = tuple((label, told(held, sheet.language)) for label, held in lines.items())
    listed = [sheet.say("pair", name=label, value=dates) for label, dates in rows]
    description = sheet.say("separator").join(listed) + "."
    return [
        Timeline(
            id=bare.id, title=bare.title, description=description, moments=moments, grid=_grid(sheet, rows)
        )
    ]


def _moments(sheet: Sheet) -> list[Moment]:
    setting = sheet.exhibits.setting
    asked = setting.request.date[:7] if setting.request else ""
    kinds = (Statement, Recommendation)
    adopted = {item.adoption.month for item in sheet.exhibits.exhibits if isinstance(item, kinds)}
    found = [Moment(on=setting.start, until=setting.end, label=_say(sheet, "period"))]
    found = found if setting.start else []
    found += [Moment(on=asked, label=_say(sheet, "request"))] if asked else []
    found += [Moment(on=month, label=_say(sheet, f"met.{kind}")) for month, kind in setting.course]
    return [*found, *(Moment(on=m, label=_say(sheet, "adopted")) for m in sorted(adopted) if m)]


def _grid(sheet: Sheet, rows: tuple[tuple[str, str], ...]) -> Grid:
    return Grid(
        id="timeline-data",
        caption=_say(sheet, "title"),
        columns=(Column(label=_say(sheet, "what")), Column(label=_say(sheet, "when"))),
        rows=tuple(tuple(Slot(content=(Words(text=text),)) for text in row) for row in rows),
    )


def _say(sheet: Sheet, key: str) -> str:
    return sheet.say_of("timeline", key)
