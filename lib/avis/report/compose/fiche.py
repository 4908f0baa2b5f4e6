"""The fiche projet: one page a project, from public facts."""

from __future__ import annotations

from avis.exhibits import Audience, Exhibits, Figure, Table
from avis.i18n import Language, Text
from avis.report.compose import evidence_parts, summaries
from avis.report.compose.evidence import opened, short
from avis.report.compose.sheet import Sheet, bind, public_origin
from avis.report.document import Block, Document, Facts, Inline, Paragraph, Words


def compose_fiche(
    exhibits: Exhibits, language: Language, audience: Audience, *, draft: bool = True
) -> Document:
    """Compose the project sheet: objectives, what was done, figures, partners, funders, and gaps.

    Only figures and facts: no quote, no statement, no budget. Raises TXT-027 as `compose_avis` does.
    """
    sheet = Sheet(exhibits, (), language, audience)
    setting = exhibits.setting
    missing = (
        sheet.listed(setting.not_documented) if setting.not_documented else sheet.paragraph("nothing_missing")
    )
    blocks = (
        Facts(items=_facts(sheet)),
        sheet.heading(2, "objectives"),
        sheet.listed(setting.objectives),
        sheet.heading(2, "done"),
        sheet.listed(setting.activities),
        *_figures(sheet),
        sheet.heading(2, "not-documented"),
        missing,
        *_origin(sheet),
    )
    return bind(sheet, "fiche", blocks, draft)


def _facts(sheet: Sheet) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    setting = sheet.exhibits.setting
    return (
        (sheet.say("fact.status"), (Words(text=sheet.say(f"status.{setting.status}")),)),
        (sheet.say("part.partners"), _named(sheet, setting.partners)),
        (sheet.say("part.funders"), _named(sheet, setting.funders)),
    )


def _named(sheet: Sheet, texts: tuple[Text, ...]) -> tuple[Inline, ...]:
    """Name several on one line, each in the language that it has."""
    if not texts:
        return (Words(text=sheet.say("nothing_short")),)
    named: list[Inline] = []
    for text in texts:
        named += [Words(text=sheet.say("separator")), sheet.words(text)]
    return tuple(named[1:])


def _figures(sheet: Sheet) -> list[Block]:
    """Print the figures, each with its kind; people never added."""
    tables = [table for table in sheet.left(Table) if evidence_parts.part_of(table, sheet) == "activities"]
    summary = summaries.counted(sheet, tables, "table-counted", details=True)
    others = summaries.others_figures(sheet, sheet.left(Figure), "table-figures")
    blocks: list[Block] = [block for block in (summary, others) if block is not None]
    sheet.skip_drawn()
    blocks += evidence_parts.shown(sheet, "activities")
    return [sheet.heading(2, "figures"), *(blocks or [sheet.paragraph("no_figure")])]


def _origin(sheet: Sheet) -> list[Block]:
    """Say where the facts come from: the public page, or the sources in one line; the notes hold the rest."""
    told = public_origin(sheet)
    if not told:
        used = evidence_parts.used_sources(sheet)
        named = list(dict.fromkeys(opened(short(source, sheet.language)) for source in used))
        line = sheet.say("separator").join(named)
        told = [Paragraph(content=(Words(text=f"{line}."),)) if line else sheet.paragraph("nothing")]
    return [sheet.heading(2, "origin"), *told]
