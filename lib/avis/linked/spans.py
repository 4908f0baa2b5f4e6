"""Ages in bands and periods of the calendar, as intervals of whole numbers: which holds which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from avis.linked.bands import BAND, UNIT, tidy
from avis.periods import first_day, last_day, parse_period
from avis.spelling import fold

Span = tuple[int, int]

OLDEST = 10_000
"""The end of « 65 ans et plus ». Days of the calendar are larger numbers, so that the two never meet."""

MOST_PARTINGS = 8
"""Ways of parting one value that are told: all are true, and further ones say nothing more."""

_OVER = re.compile(
    rf"(?:(?P<after>\d{{1,3}}){UNIT} ?(?:\+|et plus|ou plus|and over|and more|or more|or over|and older)"
    rf"|(?:>=|≥|a partir de|from) ?(?P<least>\d{{1,3}}){UNIT}"
    rf"|(?:>|plus de|over|more than) ?(?P<more>\d{{1,3}}){UNIT})"
)
_UNDER = re.compile(
    rf"(?:(?:<|moins de|under|less than|below) ?(?P<less>\d{{1,3}}){UNIT}"
    rf"|(?:<=|≤|jusqu'a|up to) ?(?P<most>\d{{1,3}}){UNIT}"
    rf"|(?P<before>\d{{1,3}}){UNIT} ?(?:et moins|ou moins|and under|or less|and younger))"
)
_AGE = re.compile(rf"(\d{{1,3}}){UNIT}")
_YEARS = re.compile(r"((?:19|20)\d{2}) ?[-/] ?((?:19|20)\d{2})")
_HALF = re.compile(r"(?:((?:19|20)\d{2})[ /-]?[sh]([12])|[sh]([12])[ /-]?((?:19|20)\d{2}))")


@cache
def span_of(value: str) -> Span | None:
    """Read an age band or a period.

    >>> span_of("18-24 ans"), span_of("65 ans et plus"), span_of("moins de 18 ans"), span_of("Lyon")
    ((18, 24), (65, 10000), (0, 17), None)
    >>> year, quarter = span_of("2024"), span_of("2024-T2")
    >>> year[0] <= quarter[0] and quarter[1] <= year[1]
    True
    """
    plain = fold(value)
    return _period(plain, value) or _band(tidy(plain))


def _band(plain: str) -> Span | None:
    if found := BAND.fullmatch(plain):
        low, high = int(found[1]), int(found[2])
        return (low, high) if low <= high else None
    if found := _OVER.fullmatch(plain):
        return int(found["after"] or found["least"] or int(found["more"]) + 1), OLDEST
    if found := _UNDER.fullmatch(plain):
        return 0, int(found["most"] or found["before"] or int(found["less"]) - 1)
    found = _AGE.fullmatch(plain)
    return (int(found[1]), int(found[1])) if found else None


def _period(plain: str, value: str) -> Span | None:
    if found := _YEARS.fullmatch(plain):
        start, end = found[1], found[2]
    elif found := _HALF.fullmatch(plain):
        year, half = found[1] or found[4], found[2] or found[3]
        start, end = (f"{year}-T1", f"{year}-T2") if half == "1" else (f"{year}-T3", f"{year}-T4")
    else:
        start = end = parse_period(value)
    if not start:
        return None
    low, high = first_day(start).toordinal(), last_day(end).toordinal()
    return (low, high) if low <= high else None


def partings(values: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Say of what values each value is made, whole where they fill it, else as far as they go.

    >>> partings(["18-34", "18-24", "25-34", "35+"])
    [('18-34', ('18-24', '25-34'))]
    """
    spans = {value: span for value in values if (span := span_of(value)) is not None}
    if len(spans) < 2 or all(low == high for low, high in spans.values()):
        return []
    found = []
    for whole, span in spans.items():
        within = [value for value in _within(span, spans) if spans[value] != span]
        ways = _end_to_end(span, within, spans) or ([_apart(within, spans)] if within else [])
        found += [(whole, parts) for parts in ways]
    return found


def _within(span: Span, spans: Mapping[str, Span]) -> list[str]:
    return [value for value, (low, high) in spans.items() if span[0] <= low and high <= span[1]]


def _end_to_end(span: Span, within: Sequence[str], spans: Mapping[str, Span]) -> list[tuple[str, ...]]:
    """Give the ways to fill a span end to end with what stands within it, the coarsest first."""
    starts: dict[int, list[str]] = {}
    for value in sorted(within, key=lambda value: -spans[value][1]):
        starts.setdefault(spans[value][0], []).append(value)
    whole: list[tuple[str, ...]] = []

    def fill(at: int, parts: tuple[str, ...]) -> None:
        if at > span[1] and len(whole) < MOST_PARTINGS:
            whole.append(parts)
        elif len(whole) < MOST_PARTINGS:
            for value in starts.get(at, ()):
                fill(spans[value][1] + 1, (*parts, value))

    fill(span[0], ())
    return whole


def _apart(within: Sequence[str], spans: Mapping[str, Span]) -> tuple[str, ...]:
    """Give parts that do not overlap, where none fill the whole."""
    kept, end = [], -1
    for value in sorted(within, key=lambda value: (spans[value][0], -spans[value][1])):
        if spans[value][0] > end:
            kept.append(value)
            end = spans[value][1]
    return tuple(kept)


def disjoint(tops: Sequence[str], values: Sequence[str]) -> list[tuple[str, ...]]:
    """Give what counts everybody once: the topmost values, or bands end to end where those overlap.

    >>> disjoint(["18-34", "25+", "?"], ["18-24", "25-34", "35+", "18-34", "25+", "?"])
    [('?', '18-34', '35+'), ('?', '18-24', '25+'), ('?', '18-24', '25-34', '35+')]
    >>> disjoint(["18-34", "30+"], ["18-34", "30+"])
    [('18-34', '30+')]
    """
    spans = {value: span for value in values if (span := span_of(value)) is not None}
    if len(set(spans.values())) < len(spans) or not overlap(tops):
        return [tuple(tops)]
    lows, highs = zip(*(spans[value] for value in tops if value in spans), strict=True)
    named = tuple(value for value in tops if value not in spans)
    everybody = min(lows), max(highs)
    ways = _end_to_end(everybody, _within(everybody, spans), spans)
    return [(*named, *way) for way in ways] or [tuple(tops)]


def overlap(values: Sequence[str]) -> bool:
    """Tell whether two of these bands have an age or a day in common."""
    bands = sorted(span for value in values if (span := span_of(value)) is not None)
    return any(one[1] >= other[0] for one, other in pairwise(bands))
