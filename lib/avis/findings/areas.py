"""Places inside a larger one (Paris in Île-de-France), as `labels: place: … in:` of `evaluation.yaml` says.

`by: [place, area]` shows both levels; whoever reads one reads the other: an area is all that came to pass in
its places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from avis.errors import Place, Problems
from avis.findings.model import Finding, changed
from avis.findings.ties import Held, tie_inside
from avis.settings import Label
from avis.sources.labels import run_together
from avis.spelling import fold, suggest

Labels = Mapping[str, Mapping[str, Label]]


def area_of(labels: Labels, problems: Problems | None = None) -> dict[str, str]:
    """Give for each place, as findings know it, the area that it lies in. Error: FIN-043 an unknown area.

    >>> area_of({"place": {"paris": Label(within="idf"), "idf": Label()}})
    {'paris': 'idf'}
    """
    places = labels.get("place", {})
    known = {run_together(id): id for id in places}
    found = {}
    for id, label in places.items():
        if label.within and run_together(label.within) in known:
            found[fold(id)] = known[run_together(label.within)]
        elif label.within and problems is not None:
            where = Place("evaluation.yaml", field=f"labels.place.{id}.in")
            problems.add("FIN-043", where, asked=label.within, **suggest(label.within, places))
    return found


def with_areas(rows: pd.DataFrame, areas: Mapping[str, str]) -> pd.DataFrame:
    """Add to the log the area of each row: that of its place, or its place where it lies in no other."""
    written = rows["place"].fillna("").astype(str)
    return rows.assign(area=written.map({text: areas.get(fold(text), text) for text in written.unique()}))


def tie_areas(parts: Sequence[Finding], areas: Mapping[str, str], held: Held) -> list[Finding]:
    """Tie the places of what is protected to the areas that hold them."""
    by = {finding.dimensions[0].id: finding for finding in parts if finding.protect}
    if not {"place", "area"} <= by.keys():
        return list(parts)
    coarser, finer = by["area"], by["place"]
    inside = {
        outer.where: [
            inner.where
            for inner in finer.cells
            if inner.where and inner.n is not None and _area(inner.where[0][1], areas) == outer.where[0][1]
        ]
        for outer in coarser.cells
        if outer.where and outer.n is not None
    }
    links, latent = tie_inside(coarser, finer, inside, held)
    tied = changed(finer, links=finer.links + links, latent=finer.latent + latent)
    return [tied if finding is finer else finding for finding in parts]


def _area(place: str, areas: Mapping[str, str]) -> str:
    return fold(areas.get(place, place))
