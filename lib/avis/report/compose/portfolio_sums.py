"""The part of a portfolio that says what adds up over projects, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from avis.exhibits import Table
from avis.i18n import amount, say
from avis.report.compose import portfolio_totals as reckoned
from avis.report.compose.evidence import opened, source_line
from avis.report.compose.grids import label
from avis.report.compose.portfolio_lines import linked, pair, to_lines
from avis.report.compose.portfolio_projects import Project
from avis.report.compose.portfolio_totals import Added, Made
from avis.report.compose.sheet import Sheet
from avis.report.document import (
    Block,
    Column,
    Count,
    Grid,
    Heading,
    Inline,
    Items,
    Note,
    Paragraph,
    RowGroup,
    Slot,
    Words,
)

MADE = "note-made"


def totals(sheet: Sheet, projects: Sequence[Project]) -> list[Block]:
    """Say what adds up, by which rule, and what does not and why; nothing for one project alone."""
    if len(projects) < 2:
        return []
    return [
        _part(sheet, 2, "totals"),
        _told(sheet, "not_summed"),
        *([_told(sheet, "earlier")] if any(one.earlier for one in projects) else []),
        _part(sheet, 3, "people"),
        *_people(sheet, projects),
        _part(sheet, 3, "productions"),
        *_productions(sheet, projects),
        _part(sheet, 3, "acts"),
        *_acts(sheet, projects),
    ]


def _say(sheet: Sheet, key: str, **facts: object) -> str:
    return say(f"report.portfolio.{key}", sheet.language, **facts)


def _part(sheet: Sheet, level: int, part: str) -> Heading:
    return sheet.heading(level, part, _say(sheet, f"part.{part}"))


def _told(sheet: Sheet, key: str) -> Paragraph:
    return Paragraph(content=(Words(text=_say(sheet, key)),))


def _people(sheet: Sheet, projects: Sequence[Project]) -> list[Block]:
    """Say that people are never added, with the example that stands in these very projects."""
    blocks: list[Block] = [_told(sheet, "people")]
    found = reckoned.overlapping(projects)
    if found is not None:
        one, first, second = found
        title = sheet.pick(one.setting.title)
        content = [Words(text=_say(sheet, "example", title=title)), *pair(sheet, one, first)]
        content += [Words(text=sheet.say("separator")), *pair(sheet, one, second)]
        blocks.append(Paragraph(content=(*content, Words(text=_say(sheet, "overlap")))))
    return blocks


# --- productions


def _productions(sheet: Sheet, projects: Sequence[Project]) -> list[Block]:
    found, left = reckoned.productions(projects), reckoned.unnamed(projects)
    blocks: list[Block] = [_made(sheet, found), _made_table(sheet, found)] if found else []
    if not found:
        blocks.append(_told(sheet, "no_productions"))
    if left:
        items = tuple(
            (Paragraph(content=(*pair(sheet, one, table), *_of(sheet, one))),) for one, table in left
        )
        blocks += [_told(sheet, "unnamed"), Items(items=items)]
    return blocks


def _of(sheet: Sheet, one: Project) -> tuple[Inline, ...]:
    return (Words(text=" ("), to_lines(sheet, one), Words(text=")"))


def _made(sheet: Sheet, found: Sequence[Made]) -> Paragraph:
    """Say how many things were made, each counted once; the note tells by which rule, from which sources."""
    parts = [part for made in found for part in made.parts]
    unit = opened(sheet.say("measure.productions"))
    _note(sheet, MADE, "total_title", "rule_items", parts, unit=unit)
    counted = Count(text=_say(sheet, "counted", n=len(found)), note=MADE)
    return Paragraph(content=(counted, Words(text=" " + _say(sheet, "productions"))))


def _made_table(sheet: Sheet, found: Sequence[Made]) -> Grid:
    groups = reckoned.by_unit(found)
    return Grid(
        id="table-made",
        caption=_say(sheet, "caption_made"),
        columns=tuple(Column(label=_say(sheet, f"column.{head}")) for head in ("production", "projects")),
        rows=tuple(_made_row(sheet, made) for _, held in groups for made in held),
        groups=tuple(
            RowGroup(
                label=_say(sheet, "group", unit=opened(label(dict(unit), sheet.language)), n=len(held)),
                rows=len(held),
            )
            for unit, held in groups
        ),
        note=MADE,
    )


def _made_row(sheet: Sheet, made: Made) -> tuple[Slot, ...]:
    name = sheet.words(made.label) if any(made.label.values()) else Words(text=made.id)
    return Slot(content=(name,)), Slot(content=linked(sheet, made.projects))


# --- acts


def _acts(sheet: Sheet, projects: Sequence[Project]) -> list[Block]:
    found = reckoned.additions(projects)
    if not found:
        return [_told(sheet, "no_acts")]
    heads = (("what", "start"), ("number", "end"), ("projects", "start"))
    grid = Grid(
        id="table-added",
        caption=_say(sheet, "part.acts"),
        columns=tuple(
            Column(label=_say(sheet, f"column.{head}"), align=align)  # type: ignore[arg-type]
            for head, align in heads
        ),
        rows=tuple(_added_row(sheet, added, at) for at, added in enumerate(found, 1)),
    )
    return [_told(sheet, "acts"), grid]


def _added_row(sheet: Sheet, added: Added, at: int) -> tuple[Slot, ...]:
    note, first = f"note-added-{at}", added.parts[0][1]
    what = label(first.title, sheet.language)
    _note(sheet, note, "acts_title", "rule_acts", added.parts, what=what)
    text = amount(added.n, added.qualifier, sheet.language)
    return (
        Slot(content=(Words(text=what),)),
        Slot(content=(Count(text=text, note=note),), state="shown"),
        Slot(content=_terms(sheet, added.parts)),
    )


def _terms(sheet: Sheet, parts: Iterable[tuple[Project, Table]]) -> tuple[Inline, ...]:
    """Name the projects of a sum, each with its own number."""
    told: list[Inline] = []
    for one, table in parts:
        told += [Words(text=sheet.say("separator")), to_lines(sheet, one), Words(text=" ")]
        told.append(pair(sheet, one, table)[-1])
    return tuple(told[1:])


def _note(
    sheet: Sheet, id: str, title: str, rule: str, parts: Iterable[tuple[Project, Table]], **facts: object
) -> None:
    """Make the note of what is reckoned here: its rule, its projects, the sources of each part once."""
    held = list(parts)
    titles = {one.setting.slug: sheet.pick(one.setting.title) for one, _ in held}
    lines: list[tuple[str, tuple[Inline, ...]]] = [
        (sheet.say("term.rule"), (Words(text=_say(sheet, rule)),)),
        (sheet.say("term.base"), (Words(text=sheet.say("separator").join(titles.values())),)),
    ]
    sources = [source for one, table in held for source in one.sources_of(table)]
    named = dict.fromkeys(source_line(source, sheet.language) for source in sources)
    lines += [(sheet.say("term.source"), line) for line in named]
    sheet.made[id] = Note(id=id, title=_say(sheet, title, **facts), lines=tuple(lines))
