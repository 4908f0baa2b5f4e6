"""When two spellings mean the same: case, accents, dashes, spaces and invisible characters do not count."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd


def fold(text: str) -> str:
    """Write a text so that case, accents, dashes, spaces and invisible characters make no difference.

    >>> fold(" Rendez\u2011vous\u00a0ÉTÉ ") == fold("rendez-vous ete")
    True
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in letters if unicodedata.category(char) not in ("Mn", "Cf"))
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", kept).replace("\u2019", "'").split())


def header_key(text: str) -> str:
    """Write a header as an ASCII snake_case name.

    >>> header_key("Tranche d’âge")
    'tranche_d_age'
    """
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")


def trimmed(column: pd.Series[str]) -> pd.Series[str]:
    """Take away outer spaces of every kind, and invisible characters at the ends."""
    return column.str.strip().str.strip("\u200b\u200e\u200f\u2060\ufeff").str.strip()


def folded(column: pd.Series[str]) -> pd.Series[str]:
    """`fold` a whole column, once for each different text."""
    codes, values = pd.factorize(column)
    return pd.Series([fold(value) for value in values], dtype="str").take(codes).set_axis(column.index)
