"""The fiche projet: one page a project, from public facts."""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import Audience, Exhibits, Figure, Table
from avis.i18n import Language, Text, date, say
from avis.report.compose import evidence_parts, summaries
from avis.report.compose.evidence import opened, short
from avis.report.compose.sheet import Sheet, bind, public_origin
from avis.report.compose.timeline import timeline_of_works
from avis.report.document import Block, Document, Facts, Inline, Items, Paragraph, Words
from avis.setting import RecordKind

MOST_NAMED = 3
"""Productions that are named one by one; of more, their number says enough on one page."""


def compose_fiche(
    exhibits: Exhibits, language: Language, audience: Audience, *, draft: bool = True
) -> Document:
    """Compose the project sheet: objectives, what was done and published, figures, funders, and gaps.

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
        *_published(sheet),
        *timeline_of_works(sheet),
        *_figures(sheet),
        *_other_kinds(sheet),
        sheet.heading(2, "not-documented"),
        missing,
        *_origin(sheet),
    )
    return _dated(sheet, bind(sheet, "fiche", blocks, draft))


def _dated(sheet: Sheet, document: Document) -> Document:
    """Say that a page tells no period, where all that is known is the month in which it was read."""
    setting, public = sheet.exhibits.setting, sheet.exhibits.setting.public_source
    if public is None or not setting.start == setting.end == public.consulted_on:
        return document
    return replace(document, period=_say(sheet, "period_unknown", month=date(setting.end, sheet.language)))


def _say(sheet: Sheet, key: str, **facts: object) -> str:
    return say(f"report.fiche.{key}", sheet.language, **facts)


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


def _published(sheet: Sheet) -> list[Block]:
    """Name what was published, and say who asked for it, on which occasion, when."""
    named = tuple((sheet.told(name),) for name in _productions(sheet))
    asked = _asked(sheet)
    if not named and not asked:
        return []
    title = _say(sheet, "published" if named else "request")
    blocks: list[Block] = [Items(items=named)] if named else []
    return [sheet.heading(2, "published", title), *blocks, *([Facts(items=asked)] if asked else [])]


def _productions(sheet: Sheet) -> list[Text]:
    """Give the names of what was made, in one order; of a long series none."""
    tables = [item for item in sheet.exhibits.exhibits if isinstance(item, Table) and item.items]
    short_ones = [table for table in tables if len(table.items) <= MOST_NAMED]
    return [name for table in short_ones for _, name in table.items if name]


def _asked(sheet: Sheet) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    """Tell the request; a public page often says for whom a paper was made and not who asked."""
    request, public = sheet.exhibits.setting.request, sheet.exhibits.setting.public_source
    if request is None:
        return ()
    unknown = Words(text=sheet.say("nothing_short"))
    when = Words(text=date(request.date, sheet.language)) if request.date else unknown
    told: list[tuple[str, Inline]] = [
        ("for_whom" if public else "asked_by", sheet.words(request.by)),
        ("occasion", sheet.words(request.occasion)),
    ]
    if request.date or not public:
        told.append(("asked_on", when))
    if not request.questions:
        told.append(("questions", unknown))
    return tuple((_say(sheet, key), (words,)) for key, words in told)


def _other_kinds(sheet: Sheet) -> list[Block]:
    """Say what else can be counted, by how it adds up; what stands among the figures is not repeated."""
    counted = {item.subject for item in sheet.exhibits.exhibits if isinstance(item, Table)}
    left = [kind for kind in sheet.exhibits.setting.records if kind.id not in counted]
    lines = [_kinds_of(sheet, measure, left) for measure in dict.fromkeys(kind.measure for kind in left)]
    if not lines:
        return []
    key = "kinds_also" if counted else "kinds_alone"
    said = Words(text=_say(sheet, key))
    if len(lines) == 1:
        return [Paragraph(content=(said, Words(text=" "), *lines[0]))]
    return [Paragraph(content=(said,)), Items(items=tuple((Paragraph(content=line),) for line in lines))]


def _kinds_of(sheet: Sheet, measure: str, kinds: list[RecordKind]) -> tuple[Inline, ...]:
    """Write on one line what adds up in one way: "entretiens ; formations (actes)"."""
    content: list[Inline] = []
    for kind in kinds:
        if kind.measure == measure:
            between = [Words(text=sheet.say("separator"))] if content else []
            content += [*between, sheet.words(kind.label), *_often(sheet, kind.frequency)]
    return (*content, Words(text=_say(sheet, "measured", measure=sheet.say(f"measure.{measure}"))))


def _often(sheet: Sheet, frequency: Text) -> list[Inline]:
    return [Words(text=", "), sheet.words(frequency)] if frequency else []


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
