"""Distinct people by code: their bands, their minors, and those who are not in a part."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from avis.exhibits import Cell, Value
from avis.findings.model import Finding, Latent, Link, changed, ref_of
from avis.findings.overlaps import overlap_of, tie_overlap
from avis.findings.rows import UNKNOWN, first_spellings, listed_value
from avis.spelling import folded


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
    labels = first_spellings(known)
    value = counted.map(folded(known)).astype("object").fillna("").replace("", UNKNOWN)
    # every band of the register is listed, so that a line's presence tells nothing
    ids = [*sorted(set(labels) - {"", UNKNOWN}), UNKNOWN]
    sets = [frozenset(counted[value == id]) for id in ids]
    if counted.empty:
        return [], [], []
    return (
        [listed_value(by, id, labels.get(id, id)) for id in ids],
        [Cell(where=((by, id),), n=len(held)) for id, held in zip(ids, sets, strict=True)],
        sets,
    )


def with_others(finding: Finding, sets: Sequence[frozenset[str]]) -> Finding:
    """Add the counts that a reader gets by subtracting: those who are not in a part of the total.

    And those who stand in several parts, however many parts there are (see `overlaps`). `sets` holds the
    codes of each part after the total; declared numbers have none.
    """
    if finding.cells[0].n is None:
        return finding
    parts = [
        (cell.where, held)
        for cell, held in zip(finding.cells[1:], sets, strict=True)
        if cell.n is not None and cell.where
    ]
    total = ref_of(finding, ())
    latent, links = [], []
    for where, _ in parts:
        others = ref_of(finding, ((finding.dimensions[0].id, f"not:{where[0][1]}"),))
        latent.append(Latent(cell=others, n=finding.n(()) - finding.n(where)))
        links.append(Link(total=total, parts=(ref_of(finding, where), others)))
    busy = [(where, held) for where, held in parts if held]
    more = tie_overlap(
        total,
        [ref_of(finding, where) for where, _ in busy],
        overlap_of([held for _, held in busy]),
        finding.dimensions[0].id,
    )
    return changed(
        finding, latent=(*finding.latent, *latent, *more[1]), links=(*finding.links, *links, *more[0])
    )
