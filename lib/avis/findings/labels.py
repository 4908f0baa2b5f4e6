"""What becomes a printed label must not name somebody: a register's value becomes the head of a row.

A band or a word that many share may be printed. A name, a telephone number, an exact age, a note may not,
whatever stands beside it; a hidden count beside a name would still tell who came.
"""

from __future__ import annotations

import re

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.declared import places
from avis.spelling import fold, folded, header_key

MOST_GROUPS = 12
"""Different values of a column of persons: with more it parts people too finely to be a table."""
LONGEST_LABEL = 40
"""Characters of a band or of a word for a group; a longer text is a note."""
BANDED = ("age_band", "sex")
"""Columns whose values are declared bands: one of them may hold a single person."""

PERSONAL = {"code", "file", "sheet", "row", "tel", "mobile", "note", "notes", "remarque", "remarques"}
PERSONAL |= {"comment", "comments", "commentaire", "commentaires"}
"""Headers of columns that speak of one person."""
NAMING = {"nom", "noms", "prenom", "prenoms", "name", "names", "surname", "firstname", "lastname", "surnom"}
NAMING |= {"telephone", "phone", "mail", "email", "courriel", "adresse", "address", "pseudo"}
NAMING |= {"naissance", "birth", "birthdate", "birthday"}
"""Words in a header that say the same."""

_LONG_NUMBER = re.compile(r"(?:\d[\s./-]?){6,}")
_YEARS = re.compile(r"\d{4} ?[-/] ?\d{4}")
_NUMBER = re.compile(r"\d+(?: ?(?:ans|years|an|year))?")
_STREET = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|place|impasse|allee|chemin|route|quai|square|cours|passage|residence|"
    r"street|road|lane|drive|apartment|appartement|appt|apt|batiment|bat|etage|floor)\b"
)


def check_groups(persons: pd.DataFrame, by: str, problems: Problems) -> bool:
    """Tell whether a column of persons may part a table; its values become labels.

    Errors: FIN-017 a column that speaks of one person, FIN-018 more than `MOST_GROUPS` values, FIN-019
    values that are no bands (a long number, an exact age, a long text, somebody's own). Never a value.
    """
    if by not in persons.columns:
        return True
    key = header_key(by)
    if key in PERSONAL or NAMING.intersection(key.split("_")):
        problems.add("FIN-017", Place("evaluation.yaml", field=by), by=by)
        return False
    values = folded(persons[by].fillna("").astype(str))
    given = values[values != ""]
    if given.nunique() > MOST_GROUPS:
        problems.add(
            "FIN-018", Place("evaluation.yaml", field=by), by=by, n=given.nunique(), most=MOST_GROUPS
        )
        return False
    alone = given[~given.duplicated(keep=False)] if by not in BANDED else given[:0]
    wrong = values.map({value: _is_no_band(value) for value in given.unique()}).fillna(False).astype(bool)
    return _tell(persons, wrong | values.index.isin(alone.index), by, "FIN-019", problems)


def _is_no_band(value: str) -> bool:
    long = _LONG_NUMBER.search(value) and not _YEARS.fullmatch(value)
    return bool(long or _NUMBER.fullmatch(value) or len(value) > LONGEST_LABEL or "@" in value)


def warn_addresses(rows: pd.DataFrame, problems: Problems) -> None:
    """Remark on places that look like an address: a number and a word for a street. Remark: FIN-020."""
    written = rows["place"].fillna("").astype(str)
    wrong = written.map({text: looks_like_address(text) for text in written.unique()}).astype(bool)
    _tell(rows, wrong, "place", "FIN-020", problems)


def looks_like_address(place: str) -> bool:
    """Tell whether a place has a number and a word for a street.

    >>> [looks_like_address(text) for text in ("12, rue des Lilas", "Paris 18", "Maison de la rue")]
    [True, False, False]
    """
    text = fold(place)
    return any(char.isdigit() for char in text) and _STREET.search(text) is not None


def _tell(table: pd.DataFrame, wrong: pd.Series[bool], by: str, code: str, problems: Problems) -> bool:
    """Say each line; tables that hold no lines (made by a program) name the column alone."""
    if not wrong.any():
        return True
    lined = {"file", "sheet", "row"} <= set(table.columns)
    tell = problems.warn if code == "FIN-020" else problems.add
    for place in places(table, wrong, by) if lined else [Place("evaluation.yaml", field=by)]:
        tell(code, place, by=by)
    return False
