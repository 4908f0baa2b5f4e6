"""A grid of dots whose surface follows the figure that stands below each: themes by meeting, agreement.

Where a grid holds nothing but ones and zeros (spoken of or not), a dot and a ring say it without figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from avis.i18n import say
from avis.report.charts.canvas import ACCENT, HAIR, MASK, PAPER, QUIET, SIZE, SMALL, Sheet, width_of, wrap
from avis.report.charts.data import Mark, Plot, Row

TIGHT = (22.0, 14.0)
"""The box of a hidden figure where columns are narrow: one size in the whole chart, its word in the key."""
NARROWEST = 24.0
PRESENT, RING = 7.0, 2.5


@dataclass(frozen=True)
class _Layout:
    """Where the columns of a grid stand, and how what is in them is drawn."""

    aside: float
    slot: float
    top: float
    tight: bool
    """Whether columns are too narrow for their names: they are numbered then, and told in a key."""
    present: bool
    """Whether the grid says of each place only if it is so."""

    @property
    def radius(self) -> float:
        """The greatest dot."""
        return min(self.slot / 2 - 3, PRESENT if self.present else 11.0 if self.tight else 17.0)

    def x(self, at: int) -> float:
        """The middle of a column."""
        return self.aside + self.slot * (at + 0.5)


def draw_dots(sheet: Sheet, plot: Plot, narrow: bool) -> float:
    """Draw rows down and series across; give the height, 0 where there are too many columns to draw.

    Where the names of columns do not fit, they are numbered, and a key below tells them.
    """
    aside = 0.0 if narrow else 220.0
    slot = (sheet.width - aside) / max(len(plot.series), 1)
    figures = [width_of(mark.text, SMALL, True) for row in plot.rows for mark in row.marks if mark.value]
    if slot < max(NARROWEST, *figures, 0.0):
        return 0.0
    words = [word for name in plot.series for word in name.split(" ")]
    tight = slot < MASK[0] + 4 or any(width_of(word, SMALL) > slot - 6 for word in words)
    layout = _Layout(aside, slot, plot.top, tight, present(plot))
    heads = [[str(at)] if tight else wrap(name, slot - 6, SMALL) for at, name in enumerate(plot.series, 1)]
    for at, head in enumerate(heads):
        sheet.lines(layout.x(at), SMALL + 2, head, size=SMALL, at="center", colour=QUIET)
    y = 4.0 + max(len(head) for head in heads) * SMALL * 1.28
    for row in plot.rows:
        y = _row(sheet, row, layout, y)
    sheet.line([(0, y + 2), (sheet.width, y + 2)], HAIR)
    return _key(sheet, plot, layout, y + 8)


def present(plot: Plot) -> bool:
    """Tell whether a grid holds nothing but ones and zeros."""
    shown = {mark.text for row in plot.rows for mark in row.marks if mark.state == "shown"}
    return shown == {"0", "1"}


def _row(sheet: Sheet, row: Row, layout: _Layout, y: float) -> float:
    sheet.line([(0, y + 2), (sheet.width, y + 2)], HAIR)
    lines = wrap(row.label, layout.aside - 12 if layout.aside else sheet.width)
    tall = 2 * layout.radius + (8 if layout.present else 18)
    y += 8
    if not layout.aside:
        y += sheet.lines(0, y + SIZE, lines) + 2
    height = max(len(lines) * SIZE * 1.28 if layout.aside else 0.0, tall)
    if layout.aside:
        sheet.lines(0, y + height / 2 + 4.5 - (len(lines) - 1) * SIZE * 0.64, lines)
    for at, mark in enumerate(row.marks):
        if mark.state == "shown":
            _dot(sheet, layout.x(at), y + height / 2, mark, layout)
        else:
            _unshown(sheet, layout.x(at), y + height / 2, mark, layout)
    return y + height


def _dot(sheet: Sheet, x: float, y: float, mark: Mark, layout: _Layout) -> None:
    own = layout.radius * (mark.size(False) / layout.top) ** 0.5
    if layout.present:
        return sheet.dot(x, y, own or RING, ACCENT if own else PAPER, ACCENT if own else QUIET)
    if own > 0:
        sheet.dot(x, y - 6, own, ACCENT)
    below = layout.radius + 7 if own > 0 else 4
    sheet.words(x, y + below, mark.text, size=SMALL, bold=own > 0, at="center")
    return None


def _unshown(sheet: Sheet, x: float, y: float, mark: Mark, layout: _Layout) -> None:
    small = layout.tight or layout.present
    if mark.state == "hidden" and small:
        sheet.mask(x - TIGHT[0] / 2, y - TIGHT[1] / 2, TIGHT[1], TIGHT[0])
    elif mark.state == "hidden":
        sheet.mask(x - MASK[0] / 2, y - MASK[1])
        sheet.words(x, y + 14, mark.text, size=SMALL, at="center", colour=QUIET)
    elif mark.state != "absent" and small:
        sheet.words(x, y + 4, "–", at="center", colour=QUIET)
    elif mark.state != "absent":
        for at, line in enumerate(wrap(mark.text, 2 * layout.radius + 30, 10)):
            sheet.words(x, y - 4 + at * 12, line, size=10, at="center", colour=QUIET)


def _key(sheet: Sheet, plot: Plot, layout: _Layout, y: float) -> float:
    """Tell the numbers of the columns, and what a dot, a ring, a box or a dash means."""
    if layout.tight:
        names = [f"{at}. {name}  ".replace(" ", "\u00a0") for at, name in enumerate(plot.series, 1)]
        told = wrap(" ".join(names), sheet.width, SMALL)
        y += sheet.lines(0, y + SMALL, told, size=SMALL, colour=QUIET) + 6
    if not (layout.tight or layout.present):
        return y - 2
    x = 0.0
    for state, words in _meanings(plot, layout):
        wide = TIGHT[0] + 6 + width_of(words, SMALL) + 18
        if x and x + wide > sheet.width:
            x, y = 0.0, y + 20
        _sign(sheet, x + TIGHT[0] / 2, y + 7, state)
        sheet.words(x + TIGHT[0] + 6, y + 11, words, size=SMALL, colour=QUIET)
        x += wide
    return y + (24 if x else 4)


def _sign(sheet: Sheet, x: float, y: float, state: str) -> None:
    if state == "hidden":
        sheet.mask(x - TIGHT[0] / 2, y - TIGHT[1] / 2, TIGHT[1], TIGHT[0])
    elif state in ("1", "0"):
        fill, line = (ACCENT, ACCENT) if state == "1" else (PAPER, QUIET)
        sheet.dot(x, y, PRESENT if state == "1" else RING, fill, line)
    else:
        sheet.words(x, y + 4, "–", at="center", colour=QUIET)


def _meanings(plot: Plot, layout: _Layout) -> list[tuple[str, str]]:
    unshown = {mark.state: mark.text for row in plot.rows for mark in row.marks if mark.state != "shown"}
    told_as = {"1": "present", "0": "not_present"} if layout.present else {}
    if plot.form == "dots":  # spoken of or not; of an agreement they are numbers of people
        dots = [(state, say(f"report.chart.{key}", plot.language)) for state, key in told_as.items()]
    else:
        dots = [(state, state) for state in told_as]
    told = [state for state in ("hidden", "not_documented", "not_asked") if state in unshown]
    return [*dots, *((state, unshown[state]) for state in told)]
