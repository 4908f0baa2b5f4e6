"""A sheet of paper to draw a chart on: boxes, lines, dots and words at places counted in pixels.

It writes SVG itself, for pages under a strict content security policy and for Typst: attributes and no
styles, text that stays text, what looks alike said once. `y` grows downwards.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from avis.report import outline

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

INK = "#1b2228"
QUIET = "#59636c"
HAIR = "#c3cad0"
ACCENT = "#1f5a96"
PAPER = "#fff"
SIZE = 13.0
SMALL = 11.5
MASK = (46.0, 16.0)
"""Width and height of the box of a hidden figure: the same everywhere, so that it tells nothing."""
FACES = "DejaVu Sans, Verdana, Segoe UI, system-ui, sans-serif"
"""DejaVu in the PDF; on screens Verdana (same widths) or narrower faces, so that nothing runs over."""
DRESS = f' font-family="{FACES}" font-size="13" fill="{INK}"'
"""What all words of a sheet say of themselves; a page says it once, in its style sheet."""

_ONE_AT_A_TIME = Lock()
"""A font holds the words that it measures: two threads must not share it at once."""
_MEASURED_AT = 100.0
_ANCHORS = {"center": "middle", "right": "end"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@cache
def _font(bold: bool) -> FT2Font:
    import matplotlib  # half a second: `avis check` measures no word
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = FT2Font(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)
    font.set_size(_MEASURED_AT, 72)
    return font


@cache
def width_of(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Measure words in pixels, in the face that the PDF uses; a phone's own face is rarely wider."""
    from matplotlib.ft2font import LoadFlags

    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that the face lacks take the room of an empty box
        font = _font(bold)
        font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
        return float(font.get_width_height()[0]) / 64 * size / _MEASURED_AT


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


def number(value: float) -> str:
    """Write a length with one decimal at most: a tenth of a pixel is seen by nobody.

    >>> number(12.04), number(-0.01), number(7.25)
    ('12', '0', '7.2')
    """
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else str(round(value))


Look: TypeAlias = tuple[str, str, str, str]
LOOKS = ("font-size", "text-anchor", "fill", "font-weight")
"""What a line of words may say of itself; empty is what the whole sheet says."""


class _Shape(NamedTuple):
    look: str
    drawn: str
    frame: tuple[float, float, float, float]
    """Left, top, right, bottom: shapes of one look are said together where nothing stands between them."""


class Sheet:
    """What is to be drawn, in order; painted once the height is known. Words stand above all shapes."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._shapes: list[_Shape] = []
        self._words: list[tuple[Look, str]] = []

    def box(self, x: float, y: float, w: float, h: float, fill: str, line: str = "none") -> None:
        """Draw a filled rectangle from its upper left corner."""
        if w <= 0 or h <= 0:
            return
        stroke = "" if line == "none" else f' stroke="{line}" stroke-width="1.2"'
        wide = number(round(x + w, 1) - round(x, 1))
        drawn = f"M{number(x)} {number(y)}h{wide}v{number(h)}h-{wide}z"
        self._shapes.append(_Shape(f'fill="{fill}"{stroke}', drawn, (x, y, x + w, y + h)))

    def mask(self, x: float, y: float, h: float = MASK[1], w: float = MASK[0]) -> None:
        """Draw the box of a hidden figure: hatched, outlined, of constant size."""
        self.box(x, y, w, h, PAPER, QUIET)
        x, y = round(x, 1), round(y, 1)
        drawn, step = [], 6.0
        start = step
        while start < w + h:
            left, low = x + max(0.0, start - h), y + min(start, h)
            reach = min(start, w) - max(0.0, start - h)
            drawn.append(f"M{number(left)} {number(low)}l{number(reach)}-{number(reach)}")
            start += step
        look = f'fill="none" stroke="{QUIET}" stroke-width="1.1"'
        self._shapes.append(_Shape(look, "".join(drawn), (x, y, x + w, y + h)))

    def line(self, points: Sequence[tuple[float, float]], colour: str = HAIR, width: float = 1.0) -> None:
        """Draw a line through points."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        drawn = f"M{number(xs[0])} {number(ys[0])}"
        for at in range(1, len(points)):
            if number(ys[at]) == number(ys[at - 1]):
                drawn += f"H{number(xs[at])}"
            elif number(xs[at]) == number(xs[at - 1]):
                drawn += f"V{number(ys[at])}"
            else:
                drawn += f"L{number(xs[at])} {number(ys[at])}"
        thick = "" if width == 1.0 else f' stroke-width="{number(width)}"'
        self._shapes.append(
            _Shape(f'fill="none" stroke="{colour}"{thick}', drawn, (min(xs), min(ys), max(xs), max(ys)))
        )

    def dot(self, x: float, y: float, radius: float, fill: str, line: str = ACCENT) -> None:
        """Draw a round dot."""
        look = f'fill="{fill}" stroke="{line}" stroke-width="2"'
        drawn = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
        self._shapes.append(_Shape(look, drawn, (x - radius, y - radius, x + radius, y + radius)))

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
    ) -> None:
        """Write one line of words; `y` is the baseline, `at` the side that stands on `x`."""
        told = f'<text x="{number(x)}" y="{number(y)}">{escape(tidy(text), quote=False)}</text>'
        tall, weight = "" if size == SIZE else number(size), "700" if bold else ""
        look = (tall, _ANCHORS.get(at, ""), "" if colour == INK else colour, weight)
        self._words.append((look, told))

    def lines(self, x: float, y: float, lines: Sequence[str], **how: Any) -> float:
        """Write lines below one another, the first baseline at `y`; give the height they take."""
        step = how.get("size", SIZE) * 1.28
        for at, text in enumerate(lines):
            self.words(x, y + at * step, text, **how)
        return float(len(lines) * step)

    def paint(self, height: float) -> Drawing:
        """Give the sheet as a drawing, the same for the same strokes."""
        return Drawing(self.width, height, _shapes(self._shapes) + "".join(_texts(self._words)))


