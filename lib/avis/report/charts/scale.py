"""Answers on a scale: one bar a question, lowest level first, the two sides on either side of one line.

Where an end of the scale is the better one, bars hang on the middle of the scale: the neutral level, or the
place between the halves. Where none is, they begin on the left: nothing there has a middle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, count

from avis.report.charts.canvas import (
    HAIR,
    INK,
    MASK,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    Sheet,
    width_of,
    wrap,
)
from avis.report.charts.data import Better, Mark, Plot, Row

LOW = ("#a8500b", "#eeb678")
HIGH = ("#b3d1ea", "#1f5a96")
MIDDLE = "#e1e4e7"
"""From brown to blue through grey: told apart by all kinds of colour sight, and by their place in print."""
RAMP = ("#d6e6f4", "#1f5a96")
"""From light to dark in one colour, where no end is the better one."""
THICK = 24.0
LANE = 13.0
"""The height of a line of figures too narrow for their part of the bar."""


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
        return [_between(RAMP, at / max(levels - 1, 1)) for at in range(levels)]
    found = _two_ended(levels)
    return found if better == "high" else found[::-1]


def _between(ends: tuple[str, str], part: float) -> str:
    light, dark = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in ends)
    return "#" + "".join(f"{int(a + (b - a) * part):02x}" for a, b in zip(light, dark, strict=True))


def _dark(colour: str) -> bool:
    """Tell whether white words read better on a colour than dark ones."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 125


def _two_ended(levels: int) -> list[str]:
    half = levels // 2
    steps = [at / max(half - 1, 1) for at in range(half)]
    low = [_between(LOW, step) for step in steps] if half > 1 else [LOW[1]] * half
    high = [_between(HIGH, step) for step in steps] if half > 1 else [HIGH[1]] * half
    return low + [MIDDLE] * (levels % 2) + high


@dataclass
class _Side:
    """How far a row reaches on one side of the middle: lengths that are drawn to scale, and boxes."""

    length: float = 0.0
    boxes: float = 0.0

    def reach(self, scale: float) -> float:
        """Give the pixels that it takes."""
        return self.length * scale + self.boxes


@dataclass
class _Lanes:
    """Lines of small figures on one side of a bar: where each of them ends."""

    ends: list[float] = field(default_factory=list)

    def take(self, left: float, right: float, most: int) -> int | None:
        """Give the first line with room between two places, none where it would be beyond `most`."""
        for lane, end in enumerate(self.ends):
            if left > end + 4:
                self.ends[lane] = right
                return lane
        if len(self.ends) >= most:
            return None
        self.ends.append(right)
        return len(self.ends) - 1


def draw_likert(sheet: Sheet, plot: Plot) -> float:
    """Draw the key of levels in their order, then each question with its bar; give the height."""
    y = _key(sheet, plot)
    centred = plot.better in ("high", "low")
    sides = [_sides(row, plot) if centred else (_Side(), _whole(row, plot)) for row in plot.rows]
    scale = _scale(sheet, plot, sides, centred)
    middle = _middle(sheet, plot, sides, scale) if centred else 0.0
    fills = colours(len(plot.series), plot.better)
    for row, (left, _) in zip(plot.rows, sides, strict=True):
        if row.label != plot.title or len(plot.rows) > 1:
            y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True)
        top, bottom = _bar(sheet, row, plot, (middle - left.reach(scale), scale), fills, y + 4)
        if centred:
            _mark_middle(sheet, middle, top, whole=len(row.marks) % 2 == 0)
        y = bottom + 10
    return y


def _mark_middle(sheet: Sheet, x: float, y: float, whole: bool) -> None:
    """Mark the middle of the scale: through the bar between two halves, beside a level that lies there."""
    ends = [(y - 4, y + THICK + 4)] if whole else [(y - 4, y + 1), (y + THICK - 1, y + THICK + 4)]
    for top, bottom in ends:
        sheet.line([(x, top), (x, bottom)], INK, 1.2)


def _whole(row: Row, plot: Plot) -> _Side:
    boxes = sum(MASK[0] for mark in row.marks if mark.state == "hidden")
    return _Side(sum(mark.size(plot.by_share) for mark in row.marks), boxes)


def _sides(row: Row, plot: Plot) -> tuple[_Side, _Side]:
    """Share a row out: levels below the middle, levels above it, the neutral one half to each."""
    left, right, last = _Side(), _Side(), len(row.marks) - 1
    for at, mark in enumerate(row.marks):
        for side, part in ((left, 1.0 if 2 * at < last else 0.0), (right, 1.0 if 2 * at > last else 0.0)):
            part = 0.5 if 2 * at == last else part
            side.length += part * mark.size(plot.by_share)
            side.boxes += part * MASK[0] if mark.state == "hidden" else 0.0
    return left, right


