"""Themes by meeting: a grid of dots whose surface follows the figure that stands below each."""

from __future__ import annotations

from avis.report.charts.canvas import ACCENT, HAIR, MASK, QUIET, SIZE, SMALL, Sheet, width_of, wrap
from avis.report.charts.data import Mark, Plot

TIGHT = (22.0, 14.0)
"""The box of a hidden figure where columns are narrow: one size in the whole chart, its word in the key."""
NARROWEST = 24.0


def draw_dots(sheet: Sheet, plot: Plot, narrow: bool) -> float:
    """Draw rows down and series across; give the height, 0 where there are too many columns to draw.

    Where the names of columns do not fit, they are numbered, and a key below tells them.
    """
    aside = 0.0 if narrow else 220.0
    slot = (sheet.width - aside) / max(len(plot.series), 1)
    if slot < NARROWEST:
        return 0.0
    tight = slot < MASK[0] + 4 or any(
        width_of(w, SMALL) > slot - 6 for n in plot.series for w in n.split(" ")
    )
    heads = [
        [str(n)] if tight else wrap(name, slot - 6, SMALL) for n, name in enumerate(plot.series, start=1)
    ]
    for number, head in enumerate(heads):
        sheet.lines(aside + slot * (number + 0.5), SMALL + 2, head, size=SMALL, at="center", colour=QUIET)
    y = 4.0 + max(len(head) for head in heads) * SMALL * 1.28
    for row in plot.rows:
        y = _row(sheet, row.label, row.marks, (y, aside, slot, plot.top), tight)
    sheet.line([(0, y + 2), (sheet.width, y + 2)], HAIR)
    return _key(sheet, plot, y + 8) if tight else y + 6


def _row(
    sheet: Sheet, label: str, marks: tuple[Mark, ...], at: tuple[float, float, float, float], tight: bool
) -> float:
    y, aside, slot, top = at
    radius = min(slot / 2 - 3, 11.0 if tight else 17.0)
    sheet.line([(0, y + 2), (sheet.width, y + 2)], HAIR)
    lines = wrap(label, aside - 12 if aside else sheet.width)
    y += 8
    if not aside:
        y += sheet.lines(0, y + SIZE, lines) + 2
    height = max(len(lines) * SIZE * 1.28 if aside else 0.0, 2 * radius + 18)
    if aside:
        sheet.lines(0, y + height / 2 + 4.5 - (len(lines) - 1) * SIZE * 0.64, lines)
    for number, mark in enumerate(marks):
        _dot(sheet, aside + slot * (number + 0.5), y + height / 2, radius, mark, top, tight)
    return y + height


def _dot(sheet: Sheet, x: float, y: float, radius: float, mark: Mark, top: float, tight: bool) -> None:
    if mark.state == "hidden" and tight:
        sheet.mask(x - TIGHT[0] / 2, y - TIGHT[1] / 2, TIGHT[1], TIGHT[0])
    elif mark.state == "hidden":
        sheet.mask(x - MASK[0] / 2, y - MASK[1])
        sheet.words(x, y + 14, mark.text, size=SMALL, at="center", colour=QUIET)
    elif mark.state == "shown":
        own = radius * (mark.size(False) / top) ** 0.5
        if own > 0:
            sheet.dot(x, y - 6, own, ACCENT)
        sheet.words(x, y + radius + 7, mark.text, size=SMALL, bold=own > 0, at="center")
    elif mark.state != "absent" and tight:
        sheet.words(x, y + 4, "–", at="center", colour=QUIET)
    elif mark.state != "absent":
        for number, line in enumerate(wrap(mark.text, 2 * radius + 30, 10)):
            sheet.words(x, y - 4 + number * 12, line, size=10, at="center", colour=QUIET)


def _key(sheet: Sheet, plot: Plot, y: float) -> float:
    """Tell the numbers of the columns, and what a box or a dash means."""
    names = "   ".join(
        f"{n}.\u00a0{name}".replace(" ", "\u00a0") for n, name in enumerate(plot.series, start=1)
    )
    y += sheet.lines(0, y + SMALL, wrap(names, sheet.width, SMALL), size=SMALL, colour=QUIET) + 6
    unshown = {mark.state: mark.text for row in plot.rows for mark in row.marks if mark.state != "shown"}
    if "hidden" in unshown:
        sheet.mask(0, y, TIGHT[1], TIGHT[0])
        sheet.words(TIGHT[0] + 6, y + 11, unshown["hidden"], size=SMALL, colour=QUIET)
        y += 20
    for state in ("not_documented", "not_asked"):
        if state in unshown:
            sheet.words(0, y + 11, f"–  {unshown[state]}", size=SMALL, colour=QUIET)
            y += 20
    return y + 4
