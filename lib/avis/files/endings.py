"""Where a table ends: notes and totals below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from avis.files.headings import LOOKED_AT, Row, are_numbers, is_below_blank, is_number
from avis.spelling import fold

_NOTE = re.compile(
    r"(?:(?:sources?|notes?|n\.?b\.?|nota(?: bene)?|champ|lecture|legende|remarques?)\s*(?::|\d|\()"
    r"|(?:mise? a jour|updated?)\s*(?::|\d|\(|le\b|du\b)|\(\d+\)\s*\S|[¹²³]\s*\S).*",
    re.S,
)
_MARK = re.compile(r"(\*+|\(\*+\)|†+)\s*\S.*", re.S)
"""A note that begins with a mark: what the mark stands beside, in a name or a cell, must be there too."""
_WHOLE = re.compile(r"france(?: entiere| metropolitaine)?|toutes? (?:la|le|les) .*")
_TOTAL = re.compile(
    r"\W*(?:(?:sous[- ]?|grand |sub-?)?(?:tota(?:l|ux)\b|tot\.).*|cumule?s?\b.*|(?:somme|moyenne)\W*"
    r"|ensemble(?: (?:des?|du)\b.*|\W*))",
    re.S,
)
LONGEST_LABEL = 60
"""Characters of the label of a total; more is a sentence."""
_SPACES = re.compile(r"[\s\u00a0\u202f]")


def count_notes(rows: Sequence[Row], width: int, names: Sequence[str] = ()) -> int:
    """Count the rows of notes at the end of a table.

    A note is a row whose only filled cell is its first, at the very end, that says so: « Source : … »,
    « (1) … », « * … » where something above is marked so; and what follows it. Any other lone cell is a row
    of the table of which the rest is empty: « Note le personnel » may be what somebody answered.

    >>> count_notes([(["mai", "1", "2"], 2), (["Source : nous", "", ""], 3), (["et vous", "", ""], 4)], 3)
    2
    """
    lone = 0
    while lone < len(rows) and width > 1 and _is_lone(rows[-lone - 1][0]):
        lone += 1
    for notes in range(lone, 0, -1):
        text = rows[-notes][0][0]
        if _NOTE.fullmatch(fold(text)) or _is_marked(text.strip(), rows[: len(rows) - notes], names):
            return notes
    return 0


def _is_marked(text: str, rows: Sequence[Row], names: Sequence[str]) -> bool:
    found = _MARK.fullmatch(text)
    if not found:
        return False
    cells = (cell.rstrip() for row, _ in rows for cell in row)
    return any(cell.endswith(found[1]) and cell != found[1] for cell in (*names, *cells))


def count_lone(rows: Sequence[Row]) -> int:
    """Count the last rows of one filled cell that stand below a blank row, or as words below numbers.

    >>> count_lone([(["mai", "1", "2"], 2), (["merci", "", ""], 4)])
    1
    >>> count_lone([(["mai", "1", "2"], 2), (["", "Fait ici", ""], 3)])
    1
    """
    lone = 0
    while lone < len(rows) and sum(map(bool, map(str.strip, rows[-lone - 1][0]))) == 1:
        lone += 1
    for count in range(min(lone, len(rows) - 1), 0, -1):
        number = len(rows) - count
        if is_below_blank(rows, number) or _is_word_below_numbers(rows, number):
            return count
    return 0


def _is_word_below_numbers(rows: Sequence[Row], number: int) -> bool:
    column, cell = next((column, cell) for column, cell in enumerate(rows[number][0]) if cell.strip())
    above = rows[max(0, number - LOOKED_AT) : number]
    return column > 0 and not is_number(cell.strip()) and are_numbers(above, column)


def _is_lone(row: Sequence[str]) -> bool:
    return bool(row[0].strip()) and not any(map(str.strip, row[1:]))


def total_rows(frame: pd.DataFrame) -> pd.Series[bool]:
    """Say which rows call themselves a total in any cell: « Total », « Sous-total mars », « Cumul ».

    A choir is no total: « Ensemble vocal » is a word like another, « Ensemble des ateliers » is not.

    >>> total_rows(pd.DataFrame({"mois": ["mai", "mai"], "lieu": ["ici", "TOTAL GÉNÉRAL"]})).tolist()
    [False, True]
    """
    found = pd.Series(False, index=frame.index)
    for name in frame.columns:
        found |= frame[name].map({text: is_total(text) for text in frame[name].unique()}).astype("bool")
    return found


def is_total(text: str) -> bool:
    """Tell whether a cell is the label of a total.

    >>> is_total("Sous-total mars"), is_total("Ensemble"), is_total("Ensemble vocal"), is_total("totalement")
    (True, True, False, False)
    """
    return len(text) <= LONGEST_LABEL and _TOTAL.fullmatch(fold(text)) is not None


def find_totals(rows: Sequence[Row]) -> list[Row]:
    """Give the rows that call themselves a total in their first filled cell.

    >>> find_totals([(["ici", "Total"], 2), (["", "Total"], 3), (["France entière", "4"], 4)])
    [(['', 'Total'], 3), (['France entière', '4'], 4)]
    """
    firsts = [next((cell for cell in row if cell.strip()), "") for row, _ in rows]
    labels = {text for text in set(firsts) if is_total(text) or _WHOLE.fullmatch(fold(text))}
    return [row for row, first in zip(rows, firsts, strict=True) if first in labels] if labels else []


def is_sum(rows: Sequence[Row]) -> bool:
    """Say whether the last row calls itself a total and every number in it is the sum of those above.

    >>> is_sum([(["mai", "1"], 2), (["juin", "2"], 3), (["Total", "3"], 4)])
    True
    """
    last = rows[-1][0]
    first = next((cell for cell in last if cell.strip()), "")
    if len(rows) < 2 or not is_total(first):
        return False
    sums = [
        (_number(cell), [_number(row[column]) for row, _ in rows[:-1] if row[column].strip()])
        for column, cell in enumerate(last)
        if cell.strip() and cell is not first
    ]
    if not sums or any(total is None or not above or None in above for total, above in sums):
        return False
    return all(total == sum(value for value in above if value is not None) for total, above in sums)


def _number(cell: str) -> Decimal | None:
    plain = _SPACES.sub("", cell).replace(",", ".").removesuffix("%")
    return Decimal(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None
