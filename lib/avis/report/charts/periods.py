"""Counts over many periods as a line, from zero: the axis tells what the line cannot say at each point."""

from __future__ import annotations

from avis.i18n import amount
from avis.report.charts.canvas import ACCENT, HAIR, INK, QUIET, SIZE, SMALL, Sheet, width_of
from avis.report.charts.data import Plot
from avis.report.charts.dots import TIGHT

FEWEST = 13
"""Periods from which a line is read better than bars; below, every figure is written."""
TALL = 170.0


def ticks(top: float) -> list[float]:
    """Give the round numbers of an axis, from zero.

    >>> ticks(27), ticks(1), ticks(12_400)
    ([0, 10, 20, 30], [0.0, 0.5, 1.0], [0, 5000, 10000, 15000])
    """
    step = 10.0 ** len(str(int(top))) / 10
    while top / step > 4:
        step *= 2 if str(step).startswith(("1", "5")) else 2.5
    while top / step < 2:
        step /= 2
    found = [0.0]
    while found[-1] < top:
        found.append(found[-1] + step)
    return [int(n) if n.is_integer() and step >= 1 else n for n in found]


def draw_periods(sheet: Sheet, plot: Plot) -> float:
    """Draw the axis, the line with a dot a period, and the signs of what is not shown; give the height.

    The line breaks where a figure is hidden or was not documented: nobody knows what lies between.
    """
    axis = [(n, amount(n, "exact", plot.language)) for n in ticks(plot.top)]
    left = max(width_of(text, SMALL) for _, text in axis) + 10
    step, bottom = (sheet.width - left - 8) / len(plot.rows), 22 + TALL
    for n, text in axis:
        y = bottom - TALL * n / axis[-1][0]
        sheet.line([(left, y), (sheet.width, y)], HAIR if n else QUIET)
        sheet.words(left - 6, y + 4, text, size=SMALL, at="right", colour=QUIET)
    run: list[tuple[float, float]] = []
    top, at = axis[-1][0], [left + step * (number + 0.5) for number in range(len(plot.rows))]
    heights = [TALL * row.marks[0].size(False) / top for row in plot.rows]
    points = [(x, bottom - height) for x, height in zip(at, heights, strict=True)]
    for point, row in zip(points, plot.rows, strict=True):
        if row.marks[0].state == "shown":
            run.append(point)
            continue
        _stretch(sheet, run)
        run = []
        _unshown(sheet, point[0], bottom, row.marks[0].state)
    _stretch(sheet, run)
    _figures(sheet, plot, points)
    _periods(sheet, plot, at, bottom)
    return _meanings(sheet, plot, bottom + 30)


def _stretch(sheet: Sheet, run: list[tuple[float, float]]) -> None:
    if len(run) > 1:
        sheet.line(run, ACCENT, 2)
    for x, y in run:
        sheet.dot(x, y, 2.5, ACCENT)


def _unshown(sheet: Sheet, x: float, y: float, state: str) -> None:
    if state == "hidden":
        sheet.mask(x - 5, y - TIGHT[1] - 1, TIGHT[1], 10)
    else:
        sheet.words(x, y - 5, "–", at="center", colour=QUIET)


def _figures(sheet: Sheet, plot: Plot, points: list[tuple[float, float]]) -> None:
    """Write the figures that a reader looks for: the greatest, the first, the last, and others with room."""
    shown = [at for at, row in enumerate(plot.rows) if row.marks[0].state == "shown"]
    greatest = sorted(shown, key=lambda at: -plot.rows[at].marks[0].size(False))[:1]
    taken: list[tuple[float, float]] = []
    for at in dict.fromkeys([*greatest, *shown[:1], *shown[-1:], *shown]):
        (x, y), text = points[at], plot.rows[at].marks[0].text
        half = width_of(text, SMALL, True) / 2 + 1
        middle = min(x + _aside(points, at) * (half + 4), sheet.width - half)
        if all(middle + half < left or middle - half > right for left, right in taken):
            taken.append((middle - half, middle + half))
            sheet.words(middle, y - 8, text, size=SMALL, bold=True, at="center", colour=INK)


def _aside(points: list[tuple[float, float]], at: int) -> int:
    """Tell to which side of its point a figure stands, so that a rising or falling line runs beside it."""
    y = points[at][1]
    before, after = points[max(at - 1, 0)][1], points[min(at + 1, len(points) - 1)][1]
    return -1 if after < y <= before else 1 if before < y <= after else 0


def _periods(sheet: Sheet, plot: Plot, at: list[float], bottom: float) -> None:
    """Write the first period, and those after it that have room."""
    end = -1e9
    for x, row in zip(at, plot.rows, strict=True):
        half = width_of(row.label, SMALL) / 2
        if x - half > end + 8 and x + half <= sheet.width:
            sheet.line([(x, bottom), (x, bottom + 4)], QUIET)
            sheet.words(x, bottom + 17, row.label, size=SMALL, at="center")
            end = x + half


def _meanings(sheet: Sheet, plot: Plot, y: float) -> float:
    told = {row.marks[0].state: row.marks[0].text for row in plot.rows if row.marks[0].state != "shown"}
    for state, words in sorted(told.items()):
        if state == "hidden":
            sheet.mask(0, y, TIGHT[1], 10)
        else:
            sheet.words(5, y + SIZE - 2, "–", at="center", colour=QUIET)
        sheet.words(18, y + 11, words, size=SMALL, colour=QUIET)
        y += 20
    return y + 2
