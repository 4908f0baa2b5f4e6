"""Identifiers that a spreadsheet took for numbers and rounded: said, never repaired."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from avis.errors import Place, Problems
from avis.spelling import header_key, trimmed

LONG = 9
"""Digits from which a number without a unit is a telephone, a SIREN, a SIRET or a file's number."""
MOST = 0.5
"""Share of filled cells that must look like identifiers where the column's name does not say so."""
_NAMED = re.compile(
    r"(?:.*_)?(?:id|ids|identifiant|identifiants|identifier|uuid|uid|siren|siret|rna|nir|iban|bic|code|codes|cle|key"
    r"|numero|numeros|num|no|n|nb_secu|secu|ssn|tel|tels|telephone|telephones|phone|portable|mobile|fax|gsm"
    r"|matricule|dossier|reference|ref|ean|isbn|issn|insee|cb|carte|compte|adherent|licence|number)(?:_.*)?"
)
_MEASURED = re.compile(
    r"(?:nombre|montant|somme|total|budget|cout|prix|amount|sum|population|valeur|value)(?:_.*)?"
)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?e\+?\d{2,}|(?:\d{10,}0{5,}|\d{3,}0{9,})(?:[.,]0+)?", re.I)
_TRACE = re.compile(r"\de\+?\d|00000", re.I)
"""What every rounded number holds; most columns have none, and are not looked at further."""


def tell_rounded(frame: pd.DataFrame, lines: pd.Series[int], place: Place, problems: Problems) -> None:
    """Tell the cells of identifiers that lost their last digits (error SRC-211), by column and line.

    Rounded cells are written like 7,86E+13 or 1.23e+15, or have fifteen digits and more of which the last
    five are zeros, or twelve and more of which the last nine are. A column holds identifiers where its name
    says so (n°, siret, téléphone, code…), or where most of its cells are whole numbers of nine digits and
    more, all as long, that are no amounts by their name.
    A column of large amounts or of scientific measures is not concerned.
    """
    for number, name in enumerate(frame.columns):
        cells = frame.iloc[:, number]
        distinct = [cell for cell in cells.unique() if cell]
        if not _TRACE.search("\n".join(distinct)):
            continue
        rounded = {cell for cell in distinct if _ROUNDED.fullmatch(cell.strip())}
        if rounded and _holds_identifiers(str(name), trimmed(cells[cells != ""]), cells.isin(rounded)):
            for line in lines[cells.isin(rounded).to_numpy()]:
                problems.add("SRC-211", replace(place, line=int(line), field=str(name)))


def _holds_identifiers(name: str, cells: pd.Series[str], shortened: pd.Series[bool]) -> bool:
    key = header_key(name)
    if _MEASURED.fullmatch(key):
        return False
    if _NAMED.fullmatch(key):
        return True
    whole = cells[~shortened.reindex(cells.index)]
    long = whole[whole.str.fullmatch(rf"\d{{{LONG},}}")].str.len()
    as_long = long.value_counts().max() if len(long) else 0
    return bool(as_long >= max(2, MOST * len(whole)))
