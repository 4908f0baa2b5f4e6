"""A small timeline: a line a kind of moment, its dots and bars to scale over years or months.

Words never stand on the axis, where they would run into each other: each line has its name, and below it
its dates in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from avis.i18n import Language, date, join, period
from avis.report.charts.canvas import ACCENT, HAIR, INK, QUIET, SIZE, SMALL, Sheet, width_of, wrap
from avis.report.papers import Moment, Timeline

WIDE, NARROW = 640.0, 272.0
ASIDE = 250.0
"""Where the axis begins, beside the words; on a phone it stands below them."""
BAR, DOT = 8.0, 5.0


class _Span(NamedTuple):
    """A time in months since year 0, from its beginning to its end."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Where its dot stands."""
        return (self.start + self.end) / 2


def lines_of(node: Timeline) -> dict[str, list[Moment]]:
    """Give the moments by what they are, in their order: one line each."""
    found: dict[str, list[Moment]] = {}
    for moment in node.moments:
        found.setdefault(moment.label, []).append(moment)
    return found


def told(moments: list[Moment], language: Language) -> str:
    """Say the dates of a line in words, the months of a year together.

    >>> told([Moment(on=f"2024-0{n}", label="x") for n in (3, 5)] + [Moment(on="2025", label="x")], "fr")
    'mars et mai 2024, 2025'
    """
    spans = [period(moment.on, moment.until, language) for moment in moments if moment.until]
    years: dict[str, list[str]] = {}
    for moment in moments:
        if not moment.until:
            year = moment.on[:4]
            years.setdefault(year, []).append(date(moment.on, language).removesuffix(f" {year}"))
    dates = [
        year if held == [year] else f"{join(list(dict.fromkeys(held)), language)} {year}"
        for year, held in years.items()
    ]
    return ", ".join([*dict.fromkeys(spans), *dates])


def draw_timeline(
    node: Timeline, language: Language, prefix: str, narrow: bool = False, named: str = ""
) -> str:
    """Draw a timeline as inline SVG, ids under `prefix`; `named` as for charts."""
    sheet = Sheet(NARROW if narrow else WIDE)
    spans = {label: [_span(moment) for moment in held] for label, held in lines_of(node).items()}
    every = [span for held in spans.values() for span in held]
    first, last = min(span.start for span in every), max(span.end for span in every)
    left = 0.0 if narrow else ASIDE
    scale = (sheet.width - left - 2 * DOT - 2) / max(last - first, 1)

    def x(month: float) -> float:
        return left + DOT + 1 + (month - first) * scale

    def lines(on: Sheet) -> tuple[float, list[tuple[float, float]]]:
        y, axes = 22.0, []
        for label, held in lines_of(node).items():
            places = [(x(span.start), x(span.end)) for span in spans[label]]
            y, middle = _line(on, label, told(held, language), places, y, left)
            axes.append((middle - DOT - 2, middle + DOT + 2))
        return y, axes

    y, axes = lines(Sheet(sheet.width))  # the strokes of the years stand below what is drawn on them
    _axis(sheet, x, (first, last), [(17, y + 2)] if left else axes)
    lines(sheet)
    return sheet.paint(y + 6).svg(prefix, node.title, node.description, named)


def _span(moment: Moment) -> _Span:
    start, end = _ends(moment.on), _ends(moment.until or moment.on)
    return _Span(start[0], max(end[1], start[1]))


def _ends(on: str) -> tuple[float, float]:
    """Give the beginning and the end of a year, a quarter, a month or a day, in months since year 0."""
    year, *rest = on.split("-")
    start = int(year) * 12.0
    if not rest:
        return start, start + 12
    if rest[0].startswith("T"):
        start += (int(rest[0][1:]) - 1) * 3
        return start, start + 3
    start += int(rest[0]) - 1
    if len(rest) == 1:
        return start, start + 1
    start += (int(rest[1]) - 1) / 31
    return start, start + 1 / 31


def _line(
    sheet: Sheet, label: str, dates: str, places: list[tuple[float, float]], y: float, left: float
) -> tuple[float, float]:
    """Draw one line: what it is, when, and its dots; a time longer than a month is a bar."""
    room = left - 16 if left else sheet.width
    tall = sheet.lines(0, y + SIZE, wrap(label, room, SIZE, True), bold=True)
    tall += sheet.lines(0, y + tall + SMALL, wrap(dates, room, SMALL), size=SMALL, colour=QUIET)
    middle = y + tall / 2 + 1 if left else y + tall + DOT + 5
    sheet.line([(left, middle), (sheet.width, middle)], HAIR)
    for start, end in places:
        if end - start > 4 * DOT:
            sheet.box(start, middle - BAR / 2, end - start, BAR, ACCENT)
        else:
            sheet.dot((start + end) / 2, middle, DOT, ACCENT)
    return (y + tall if left else middle + DOT) + 12, middle


def _axis(
    sheet: Sheet, x: Callable[[float], float], ends: tuple[float, float], strokes: list[tuple[float, float]]
) -> None:
    """Write the years above, each where it begins; its strokes run between words, never through them."""
    end = -1e9
    for year in range(int(ends[0]) // 12, int(ends[1] - 1) // 12 + 1):
        place, text = x(max(year * 12, ends[0])), str(year)
        wide = width_of(text, SMALL)
        for top, bottom in strokes if year * 12 >= ends[0] else []:
            sheet.line([(place, top), (place, bottom)], HAIR)
        follows = x((year + 1) * 12)
        if year * 12 < ends[0] and place + wide + 8 >= follows and year * 12 + 12 < ends[1]:
            continue  # a first year cut short: its word would stand beside the next stroke
        if place > end + 8 and place + wide <= sheet.width:
            sheet.words(place, SMALL + 1, text, size=SMALL, colour=INK)
            end = place + wide
