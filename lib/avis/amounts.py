"""Figures as people write them → number, qualifier, upper end: « environ 12 000 », « 7 000 à 10 000 ».

A figure that reads two ways is refused: « 12,000 » is twelve in Paris and twelve thousand in London, and
a factor of a thousand must not depend on who opens the file. Beside an English word (« about 12,000 ») it is
twelve thousand. « min » behind a number is minutes, in a column of hours alone: nowhere is it "at least".
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
_INNER = r"(?:[.\u00b7\u2022/(-]?(?:e|ne)\)?)?(?:[.\u00b7\u2022/(-]?s\)?)?"
"""Endings of both genders: « participant·e·s », « participant(e)s »."""
_PEOPLE = (
    rf"(?:pers\.?|personnes?|gens|femmes?|hommes?|filles?|garcons?|enfants?|adultes?|jeunes?|seniors?"
    rf"|(?:participant|habitant|present|adherent|migrant|etudiant){_INNER}|beneficiaires?|benevoles?|eleves?"
    r"|people|persons?|participants?|women|men|children|adults?|attendees?|volunteers?)"
    r"(?: (?:presente?s?|accueillie?s?|present))?"
)
_MEASURE = rf"€|eur|euros?|h|heures?|hours?|{_PEOPLE}"
_UNIT = rf"(?: ?(?:{_MEASURE})(?![a-z]))?"
_ABOUT = (
    r"(?:environ|env\.?|a peu pres|pres de|pres d'|presque|approximativement|autour de|autour d'|~|≈"
    r"|approx\.?|ca\.?|about|around|approximately|nearly|almost|roughly|some)"
)
_AT_LEAST = (
    r"(?:plus de|plus d'|au moins|au minimum|minimum|min\.?|\+ de|a partir de"
    r"|at least|more than|over|no (?:less|fewer) than|>=|≥|>)"
)
_AT_MOST = (
    r"(?:au plus|au maximum|maximum|max\.?|jusqu'a|moins de|moins d'|pas plus de|pas plus d'|- de"
    r"|at most|up to|less than|fewer than|under|no more than|<=|≤|<)"
)
_AFTER = r"(?:\+|et plus|ou plus|and more|or more|au moins|au minimum|at least)"
_AFTER_MOST = r"(?:et moins|ou moins|or less|or fewer|au plus|au maximum|maximum|max\.?|at most)"
_AFTER_ABOUT = r"(?:environ|env\.?|a peu pres|approx\.?|approximately)"
TENS = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40}
TENS |= {"cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "dozen": 12}
"""Numbers that are about by themselves: « une vingtaine »."""
_TENS = rf"(?:une?|a) ?(?P<tens>{'|'.join(TENS)})"
_ENGLISH = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|roughly|some|at least|at most|more than|less than|over"
    r"|under|up to|fewer than|no more than|or more|or less|and more|from|to|between|and|or)\b"
)
"""Words that tell in which language a figure was written: after them a comma parts thousands."""
_SINGLE = re.compile(
    rf"(?:(?P<about>{_ABOUT}) ?|(?P<least>{_AT_LEAST}) ?|(?P<most>{_AT_MOST}) ?)?"
    rf"(?:(?P<low>{_NUMBER}){_UNIT}|{_TENS}(?: (?:de |d'|of )?(?:{_PEOPLE}))?)"
    rf"(?: ?(?:(?P<after>{_AFTER})|(?P<after_most>{_AFTER_MOST})|(?P<after_about>{_AFTER_ABOUT})))?"
)
_RANGE = re.compile(
    rf"(?:{_ABOUT} ?)?(?:(?P<between>entre |between )|de |from )?(?P<low>{_NUMBER}?)(?P<unit>{_UNIT})"
    rf" ?(?:a|to|-|ou|or|(?P<and>et|and)) ?(?P<high>\d[\d .,']*)(?P<last>{_UNIT})(?: {_AFTER_ABOUT})?"
)
_MINUTES = r"(?:minutes?|mins?\.?|mn\.?|')(?![a-z\d])"
_HOURS = r" ?(?:h|heures?|hours?|:) ?(?:et |and )?"
_CLOCK = re.compile(
    rf"(?<![\d.,:])(?<!\d )(\d{{1,4}}){_HOURS}"
    rf"(?:([0-5]\d)(?::00)?(?: ?{_MINUTES})?(?![\d:])|([0-5]?\d) ?{_MINUTES})"
)
_IN_MINUTES = re.compile(rf"(?<![\d.,:])(?<!\d )(\d+(?:[.,]\d+)?) ?{_MINUTES}")
_BOTH_MINUTES = re.compile(
    rf"(?<![\d.,:h])(?<!h )(\d{{1,3}})(?= ?(?:a|to|-|ou|or|et|and) ?\d{{1,3}} ?{_MINUTES})"
)
"""« 30 à 45 min »: the first number has the unit of the second."""
_OF_A_DAY = re.compile(r"(?:de |from )?(?:[6-9]|1\d|2[0-4]) ?(?:h|:)[\d ]*(?:a|to|-) ?\d{1,2} ?(?:h|:)[\d ]*")
"""« 14h-16h » are two hours of the day: what goes on between them is not said here."""
_NO_DURATION = re.compile(rf"€|\b(?:eur|euros?|{_PEOPLE})(?![a-z])|\bmin\.? ?\d")
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

    Where they are `durations`, « 1h30 », « 1:30 » and « 90 min » are hours; in any other column no figure.

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
    plain = _in_hours(_plain(text)) if duration else _plain(text)
    if _ENGLISH.search(plain):
        plain = _THOUSANDS.sub("", plain)
    single = _SINGLE.fullmatch(plain)
    if single:
        low = float(TENS[single["tens"]]) if single["tens"] else parse_number(single["low"])
        qualifier = _qualifier(single)
        return None if low is None or not qualifier else Amount(low, qualifier)
    return _range(plain)


def _in_hours(plain: str) -> str:
    """Write the hours and minutes of a duration as hours; nothing where it is no duration, or a time of day.

    >>> _in_hours("1 h 30 min"), _in_hours("environ 45 min"), _in_hours("14h-16h")
    ('1.5000000000', 'environ 0.7500000000', '')
    """
    if _OF_A_DAY.fullmatch(plain) or _NO_DURATION.search(plain):
        return ""
    both = _BOTH_MINUTES.sub(r"\1 min", plain)
    hours = _CLOCK.sub(lambda m: f"{int(m[1]) + int(m[2] or m[3]) / 60:.10f}", both)
    return _IN_MINUTES.sub(lambda m: f"{float(m[1].replace(',', '.')) / 60:.10f}", hours)


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
    units = {found["unit"].strip(), found["last"].strip()} - {""}
    if len(units) > 1 and found["unit"].strip() + "s" != found["last"].strip():
        return None  # « 10 femmes à 12 hommes »
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
