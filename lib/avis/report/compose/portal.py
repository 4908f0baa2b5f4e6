"""The fields of a funder's portal: plain text to copy into each, counted against its limit."""

from __future__ import annotations

from typing import get_args

from avis.exhibits import BudgetLine, Report, ReportField, Table
from avis.i18n import Language, amount, period, pick
from avis.report import figures
from avis.report.compose import accounts, money, publics
from avis.report.compose.evidence import opened, tongue
from avis.report.compose.funded import euros, said, sentence
from avis.report.compose.plain_text import measured, pasted, plain_text
from avis.report.compose.sheet import Sheet, without_title
from avis.report.document import Block, Field, Passage
from avis.report.masked import sentence_for_hidden
from avis.setting import REPORT, ReportPart


def fields(sheet: Sheet, report: Report) -> list[Block]:
    """Give every field of the portal with its text; nothing where the funder has no portal."""
    if not report.fields:
        return []
    return [sentence(sheet, "fields.how"), *(_field(sheet, report, field) for field in report.fields)]


def _field(sheet: Sheet, report: Report, field: ReportField) -> Field:
    own = written(sheet, field.id) if field.id not in get_args(ReportPart) else []
    part = field.holds or field.id
    passages = own or written(sheet, part)
    facts = "" if own or part not in _FACTS else _FACTS[part](sheet, report)
    texts = [*(_text(passage, sheet.language) for passage in passages), facts]
    text = pasted("\n\n".join(filter(None, texts)))
    foreign = next((one.language for one in passages if one.language != sheet.language), "")
    return Field(
        id=f"field-{field.id}",
        label=sheet.pick(field.label),
        text=text,
        length=measured(text, field.measure),
        limit=field.limit,
        measure=field.measure,
        language=foreign,
        remark=sheet.say("to_translate", language=tongue(foreign, sheet.language)) if foreign else "",
    )


def written(sheet: Sheet, part: str) -> list[Passage]:
    """Give what the group wrote for a part or a field."""
    return [one for one in sheet.passages if part and one.place == f"{REPORT}:{part}"]


def _text(passage: Passage, language: Language) -> str:
    return plain_text(without_title(passage).blocks, language)


def _title(sheet: Sheet, report: Report) -> str:
    return sheet.pick(sheet.exhibits.setting.title)


def _implementation(sheet: Sheet, report: Report) -> str:
    if written(sheet, "implementation"):
        return ""
    return "\n".join(sheet.pick(text) for text in sheet.exhibits.setting.activities)


def _when(sheet: Sheet, report: Report) -> str:
    return said(sheet, "places.period", period=period(report.start, report.end, sheet.language))


def _publics(sheet: Sheet, report: Report) -> str:
    lines = [_counted(sheet, table) for table in _tables(sheet, of_people=True)]
    several = [sheet.say("never_added")] if len(lines) > 1 else []
    return "\n".join([*lines, *several])


def _objectives(sheet: Sheet, report: Report) -> str:
    return "\n".join(_counted(sheet, table) for table in _tables(sheet, of_people=False))


def _tables(sheet: Sheet, of_people: bool) -> list[Table]:
    fresh = Sheet(sheet.exhibits, (), sheet.language, sheet.audience)
    return publics.wholes(fresh, of_people)


def _counted(sheet: Sheet, table: Table) -> str:
    """Say a figure in a line: what, how many, of which kind, what was planned, why it is otherwise."""
    cell, language = table.cell(()), sheet.language
    if figures.state(cell) == "hidden":
        return opened(sentence_for_hidden(table, (), language, sheet.exhibits.verdict.threshold))
    kind = sheet.say(f"measure.{table.measure}")
    number = figures.figure(cell, language)
    shown = figures.state(cell) == "shown"
    facts = {"what": opened(sheet.pick(table.title)), "n": number, "kind": kind}
    line = said(sheet, "line.counted" if shown else "line.not_documented", **facts)
    if table.target is None:
        return line
    line = f"{line} {sheet.say('target', n=amount(table.target, 'exact', language))}"
    if cell is None or cell.n in (None, table.target):
        return line
    why = pick(table.gap, language)[0] or opened(sheet.say("gap_unexplained")) + "."
    return f"{line} {why}"


def _gaps(sheet: Sheet, report: Report) -> str:
    return "\n".join(
        said(
            sheet,
            "line.gap",
            what=sheet.pick(line.title),
            gap=money.signed(sheet, line),
            why=sheet.pick(line.explanation) or opened(sheet.say("gap_unexplained")) + ".",
        )
        for line in money.lines_of(sheet)
        if not line.in_kind and accounts.gap(line)
    )


def _in_kind(sheet: Sheet, report: Report) -> str:
    return "\n".join(_given(sheet, line) for line in money.lines_of(sheet) if line.in_kind)


def _given(sheet: Sheet, line: BudgetLine) -> str:
    facts = {"what": sheet.pick(line.title), "n": euros(line.realised, sheet)}
    return said(sheet, "line.given" if line.realised is not None else "line.not_given", **facts)


_FACTS = {
    "title": _title,
    "implementation": _implementation,
    "publics": _publics,
    "places": _when,
    "objectives": _objectives,
    "gaps": _gaps,
    "in_kind": _in_kind,
}
"""What figures and facts say of a part of the form, beside what the group wrote for it."""
