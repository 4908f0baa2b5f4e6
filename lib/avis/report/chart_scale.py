"""Answers on a scale of agreement: one bar a question, laid around the middle of the scale."""

from __future__ import annotations

from itertools import accumulate

from avis.report.chart_data import Mark, Plot, Row
from avis.report.chart_sheet import INK, MASK, PAPER, QUIET, SIZE, SMALL, Sheet, width_of, wrap

LOW = ("#a8500b", "#eeb678")
HIGH = ("#b3d1ea", "#1f5a96")
MIDDLE = "#e1e4e7"
"""From brown to blue through grey: told apart by all kinds of colour sight, and by their place in print."""


def colours(levels: int) -> list[str]:
    """Give a colour a level, the two ends strongest.

    >>> colours(5)
    ['#a8500b', '#eeb678', '#e1e4e7', '#b3d1ea', '#1f5a96']
    """
    half = levels // 2
    low = [LOW[0]] * (half - 1) + [LOW[1]] if half > 1 else [LOW[1]] * half
    high = [HIGH[0]] + [HIGH[1]] * (half - 1) if half > 1 else [HIGH[1]] * half
    return low + [MIDDLE] * (levels % 2) + high


def draw_likert(sheet: Sheet, plot: Plot) -> float:
    """Draw the key of levels in their order, then each question with its bar; give the height."""
    y = _key(sheet, plot)
    lengths = [[_length(mark, plot) for mark in row.marks] for row in plot.rows]
    scale = _scale(sheet, plot)
    masks = [[MASK[0] if mark.state == "hidden" else 0.0 for mark in row.marks] for row in plot.rows]
    widths = [
        [a * scale + b for a, b in zip(*pair, strict=True)] for pair in zip(lengths, masks, strict=True)
    ]
    centre = max(_before_middle(row) for row in widths)
    after = max(sum(row) - _before_middle(row) for row in widths)
    shrink = min(1.0, sheet.width / (centre + after)) if centre + after else 1.0
    for row, wide in zip(plot.rows, widths, strict=True):
        if row.label != plot.title or len(plot.rows) > 1:
            y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True)
        y += 18
        fitted = [w if m.state == "hidden" else w * shrink for w, m in zip(wide, row.marks, strict=True)]
        _bar(sheet, row, fitted, max(0.0, centre * shrink - _before_middle(fitted)), y)
        y += 24 + 26
    return y - 8


def _length(mark: Mark, plot: Plot) -> float:
    return mark.size(plot.by_share)


def _scale(sheet: Sheet, plot: Plot) -> float:
    """Pixels for a unit of length, so that the widest row fits with its boxes of hidden figures."""
    fits = []
    for row in plot.rows:
        boxes = sum(MASK[0] for mark in row.marks if mark.state == "hidden")
        total = sum(_length(mark, plot) for mark in row.marks)
        if total:
            fits.append((sheet.width - boxes) / total)
    return min(fits, default=1.0)


def _before_middle(widths: list[float]) -> float:
    half = len(widths) // 2
    return sum(widths[:half]) + (widths[half] / 2 if len(widths) % 2 else 0.0)


def _key(sheet: Sheet, plot: Plot) -> float:
    x, y = 0.0, 4.0
    for number, (name, colour) in enumerate(
        zip(plot.series, colours(len(plot.series)), strict=True), start=1
    ):
        text = f"{number}. {name}"
        lines = wrap(text, sheet.width - 22, SMALL)
        wide = 20 + max(width_of(line, SMALL) for line in lines)
        if x and x + wide > sheet.width:
            x, y = 0.0, y + 20
        sheet.box(x, y, 13, 13, colour, QUIET)
        y += sheet.lines(x + 19, y + 11, lines, size=SMALL) - SMALL * 1.28
        x += wide + 16
    return y + 32


def _bar(sheet: Sheet, row: Row, widths: list[float], left: float, y: float) -> None:
    starts = list(accumulate(widths, initial=left))
    middle = left + _before_middle(widths)
    sheet.line([(middle, y - 3), (middle, y + 27)], QUIET, 1.2)
    above, below = -1e9, -1e9
    for number, (mark, start, wide) in enumerate(zip(row.marks, starts, widths, strict=False)):
        fill = colours(len(widths))[number]
        if mark.state == "hidden":
            sheet.mask(start, y + 4)
        elif wide > 0:
            sheet.box(start, y, wide, 24, fill, PAPER)
        text = _short(mark)
        need = width_of(text, SMALL, True)
        middle = start + wide / 2
        if mark.state == "shown" and need + 6 <= wide:
            dark = fill in (LOW[0], HIGH[1])
            sheet.words(
                middle, y + 16, text, size=SMALL, bold=True, at="center", colour=PAPER if dark else INK
            )
        elif mark.state == "hidden" or (mark.state == "shown" and wide > 0):
            middle = min(max(middle, need / 2), sheet.width - need / 2)
            if middle - need / 2 > above + 4:
                above = middle + need / 2
                sheet.words(middle, y - 4, text, size=SMALL, at="center", colour=INK)
            elif middle - need / 2 > below + 4:
                below = middle + need / 2
                sheet.words(middle, y + 36, text, size=SMALL, at="center", colour=INK)


def _short(mark: Mark) -> str:
    """Say the share alone where there is one: the count stands in the table behind."""
    if mark.state == "shown" and "(" in mark.text:
        return mark.text.rsplit("(", 1)[1].rstrip(")")
    return mark.text
