"""When things happened, on one line a kind: the period, the request, the meetings, what was adopted.

To the month at most, and never where: a day and a place would help to tell who was there.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from avis.exhibits import Recommendation, Statement, Table
from avis.report.charts.frieze import lines_of, told
from avis.report.compose.evidence import opened, phrase
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Column, Grid, Moment, Slot, Timeline, Words

FEWEST = 3
"""Dated things beside the period from which a picture helps more than a sentence."""
_DATED = re.compile(r"-(\d{4}-(?:0[1-9]|1[0-2]))$")
"""The month at the end of the id of a thing that was made: `onu-2023-03`."""


def timeline(sheet: Sheet) -> list[Block]:
    """Give the timeline of an evaluation; nothing where too little is dated."""
    dated = [*_asked(sheet), *_met(sheet), *_made(sheet), *_adopted(sheet)]
    return _drawn(sheet, dated, _say(sheet, "title"), _say(sheet, "period"))


def timeline_of_works(sheet: Sheet) -> list[Block]:
    """Give the timeline of what a project made, as far as its names tell the month; else nothing."""
    return _drawn(sheet, _made(sheet), _say(sheet, "works"), _say(sheet, "project"))


def _drawn(sheet: Sheet, dated: list[Moment], title: str, period: str) -> list[Block]:
    if len(dated) < FEWEST:
        return []
    setting = sheet.exhibits.setting
    about = Moment(on=setting.start, until=setting.end, label=period)
    moments = (about, *dated) if setting.start and setting.end else tuple(dated)
    bare = Timeline(id="timeline", title=title, description="", moments=moments, grid=_grid(sheet, title, ()))
    rows = tuple((label, told(held, sheet.language)) for label, held in lines_of(bare).items())
    listed = [sheet.say("pair", name=label, value=dates) for label, dates in rows]
    description = sheet.say("separator").join(listed) + "."
    return [replace(bare, description=description, grid=_grid(sheet, title, rows))]


def _asked(sheet: Sheet) -> list[Moment]:
    request = sheet.exhibits.setting.request
    return [Moment(on=request.date[:7], label=_say(sheet, "request"))] if request and request.date else []


def _met(sheet: Sheet) -> list[Moment]:
    course = sheet.exhibits.setting.course
    return [Moment(on=month, label=_say(sheet, f"met.{kind}")) for month, kind in course]


def _made(sheet: Sheet) -> list[Moment]:
    """Give what was made, where its id ends with its month."""
    tables = [item for item in sheet.exhibits.exhibits if isinstance(item, Table)]
    made = [(table, _DATED.search(id)) for table in tables for id, _ in table.items]
    named = [(opened(phrase(table.title, sheet.language)), found[1]) for table, found in made if found]
    return [Moment(on=month, label=label) for label, month in named]


def _adopted(sheet: Sheet) -> list[Moment]:
    kinds = (Statement, Recommendation)
    months = {item.adoption.month for item in sheet.exhibits.exhibits if isinstance(item, kinds)}
    return [Moment(on=month, label=_say(sheet, "adopted")) for month in sorted(months) if month]


def _grid(sheet: Sheet, title: str, rows: tuple[tuple[str, str], ...]) -> Grid:
    return Grid(
        id="timeline-data",
        caption=title,
        columns=(Column(label=_say(sheet, "what")), Column(label=_say(sheet, "when"))),
        rows=tuple(tuple(Slot(content=(Words(text=text),)) for text in row) for row in rows),
    )


def _say(sheet: Sheet, key: str) -> str:
    return sheet.say_of("timeline", key)
