"""The header of a count table: which column is the count, the population, a percentage, a dimension."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from avis.errors import Place, Problems
from avis.spelling import fold

TOTALS = frozenset(
    {"total", "totaux", "totals", "grand total", "total general", "totale", "totali", "totales", "totaal"}
    | {
        "totalt",
        "totalsumme",
        "gesamt",
        "insgesamt",
        "gesamtsumme",
        "gesamttotal",
        "toplam",
        "razem",
        "ogolem",
    }
    | {"yhteensa", "celkem", "osszesen", "i alt", "итого", "всего", "合計", "总计", "المجموع"}
)
"""What marks a margin, plain: case, accents and punctuation make no difference."""

SOFT_TOTALS = frozenset(
    {"ensemble", "tous", "toutes", "tout", "all", "overall", "somme", "sum", "t", "tot", "σ", "∑", "summe"}
    | {"suma", "soma", "somma", "alle", "allen", "todos", "todas", "tutti", "tutte", "everyone", "everybody"}
    | {"sous total", "sous totaux", "subtotal", "sub total", "subtotals", "zwischensumme", "cumul", "tt"}
)
"""Words that mark a margin in some tables and are a value in others (« vivre ensemble »): counts decide."""

ROLES = {
    "n": "n",
    "population": "population",
    "percent": "percent",
    "pourcent": "percent",
    "pourcentage": "percent",
    "%": "percent",
    "percent_of": "percent_of",
    "pourcent_de": "percent_of",
    "minors": "minors",
    "mineurs": "minors",
}
KNOWN_ROLES = {
    "low": "low",
    "high": "high",
    "min": "low",
    "max": "high",
    "about": "about",
    "environ": "about",
}
"""More columns of the file of what the public knows."""


@dataclass(frozen=True)
class Columns:
    """Where each role stands (columns from 0), and the dimensions by their folded names."""

    roles: dict[str, int]
    dimensions: dict[str, int]
    printed: dict[str, str]


def read_header(
    names: Sequence[str], place: Place, problems: Problems, known: bool = False
) -> Columns | None:
    """Give every column its role; every other named column is a dimension.

    Errors: LIN-001 no column `n`, LIN-002 two columns of one name.
    """
    admitted = ROLES | KNOWN_ROLES if known else ROLES
    folded = [fold(name) for name in names]
    before = len(problems.errors)
    for name, times in Counter(name for name in folded if name).items():
        if times > 1:
            problems.add(
                "LIN-002", Place(place.file, place.sheet, place.line), column=names[folded.index(name)]
            )
    roles: dict[str, int] = {}
    for at, name in enumerate(folded):
        if name in admitted and roles.setdefault(admitted[name], at) != at:
            problems.add("LIN-002", place, column=names[at])
    if "n" not in roles and not (known and roles.keys() & {"low", "high", "about"}):
        problems.add("LIN-001", place)
    if len(problems.errors) > before:
        return None
    dimensions = {name: at for at, name in enumerate(folded) if name and at not in roles.values()}
    return Columns(roles, dimensions, {name: names[at].strip() for name, at in dimensions.items()})


def is_total(value: str) -> bool:
    """Tell whether a value marks a margin.

    >>> is_total("TOTAL"), is_total(" total* "), is_total("Gesamt"), is_total("Ensemble")
    (True, True, True, False)
    """
    return plain(value) in TOTALS


def plain(value: str) -> str:
    """Fold a value, and take its punctuation away.

    >>> plain("Sous-total :"), plain("T.")
    ('sous total', 't')
    """
    return " ".join(re.sub(r"[^\w∑]|_", " ", fold(value)).split())
