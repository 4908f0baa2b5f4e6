"""Charts as SVG: bars, columns, answers on a scale, before and after, themes by meeting, planned and done.

Every figure stands in words beside its shape, so that nothing hangs on colour, on sight of a length, or
on a legend. A hidden figure is a hatched box of one size, wherever it stands.
"""

from __future__ import annotations

from functools import lru_cache

from avis.exhibits import Chart, Table
from avis.i18n import Language, say
from avis.report.charts.canvas import (
    ACCENT,
    HAIR,
    INK,
    MASK,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    Drawing,
    Sheet,
    width_of,
    wrap,
)
from avis.report.charts.data import Mark, Plot, Row, description, read_plot
from avis.report.charts.dots import draw_dots
from avis.report.charts.periods import FEWEST, draw_periods
from avis.report.charts.scale import draw_likert

WIDE, NARROW = 640.0, 272.0
"""Widths in pixels for a page and for a phone: words are never scaled down to fit."""
SERIES = (ACCENT, "#c77f00", "#00795a", "#a8487b", "#3f8fc4")
"""Okabe and Ito's colours, darkened until they hold 3:1 on white."""
FAINT = "#7c8791"
GAP = 8.0


def draw_svg(
    chart: Chart,
    tables: tuple[Table, ...],
    language: Language,
    prefix: str,
    narrow: bool = False,
    told: str = "",
    floor: float = 0.0,
    named: str = "",
) -> str:
    """Draw a chart from its protected tables as inline SVG; ids begin with `prefix`.

    `narrow` draws for a phone: labels above, at most 340 pixels wide. `told` is the chart in words where
    the document has its own; `floor` is the least end of the axis; `named` is the prefix of the same chart
    in another width, whose words then tell this one too. Errors: DOC-005.
    """
    plot = read_plot(chart, tables, language, floor)
    words = told or description(chart, tables, language)
    return _painted(plot, narrow).svg(prefix, plot.title, words, named)


@lru_cache(maxsize=256)
def _painted(plot: Plot, narrow: bool) -> Drawing:
    """Paint a chart once for the page, the PDF and the Word file, which show the same one."""
    sheet = Sheet(NARROW if narrow else WIDE)
    return sheet.paint(_draw(sheet, plot, narrow))


def _draw(sheet: Sheet, plot: Plot, narrow: bool) -> float:
    if not any(mark.state != "absent" for row in plot.rows for mark in row.marks):
        sheet.words(0, 4 + SIZE, say("report.chart.none", plot.language), colour=QUIET)
        return 28.0
    if plot.form == "likert":
        return draw_likert(sheet, plot)
    if plot.form == "change":
        return _change(sheet, plot)
    if plot.form == "planned":
        return _planned(sheet, plot)
    if plot.form in ("dots", "agreement"):
        return draw_dots(sheet, plot, narrow) or _groups(sheet, plot)
    if plot.form == "columns" and not plot.series:
        if _room_for_columns(sheet, plot):
            return _columns(sheet, plot)
        if len(plot.rows) >= FEWEST:
            return draw_periods(sheet, plot)
    return _groups(sheet, plot) if plot.series else _bars(sheet, plot, narrow)


def _colour(row: Row, number: int = 0) -> str:
    return FAINT if row.quiet else SERIES[number % len(SERIES)]


def _bar(sheet: Sheet, x: float, y: float, room: float, mark: Mark, plot: Plot, fill: str, h: float) -> None:
    """Draw a bar that starts at `x` and its figure at its end; a figure that is not shown has no length."""
    end = x
    if mark.state == "hidden":
        sheet.mask(x, y + (h - MASK[1]) / 2)
        end = x + MASK[0]
    elif mark.state == "shown":
        end = x + room * mark.size(plot.by_share) / plot.top
        sheet.box(x, y, end - x, h, fill)
    shown = mark.state == "shown"
    sheet.words(end + GAP, y + h / 2 + 4.5, mark.text, bold=shown, colour=INK if shown else QUIET)


def _room_for_figures(plot: Plot) -> float:
    return max(width_of(m.text, SIZE, True) for row in plot.rows for m in row.marks) + GAP + 4