class Drawing(NamedTuple):
    """A painted sheet; its words for those who do not see it come when it takes its place."""

    width: float
    height: float
    body: str

    def svg(self, prefix: str, title: str, description: str, named: str = "") -> str:
        """Give the whole SVG, ids under `prefix`; `named` is the prefix of another that tells the same."""
        box = f"0 0 {number(self.width)} {number(self.height)}"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
            f'role="img" aria-labelledby="{named or prefix}-t {named or prefix}-d"{DRESS}>'
        )
        told = f'<title id="{prefix}-t">{escape(tidy(title), quote=False)}</title>'
        told += f'<desc id="{prefix}-d">{escape(tidy(description), quote=False)}</desc>'
        return f"{head}{'' if named else told}{self.body}</svg>"


def _shapes(shapes: Sequence[_Shape]) -> str:
    """Write shapes of one look as one, where that puts none above another that it stood below."""
    groups: list[tuple[str, list[_Shape]]] = []
    for shape in shapes:
        for look, held in reversed(groups):
            if look == shape.look:
                held.append(shape)
                break
            if any(_meet(one, shape) for one in held):
                groups.append((shape.look, [shape]))
                break
        else:
            groups.append((shape.look, [shape]))
    return "".join(_together(look, [shape.drawn for shape in held]) for look, held in groups)


def _meet(one: _Shape, other: _Shape) -> bool:
    (a, b, c, d), (e, f, g, h) = one.frame, other.frame
    return a < g + 2 and e < c + 2 and b < h + 2 and f < d + 2


def _together(look: str, drawn: Sequence[str]) -> str:
    if drawn[0].startswith("<"):
        return f"<g {look}>{''.join(drawn)}</g>" if len(drawn) > 1 else drawn[0].replace("/>", f" {look}/>")
    return f'<path {look} d="{"".join(drawn)}"/>'


def _texts(words: Sequence[tuple[Look, str]], depth: int = 0) -> list[str]:
    """Write words in their order; what neighbours have in common is said once, around them."""
    if depth == len(LOOKS):
        return [told for _, told in words]
    parts: list[str] = []
    for value, run in groupby(words, lambda one: one[0][depth]):
        inside = _texts(list(run), depth + 1)
        if not value:
            parts += inside
        elif len(inside) == 1:
            parts.append(re.sub("<(text|g)", rf'<\1 {LOOKS[depth]}="{value}"', inside[0], count=1))
        else:
            parts.append(f'<g {LOOKS[depth]}="{value}">{"".join(inside)}</g>')
    return parts
