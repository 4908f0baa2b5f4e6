"""The money of a report, in the order of the form: expenses, income, what was given in kind, the gaps."""

from __future__ import annotations

from itertools import chain

from avis.exhibits import BudgetLine, Report
from avis.report.compose import accounts
from avis.report.compose.accounts import Group, Side, Sum
from avis.report.compose.evidence import note_of
from avis.report.compose.funded import euros, percentage, said, sentence, slot, sum_slot
from avis.report.compose.grids import label
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Column, Count, Facts, Grid, Inline, RowGroup, Slot, Words

MARK = "a"
Row = tuple[Slot, ...]


def lines_of(sheet: Sheet) -> tuple[BudgetLine, ...]:
    """Give every line of the money table."""
    return tuple(item for item in sheet.exhibits.exhibits if isinstance(item, BudgetLine))


def table(sheet: Sheet, report: Report) -> list[Block]:
    """Print both sides, planned and realised, with their totals; then what is to be known of them."""
    lines = lines_of(sheet)
    if not lines:
        return [sentence(sheet, "money.none")]
    expenses, income = accounts.side(lines, "expense"), accounts.side(lines, "income")
    blocks: list[Block] = []
    for name, found in (("expense", expenses), ("income", income)):
        grid = _grid(sheet, name, found)
        blocks.append(grid or sentence(sheet, f"money.no_{name}"))
    blocks.append(Facts(items=_balance(sheet, report, expenses, income)))
    return blocks


def everything(sheet: Sheet) -> list[Block]:
    """Print every line where it belongs, for whoever needs no form: both sides, the gaps, what was given."""
    lines = lines_of(sheet)
    if not lines:
        return [sheet.paragraph("nothing")]
    sides = [_grid(sheet, "expense", accounts.side(lines, "expense"))]
    sides.append(_grid(sheet, "income", accounts.side(lines, "income")))
    return [*(grid for grid in sides if grid is not None), *gaps(sheet), *in_kind(sheet)]


def in_kind(sheet: Sheet) -> list[Block]:
    """Print what was given and how it was used: it is no money, and stands apart."""
    lines = lines_of(sheet)
    used, given = (
        accounts.side(lines, "expense", in_kind=True),
        accounts.side(lines, "income", in_kind=True),
    )
    grids = [_grid(sheet, name, found) for name, found in (("used", used), ("given", given))]
    blocks: list[Block] = [grid for grid in grids if grid is not None]
    if used.groups and given.groups:
        left = accounts.difference(used, given, "realised")
        key = "unknown" if left is None else "balanced" if left == 0 else "unbalanced"
        blocks.append(sentence(sheet, f"in_kind.{key}", n=euros(abs(left or 0), sheet)))
    return blocks


def _grid(sheet: Sheet, name: str, found: Side) -> Grid | None:
    if not found.groups:
        return None
    told = any(group.id for group in found.groups)
    parts = [_group(sheet, group, told) for group in found.groups]
    whole = _row(
        sheet, said(sheet, f"money.total.{name}"), found.total("planned"), found.total("realised"), total=True
    )
    rows = (*chain.from_iterable(parts), whole)
    marked = any(one.mark for row in rows for one in row)
    missing = Words(text=said(sheet, "money.incomplete"))
    return Grid(
        id=f"table-money-{name}",
        caption=said(sheet, f"money.caption.{name}"),
        columns=_columns(sheet),
        rows=rows,
        groups=tuple(
            RowGroup(label=_named(sheet, group), rows=len(part))
            for group, part in zip(found.groups, parts, strict=True)
            if told
        ),
        remark=(Words(text=said(sheet, "money.of_planned")),),
        marks=((MARK, (missing,)),) if marked else (),
    )


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    unit = said(sheet, "money.euros")
    return (
        Column(label=sheet.say("column.line")),
        Column(label=sheet.say("column.planned"), align="decimal", unit=unit),
        Column(label=sheet.say("column.realised"), align="decimal", unit=unit),
        Column(label=said(sheet, "money.percent"), align="end"),
    )


def _named(sheet: Sheet, group: Group) -> str:
    """Name an account as the form does; its number alone where the form has no name for it."""
    try:
        name = said(sheet, f"account.{group.id or 'none'}")
    except KeyError:
        return group.id
    return f"{group.id} · {name}" if group.id.isdecimal() else name


