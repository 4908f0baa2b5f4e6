"""Numbers and days as people write them; what could be two of them is neither, unless its column decides."""

from __future__ import annotations

import re

import pandas as pd

NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d{1,3})?"
_THOUSANDS = r"[-+]?[1-9]\d{0,2}%s\d{3}"
_DECIMALS = r"[-+]?(?:\d+%s\d{1,2}|0%s\d+)"
_SPACED = r"^([-+]?[1-9]\d{0,2})((?:[ \u00a0\u2009\u202f]\d{3})+)((?:[.,]\d+)?)$"
MARKS = (".", ",")
_LOCAL = r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})"
_PADDED = r"\d{2}/\d{2}/\d{4}"
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})(?:[T ].*)?"


def unsure_numbers(words: pd.Series[str]) -> pd.Series[bool]:
    """Tell the cells that are a number or a thousand times it: « 1.200 », « 12,000 ».

    Other cells of the column decide, where one mark alone has one or two figures behind it, or a zero before.

    >>> unsure_numbers(pd.Series(["1.200", "2.500", "900"])).tolist()
    [True, True, False]
    >>> unsure_numbers(pd.Series(["1.200", "2.5"])).tolist()
    [False, False]
    """
    either = {mark: words.str.fullmatch(_THOUSANDS % re.escape(mark)) for mark in MARKS}
    decimal = [
        mark for mark in MARKS if words.str.fullmatch(_DECIMALS % (re.escape(mark), re.escape(mark))).any()
    ]
    unsure = pd.Series(False, index=words.index)
    for mark in MARKS:
        if decimal != [mark]:
            unsure |= either[mark]
    return unsure


def without_spaces(words: pd.Series[str]) -> pd.Series[str]:
    """Take away the spaces between groups of three figures; a mark behind them stays.

    >>> without_spaces(pd.Series(["1 200", "12\u202f000,5", "12 00"])).tolist()
    ['1200', '12000,5', '12 00']
    """
    spaced = words.str.fullmatch(_SPACED)
    bare = words.str.replace(r"[ \u00a0\u2009\u202f]", "", regex=True)
    return bare.where(spaced, words)


def read_days(words: pd.Series[str], day_first: bool) -> tuple[pd.Series[str], pd.Series[bool]]:
    """Read days as ISO dates ("" for what is none), and tell those whose day may be the month.

    A number above 12 proves the order for its column. Where nothing does, `day_first` says how the tool
    writes days of two figures; one figure alone (« 3/4/2024 ») is not the house's way, and stays unsure.

    >>> read_days(pd.Series(["3/13/2024", "3/4/2024"]), day_first=True)[0].tolist()
    ['2024-03-13', '2024-03-04']
    >>> read_days(pd.Series(["03/04/2024"]), day_first=False)[1].tolist()
    [True]
    """
    local = words.str.extract(f"^{_LOCAL}$")
    one, two = (pd.to_numeric(local[name], errors="coerce") for name in ("a", "b"))
    first, second = bool((one > 12).any()), bool((two > 12).any())
    padded = words.str.fullmatch(_PADDED) & (day_first and not second)
    if first == second:
        days_first = (one > 12) | padded
        sure = days_first | (two > 12) | (one == two)
    else:
        days_first = pd.Series(first, index=words.index)
        sure = pd.Series(True, index=words.index)
    day, month = local["a"].where(days_first, local["b"]), local["b"].where(days_first, local["a"])
    iso = local["y"] + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    told = words.str.extract(f"^{_ISO}$")["iso"]
    found = told.where(told.notna(), iso.where(sure))
    real = pd.to_datetime(found, format="%Y-%m-%d", errors="coerce").notna()
    return found.where(real, "").fillna("").astype("str"), local["y"].notna() & ~sure
