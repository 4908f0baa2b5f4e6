"""When an answer was sent, as forms on the web write it → ISO; never a day that may be a month."""

from __future__ import annotations

import re

import pandas as pd

_ISO = r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
_TIME = (
    r"(?:[T, ]+(?:[-–] ?|à |at )?(?P<H>\d{1,2})[:h](?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE = r"\s*(?:(?:UTC|GMT|Z)?\s*(?P<zone>[+\u2212-]\d{1,2}(?::?\d{2})?)?|[A-Z]{3,4})?"
_STAMP = re.compile(_ISO + _TIME + _ZONE)
_LOCAL = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{2,4})" + _TIME + _ZONE)


def read_times(cells: pd.Series[str], french: bool) -> tuple[pd.Series[str], bool]:
    """Read a column of times; tell also whether its days and months could not be told apart.

    `french` says that the tool writes the day first. Else one cell where one of the two is above 12 decides
    for the whole column, which one tool wrote. What is no time is "".

    >>> cells = pd.Series(["2024/03/12 2:05:33 PM UTC+1", "12/03/2024 14:05:33", ""])
    >>> read_times(cells, french=True)[0].tolist()
    ['2024-03-12T14:05:33+01:00', '2024-03-12T14:05:33', '']
    >>> read_times(pd.Series(["3/4/2024 10:00"]), french=False)[1]
    True
    """
    numbers, distinct = pd.factorize(cells.str.strip())
    texts = [" ".join(str(cell).split()) for cell in distinct]
    local = [match for match in map(_LOCAL.fullmatch, texts) if match]
    days_first = french or any(int(match["a"]) > 12 for match in local)
    months_first = not days_first and any(int(match["b"]) > 12 for match in local)
    unsure = bool(local) and not days_first and not months_first
    found = [_read(text, "" if unsure else "a" if days_first else "b") for text in texts]
    return pd.Series(found, dtype="str").take(numbers).reset_index(drop=True), unsure


def _read(text: str, day: str) -> str:
    match = _STAMP.fullmatch(text)
    if match:
        return _iso(match, int(match["y"]), int(match["m"]), int(match["d"]))
    match = _LOCAL.fullmatch(text)
    if not match or not day:
        return ""
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    return _iso(match, year, int(match["b" if day == "a" else "a"]), int(match[day]))


def _iso(match: re.Match[str], year: int, month: int, day: int) -> str:
    hour = int(match["H"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    parts = (year, month, day, hour, int(match["M"] or 0), int(match["S"] or 0))
    try:
        moment = pd.Timestamp(*parts)
    except ValueError:  # the 31st of February
        return ""
    if not match["H"]:
        return moment.strftime("%Y-%m-%d")
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + _zone(match["zone"])


def _zone(text: str | None) -> str:
    if not text:
        return ""
    digits = re.sub(r"\D", "", text)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{'+' if text[0] == '+' else '-'}{int(hours):02}:{minutes}"
