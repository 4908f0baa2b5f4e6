"""The portfolio: all projects of an association, to be found by theme, funder, period and status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from avis.exhibits import Audience, Exhibits
from avis.i18n import Language, Text, say
from avis.look import Look
from avis.report.compose.citing import describe
from avis.report.compose.evidence import opened, phrase
from avis.report.compose.portfolio_lines import each, linked, sheet_or_lines
from avis.report.compose.portfolio_projects import (
    AHEAD,
    Listing,
    Project,
    gathered,
    in_order,
    read_project,
)
from avis.report.compose.portfolio_sums import totals
from avis.report.compose.sheet import Sheet, bind, public_origin
from avis.report.compose.typeset import typeset
from avis.report.document import (
    Block,
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Inline,
    Moment,
    Paragraph,
    Slot,
    Timeline,
    Words,
)
from avis.report.inlines import plain
from avis.spelling import fold

Group = tuple[str, list[Project]]


def compose_portfolio(
    exhibits: Sequence[Exhibits],
    language: Language,
    audience: Audience,
    listing: Listing | None = None,
    *,
    look: Look | None = None,
    draft: bool = True,
) -> Document:
    """Compose the portfolio of one association from the exhibits of its evaluations, one a project.

    It prints whole figures of the projects' own sheets and sums of these: nothing that the sheets hide can
    be found by subtracting. People are never added, figures of an earlier project counted nowhere.
    Raises `ValueError` where there is no project, TXT-027 as `compose_avis` does.
    """
    listing = listing or Listing()
    read = [read_project(typeset(one), language, listing.sheet(one.setting.slug)) for one in exhibits]
    projects = in_order(read)
    sheet = Sheet(gathered(projects), (), language, audience)
    blocks = (
        *_opening(sheet, projects, listing),
        _part(sheet, 2, "all"),
        _table(sheet, projects, listing),
        *_found(sheet, projects, listing),
        _part(sheet, 2, "each"),
        *(block for one in projects for block in each(sheet, one)),
        *totals(sheet, projects),
        _part(sheet, 2, "origin"),
        *_origin(sheet, projects),
    )
    made = bind(sheet, "portefeuille", blocks, draft)
    if not any(one.dated for one in projects):
        made = replace(made, period=projects[0].when(language))
    return describe(replace(made, look=look or Look()), sheet.exhibits, draft)


def _say(sheet: Sheet, key: str, **facts: object) -> str:
    return say(f"report.portfolio.{key}", sheet.language, **facts)


def _part(sheet: Sheet, level: int, part: str) -> Heading:
    return sheet.heading(level, part, _say(sheet, f"part.{part}"))


def _opening(sheet: Sheet, projects: Sequence[Project], listing: Listing) -> list[Block]:
    told = _say(sheet, "to_sheets" if any(one.sheet for one in projects) else "to_lines")
    facts = (_say(sheet, "fact.projects"), (Words(text=_counts(sheet, projects)),))
    blocks: list[Block] = [Facts(items=(facts,))]
    if listing.introduction:
        blocks.append(sheet.told(listing.introduction))
    return [*blocks, Paragraph(content=(Words(text=told),))]


def _counts(sheet: Sheet, projects: Sequence[Project]) -> str:
    """Say how many projects there are, and how many in each state."""
    held = [(status, sum(one.setting.status == status for one in projects)) for status in AHEAD]
    parts = [_say(sheet, status, n=n) for status, n in held if n]
    return sheet.say(
        "pair", name=_say(sheet, "count_projects", n=len(projects)), value=sheet.say("separator").join(parts)
    )


def _table(sheet: Sheet, projects: Sequence[Project], listing: Listing) -> Grid:
    heads = ("project", "period", "status", "themes", "funders")
    return Grid(
        id="table-projects",
        caption=_say(sheet, "caption"),
        columns=tuple(Column(label=_say(sheet, f"column.{head}")) for head in heads),
        rows=tuple(_row(sheet, one, listing) for one in projects),
    )


def _row(sheet: Sheet, one: Project, listing: Listing) -> tuple[Slot, ...]:
    setting = one.setting
    themes = [name for id, name in listing.themes if id in setting.themes]
    return (
        Slot(content=(sheet_or_lines(sheet, one),)),
        Slot(content=(Words(text=years(sheet, one)),)),
        Slot(content=(Words(text=sheet.say(f"status.{setting.status}")),)),
        Slot(content=_several(sheet, themes)),
        Slot(content=_several(sheet, setting.funders)),
    )


def years(sheet: Sheet, one: Project) -> str:
    """Write the years of a project as a list does: 2022–2023."""
    if not one.dated:
        return sheet.say("nothing_short")
    start, end = one.setting.start[:4], one.setting.end[:4]
    return start if start == end else _say(sheet, "years", start=start, end=end)


def _several(sheet: Sheet, texts: Iterable[Text]) -> tuple[Inline, ...]:
    named: list[Inline] = []
    for text in texts:
        named += [Words(text=sheet.say("separator")), sheet.words(text)]
    return tuple(named[1:]) or (Words(text=sheet.say("nothing_short")),)


def _found(sheet: Sheet, projects: Sequence[Project], listing: Listing) -> list[Block]:
    """List the same projects by theme, by funder, by state and over time, by their names alone."""
    if len(projects) < 2:
        return []
    several = sum(one.dated for one in projects) > 1
    over_time: list[Block] = [_part(sheet, 3, "over-time"), _over_time(sheet, projects)]
    return [
        _part(sheet, 2, "find"),
        _part(sheet, 3, "by-theme"),
        _list(sheet, _by_theme(sheet, projects, listing)),
        _part(sheet, 3, "by-funder"),
        _list(sheet, _by_funder(sheet, projects)),
        _part(sheet, 3, "by-status"),
        _states(sheet, projects),
        *(over_time if several else []),
    ]


def _list(sheet: Sheet, groups: Iterable[Group]) -> Facts:
    return Facts(items=tuple((head, linked(sheet, held)) for head, held in groups if held))


def _by_theme(sheet: Sheet, projects: Sequence[Project], listing: Listing) -> list[Group]:
    known = {id for id, _ in listing.themes}
    groups: list[Group] = [
        (phrase(name, sheet.language), [one for one in projects if id in one.setting.themes])
        for id, name in listing.themes
    ]
    without = [one for one in projects if not known.intersection(one.setting.themes)]
    return [*groups, (_say(sheet, "no_theme"), without)]


def _by_funder(sheet: Sheet, projects: Sequence[Project]) -> list[Group]:
    """Gather the projects that the same funder paid for, funders in the order of their names."""
    held: dict[str, tuple[str, list[Project]]] = {}
    for one in projects:
        for funder in one.setting.funders:
            name = opened(phrase(funder, sheet.language))
            held.setdefault(fold(name), (name, []))[1].append(one)
    groups: list[Group] = [held[key] for key in sorted(held)]
    without = [one for one in projects if not one.setting.funders]
    return [*groups, (_say(sheet, "no_funder"), without)]


def _states(sheet: Sheet, projects: Sequence[Project]) -> Block:
    """List the projects by state; where all have the same, say so rather than name them all again."""
    groups = [
        (opened(sheet.say(f"status.{status}")), [one for one in projects if one.setting.status == status])
        for status in AHEAD
    ]
    alike = next((head for head, held in groups if len(held) == len(projects)), "")
    if alike:
        told = _say(sheet, "all_alike", n=len(projects))
        return Facts(items=((alike, (Words(text=told),)),))
    return _list(sheet, groups)


def _over_time(sheet: Sheet, projects: Sequence[Project]) -> Timeline:
    """Draw the projects on one line of time, the first to start first."""
    dated = [one for one in projects if one.dated]
    first = sorted(dated, key=lambda one: (one.setting.start, one.setting.end))
    told = [(sheet.pick(one.setting.title), one.when(sheet.language)) for one in first]
    heads = [Column(label=_say(sheet, f"column.{head}")) for head in ("project", "period")]
    rows = [(Slot(content=(Words(text=name),)), Slot(content=(Words(text=when),))) for name, when in told]
    title = _say(sheet, "timeline")
    lines = [sheet.say("pair", name=name, value=when) for name, when in told]
    return Timeline(
        id="timeline-projects",
        title=title,
        description=f"{sheet.say('separator').join(lines)}.",
        moments=tuple(
            Moment(on=one.setting.start, until=one.setting.end, label=sheet.pick(one.setting.title))
            for one in first
        ),
        grid=Grid(id="table-timeline", caption=title, columns=tuple(heads), rows=tuple(rows)),
    )


def _said(block: Block) -> str:
    """Give the words of a paragraph; of another block, what tells it from others."""
    return plain(block.content) if isinstance(block, Paragraph) else repr(block)


def _origin(sheet: Sheet, projects: Sequence[Project]) -> list[Block]:
    """Say once where the facts come from: each public page, or that notes tell the sources of each figure."""
    told: dict[str, Block] = {}
    for one in projects:
        alone = replace(sheet.exhibits, setting=one.setting, exhibits=())
        for block in public_origin(Sheet(alone, (), sheet.language, sheet.audience)):
            told.setdefault(fold(_said(block)), block)
    return list(told.values()) or [Paragraph(content=(Words(text=_say(sheet, "own_sources")),))]
