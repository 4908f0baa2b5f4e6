"""The parts of an avis that show its evidence: who speaks and how, activities, survey, themes, counting."""

from __future__ import annotations

import re
from typing import get_args

from avis.exhibits import Chart, Figure, Quote, Source, Story, Table
from avis.i18n import Language
from avis.report.compose import summaries
from avis.report.compose.evidence import anchor, note_of, note_of_source, short, source_line
from avis.report.compose.grids import covered, grid, picture
from avis.report.compose.sheet import Sheet
from avis.report.compose.stories import telling
from avis.report.compose.timeline import timeline
from avis.report.compose.voices import saying
from avis.report.document import Block, Items, Paragraph
from avis.setting import SourceKind
from avis.spelling import fold

METHOD = (
    *("approach", "steps", "facilitation", "characteristics", "ties", "recruitment", "setting", "guide"),
    *("recording", "translation", "analysis", "saturation", "returned", "ethics"),
    *("refusals", "absent", "limits"),
)
"""Sections of the method sheet in printing order; `absent` and `limits` are always printed."""
ALWAYS = ("absent", "limits")
ELSEWHERE = ("adoption", "withdrawal")
"""Sections of the method sheet that have a part of their own."""
KINDS = get_args(SourceKind)
"""Kinds of sources in printing order."""


def part_of(table: Table, sheet: Sheet) -> str:
    """Tell in which part a table belongs, by the sources that it was counted from."""
    kinds = {source.kind for source in sheet.exhibits.sources if source.id in table.evidence.sources}
    if table.subject in ("meetings", "rencontres", "coverage"):
        return "method"
    if "survey" in kinds:
        return "survey"
    if kinds & {"notes", "session"}:
        return "themes"
    return "activities"


def shown(sheet: Sheet, part: str) -> list[Block]:
    """Print the charts and tables of a part that no passage placed, a chart in the place of its table."""
    drawn = {anchor(table) for chart in sheet.left(Chart) for table in covered(chart, sheet.exhibits)}
    blocks: list[Block] = []
    for item in sheet.exhibits.exhibits:
        if not isinstance(item, Chart | Table) or sheet.has(item):
            continue
        if isinstance(item, Chart):
            tables = covered(item, sheet.exhibits)
            block = picture(item, sheet.exhibits, sheet.language)
            if block is None or part_of(tables[0], sheet) != part:
                continue
            blocks.append(block)
        elif anchor(item) in drawn or part_of(item, sheet) != part:
            continue
        else:
            blocks.append(grid(item, sheet.language))
        sheet.place(item)
    return blocks


def method(sheet: Sheet) -> list[Block]:
    """Say who speaks and how: steps, people, languages, who was absent, limits, what went otherwise."""
    setting = sheet.exhibits.setting
    blocks: list[Block] = [sheet.heading(2, "method"), *sheet.written("method", 3), *timeline(sheet)]
    others = [name for name in sorted(setting.method) if name not in (*METHOD, *ELSEWHERE)]
    for name in (*METHOD, *others):
        text = setting.method.get(name, {})
        if text or name in ALWAYS:
            title = sheet.say(f"method.{name}") if name in METHOD else sheet.say("method.other", name=name)
            blocks += [sheet.heading(3, f"method-{name}", title), sheet.told(text)]
    blocks += shown(sheet, "method")
    title = sheet.say("method.deviations")
    blocks.append(sheet.heading(3, "method-deviations", title))
    blocks.append(sheet.listed(setting.deviations) if setting.deviations else sheet.paragraph("no_deviation"))
    return blocks


