"""A project in a portfolio: its objective, its key figures with their notes, what is not documented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from avis.exhibits import Figure, Table
from avis.i18n import amount, say
from avis.report.compose.grids import label
from avis.report.compose.portfolio_projects import Project
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Count, Facts, Heading, Inline, Link, Words
from avis.report.figures import figure
from avis.setting import Words as Several

FEW = 2
"""Lines of a list that stand here where the sheet, which has them all, is one touch away."""


def each(sheet: Sheet, one: Project) -> list[Block]:
    """Tell a project in a few lines: when, what for, how many, what nobody wrote down."""
    setting, words = one.setting, sheet.words(one.setting.title)
    items = [
        (_say(sheet, "fact.period"), (Words(text=_about(sheet, one)),)),
        (_say(sheet, "objectives", n=len(setting.objectives) or 1), _some(sheet, setting.objectives, one)),
        (_say(sheet, "fact.figures"), _figures(sheet, one, one.tables)),
    ]
    if one.earlier:
        items.append((_say(sheet, "fact.earlier"), _earlier(sheet, one)))
    if setting.not_documented:
        items.append((_say(sheet, "fact.missing"), _some(sheet, setting.not_documented, one)))
    title = Link(href=one.sheet, content=(words,)) if one.sheet else words
    return [Heading(level=3, id=one.anchor, content=(title,)), Facts(items=tuple(items))]


def linked(sheet: Sheet, projects: Iterable[Project]) -> tuple[Inline, ...]:
    """Name projects in one line, each leading to its own lines on this page."""
    named: list[Inline] = []
    for one in projects:
        named += [Words(text=sheet.say("separator")), to_lines(sheet, one)]
    return tuple(named[1:])


def to_lines(sheet: Sheet, one: Project) -> Link:
    """Lead to the lines of a project on this page."""
    return Link(href=f"#{one.anchor}", content=(sheet.words(one.setting.title),))


def sheet_or_lines(sheet: Sheet, one: Project) -> Link:
    """Lead to a project's sheet where it stands beside, else to its lines on this page."""
    return Link(href=one.sheet or f"#{one.anchor}", content=(sheet.words(one.setting.title),))


def pair(sheet: Sheet, one: Project, table: Table) -> list[Inline]:
    """Write a figure after what it counts, with its note: "Support groups: 27"."""
    name = sheet.say("pair", name=label(table.title, sheet.language), value="")
    text = figure(table.cell(()), sheet.language)
    return [Words(text=name), Count(text=text, note=one.note(table))]


def _say(sheet: Sheet, key: str, **facts: object) -> str:
    return say(f"report.portfolio.{key}", sheet.language, **facts)


def _about(sheet: Sheet, one: Project) -> str:
    status = sheet.say(f"status.{one.setting.status}")
    return _say(sheet, "about", status=status, period=one.when(sheet.language))


def _some(sheet: Sheet, texts: Sequence[Several], one: Project) -> tuple[Inline, ...]:
    """Print texts one after the other; the first ones, and how many more the sheet has, where it is near."""
    if not texts:
        return (Words(text=sheet.say("nothing_short")),)
    shown = texts[:FEW] if one.sheet and len(texts) > FEW + 1 else texts
    told: list[Inline] = []
    for text in shown:
        told += [Words(text=" "), sheet.words(text)]
    if len(shown) < len(texts):
        more = _say(sheet, "more", n=len(texts) - len(shown))
        told += [Words(text=" ("), Link(href=one.sheet, content=(Words(text=more),)), Words(text=")")]
    return tuple(told[1:])


def _figures(sheet: Sheet, one: Project, tables: Iterable[Table]) -> tuple[Inline, ...]:
    told: list[Inline] = []
    for table in tables:
        told += [Words(text=sheet.say("separator")), *pair(sheet, one, table)]
    return tuple(told[1:]) or (Words(text=sheet.say("no_figure")),)


def _earlier(sheet: Sheet, one: Project) -> tuple[Inline, ...]:
    """Print figures of an earlier project, each with the project that it is of."""
    told: list[Inline] = []
    for item in one.earlier:
        told += [Words(text=sheet.say("separator")), *_former(sheet, one, item)]
        told += [Words(text=" ("), sheet.words(item.earlier), Words(text=")")]
    return tuple(told[1:])


def _former(sheet: Sheet, one: Project, item: Table | Figure) -> list[Inline]:
    if isinstance(item, Table):
        return pair(sheet, one, item)
    name = sheet.say("pair", name=label(item.title, sheet.language), value="")
    text = amount(item.n, item.qualifier, sheet.language, item.high)
    return [Words(text=name), Count(text=text, note=one.note(item))]
