"""When two spellings mean the same: case, accents, dashes, spaces and invisible characters do not count."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

YES = ("oui", "yes", "o", "y", "x", "vrai", "true", "on", "1", "1.0")
NO = ("non", "no", "n", "faux", "false", "off", "0", "0.0")
TRUTHS = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
"""What people and tools write for yes and no, folded; « 1.0 » is a spreadsheet's 1."""
NEAR = 0.7
"""How alike two words must be for one to be proposed: « rendezvous » for « rendez-vous », no more."""
LONGEST = 80
"""Characters of a word; a longer text is no slip of the finger."""


def fold(text: str) -> str:
    """Write a text so that case, accents, dashes, spaces and invisible characters make no difference.

    >>> fold(" Rendez\u2011vous\u00a0ÉTÉ ") == fold("rendez-vous ete")
    True
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in letters if unicodedata.category(char) not in ("Mn", "Cf"))
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", kept).replace("\u2019", "'").split())


def suggest(word: str, known: Iterable[str]) -> dict[str, str]:
    """Propose the known word that was probably meant, as the fact `hint` of a message; empty if none is near.

    >>> suggest("Rendezvous", ["atelier", "rendez-vous"]), suggest("autre", ["atelier", "rendez-vous"])
    ({'hint': 'rendez-vous'}, {})
    """
    spelled = {fold(one): one for one in known}
    close = difflib.get_close_matches(fold(word[:LONGEST]), spelled, n=1, cutoff=NEAR)
    return {"hint": spelled[close[0]]} if close else {}


def whole_characters(text: str) -> str:
    r"""Replace halves of characters, which JSON can write and no file can hold, by the sign for them.

    >>> whole_characters("\ud800a\ud83d\ude00") == "\ufffda\U0001f600"
    True
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


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
    import pandas as pd  # loaded late: a YAML file needs no table

    codes, values = pd.factorize(column)
    return pd.Series([fold(value) for value in values], dtype="str").take(codes).set_axis(column.index)
