"""Whom a project reached, by kind, by sex and age, year by year; people never added."""

from __future__ import annotations

from msgspec.structs import replace

from avis.exhibits import Table
from avis.report.compose import evidence_parts, summaries
from avis.report.compose.evidence import note_of
from avis.report.compose.funded import said, sentence
from avis.report.compose.grids import grid, label
from avis.report.compose.grids import slot as figure
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Column, Count, Grid, RowGroup, Slot, Words

OF_PEOPLE = ("people", "engaged")
BANDS = {"sex", "age_band"}
KINDS = {*BANDS, "role", "type"}
PLACES = {"place", "area"}


def counted(sheet: Sheet) -> list[Table]:
    """Give the tables of activities that have no place yet: no survey, no theme, no meeting of the group."""
    return [table for table in sheet.left(Table) if evidence_parts.part_of(table, sheet) == "activities"]


def wholes(sheet: Sheet, of_people: bool) -> list[Table]:
    """Give what was counted as a whole: people of each kind, or everything else."""
    return [
        table
        for table in counted(sheet)
        if not table.dimensions and (table.measure in OF_PEOPLE) == of_people
    ]


def publics(sheet: Sheet, crossed: bool) -> list[Block]:
    """Print people by kind and number, then each kind by age, by sex, by both.

    Where a funder asks for both together and no indicator crosses them, that is said.
    """
    kinds = summaries.counted(sheet, wholes(sheet, of_people=True), "table-publics")
    blocks: list[Block] = [sentence(sheet, "publics.none")]
    if kinds:
        blocks = [replace(kinds, caption=said(sheet, "publics.caption"))]
    tables = [table for table in counted(sheet) if _parted(table)]
    for table in sorted(tables, key=lambda table: len(table.dimensions)):
        sheet.place(table)
        blocks.append(grid(table, sheet.language))
    if crossed and not any(_names(table) == BANDS for table in sheet.exhibits.exhibits):
        blocks.append(sentence(sheet, "publics.not_crossed"))
    return blocks


def _names(item: object) -> set[str]:
    return {dimension.id for dimension in item.dimensions} if isinstance(item, Table) else set()


def _parted(table: Table) -> bool:
    return table.measure in OF_PEOPLE and bool(_names(table)) and _names(table) <= KINDS


def places(sheet: Sheet) -> list[Block]:
    """Print what was counted by place, where the evaluation chose to; places stay general."""
    blocks: list[Block] = []
    for table in counted(sheet):
        if _names(table) & PLACES:
            sheet.place(table)
            blocks.append(grid(table, sheet.language))
    return blocks


def indicators(sheet: Sheet) -> list[Block]:
    """Print what was done against what was planned, then year by year."""
    done = summaries.counted(sheet, wholes(sheet, of_people=False), "table-indicators")
    blocks: list[Block] = [sheet.paragraph("no_figure")]
    if done:
        blocks = [replace(done, caption=said(sheet, "indicators.caption"))]
    years = _by_year(sheet)
    return [*blocks, years] if years else blocks


def _by_year(sheet: Sheet) -> Grid | None:
    """Lay all that was counted by year side by side; none where nothing was."""
    tables = [table for table in counted(sheet) if [one.id for one in table.dimensions] == ["year"]]
    years = {value.id: value for table in tables for value in table.dimensions[0].values}
    if not tables:
        return None
    kinds = sorted({table.measure for table in tables}, key=lambda kind: (kind in OF_PEOPLE, kind))
    for table in tables:
        sheet.place(table)
    ids = sorted(years)
    remark = said(sheet, "years.people") if set(kinds) & set(OF_PEOPLE) else ""
    return Grid(
        id="table-years",
        caption=said(sheet, "years.caption"),
        columns=(
            Column(label=sheet.say("column.what")),
            *(Column(label=label(years[id].label, sheet.language), align="decimal") for id in ids),
        ),
        rows=tuple(
            _year_row(sheet, table, ids) for kind in kinds for table in tables if table.measure == kind
        ),
        groups=tuple(
            RowGroup(
                label=sheet.say(f"kind.{kind}"),
                rows=sum(table.measure == kind for table in tables),
            )
            for kind in kinds
        ),
        remark=(Words(text=remark),) if remark else (),
    )


def _year_row(sheet: Sheet, table: Table, years: list[str]) -> tuple[Slot, ...]:
    whole = [one for one in sheet.exhibits.tables(table.subject) if not one.dimensions]
    name = label((whole or [table])[0].title, sheet.language)
    return (Slot(content=(Words(text=name),)), *(_year(sheet, table, year) for year in years))


def _year(sheet: Sheet, table: Table, year: str) -> Slot:
    found = figure(table, (("year", year),), sheet.language)
    if found.state != "shown":
        return found
    (words,) = found.content
    assert isinstance(words, Words)
    return Slot(content=(Count(text=words.text, note=note_of(table)),), state="shown")
