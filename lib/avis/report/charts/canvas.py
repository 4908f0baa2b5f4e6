"""A sheet of paper to draw a chart on: boxes, lines, dots and words at places counted in pixels.

matplotlib paints it (object API, no pyplot) as SVG whose text stays text. `y` grows downwards.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Ellipse, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

from avis.report import outline

FONT = "DejaVu Sans"
INK = "#1b2228"
QUIET = "#59636c"
HAIR = "#c3cad0"
ACCENT = "#1f5a96"
PAPER = "#ffffff"
SIZE = 13.0
SMALL = 11.5
MASK = (46.0, 16.0)
"""Width and height of the box of a hidden figure: the same everywhere, so that it tells nothing."""

_ONE_AT_A_TIME = Lock()
"""matplotlib's settings are the process's: a thread that ends its drawing would change another's."""

_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "avis", "path.simplify": False, "font.family": FONT}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@cache
def width_of(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Measure words in pixels, in the face that the PDF uses; a phone's own face is rarely wider."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    with _ONE_AT_A_TIME:
        return float(TextToPath().get_text_width_height_descent(text, font, False)[0])


def tidy(text: str) -> str:
    """Make one line of a label: control characters and line ends become spaces."""
    return outline.tidy(_CONTROL.sub(" ", text)).strip(" ")


def wrap(text: str, room: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Cut words into lines that fit a width; a word that is too long is cut, never lost.

    >>> wrap("rendez-vous individuels", 90)
    ['rendez-vous', 'individuels']
    """
    lines: list[str] = []
    for word in _pieces(tidy(text), room, size, bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _pieces(text: str, room: float, size: float, bold: bool) -> list[str]:
    pieces = []
    for word in text.split(" "):
        while len(word) > 1 and width_of(word, size, bold) > room:
            cut = next((n for n in range(len(word) - 1, 1, -1) if width_of(word[:n], size, bold) <= room), 1)
            pieces.append(word[:cut])
            word = word[cut:]
        pieces.append(word)
    return pieces


class Sheet:
    """What is to be drawn, in order; painted once the height is known."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._artists: list[Any] = []

    def box(self, x: float, y: float, w: float, h: float, fill: str, line: str = "none") -> None:
        """Draw a filled rectangle from its upper left corner."""
        self._artists.append(Rectangle((x, y), w, h, facecolor=fill, edgecolor=line, linewidth=1.2))

    def mask(self, x: float, y: float, h: float = MASK[1], w: float = MASK[0]) -> None:
        """Draw the box of a hidden figure: hatched, outlined, of constant size."""
        self.box(x, y, w, h, PAPER, QUIET)
        step = 6.0
        points: list[tuple[float, float]] = []
        start = step
        while start < w + h:
            points += [
                (x + max(0.0, start - h), y + min(start, h)),
                (x + min(start, w), y + max(0.0, start - w)),
            ]
            start += step
        codes = [Path.MOVETO, Path.LINETO] * (len(points) // 2)
        self._artists.append(PathPatch(Path(points, codes), facecolor="none", edgecolor=QUIET, linewidth=1.1))

    def line(self, points: Sequence[tuple[float, float]], colour: str = HAIR, width: float = 1.0) -> None:
        """Draw a line through points."""
        self._artists.append(
            PathPatch(Path(list(points)), facecolor="none", edgecolor=colour, linewidth=width)
        )

    def dot(self, x: float, y: float, radius: float, fill: str, line: str = ACCENT) -> None:
        """Draw a round dot."""
        self._artists.append(
            Ellipse((x, y), 2 * radius, 2 * radius, facecolor=fill, edgecolor=line, linewidth=2)
        )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        colour: str = INK,
        bold: bool = False,
        at: str = "left",
        turn: float = 0,
    ) -> None:
        """Write one line of words; `y` is the baseline, `at` the side that stands on `x`."""
        self._artists.append(
            Text(
                x,
                y,
                tidy(text),
                color=colour,
                size=size,
                weight="bold" if bold else "normal",
                ha=at,
                va="baseline",
                rotation=turn,
                rotation_mode="anchor",
                parse_math=False,
                fontfamily=FONT,
            )
        )

    def lines(self, x: float, y: float, lines: Sequence[str], **how: Any) -> float:
        """Write lines below one another, the first baseline at `y`; give the height they take."""
        step = how.get("size", SIZE) * 1.28
        for number, text in enumerate(lines):
            self.words(x, y + number * step, text, **how)
        return float(len(lines) * step)

    def paint(self, height: float) -> bytes:
        """Give the sheet as SVG, the same bytes for the same drawing."""
        with _ONE_AT_A_TIME, matplotlib.rc_context(_SETTINGS):
            figure = Figure(figsize=(self.width / 72, height / 72), dpi=72, facecolor="none")
            canvas: Any = FigureCanvasSVG(figure)
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            axes.set_xlim(0, self.width)
            axes.set_ylim(height, 0)
            for artist in self._artists:
                axes.add_artist(artist)
                artist.set_clip_on(False)
            out = io.BytesIO()
            canvas.print_svg(out, metadata={"Date": None})
        return out.getvalue()