def activities(sheet: Sheet) -> list[Block]:
    """Show what was done and how many it reached, planned against realised, others' figures beside."""
    setting = sheet.exhibits.setting
    blocks: list[Block] = sheet.written("activities", 3)
    if setting.activities:
        blocks.append(sheet.listed(setting.activities))
    tables = [table for table in sheet.left(Table) if part_of(table, sheet) == "activities"]
    summary = summaries.counted(sheet, tables, "table-counted")
    figures = summaries.others_figures(sheet, sheet.left(Figure), "table-figures")
    blocks += [block for block in (summary, figures) if block is not None]
    blocks += shown(sheet, "activities")
    if setting.not_documented:
        blocks.append(sheet.paragraph("not_documented_list"))
        blocks.append(sheet.listed(setting.not_documented))
    return [sheet.heading(2, "activities"), *(blocks or [sheet.paragraph("nothing")])]


def survey(sheet: Sheet) -> list[Block]:
    """Show what people answered, each percentage with its base; nothing where nobody was asked."""
    blocks = [*sheet.written("survey", 3), *shown(sheet, "survey")]
    return [sheet.heading(2, "survey"), *blocks] if blocks else []


def themes(sheet: Sheet) -> list[Block]:
    """Show what was spoken of, and the words and stories that no passage placed."""
    blocks = shown(sheet, "themes")
    for quote in sheet.left(Quote):
        sheet.place(quote)
        blocks.append(saying(quote, sheet.language))
    for story in sheet.left(Story):
        sheet.place(story)
        blocks.append(telling(story, sheet.language, sheet.audience))
    return [sheet.heading(2, "themes"), *blocks] if blocks else []


def how_counted(sheet: Sheet) -> list[Block]:
    """Tell the counting rules, what protection did, the sources, and how to take one's word back."""
    return [
        sheet.heading(2, "counting"),
        *(sheet.paragraph(f"rule.{rule}") for rule in ("acts", "people", "missing", "shares")),
        sheet.heading(3, "protection"),
        *protection(sheet),
        sheet.heading(3, "sources"),
        sources(sheet),
        sheet.heading(3, "withdrawal"),
        sheet.told(_withdrawal(sheet)),
    ]


def _withdrawal(sheet: Sheet) -> dict[str, str]:
    setting = sheet.exhibits.setting
    return setting.withdrawal or setting.method.get("withdrawal", {})


def protection(sheet: Sheet) -> list[Block]:
    """Say the verdict in words: by which rule, what was checked; never that data became anonymous."""
    verdict = sheet.exhibits.verdict
    blocks: list[Block] = [sheet.paragraph("verdict.rule", threshold=verdict.threshold)]
    if any(isinstance(item, Table) and item.measure == "people" for item in sheet.exhibits.exhibits):
        blocks.append(sheet.paragraph("verdict.hidden", n=verdict.hidden))
    if verdict.checks:
        blocks.append(sheet.told(verdict.checks))
    if verdict.decision:
        blocks.append(sheet.told(verdict.decision))
    blocks.append(sheet.paragraph("verdict.promise"))
    return blocks


def used_sources(sheet: Sheet) -> list[Source]:
    """Give the sources of what stands in this document, and those that its texts cite."""
    standing = [item for item in sheet.exhibits.exhibits if sheet.has(item) or note_of(item) in sheet.called]
    ids = {id for item in standing for id in item.evidence.sources}
    found = [s for s in sheet.exhibits.sources if s.id in ids or note_of_source(s) in sheet.called]
    return sorted(found, key=lambda source: _order(source, sheet.language))


def sources(sheet: Sheet) -> Block:
    """List the sources of this document in the words of a reader."""
    found = used_sources(sheet)
    items = tuple((Paragraph(content=source_line(source, sheet.language)),) for source in found)
    return Items(items=items) if items else sheet.paragraph("nothing")


def _order(source: Source, language: Language) -> tuple[int, list[tuple[int, str]], str]:
    """Sort by kind, references by what they are called: family names, accents and capitals left aside."""
    called = fold(short(source, language)) if source.kind == "reference" else ""
    parts = re.findall(r"\d+|[^\W\d]+", called)
    ranks = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return KINDS.index(source.kind), ranks, source.id
