"""A figure in words: with its qualifier, its base, and what it is when it is not there."""

from __future__ import annotations

from typing import Literal

from avis.exhibits import Cell, Table, Where
from avis.i18n import Language, amount, number, percent, say

FEW = 30
"""Below this base a percentage says more than it knows; "12 of 17" is written instead."""

State = Literal["shown", "hidden", "not_documented", "not_asked"]


def state(cell: Cell | None) -> State:
    """Tell what became of a figure; a place that the table does not have was not counted."""
    if cell is None or (cell.status == "shown" and cell.n is None):
        return "not_documented"
    return cell.status


def decimals(table: Table) -> int:
    """Give how many decimals the figures of a table have, the same for all; hidden ones have no say."""
    shown = [
        n for cell in table.cells if cell.status == "shown" for n in (cell.n, cell.high) if n is not None
    ]
    if all(float(n).is_integer() for n in shown):
        return 0
    return 2 if table.measure == "money" else 1


def figure(cell: Cell | None, language: Language, decimals: int | None = None) -> str:
    """Write a figure, or the word that stands for it.

    >>> [figure(cell, "en") for cell in (Cell(n=12000, qualifier="about"), Cell(status="hidden"), None)]
    ['about 12,000', 'suppressed', 'not documented']
    """
    what = state(cell)
    if what == "hidden":
        return say("common.hidden", language)
    if what == "not_asked":
        return say("report.compose.not_asked", language)
    if cell is None or what == "not_documented":
        return say("common.not_documented", language)
    return amount(cell.n, cell.qualifier, language, cell.high, decimals)


def base_cell(table: Table, where: Where = ()) -> Cell | None:
    """Give the figure that the share at a place is taken of, none where it is not shown.

    The pairs of the table's base replace those of the cell: in a crossed table, the base is that of
    the same row or column.
    """
    if table.base is None:
        return None
    place = tuple(sorted((dict(where) | dict(table.base)).items())) if table.base else ()
    cell = table.cell(place)
    return cell if cell is not None and cell.status == "shown" else None


def base(table: Table, where: Where = ()) -> int | float | None:
    """Give the number that the share at a place is taken of, none where it is not shown."""
    cell = base_cell(table, where)
    return None if cell is None else cell.n


def share(table: Table, cell: Cell, language: Language) -> str:
    """Write a share as a percentage, or "12 of 17" where few answered; empty where there is none."""
    whole = base(table, cell.where)
    if cell.status != "shown" or cell.share is None:
        return ""
    if whole is None or whole >= FEW or cell.n is None:
        return percent(cell.share, language)
    n, of = amount(cell.n, "exact", language), amount(whole, "exact", language)
    return say("report.compose.of", language, n=n, base=of)


def told_length(length: int, limit: int, measure: str, language: Language) -> str:
    """Say how long a text is beside the longest that a form takes.

    >>> told_length(34, 30, "words", "en"), told_length(34, 0, "characters", "en")
    ('Too long: 34 words for 30 at the most, 4 too many.', '34 characters; the portal tells no limit.')
    """
    told = say(f"report.field.{measure}", language, n=length)
    key = "none" if not limit else "beyond" if length > limit else "within"
    most, over = number(limit, language), number(length - limit, language)
    return say(f"report.field.limit.{key}", language, length=told, limit=most, over=over)
