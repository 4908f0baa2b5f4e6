"""Person codes: the one rule by which two spellings of a code are the same person."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_BETWEEN = re.compile(r"[\s,;]+")


def person_code(text: str) -> str:
    """Write a person code as it is compared: NFKC, no invisible characters, no outer spaces, capitals.

    Accents stay: they tell codes apart. Dashes of every length are one dash.

    >>> person_code(" x2j5\u200b"), person_code("P\u201101") == person_code("p-01")
    ('X2J5', True)
    """
    visible = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _DASHES.sub("-", "".join(visible).strip().casefold().upper())


def person_codes(text: str) -> str:
    """Write a list of codes (spaces, commas, semicolons or line breaks between) as single-spaced codes.

    A code named twice in one cell is one person.

    >>> person_codes("a1, B2;a1")
    'A1 B2'
    """
    codes = map(person_code, _BETWEEN.split(text))
    return " ".join(dict.fromkeys(code for code in codes if code))


def read_codes(column: pd.Series[str]) -> pd.Series[str]:
    """Apply `person_codes` to a column, once for each different text."""
    codes, values = pd.factorize(column)
    read = pd.Series([person_codes(value) for value in values], dtype="str")
    return read.take(codes).set_axis(column.index)