def _group(sheet: Sheet, group: Group, told: bool) -> list[Row]:
    rows = [_line(sheet, line) for line in group.lines]
    if told and len(rows) > 1:
        # No number in its name: beside its amounts it would look like one that belongs to somebody.
        name = said(sheet, "money.total.of_group")
        planned, realised = (accounts.total(group.lines, moment) for moment in accounts.MOMENTS)
        rows.append(_row(sheet, name, planned, realised))
    return rows


def _line(sheet: Sheet, line: BudgetLine) -> Row:
    sheet.place(line)
    figure = Count(text=euros(line.realised, sheet), note=note_of(line))
    return (
        slot(label(line.title, sheet.language)),
        sum_slot(Words(text=euros(line.planned, sheet)), line.planned is not None),
        sum_slot(figure, line.realised is not None),
        slot(percentage(accounts.share(line.realised, line.planned), sheet)),
    )


def _row(sheet: Sheet, name: str, planned: Sum, realised: Sum, total: bool = False) -> Row:
    return (
        slot(name, total=total),
        _sum(sheet, planned, total),
        _sum(sheet, realised, total),
        slot(percentage(accounts.share(realised.whole, planned.whole), sheet), total=total),
    )


def _sum(sheet: Sheet, found: Sum, total: bool) -> Slot:
    """Print a sum; where a line has no amount, what is known of it, under a sign that says so."""
    if found.missing == found.lines:
        return slot(euros(None, sheet), "not_documented", total)
    return slot(euros(found.known, sheet), "shown", total, MARK if found.missing else "")


def _balance(
    sheet: Sheet, report: Report, expenses: Side, income: Side
) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    """Say whether each column balances, and what part of the income the grant is."""
    told: list[tuple[str, str]] = []
    for moment in accounts.MOMENTS:
        words = said(sheet, "balance.unknown")
        left = accounts.difference(expenses, income, moment)
        if left is not None:
            key = "even" if left == 0 else "over" if left > 0 else "short"
            words = said(sheet, f"balance.{moment}.{key}", n=euros(abs(left), sheet))
        told.append((said(sheet, f"balance.{moment}.term"), words))
    told.append((said(sheet, "grant.term"), _grant(sheet, report, income)))
    return tuple((term, (Words(text=words),)) for term, words in told)


def _grant(sheet: Sheet, report: Report, income: Side) -> str:
    if report.amount is None:
        return sheet.say("nothing_short")
    part = accounts.share(report.amount, income.total("realised").whole)
    if part is None:
        return said(sheet, "grant.alone", n=euros(report.amount, sheet))
    return said(sheet, "grant.of", n=euros(report.amount, sheet), share=percentage(part, sheet))


def gaps(sheet: Sheet) -> list[Block]:
    """Print each line that went another way than planned, and why; "not explained" where nobody said.

    What somebody explained stands here too where a missing amount leaves the gap unknown.
    """
    money = (line for line in lines_of(sheet) if not line.in_kind)
    rows = tuple(_gap(sheet, line) for line in money if accounts.gap(line) or line.explanation)
    if not rows:
        return []
    unit = said(sheet, "money.euros")
    columns = (
        Column(label=sheet.say("column.line")),
        Column(label=said(sheet, "money.gap"), align="decimal", unit=unit),
        Column(label=said(sheet, "money.why")),
    )
    return [
        Grid(id="table-money-gaps", caption=said(sheet, "money.caption.gaps"), columns=columns, rows=rows)
    ]


def _gap(sheet: Sheet, line: BudgetLine) -> Row:
    why = sheet.words(line.explanation) if line.explanation else Words(text=sheet.say("gap_unexplained"))
    return (
        slot(label(line.title, sheet.language)),
        slot(signed(sheet, line), "shown" if accounts.gap(line) is not None else "not_documented"),
        Slot(content=(why,)),
    )


def signed(sheet: Sheet, line: BudgetLine) -> str:
    """Write how far a line went from its plan, with its sign; "not documented" where nobody can tell."""
    left = accounts.gap(line)
    return f"{'+' if left and left > 0 else ''}{euros(left, sheet)}"
