"""A time as people write it → its two ends, of the precision given: « du 3 au 7 mars 2024 », « S1 2024 ».

What `periods` reads has one end twice. Beyond it: ranges, semesters, two years with a slash, a season, a
school year. Nothing is invented: an end that lacks its month or its year takes those of the other end, as
readers do, and a range that would then run backwards is refused, not turned. « été 2024 » has no ends that
all agree on.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from avis.periods import LONGEST, first_day, last_day, parse_plain, plain_date, settle_days

if TYPE_CHECKING:
    import pandas as pd


class Span(NamedTuple):
    """The first and the last period (ISO text: day, month, quarter or year); the same twice for one."""

    start: str = ""
    end: str = ""


_BETWEEN = re.compile(r" ?(?:-|/) ?| (?:jusqu'?)?(?:au|a|aux|et|to|until|till|through|and|&) (?:la |le )?")
_BEFORE = re.compile(r"^(?:du|de|des|d'|entre|from|between|le|les|la|the|period|periode)(?: l[ea] | |(?<='))")
_ON = re.compile(r"^(?:le|on|en|in|annee|year|mois de|mois d'|month of) ?")
_JOINED = re.compile(r" (?:et|and|&) (?:le )?| ?/ ?")
_SHORT_YEARS = re.compile(r"(\d{4}) ?[-/] ?(\d{2})")
_SEASON = re.compile(r"(?:saison|season|exercice|annees?|years?) (?=\d{4})")
_SCHOOL = re.compile(r"(?:annee scolaire|school year) (\d{4}) ?[-/] ?(\d{4}|\d{2})")
_SEMESTER = re.compile(r"s([12])[ /-]?(\d{4})|(\d{4})[ /-]?s([12])")
_NTH = r"([12]|premier|deuxieme|second|first)(?:er|e|eme|nd|st)?"
_SEMESTER_WORDS = re.compile(rf"{_NTH} (?:semestre|semester|half)(?: de| of|,)? (\d{{4}})")
_WITH_YEAR = re.compile(r"\d{4}(?!\d)")
_DAY_MONTH = re.compile(r"\d{1,2}/\d{1,2}")


def read_spans(column: pd.Series[str], year: str = "") -> pd.DataFrame:
    """Read a column of times: columns start, end ("" where not readable or empty), completed, unsure.

    `completed` tells where a time without a year took `year`, `unsure` where the day cannot be told from the
    month: see `settle_days`.

    >>> import pandas as pd
    >>> read_spans(pd.Series(["S2 2024", "12 mars", "12"]), "2023").to_numpy().tolist()
    [['2024-T3', '2024-T4', False, False], ['2023-03-12', '2023-03-12', True, False], ['', '', False, False]]
    """
    import pandas as pd  # loaded late, as in periods

    codes, values = pd.factorize(column)
    days, unsure = settle_days(values.tolist(), year)
    spans = [Span() if doubt else parse_span(day) for day, doubt in zip(days, unsure, strict=True)]
    late = [
        Span() if span.start or doubt else complete(text, year)
        for span, text, doubt in zip(spans, values, unsure, strict=True)
    ]
    both = [span if span.start else other for span, other in zip(spans, late, strict=True)]
    table = pd.DataFrame(
        {
            "start": pd.Series([span.start for span in both], dtype="str"),
            "end": pd.Series([span.end for span in both], dtype="str"),
            "completed": pd.Series([bool(span.start) for span in late], dtype="bool"),
            "unsure": pd.Series(unsure, dtype="bool"),
        }
    )
    return table.take(codes).set_axis(column.index)


def parse_span(text: str) -> Span:
    """Read one time; two empty ends where it is none, or reads two ways.

    >>> parse_span("du 28 février au 3 mars 2024"), parse_span("3-7/03/2024")
    (Span(start='2024-02-28', end='2024-03-03'), Span(start='2024-03-03', end='2024-03-07'))
    >>> parse_span("janvier à mars 2024"), parse_span("saison 2023/24"), parse_span("été 2024")
    (Span(start='2024-01', end='2024-03'), Span(start='2023', end='2024'), Span(start='', end=''))
    """
    return Span() if len(text) > LONGEST else _parse(plain_date(text))


def complete(text: str, year: str) -> Span:
    """Read a time without a year in a year that is known; none where it holds a year, or is a number alone.

    >>> complete("12/03", "2023").start, complete("mars", "2023").start, complete("12", "2023").start
    ('2023-03-12', '2023-03', '')
    """
    plain = plain_date(text)
    if not year or len(text) > LONGEST or not plain or _WITH_YEAR.search(plain):
        return Span()
    if _DAY_MONTH.fullmatch(plain):
        return _parse(f"{plain}/{year}")
    return _parse(f"{plain} {year}") if re.search(r"[a-z]", plain) else Span()


def _parse(plain: str) -> Span:
    one = parse_plain(plain)
    if one:
        return Span(one, one)
    one = parse_plain(_ON.sub("", plain))
    if one:
        return Span(one, one)
    return _named_span(plain) or _range(_inside(plain)) or Span()


def _inside(plain: str) -> str:
    """Leave the two ends of a range and what stands between: « entre mars et mai » is « mars a mai »."""
    if plain.startswith(("entre ", "between ")):
        plain = re.sub(r" (?:et|and) ", " a ", plain)
    return _SEASON.sub("", _BEFORE.sub("", plain))


def _named_span(plain: str) -> Span | None:
    semester = _SEMESTER.fullmatch(plain)
    if semester:
        return _semester(semester[2] or semester[3], semester[1] or semester[4])
    words = _SEMESTER_WORDS.fullmatch(plain)
    if words:
        return _semester(words[2], "1" if words[1] in ("1", "premier", "first") else "2")
    school = _SCHOOL.fullmatch(plain)
    if school:
        # September to August: code de l'éducation, art. L521-1, and the yearly calendar of schools
        return _following(school[1], school[2], ("-09", "-08"))
    short = _SHORT_YEARS.fullmatch(_SEASON.sub("", plain))
    return _following(short[1], short[2]) if short else None


def _semester(year: str, half: str) -> Span | None:
    ends = ("T1", "T2") if half == "1" else ("T3", "T4")
    return Span(f"{year}-{ends[0]}", f"{year}-{ends[1]}") if parse_plain(year) else None


def _following(first: str, second: str, months: tuple[str, str] = ("", "")) -> Span | None:
    after = str(int(first) + 1)
    if after not in (second, first[:2] + second) or not (parse_plain(first) and parse_plain(after)):
        return None
    return Span(first + months[0], after + months[1])


def _range(plain: str) -> Span | None:
    """Cut at each word or dash that may part two ends; the cuts that make sense must agree."""
    cuts = (_cut(plain[: cut.start()], cut[0], plain[cut.end() :]) for cut in _BETWEEN.finditer(plain))
    found = {span for span in cuts if span}
    return found.pop() if len(found) == 1 else None


def _cut(left: str, between: str, right: str) -> Span | None:
    end = parse_plain(right)
    alone = parse_plain(left)
    start = alone or _borrowed(left, right, end) if end else ""
    if not end:
        start, end = _english(left, right)
    if not start or _grain(start) != _grain(end) or first_day(start) >= first_day(end):
        return None
    whole = alone and "/" in between  # ISO 8601 writes 2024-03-03/2024-03-07
    apart = first_day(end) - last_day(start) > dt.timedelta(days=1)
    return None if apart and _JOINED.fullmatch(between) and not whole else Span(start, end)


def _borrowed(left: str, right: str, end: str) -> str:
    """Give the left end what it lacks: the shortest tail of the right end that makes it one of its kind."""
    for mark in (" ", "/", ".", "-"):
        parts = right.split(mark)
        for at in range(len(parts) - 1, 0, -1):
            start = parse_plain(mark.join([left, *parts[at:]]))
            if start and _grain(start) == _grain(end):
                return start
    return ""


def _english(left: str, right: str) -> tuple[str, str]:
    """Read « March 3-7, 2024 »: the month stands before both days."""
    month, _, day = left.rpartition(" ")
    last, _, year = right.replace(",", " ").rpartition(" ")
    if not (month and day.isdigit() and last.strip().isdigit()):
        return "", ""
    return parse_plain(f"{month} {day} {year}"), parse_plain(f"{month} {last.strip()} {year}")


def _grain(period: str) -> int:
    """Tell a year, a quarter, a month and a day apart: 4, 0, 7, 10."""
    return 0 if "T" in period else len(period)
