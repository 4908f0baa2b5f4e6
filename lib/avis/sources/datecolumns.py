"""Times in columns of their own: « mois », « trimestre », « année », alone or a year beside a month."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import pandas as pd

from avis.descriptors import Descriptor
from avis.sources.declared import Part
from avis.spelling import header_key

YEARS = ("annee", "year", "an", "exercice", "saison", "season", "annee_scolaire", "school_year")
PARTS = ("mois", "month", "trimestre", "quarter", "semestre", "semester", "periode", "period")
"""Headers, as `header_key` writes them, of columns that hold a year and of those that hold a part of one."""
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def dated(part: Part, descriptor: Descriptor) -> tuple[Part, Descriptor]:
    """Let such columns stand for the date of a sheet that has none; the descriptor takes their header.

    Where a column of years stands beside, each time without a year takes its row's.
    """
    known = {header_key(word) for field in descriptor.read if field.reads == "span" for word in field.words}
    frame = part.sheet.frame
    names = {header_key(str(name)): str(name) for name in frame.columns}
    year = next((names[key] for key in YEARS if key in names), "")
    within = next((names[key] for key in PARTS if key in names), "")
    header = " + ".join(filter(None, (within, year)))
    if not header or not known.isdisjoint(names):
        return part, descriptor
    times = _times(frame[within], header_key(within)) if within else frame[year]
    if within and year:
        times = _in_years(times, frame[year])
    frame = frame.drop(columns=[name for name in (within, year) if name]).assign(**{header: times})
    return replace(part, sheet=replace(part.sheet, frame=frame)), _also(descriptor, header)


def _times(cells: pd.Series[str], kind: str) -> pd.Series[str]:
    """Write numbers of months, quarters and semesters as words: « 3 » under « mois » is mars."""
    return cells.map({cell: _named(cell.strip(), kind) for cell in cells.unique()}).astype("str")


def _named(cell: str, kind: str) -> str:
    number = int(cell) if re.fullmatch(r"0?[1-9]|1[0-2]", cell) else 0
    if not number or kind in ("periode", "period"):
        return cell
    if kind in ("mois", "month"):
        return _MONTHS[number - 1]
    return f"{'S' if kind.startswith('sem') else 'T'}{number}"


def _in_years(times: pd.Series[str], years: pd.Series[str]) -> pd.Series[str]:
    bare = ~times.str.contains(r"\d{4}") & (years.str.strip() != "")
    return times.mask(bare, (times + " " + years).str.strip())


def _also(descriptor: Descriptor, header: str) -> Descriptor:
    fields = tuple(
        msgspec.structs.replace(field, aliases=(*field.aliases, header)) if field.name == "date" else field
        for field in descriptor.fields
    )
    return msgspec.structs.replace(descriptor, fields=fields)
