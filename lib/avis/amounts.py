"""Figures as people write them → number, qualifier, upper end: « environ 12 000 », « 7 000 à 10 000 ».

A figure that reads two ways is refused: « 12,000 » is twelve in Paris and twelve thousand in London, and
a factor of a thousand must not depend on who opens the file. Beside an English word (« about 12,000 ») it is
twelve thousand.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import pandas as pd

from avis.i18n import Qualifier

MOST_DIGITS = 15
"""Whole numbers beyond are not exact in a float64."""
LONGEST = 80
"""Characters of a figure with its words; more is a sentence."""

_NUMBER = r"[-+]?\d[\d .,']*"
_UNIT = r"(?: ?(?:€|eur|euros?|h|heures?|hours?))?"
_ABOUT = (
    r"(?:environ|env\.?|a peu pres|pres de|pres d'|approximativement|autour de|autour d'|~|≈|approx\.?|ca\.?"
    r"|about|around|approximately|nearly|almost|roughly|some)"
)
_AT_LEAST = (
    r"(?:plus de|plus d'|au moins|au minimum|minimum|min\.?|\+ de|a partir de"
    r"|at least|more than|over|no (?:less|fewer) than|>=|≥|>)"
)
_AT_MOST = (
    r"(?:au plus|au maximum|maximum|max\.?|jusqu'a|moins de|moins d'|pas plus de|pas plus d'|- de"
    r"|at most|up to|less than|fewer than|under|no more than|<=|≤|<)"
)
_AFTER = r"(?:\+|et plus|ou plus|and more|or more|au moins|au minimum|minimum|min\.?|at least)"
_AFTER_MOST = r"(?:et moins|ou moins|or less|or fewer|au plus|au maximum|maximum|max\.?|at most)"
_AFTER_ABOUT = r"(?:environ|env\.?|a peu pres|approx\.?|approximately)"
TENS = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40}
TENS |= {"cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "dozen": 12}
"""Numbers that are about by themselves: « une vingtaine »."""
_TENS = rf"(?:une?|a) ?(?P<tens>{'|'.join(TENS)})"
_ENGLISH = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|roughly|some|at least|at most|more than|less than|over"
    r"|under|up to|fewer than|no more than|or more|or less|and more|from|to|between|and)\b"
)
"""Words that tell in which language a figure was written: after them a comma parts thousands."""
_SINGLE = re.compile(
    rf"(?:(?P<about>{_ABOUT}) ?|(?P<least>{_AT_LEAST}) ?|(?P<most>{_AT_MOST}) ?)?"
    rf"(?:(?P<low>{_NUMBER}){_UNIT}|{_TENS})"
    rf"(?: ?(?:(?P<after>{_AFTER})|(?P<after_most>{_AFTER_MOST})|(?P<after_about>{_AFTER_ABOUT})))?"
)
_RANGE = re.compile(
    rf"(?:(?P<between>entre |between )|de |from )?(?P<low>{_NUMBER}?){_UNIT}"
    rf" ?(?:a|to|-|(?P<and>et|and)) ?(?P<high>\d[\d .,']*){_UNIT}"
)
_CLOCK = re.compile(r"(\d{1,4}) ?[h:] ?([0-5]\d)(?::00)?")
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(
    r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3},\d{3}\.\d+|\d{1,3}\.\d{3},\d+"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class Amount(NamedTuple):
    """A figure: its number (the lower end of a range), its qualifier, the upper end where it is a range."""

    low: float
    qualifier: Qualifier = "exact"
    high: float | None = None


def read_amounts(column: pd.Series[str], durations: bool = False) -> pd.DataFrame:
    """Read a column of figures: columns low, high (float64, NaN where none), qualifier, readable.

    Where they are `durations`, « 1h30 » and « 1:30 » are hours; in any other column they are no figure.

    `qualifier` is "" where the cell is empty or not readable; an empty cell is readable.

    >>> read_amounts(pd.Series(["environ 12 000", "", "12,000"])).readable.tolist()
    [True, True, False]
    """
    codes, values = pd.factorize(column)
    read = [parse_amount(value, durations) for value in values]
    table = pd.DataFrame(
        {
            "low": pd.Series([one.low if one else None for one in read], dtype="float64"),
            "high": pd.Series([one.high if one else None for one in read], dtype="float64"),
            "qualifier": pd.Series([one.qualifier if one else "" for one in read], dtype="str"),
            "readable": pd.Series(
                [bool(one) or not value.strip() for one, value in zip(read, values, strict=True)],
                dtype="bool",
            ),
        }
    )
    return table.take(codes).set_axis(column.index)


def parse_amount(text: str, duration: bool = False) -> Amount | None:
    """Read one figure; none where it is empty, not a number, or reads two ways.

    « 3 et 4 » may be their sum: it is a range after « entre » alone.

    >>> parse_amount("1h30", duration=True), parse_amount("12:30"), parse_amount("3 et 4")
    (Amount(low=1.5, qualifier='exact', high=None), None, None)
    >>> parse_amount("plus de 40"), parse_amount("7 000 à 10 000").high, parse_amount("1.200")
    (Amount(low=40.0, qualifier='at_least', high=None), 10000.0, None)
    """
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    if _ENGLISH.search(plain):
        plain = _THOUSANDS.sub("", plain)
    single = _SINGLE.fullmatch(plain)
    if single:
        low = float(TENS[single["tens"]]) if single["tens"] else parse_number(single["low"])
        qualifier = _qualifier(single)
        return None if low is None or not qualifier else Amount(low, qualifier)
    clock = _CLOCK.fullmatch(plain)
    if clock and duration:
        return Amount(int(clock[1]) + int(clock[2]) / 60)
    return _range(plain)


def _qualifier(single: re.Match[str]) -> Qualifier | None:
    """Tell what the words around a figure say; none where they say two things: « au moins 30 maximum »."""
    said: set[Qualifier] = set()
    if single["least"] or single["after"]:
        said.add("at_least")
    if single["most"] or single["after_most"]:
        said.add("at_most")
    if single["about"] or single["after_about"]:
        said.add("about")
    if len(said) > 1:
        return None
    return said.pop() if said else "about" if single["tens"] else "exact"


def _range(plain: str) -> Amount | None:
    found = _RANGE.fullmatch(plain)
    if not found or (found["and"] and not found["between"]):
        return None
    low, high = parse_number(found["low"]), parse_number(found["high"])
    if low is None or high is None:
        return None
    return Amount(low, "range", high)


def parse_number(text: str) -> float | None:
    """Read a number without words; a single group of three decimals is refused, since it reads two ways.

    >>> parse_number("12 000,5"), parse_number("1,234,567"), parse_number("0.125"), parse_number("7,125")
    (12000.5, 1234567.0, 0.125, None)
    """
    text = text.strip()
    sign = -1.0 if text.startswith("-") else 1.0
    text = text.lstrip("+-")
    if sum(map(str.isdigit, text)) > MOST_DIGITS or _AMBIGUOUS.fullmatch(text):
        return None
    if _SPACED.fullmatch(text) or _PLAIN.fullmatch(text):
        return sign * float(text.replace(" ", "").replace("'", "").replace(",", "."))
    if _GROUPED.fullmatch(text):
        decimal = _decimal_mark(text)
        whole, _, rest = text.rpartition(decimal) if decimal else (text, "", "0")
        return sign * float(f"{whole.replace(',', '').replace('.', '')}.{rest}")
    return None


def _decimal_mark(text: str) -> str:
    """The mark that stands last, where both marks stand."""
    if "," in text and "." in text:
        return max(",.", key=text.rfind)
    return ""


def _plain(text: str) -> str:
    # NFD, not NFKD: a figure with a footnote's ² must not grow by a digit.
    letters = unicodedata.normalize("NFD", text).casefold()
    kept = "".join(char for char in letters if unicodedata.category(char) not in ("Mn", "Cf"))
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212":
        kept = kept.replace(dash, "-")
    return " ".join(kept.replace("\u2019", "'").split())
