"""Person codes: the one rule by which two spellings of a code are the same person, and what is no code.

A name cut at its spaces would be counted as several people, and printed as such: what does not look like a
code is refused, never counted.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LONGEST_CODE = 12
"""Characters; what is longer is a name, a sentence or an address."""
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_BETWEEN = re.compile(r"[,;|/+\n\r]|\b(?:et|and)\b", re.IGNORECASE)
_CODE = re.compile(r"\d+|(?=.*\d)(?=.*[^\W\d_])[^\W_](?:[\w-]*[^\W_])?")
_SEVERAL = re.compile(r"[^\W\d_]+\d+(?:-[^\W\d_]+\d+)+")
"""« A1-A5 » is five people, two or one, and « A1-B2-C3 » three or one: nobody can tell."""


def person_code(text: str) -> str:
    """Write a person code as it is compared: NFKC, no invisible characters, no outer spaces, capitals.

    Accents stay: they tell codes apart. Dashes of every length are one dash.

    >>> person_code(" x2j5\u200b"), person_code("P\u201101") == person_code("p-01")
    ('X2J5', True)
    """
    visible = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _DASHES.sub("-", "".join(visible).strip().casefold().upper())


def is_code(text: str) -> bool:
    """Tell whether a text looks like a code: one short word with a digit in it.

    >>> [is_code(text) for text in ("A1", "x2j5", "007", "P-01", "Fatima", "A 1", "A1-A5", "A1-B2")]
    [True, True, True, True, False, False, False, False]
    """
    code = person_code(text)
    return len(code) <= LONGEST_CODE and bool(_CODE.fullmatch(code)) and not _SEVERAL.fullmatch(code)


def person_codes(text: str) -> str | None:
    """Write a list of codes as single-spaced codes; none where something in it is no code.

    Between two codes stand a comma, a semicolon, a bar, a slash, a plus, a line break, "et" or "and"; spaces
    alone too, where all around them are codes. A code named twice in one cell is one person.

    >>> person_codes("a1, B2;a1"), person_codes("A1 + A3"), person_codes("A1 et A3"), person_codes("")
    ('A1 B2', 'A1 A3', 'A1 A3', '')
    >>> [person_codes(text) for text in ("Mme Fatima Ben Ali", "A1 à A5", "A1, idem", "?")]
    [None, None, None, None]
    """
    words = [word for part in _BETWEEN.split(text) for word in person_code(part).split()]
    return " ".join(dict.fromkeys(words)) if all(map(is_code, words)) else None


def read_codes(column: pd.Series[str]) -> tuple[pd.Series[str], pd.Series[bool]]:
    """Apply `person_codes` to a column, once for each different text; tell also which cells hold no codes.

    Such a cell counts as empty. Nothing of it may be told: it may be a name.
    """
    import pandas as pd  # loaded late: a note is read in a process that needs no table

    numbers, values = pd.factorize(column)
    found = [person_codes(value) for value in values]
    read = pd.Series([codes or "" for codes in found], dtype="str")
    wrong = pd.Series([codes is None for codes in found], dtype="bool")
    return read.take(numbers).set_axis(column.index), wrong.take(numbers).set_axis(column.index)
