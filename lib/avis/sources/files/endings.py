"""Where a table ends: notes and totals below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from avis.sources.files.headings import Row
from avis.spelling import fold

_NOTE = re.compile(
    r"(?:sources?|notes?|n\.?b\.?|nota(?: bene)?|champ|lecture|legende|remarques?|mise? a jour|updated?)"
    r"\s*(?::|\d|\(|le\b|du\b).*"
    r"|\*+\s*\S.*|\(\*?\d*\*?\)\s*\S.*|[¹²³†]\s*\S.*",
    re.S,
)
_TOTAL = re.compile(
    r"\W*(?:(?:sous[- ]?|grand |sub-?)?(?:tota(?:l|ux)\b|tot\.).*|cumule?s?\b.*|(?:somme|moyenne)\W*"
    r"|ensemble(?: (?:des?|du)\b.*|\W*))",
    re.S,
)
LONGEST_LABEL = 60
"""Characters of the label of a total; more is a sentence."""
_SPACES = re.compile(r"[\s\u00a0\u202f]")


def count_notes(rows: Sequence[Row], width: int) -> int:
    """Count the rows of notes at the end of a table.

    A note is a row whose only filled cell is its first, at the very end, that says so (« Source : … »,
    « * … ») or, in a table of three columns or more, stands below a blank row; and what follows it. Any other
    lone cell is a row of the table of which the rest is empty.

    >>> count_notes([(["mai", "1", "2"], 2), (["Source : nous", "", ""], 3), (["et vous", "", ""], 4)], 3)
    2
    """
    lone = 0
    while lone < len(rows) and width > 1 and _is_lone(rows[-lone - 1][0]):
        lone += 1
    for notes in range(lone, 0, -1):
        (cells, line), above = rows[-notes], rows[-notes - 1][1] if notes < len(rows) else 0
        if _NOTE.fullmatch(fold(cells[0])) or (width > 2 and above and line > above + 1):
            return notes
    return 0


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
    plain = _SPACES.sub("", cell).replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None
