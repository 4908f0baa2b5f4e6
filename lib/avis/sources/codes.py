"""The code that stands for a person, written one way wherever it was typed."""

from __future__ import annotations

import pandas as pd


def person_code(codes: pd.Series[str]) -> pd.Series[str]:
    """Write person codes one way (NFKC, trimmed, capitals), so that two files agree on who is who.

    A blank stays a blank: it stands for nobody, and two blanks are never the same person.

    >>> person_code(pd.Series([" p07", "Ｐ07", ""])).tolist()
    ['P07', 'P07', '']
    """
    text = codes.fillna("").astype("str")
    return text.str.normalize("NFKC").str.strip().str.casefold().str.upper()
