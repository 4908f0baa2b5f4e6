"""Grids that gather several exhibits: what was counted, others' figures, follow-up, budget."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from avis.exhibits import Figure, FollowUp, Measure, Table
from avis.i18n import amount, date
from avis.report import figures
from avis.report.compose.evidence import anchor, note_of
from avis.report.compose.grids import NOTHING, label, planned
from avis.report.compose.sheet import Sheet
from avis.report.document import Column, Count, Grid, Inline, RowGroup, Slot, Words

KINDS: tuple[Measure, ...] = get_args(Measure)
"""Kinds of measures in the order of tables: what was done, who came, who they are, what was made."""

LATEST = "9999"
"""Stands for a date that nobody noted, behind all others."""


def counted(sheet: Sheet, tables: list[Table], id: str, details: bool = False) -> Grid | None:
    """Print the whole of each table on a line, by kind of measure: what, how many, planned, why the gap.

    None where no table has a whole. People, engaged or met, are never added: the remark says so.
    With `details`, targets and breakdowns by one variable stand in the same line, in a slot of their own.
    """
    broken = _broken_down(tables) if details else {}
    tables = sorted(wholes(sheet, tables), key=lambda table: KINDS.index(table.measure))
    if not tables:
        return None
    targets = any(table.target is not None for table in tables)
    with_target = targets and not details
    heads = [("what", False), ("realised" if with_target else "number", True)]
    if with_target:
        heads += [("planned", True), ("gap", False)]
    detailed = details and (targets or bool(broken))
    if detailed:
        heads.append(("detail", False))
    for table in (*tables, *(table for parts in broken.values() for table in parts)):
        if not table.dimensions or details:
            sheet.place(table)
            sheet.aliases[anchor(table)] = id
    return Grid(
        id=id,
        caption=sheet.say("caption.counted"),
        columns=_columns(sheet, heads),
        rows=tuple(
            _counted_row(sheet, table, with_target) + (_detail(sheet, table, broken) if detailed else ())
            for table in tables
        ),
        groups=_kinds(sheet, tables),
        remark=_remark(sheet, tables, with_target),
    )


def _kinds(sheet: Sheet, tables: list[Table]) -> tuple[RowGroup, ...]:
    found = Counter(table.measure for table in tables)
    return tuple(RowGroup(label=sheet.say(f"kind.{kind}"), rows=n) for kind, n in found.items())


def wholes(sheet: Sheet, tables: list[Table]) -> list[Table]:
    """Keep one table for each subject: the undivided one where it exists, so that no total stands twice."""
    undivided = {t.subject for t in sheet.exhibits.exhibits if isinstance(t, Table) and not t.dimensions}
    found: dict[str, Table] = {}
    for table in tables:
        if table.cell(()) is not None and (not table.dimensions or table.subject not in undivided):
            found.setdefault(f"{table.subject} {table.measure}", table)
    return list(found.values())


def _columns(sheet: Sheet, heads: list[tuple[str, bool]]) -> tuple[Column, ...]:
    return tuple(
        Column(label=sheet.say(f"column.{key}"), align="decimal" if number else "start")
        for key, number in heads
    )


def _broken_down(tables: list[Table]) -> dict[str, list[Table]]:
    """Gather by subject the tables of one dimension that also hold their whole."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        if len(table.dimensions) == 1 and table.cell(()) is not None:
            found.setdefault(table.subject, []).append(table)
    return found


def _detail(sheet: Sheet, table: Table, broken: dict[str, list[Table]]) -> tuple[Slot, ...]:
    """Print the target and the breakdowns of a subject in one slot, each figure with its note."""
    content: list[Inline] = []
    if table.target is not None:
        content.append(Words(text=" ".join(planned(table, sheet.language)).rstrip(".")))
    for part in broken.get(table.subject, []):
        for value in part.dimensions[0].values:
            cell = part.cell(((part.dimensions[0].id, value.id),))
            name = label(value.label, sheet.language)
            before = sheet.say("separator") if content else ""
            content.append(Words(text=before + sheet.say("pair", name=name, value="")))
            content.append(Count(text=figures.figure(cell, sheet.language), note=note_of(part)))
    return (_words(*content) if content else _words(Words(text=NOTHING)),)


def _counted_row(sheet: Sheet, table: Table, with_target: bool) -> tuple[Slot, ...]:
    row = [
        _words(Words(text=label(table.title, sheet.language))),
        _called(sheet, table),
    ]
    if with_target:
        row.append(_target(sheet, table))
        row.append(_words(sheet.words(table.gap) if table.gap else Words(text=_gap(sheet, table))))
    return tuple(row)


