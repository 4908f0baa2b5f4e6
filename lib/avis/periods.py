"""Dates and periods as people write them → ISO text of the precision given: day, month, quarter, year.

Nothing is invented: "2024" stays a year, and 31/02/2024 is not a date. Days come before months, as the
readers of these tables write them; a date that only works the other way round is refused, not turned, and
with it all dates of its column that work both ways: see `settle_days`. A year of two digits is read after the
name of a month, as spreadsheets write it (« mars-24 »), and where other dates of its column tell it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Outside of these a year is a slip of the finger."""
LONGEST = 60
"""Characters of a date in words; more is a sentence."""

_DAY_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_WORDS_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTH_WORDS = re.compile(r"([a-z]+) (?:de )?(\d{4})")
_MONTH_DASH = re.compile(r"([a-z]+)\.?[-/](\d{4}|[0-4]\d)")
_DAY_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_MONTH_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{4})")
_ISO = re.compile(
    r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"
)
_EIGHT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_ISO_MONTH = re.compile(r"(\d{4})[/-](\d{1,2})")
_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"[tq]([1-4])[ /-]?(\d{4})")
_QUARTER_AFTER = re.compile(r"(\d{4})[ /-]?[tq]([1-4])")
_ORDINAL = r"(?P<nth>[1-4]|premier|deuxieme|second|troisieme|quatrieme|first|third|fourth)"
_QUARTER_WORDS = re.compile(
    rf"{_ORDINAL}(?:er|ere|e|eme|nd|nde|st|rd|th)? (?:trim(?:estre)?|quarter)(?: de| of|,)? (?P<year>\d{{4}})"
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_SHORT_MONTH = re.compile(r"(?<=[a-z]{3})\.(?=[/-][a-z])")
_IN_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2\d{4}(?!\d)")
_SHORT_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})(/)(\d{1,2})")
_WHOLE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CLOCK = re.compile(r"(.*\d),? (?:a |at )?\d{1,2}[h:](?:\d{2}(?::\d{2})?)?")
_ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
_ORDINALS |= {"first": 1, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def read_periods(column: pd.Series[str]) -> pd.Series[str]:
    """Read a column of dates; what cannot be read, and what is empty, becomes "".

    >>> import pandas as pd
    >>> read_periods(pd.Series(["15/03/2024", "mars 2024", "1er trimestre 2024", "31/02/2024"])).tolist()
    ['2024-03-15', '2024-03', '2024-T1', '']
    """
    import pandas as pd  # loaded late: a YAML file needs no table

    codes, values = pd.factorize(column)
    days, unsure = settle_days(values.tolist())
    read = pd.Series(
        ["" if doubt else parse_period(day) for day, doubt in zip(days, unsure, strict=True)], dtype="str"
    )
    return read.take(codes).set_axis(column.index)


def month_first(column: pd.Series[str]) -> pd.Series[bool]:
    """Tell the dates of a column whose day cannot be told from the month: see `settle_days`."""
    import pandas as pd  # loaded late, as above

    codes, values = pd.factorize(column)
    return pd.Series(settle_days(values.tolist())[1], dtype="bool").take(codes).set_axis(column.index)


def settle_days(values: Sequence[str], year: str = "") -> tuple[list[str], list[bool]]:
    """Write years of two digits whole where their column tells them, and tell which days are unsure.

    « 5/3/24 » is of 2024 where 2024 stands elsewhere in the column, or is the `year` of the sheet. A date
    with the month first (« 02/13/2024 ») makes itself and all that could be read so unsure.

    >>> settle_days(["5/3/24", "12/03/2024"]), settle_days(["5/3/24"])
    ((['05/03/2024', '12/03/2024'], [False, False]), (['5/3/24'], [False]))
    >>> settle_days(["02/13/2024", "03/04/2024", "25/04/2024", "04/04/2024"])[1]
    [True, True, False, False]
    """
    plain = [plain_date(value) if len(value) <= LONGEST else "" for value in values]
    known = {found for text in plain for found in _WHOLE_YEAR.findall(text)} | {year}
    written = [_whole_year(text, value, known) for text, value in zip(plain, values, strict=True)]
    days = [_numbered_days(text) for text in plain]
    if not any(first <= 12 < second <= 31 for pairs in days for first, second in pairs):
        return written, [False] * len(written)
    return written, [any(a <= 12 and b <= 31 and a != b for a, b in pairs) for pairs in days]


def _whole_year(plain: str, value: str, known: set[str]) -> str:
    short = _SHORT_NUMBERS.fullmatch(plain)
    year = f"20{short[4]}" if short else ""
    return f"{short[1]:0>2}/{short[3]:0>2}/{year}" if short and year in known else value


def _numbered_days(plain: str) -> list[tuple[int, int]]:
    """Give the first two numbers of each date in figures: a day and a month, in one order or the other."""
    whole = _SHORT_NUMBERS.fullmatch(plain) or _NO_YEAR.fullmatch(plain)
    found = [whole] if whole else _IN_NUMBERS.finditer(plain)
    return [(int(one[1]), int(one[3])) for one in found]


def parse_period(text: str) -> str:
    """Read one date; "" where it is none, and where its day of the week is another one.

    >>> parse_period("1er mars 2024"), parse_period("T1 2024"), parse_period("03/15/2024")
    ('2024-03-01', '2024-T1', '')
    >>> parse_period("vendredi 15 mars 2024 à 14h30"), parse_period("lundi 15 mars 2024")
    ('2024-03-15', '')
    """
    return "" if len(text) > LONGEST else parse_plain(plain_date(text))


def parse_plain(plain: str) -> str:
    """Read one date that `plain_date` wrote."""
    for pattern, read in _FORMS:
        found = pattern.fullmatch(plain)
        if found:
            return read(found)
    return _dressed_day(plain)


def _dressed_day(plain: str) -> str:
    """Read a day with an hour behind it or with its name before it."""
    clock = _CLOCK.fullmatch(plain)
    if clock:
        day = parse_plain(clock[1])
        return day if is_day(day) else ""
    name, _, rest = plain.partition(" ")
    weekday = _names("days").get(name.rstrip(".,")) if rest and name[0].isalpha() else None
    day = parse_plain(rest) if weekday is not None else ""
    return day if is_day(day) and first_day(day).weekday() == weekday else ""


def is_date(text: str) -> bool:
    """Tell whether an ISO text (a year, a month or a day) stands in the calendar.

    >>> [is_date(text) for text in ("2024", "2024-02", "2024-02-29", "2023-02-29", "2024-13", "20240229", "")]
    [True, True, True, False, False, False, False]
    """
    try:
        return bool(_ISO_DATE.fullmatch(text)) and first_day(text) <= last_day(text)
    except ValueError:
        return False


def is_day(text: str) -> bool:
    """Tell whether an ISO text is a day of the calendar.

    >>> is_day("2024-02-29"), is_day("2024-02")
    (True, False)
    """
    return text.count("-") == 2 and is_date(text)


def first_day(period: str) -> dt.date:
    """Give the first day of an ISO period.

    >>> first_day("2024-T2"), first_day("2024")
    (datetime.date(2024, 4, 1), datetime.date(2024, 1, 1))
    """
    year, month, day = _parts(period)
    return dt.date(year, month or 1, day or 1)


def last_day(period: str) -> dt.date:
    """Give the last day of an ISO period.

    >>> last_day("2024-02"), last_day("2024-T2")
    (datetime.date(2024, 2, 29), datetime.date(2024, 6, 30))
    """
    year, month, day = _parts(period)
    month = month + 2 if "T" in period else month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(period: str) -> tuple[int, int, int]:
    year, _, rest = period.partition("-")
    if rest.startswith("T"):
        return int(year), int(rest[1]) * 3 - 2, 0
    month, _, day = rest.partition("-")
    return int(year), int(month or 0), int(day or 0)


def plain_date(text: str) -> str:
    """Write a date without case, accents, double spaces and long dashes."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = (char for char in letters if unicodedata.category(char) not in ("Mn", "Cf"))
    plain = " ".join("".join(kept).translate(_DASHES).split()).replace(". ", " ")
    return _SHORT_MONTH.sub("", plain)


def _day(year: str, month: int, day: str) -> str:
    try:
        found = dt.date(int(year), month, int(day))
    except ValueError:
        return ""
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else ""


def _month(year: str, month: int) -> str:
    return f"{year}-{month:02}" if _year(year) and 1 <= month <= 12 else ""


def _year(year: str) -> str:
    return year if FIRST_YEAR <= int(year) <= LAST_YEAR else ""


def _quarter(year: str, quarter: str) -> str:
    return f"{year}-T{quarter}" if _year(year) else ""


def _named(word: str) -> int:
    return (_names("months") | {"sept": 9}).get(word, 0)


@cache
def _names(kind: Literal["months", "days"]) -> dict[str, int]:
    """French and English names, whole and short, as CLDR writes them, without accents and points."""
    from babel.dates import get_day_names, get_month_names  # loaded late: most files hold figures only

    given = get_month_names if kind == "months" else get_day_names
    return {
        plain_date(name).rstrip("."): number
        for language in ("fr", "en")
        for width in ("wide", "abbreviated")
        for number, name in given(width, locale=language).items()
    }


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_ISO, lambda m: _day(m[1], int(m[3]), m[4])),
    (_EIGHT, lambda m: _day(m[1], int(m[2]), m[3])),
    (_DAY_NUMBERS, lambda m: _day(m[4], int(m[3]), m[1])),
    (_YEAR, lambda m: _year(m[1])),
    (_ISO_MONTH, lambda m: _month(m[1], int(m[2]))),
    (_MONTH_NUMBERS, lambda m: _month(m[2], int(m[1]))),
    (_QUARTER, lambda m: _quarter(m[2], m[1])),
    (_QUARTER_AFTER, lambda m: _quarter(m[1], m[2])),
    (_QUARTER_WORDS, lambda m: _quarter(m["year"], str(_ORDINALS[m["nth"]]))),
    (_DAY_WORDS, lambda m: _day(m[3], _named(m[2]), m[1])),
    (_WORDS_DAY, lambda m: _day(m[3], _named(m[1]), m[2])),
    (_MONTH_WORDS, lambda m: _month(m[2], _named(m[1]))),
    (_MONTH_DASH, lambda m: _month(m[2] if len(m[2]) == 4 else f"20{m[2]}", _named(m[1]))),
)
"""How dates are written, the commonest first; no text fits two of them in different ways."""