def _bars(sheet: Sheet, plot: Plot, narrow: bool) -> float:
    widest = max(width_of(row.label) for row in plot.rows)
    aside = 0.0 if narrow else min(widest, 230.0) + 14
    room = sheet.width - aside - max(_room_for_figures(plot), MASK[0] + _room_for_hidden(plot))
    y, thick = 4.0, 20.0
    for row in plot.rows:
        lines = wrap(row.label, aside - 12 if aside else sheet.width)
        tall = len(lines) * SIZE * 1.28
        if aside:
            top = y + max(0.0, (tall - thick) / 2)
            sheet.lines(0, top + thick / 2 + 4.5 - (len(lines) - 1) * SIZE * 0.64, lines)
            bottom = y + max(tall, thick)
        else:
            sheet.lines(0, y + SIZE, lines)
            top = y + tall + 3
            bottom = top + thick
        sheet.line([(aside, top - 3), (aside, top + thick + 3)], QUIET, 1.2)
        _bar(sheet, aside, top, room, row.marks[0], plot, _colour(row), thick)
        y = bottom + (12 if aside else 14)
    return y


def _room_for_hidden(plot: Plot) -> float:
    masked = [width_of(m.text) + GAP for row in plot.rows for m in row.marks if m.state == "hidden"]
    return max(masked, default=0.0)


def _groups(sheet: Sheet, plot: Plot) -> float:
    """Bars of several series: a heading a row, then a line of words and a bar a series."""
    y, thick, inset = 4.0, 12.0, 10.0
    room = sheet.width - inset - _room_for_figures(plot) - MASK[0] / 2
    for row in plot.rows:
        y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True) + 4
        for number, (name, mark) in enumerate(zip(plot.series, row.marks, strict=True)):
            if mark.state == "absent":
                continue
            y += sheet.lines(inset, y + SMALL, wrap(name, sheet.width - inset, SMALL), size=SMALL) + 4
            _bar(sheet, inset, y, room, mark, plot, _colour(row, number), thick)
            y += thick + 7
        y += 8
    return y


def _room_for_columns(sheet: Sheet, plot: Plot) -> bool:
    slot = sheet.width / max(len(plot.rows), 1)
    figures = max(width_of(m.text, SIZE, True) for row in plot.rows for m in row.marks)
    words = max(width_of(word, SMALL) for row in plot.rows for word in row.label.split(" "))
    return max(figures, words, MASK[0]) + 8 <= slot


def _columns(sheet: Sheet, plot: Plot) -> float:
    slot = min(sheet.width / len(plot.rows), 130.0)
    left = (sheet.width - slot * len(plot.rows)) / 2
    tall = 170.0 if sheet.width > NARROW else 112.0  # two stand beside each other on paper
    base, wide = tall + 30.0, min(slot * 0.62, 64.0)
    lowest = base
    for number, row in enumerate(plot.rows):
        centre, mark = left + slot * (number + 0.5), row.marks[0]
        top = base - 6
        if mark.state == "hidden":
            top = base - MASK[1] - 2
            sheet.mask(centre - MASK[0] / 2, top)
        elif mark.state == "shown":
            length = tall * mark.size(plot.by_share) / plot.top
            top = base - length
            sheet.box(centre - wide / 2, top, wide, length, _colour(row))
        shown = mark.state == "shown"
        sheet.words(centre, top - 7, mark.text, bold=shown, at="center", colour=INK if shown else QUIET)
        lines = wrap(row.label, slot - 8, SMALL)
        lowest = max(lowest, base + 4 + sheet.lines(centre, base + 18, lines, size=SMALL, at="center"))
    sheet.line([(left, base), (left + slot * len(plot.rows), base)], QUIET, 1.2)
    return lowest + 10


def _change(sheet: Sheet, plot: Plot) -> float:
    """Two dots a row on one line: hollow before, full after, each with its figure in words."""
    side = max(_side(m, name) for row in plot.rows for name, m in zip(plot.series, row.marks, strict=True))
    if len(plot.series) != 2:
        return _groups(sheet, plot)
    if sheet.width - 2 * side < sheet.width * 0.3:
        return _change_below(sheet, plot)
    y = 4.0
    for row in plot.rows:
        y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True) + 12
        sheet.line([(side, y), (sheet.width - side, y)], HAIR, 1.0)
        _dumbbell(sheet, row, plot, side, sheet.width - side, y)
        y += 24
    return y