def _scale(sheet: Sheet, plot: Plot, sides: list[tuple[_Side, _Side]], centred: bool) -> float:
    """Pixels for a unit of length, so that the widest rows fit with their boxes of hidden figures."""
    fits = [
        (sheet.width - left.boxes - right.boxes) / (left.length + right.length)
        for left, _ in sides
        for _, right in sides
        if left.length + right.length
    ]
    if not centred:  # all who answered: the axis of every chart of a question
        fits += [sheet.width] if plot.by_share else []
    elif plot.floor:  # beside another chart of the same question: the same line, the same scale
        half = sheet.width / 2
        fits += [half / plot.floor]
        fits += [(half - side.boxes) / side.length for pair in sides for side in pair if side.length]
    return min(fits, default=1.0)


def _middle(sheet: Sheet, plot: Plot, sides: list[tuple[_Side, _Side]], scale: float) -> float:
    """Where the line stands: in the middle beside another chart, else where both sides fit best."""
    if plot.floor:
        return sheet.width / 2
    return max(left.reach(scale) for left, _ in sides)


def below(row: Row, plot: Plot) -> float:
    """Give how much of a row stands below the middle of its scale, 0 where the scale has none."""
    return _sides(row, plot)[0].length if plot.better in ("high", "low") else 0.0


def reach(plot: Plot) -> float:
    """Give how far the longest side of a scale with two ends reaches from the middle, 0 for others."""
    if plot.form != "likert" or plot.better not in ("high", "low"):
        return 0.0
    return max((side.length for row in plot.rows for side in _sides(row, plot)), default=0.0)


def _key(sheet: Sheet, plot: Plot) -> float:
    x, y = 0.0, 4.0
    fills = colours(len(plot.series), plot.better)
    for at, (name, colour) in enumerate(zip(plot.series, fills, strict=True), start=1):
        lines = wrap(f"{at}. {name}", sheet.width - 22, SMALL)
        wide = 20 + max(width_of(line, SMALL) for line in lines)
        if x and x + wide > sheet.width:
            x, y = 0.0, y + 20
        sheet.box(x, y, 13, 13, colour, QUIET)
        y += sheet.lines(x + 19, y + 11, lines, size=SMALL) - SMALL * 1.28
        x += wide + 16
    return y + 32


def _bar(
    sheet: Sheet, row: Row, plot: Plot, at: tuple[float, float], fills: list[str], y: float
) -> tuple[float, float]:
    """Draw one bar with its figures; give where it stands and where what stands below it ends."""
    start, scale = at
    widths = [MASK[0] if m.state == "hidden" else m.size(plot.by_share) * scale for m in row.marks]
    starts = list(accumulate(widths, initial=start))
    above, below = _Lanes(), _Lanes()
    beside = []
    for mark, left, wide in zip(row.marks, starts, widths, strict=False):
        text, need = _short(mark), width_of(_short(mark), SMALL, True)
        if (not wide and mark.state != "shown") or (mark.state == "shown" and need + 6 <= wide):
            continue
        middle = min(max(left + wide / 2, need / 2), sheet.width - need / 2)
        beside.append((middle, text, *_lane(middle - need / 2, middle + need / 2, above, below)))
    y += LANE * max(len(above.ends), 1) + 1
    for mark, left, wide, fill in zip(row.marks, starts, widths, fills, strict=False):
        _part(sheet, mark, left, wide, fill, y)
    for middle, text, upper, lane in beside:
        _little(sheet, middle, text, y, upper, lane)
    return y, y + THICK + LANE * max(len(below.ends), 1)


def _lane(left: float, right: float, above: _Lanes, below: _Lanes) -> tuple[bool, int]:
    """Find a line for a small figure, above or below the bar, the nearest first."""
    for most in count(1):
        for lanes in (above, below):
            lane = lanes.take(left, right, most)
            if lane is not None:
                return lanes is above, lane
    raise AssertionError


def _part(sheet: Sheet, mark: Mark, start: float, wide: float, fill: str, y: float) -> None:
    """Draw one level of a bar, its figure inside where it fits."""
    if mark.state == "hidden":
        return sheet.mask(start, y + 4)
    sheet.box(start, y, wide, THICK, fill, PAPER)
    text = _short(mark)
    if mark.state == "shown" and width_of(text, SMALL, True) + 6 <= wide:
        ink = PAPER if _dark(fill) else INK
        sheet.words(start + wide / 2, y + 16, text, size=SMALL, bold=True, at="center", colour=ink)
    return None


def _little(sheet: Sheet, x: float, text: str, y: float, above: bool, lane: int) -> None:
    """Write a figure beside its part of the bar; a stroke leads to it from the second line on."""
    base = y - 4 - LANE * lane if above else y + THICK + 12 + LANE * lane
    if lane:
        sheet.line([(x, base + 2), (x, y)] if above else [(x, y + THICK), (x, base - 10)], HAIR)
    sheet.words(x, base, text, size=SMALL, at="center", colour=INK)


def _short(mark: Mark) -> str:
    """Say the share alone where there is one: the count stands in the table behind."""
    if mark.state == "shown" and "(" in mark.text:
        return mark.text.rsplit("(", 1)[1].rstrip(")")
    return mark.text
