"""Answers on a scale: one bar a question, lowest level first, on an axis of all who answered."""

from __future__ import annotations

from itertools import accumulate

from avis.report.charts.canvas import INK, MASK, PAPER, QUIET, SIZE, SMALL, Sheet, width_of, wrap
from avis.report.charts.data import Better, Mark, Plot, Row

LOW = ("#a8500b", "#eeb678")
HIGH = ("#b3d1ea", "#1f5a96")
MIDDLE = "#e1e4e7"
"""From brown to blue through grey: told apart by all kinds of colour sight, and by their place in print."""
RAMP = ("#d6e6f4", "#1f5a96")
"""From light to dark in one colour, where no end is the better one."""


def colours(levels: int, better: Better = "") -> list[str]:
    """Give a colour a level: blue at the better end of a scale, light to dark where there is none.

    >>> colours(5, "high")
    ['#a8500b', '#eeb678', '#e1e4e7', '#b3d1ea', '#1f5a96']
    >>> colours(5, "low") == colours(5, "high")[::-1]
    True
    >>> colours(3)
    ['#d6e6f4', '#7aa0c5', '#1f5a96']
    """
    if better not in ("high", "low"):
        return [_between(number / max(levels - 1, 1)) for number in range(levels)]
    found = _two_ended(levels)
    return found if better == "high" else found[::-1]


def _between(part: float) -> str:
    light, dark = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in RAMP)
    return "#" + "".join(f"{int(a + (b - a) * part):02x}" for a, b in zip(light, dark, strict=True))


def _dark(colour: str) -> bool:
    """Tell whether white words read better on a colour than dark ones."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 125


def _two_ended(levels: int) -> list[str]:
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
    for row, wide in zip(plot.rows, widths, strict=True):
        if row.label != plot.title or len(plot.rows) > 1:
            y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True)
        y += 18
        _bar(sheet, row, wide, colours(len(wide), plot.better), y)
        y += 24 + 26
    return y - 8


def _length(mark: Mark, plot: Plot) -> float:
    return mark.size(plot.by_share)


def _scale(sheet: Sheet, plot: Plot) -> float:
    """Pixels for a unit of length, so that the widest row fits with its boxes of hidden figures."""
    fits = [sheet.width] if plot.by_share else []  # all who answered: the axis of every chart of a question
    for row in plot.rows:
        boxes = sum(MASK[0] for mark in row.marks if mark.state == "hidden")
        total = sum(_length(mark, plot) for mark in row.marks)
        if total:
            fits.append((sheet.width - boxes) / total)
    return min(fits, default=1.0)


def _key(sheet: Sheet, plot: Plot) -> float:
    x, y = 0.0, 4.0
    for number, (name, colour) in enumerate(
        zip(plot.series, colours(len(plot.series), plot.better), strict=True), start=1
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


def _bar(sheet: Sheet, row: Row, widths: list[float], fills: list[str], y: float) -> None:
    starts = list(accumulate(widths, initial=0.0))
    above, below = -1e9, -1e9
    for mark, start, wide, fill in zip(row.marks, starts, widths, fills, strict=False):
        if mark.state == "hidden":
            sheet.mask(start, y + 4)
        elif wide > 0:
            sheet.box(start, y, wide, 24, fill, PAPER)
        text = _short(mark)
        need = width_of(text, SMALL, True)
        middle = start + wide / 2
        if mark.state == "shown" and need + 6 <= wide:
            sheet.words(
                middle, y + 16, text, size=SMALL, bold=True, at="center", colour=PAPER if _dark(fill) else INK
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