def _gap(sheet: Sheet, table: Table) -> str:
    """Say that a gap is there without its explanation; nothing where there is none to explain."""
    cell = table.cell(())
    if table.target is None or cell is None or cell.n is None or cell.n == table.target:
        return NOTHING
    return sheet.say("gap_unexplained")


def _called(sheet: Sheet, table: Table) -> Slot:
    cell = table.cell(())
    state = figures.state(cell)
    text = figures.figure(cell, sheet.language)
    return Slot(content=(Count(text=text, note=note_of(table)),), state=state)


def _words(*content: Inline) -> Slot:
    return Slot(content=content)


def _target(sheet: Sheet, table: Table) -> Slot:
    """Print a target; a dash where none was set, which is not the same as a target that nobody noted."""
    return _number(sheet, table.target) if table.target is not None else _words(Words(text=NOTHING))


def _number(sheet: Sheet, n: int | float | None) -> Slot:
    return Slot(content=(Words(text=amount(n, "exact", sheet.language)),), state=_known(n))


def _remark(sheet: Sheet, tables: list[Table], with_target: bool) -> tuple[Inline, ...]:
    parts = []
    if with_target and any(table.target is None for table in tables):
        parts.append(sheet.say("no_target"))
    if sum(table.measure in ("people", "engaged") for table in tables) > 1:
        parts.append(sheet.say("never_added"))
    if any(table.measure == "attendances" for table in tables):
        parts.append(sheet.say("attendances_mean"))
    return (Words(text=" ".join(parts)),) if parts else ()


def others_figures(sheet: Sheet, items: list[Figure], id: str) -> Grid | None:
    """Print figures that others published, each with its qualifier and its note; none without any."""
    items = [item for item in items if not already_counted(sheet, item)]
    if not items:
        return None
    rows = []
    for item in items:
        sheet.place(item)
        sheet.aliases[anchor(item)] = id
        text = amount(item.n, item.qualifier, sheet.language, item.high)
        count = Slot(content=(Count(text=text, note=note_of(item)),), state=_known(item.n))
        rows.append((_words(Words(text=label(item.title, sheet.language))), count))
    heads = [("what", False), ("number", True)]
    caption = sheet.say("caption.figures")
    return Grid(id=id, caption=caption, columns=_columns(sheet, heads), rows=tuple(rows))


def already_counted(sheet: Sheet, item: Figure) -> bool:
    """Tell whether an indicator was made from this very figure: it stands there already.

    One page may publish many figures, so a shared page is not enough: the source must be the
    figure's own (`…:id`), or the titles must be the same.
    """
    for table in sheet.exhibits.exhibits:
        if not isinstance(table, Table) or (cell := table.cell(())) is None:
            continue
        shared = set(item.evidence.sources) & set(table.evidence.sources)
        own = any(source.replace(":", "/").split("/")[-1] == item.id for source in shared)
        same = (cell.n, cell.qualifier, cell.high) == (item.n, item.qualifier, item.high)
        if same and (own or (shared and table.title == item.title)):
            return True
    return False


def follow_up(sheet: Sheet, items: list[FollowUp], id: str) -> Grid | None:
    """Print what became of earlier recommendations, the addressee's words unaltered; none without any."""
    if not items:
        return None
    heads = [("recommendation", False), ("addressee", False), ("asked_on", False), ("due_on", False)]
    heads += [("answer", False), ("words", False)]
    rows = tuple(
        _follow_up_row(sheet, item) for item in sorted(items, key=lambda item: item.asked_on or LATEST)
    )
    return Grid(
        id=id,
        caption=sheet.say("caption.follow_up"),
        columns=_columns(sheet, heads),
        rows=rows,
        remark=(Words(text=sheet.say("order.asked_on")),) if len(rows) > 1 else (),
    )


def _follow_up_row(sheet: Sheet, item: FollowUp) -> tuple[Slot, ...]:
    sheet.place(item)
    answer = Count(text=sheet.say(f"answer.{item.answer}"), note=note_of(item))
    return (
        _words(sheet.words(item.recommendation)),
        _words(sheet.words(item.addressee)),
        _words(Words(text=_day(sheet, item.asked_on))),
        _words(Words(text=_day(sheet, item.due_on))),
        _words(answer),
        _words(_quoted(sheet, item) if item.words else Words(text=NOTHING)),
    )


def _quoted(sheet: Sheet, item: FollowUp) -> Words:
    found = sheet.words(item.words)
    return Words(text=sheet.say("quoted", text=found.text), language=found.language)


def _day(sheet: Sheet, iso: str) -> str:
    return date(iso, sheet.language) if iso else sheet.say("nothing_short")


def _known(n: int | float | None) -> figures.State:
    return "shown" if n is not None else "not_documented"