def _change_below(sheet: Sheet, plot: Plot) -> float:
    """The same for a narrow sheet: the words stand in a line of their own, the dots below."""
    y, right = 4.0, sheet.width - MASK[0] - 8
    for row in plot.rows:
        y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True) + 2
        told = [f"{name} {m.text}" for name, m in zip(plot.series, row.marks, strict=True)]
        lines = wrap(" → ".join(told), sheet.width, SMALL)
        y += sheet.lines(0, y + SMALL, lines, size=SMALL) + 12
        sheet.line([(0, y), (right, y)], HAIR, 1.0)
        _dumbbell(sheet, row, plot, 0, right, y, told=False)
        y += 24
    return y


def _side(mark: Mark, name: str) -> float:
    boxed = MASK[0] + 6 if mark.state == "hidden" else 10.0
    return width_of(f"{name} {mark.text}", SMALL, True) + boxed + 6


def _dumbbell(
    sheet: Sheet, row: Row, plot: Plot, left: float, right: float, y: float, told: bool = True
) -> None:
    shown = [m for m in row.marks if m.state == "shown"]
    places = [left + 8 + (right - left - 16) * m.size(plot.by_share) / plot.top for m in shown]
    if len(places) > 1:
        sheet.line([(min(places), y), (max(places), y)], ACCENT, 3)
    falling = len(places) > 1 and places[-1] < places[0]
    for number, (name, mark) in enumerate(zip(plot.series, row.marks, strict=True)):
        to_left = (number == 0) != falling and told
        x = left + 8 + (right - left - 16) * mark.size(plot.by_share) / plot.top
        if mark.state == "hidden":
            x = left - MASK[0] - 2 if to_left else right + 2
            sheet.mask(x, y - MASK[1] / 2)
            x += 0 if to_left else MASK[0]
        elif mark.state != "shown":
            x = left if to_left else right
        if told:
            _beside(sheet, x, y, f"{name} {mark.text}", to_left, mark)
        if mark.state == "shown":
            sheet.dot(x, y, 6.5, PAPER if number == 0 else ACCENT)


def _beside(sheet: Sheet, x: float, y: float, text: str, to_left: bool, mark: Mark) -> None:
    """Write a figure beside its dot, on paper, so that no line runs through it."""
    gap, wide = 12 if mark.state == "shown" else 5, width_of(text, SMALL, True)
    edge = x - gap if to_left else x + gap
    sheet.box(edge - wide - 2 if to_left else edge - 2, y - 8, wide + 4, 16, PAPER)
    sheet.words(edge, y + 4, text, size=SMALL, bold=mark.state == "shown", at="right" if to_left else "left")


def _planned(sheet: Sheet, plot: Plot) -> float:
    """What was done as a bar, what was planned as a frame around it and a stroke where it ends."""
    y, thick, room = 4.0, 20.0, sheet.width - 4
    for row in plot.rows:
        planned, done = row.marks
        # Each row has its own scale: appointments and workshops are not the same thing.
        top = max(planned.size(False), done.size(False)) or 1.0
        y += sheet.lines(0, y + SIZE, wrap(row.label, sheet.width, bold=True), bold=True) + 3
        words = f"{plot.series[1]} {done.text} · {plot.series[0]} {planned.text}"
        y += sheet.lines(0, y + SMALL, wrap(words, sheet.width, SMALL), size=SMALL) + 5
        if done.state == "hidden":
            sheet.mask(0, y + 2)
        elif done.state == "shown":
            sheet.box(0, y, room * done.size(False) / top, thick, ACCENT)
        if planned.state == "shown":
            end = room * planned.size(False) / top
            sheet.line([(0, y - 3), (end, y - 3), (end, y + thick + 3), (0, y + thick + 3)], INK, 1.4)
        sheet.line([(0, y - 3), (0, y + thick + 3)], QUIET, 1.2)
        y += thick + 20
    return y
