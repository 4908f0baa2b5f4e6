"""Names of columns that may be shown: what stands in a first row may be somebody's answer, and no name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from avis.files.addresses import IPV4, IPV6, PHONE
from avis.i18n import say

LONGEST = 300
"""Characters of a question; a longer first cell is somebody's answer."""
_VALUE = re.compile(
    rf"\S+@\S+\.\w+|(?<!\d)(?:{PHONE})(?!\d)|(?<!\d){IPV4}(?!\d)|\d{{6,}}"
    rf"|(?<![0-9a-f:]){IPV6}(?![0-9a-f:])",
    re.I,
)
"""An e-mail address, a telephone number, an IP address or a long number, wherever it stands in a cell."""
_DAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHARE = 0.5
"""Share of the filled cells of a first row from which they are data: numbers, or words found again below."""


def clean(text: str) -> str:
    r"""Write a name of a file or a sheet so that it can be printed, and does not steer what prints it.

    >>> clean("r\udce9sultat\x1b[2J\u202egpj.csv")
    'r\ufffdsultat\ufffd[2Jgpj.csv'
    """
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    return "".join(
        "\ufffd" if kind in ("Cc", "Cs", "Zl", "Zp") else letter for letter, kind in kinds if kind != "Cf"
    )


def is_value(text: str) -> bool:
    """Tell whether a text is rather what somebody answered than the name of a column.

    >>> [is_value(text) for text in ("fatima@example.org", "06 12 34 56 78", "Votre âge ?", "2024")]
    [True, True, False, False]
    """
    found = _VALUE.search(text)
    return len(text) > LONGEST or bool(found and not _DAY.fullmatch(text.strip()))


def safe_header(text: str, number: int) -> str:
    """Give a name that may be shown: the header, or the column's number (from 1) where it is a value.

    >>> import os; os.environ["AVIS_LANG"] = "fr"
    >>> safe_header("Votre avis", 3), safe_header("0612345678", 4)
    ('Votre avis', 'colonne 4')
    >>> del os.environ["AVIS_LANG"]
    """
    return say("sources.header.numbered", n=number) if is_value(text) else text


def is_data(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row holds data and no names: a value, or mostly numbers or words that come back.

    >>> is_data(["A1", "oui"], [["A2", "oui"], ["A3", "non"]]), is_data(["code", "vient"], [["A2", "oui"]])
    (True, False)
    """
    filled = [(number, cell.strip()) for number, cell in enumerate(first) if cell.strip()]
    if any(is_value(cell) for _, cell in filled):
        return True
    others = [row for row in below if list(row) != list(first)]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) and not _YEAR.fullmatch(cell) for _, cell in filled)
    back = sum(
        any(number < len(row) and row[number].strip() == cell for row in others) for number, cell in filled
    )
    return len(filled) > 1 and max(numbers, back) >= _SHARE * len(filled)
