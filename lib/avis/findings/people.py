"""Distinct people by code: their bands, their minors, and those who are not in a part."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pandas as pd

from avis.exhibits import Cell, Value
from avis.findings.model import Finding, Latent, Link, Ref
from avis.findings.rows import UNKNOWN, listed_value


def holds_minors(codes: frozenset[str], persons: pd.DataFrame, mode: str) -> bool:
    """Tell whether a count may hold minors: declared ones, and everybody whose age is unknown."""
    if mode != "some":
        return mode == "all"
    if "minor" not in persons.columns:
        return True
    adults = set(persons.loc[persons["minor"].map(_is_adult), "code"])
    return not codes or not codes <= adults


def _is_adult(minor: object) -> bool:
    """Only a clear no makes an adult; the register may give text or a truth value."""
    return minor is False or str(minor).strip().casefold() in ("non", "no", "false")


def by_person(
    rows: pd.DataFrame, codes: pd.DataFrame, persons: pd.DataFrame, by: str
) -> tuple[list[Value], list[Cell], list[frozenset[str]]]:
    """Count distinct people by a column of the persons table; who is not there is `unknown`."""
    counted = codes.loc[codes["at"].isin(rows.index), "code"].drop_duplicates()
    known = persons.drop_duplicates("code").set_index("code")[by] if by in persons else pd.Series(dtype=str)
    known = known.fillna("").astype(str).str.strip()
    value = counted.map(known).fillna("").replace("", UNKNOWN)
    # every band of the register is listed, so that a line's presence tells nothing
    ids = [*sorted(set(known) - {"", UNKNOWN}), UNKNOWN]
    sets = [frozenset(counted[value == id]) for id in ids]
    if counted.empty:
        return [], [], []
    return (
        [listed_value(by, id) for id in ids],
        [Cell(where=((by, id),), n=len(held)) for id, held in zip(ids, sets, strict=True)],
        sets,
    )


def with_others(finding: Finding, sets: Sequence[frozenset[str]]) -> Finding:
    """Add the counts that a reader gets by subtracting: those who are not in a part of the total.

    With two parts a reader also knows how many are in both.
    """
    parts = [cell.where for cell in finding.cells if cell.where]
    everyone = frozenset[str]().union(*sets)
    total = _ref(finding, "")
    latent, links = [], []
    for where, held in zip(parts, sets, strict=True):
        others = _ref(finding, f"not:{where[0][1]}")
        part = finding.key(where)
        latent.append(Latent(cell=others, n=len(everyone - held)))
        links.append(Link(total=total, parts=(Ref(population=part.population, where=part.where), others)))
    if len(parts) == 2:
        both = _ref(finding, "both")
        latent.append(Latent(cell=both, n=len(sets[0] & sets[1])))
        links.append(Link(total=total, parts=(both, *(item.cell for item in latent[:2]))))
    return msgspec.structs.replace(finding, latent=(*finding.latent, *latent), links=(*finding.links, *links))


def _ref(finding: Finding, value: str) -> Ref:
    where = ((finding.dimensions[0].id, value),) if value else ()
    key = finding.key(where)
    return Ref(population=key.population, where=key.where)
