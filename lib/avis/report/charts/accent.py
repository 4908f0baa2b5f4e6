"""A chart in an association's own colour, where every kind of eyes still tells it from the others."""

from __future__ import annotations

import re

from avis.look import Look
from avis.look.colours import tell_apart
from avis.report.charts.canvas import ACCENT
from avis.report.charts.svg import SERIES

_OURS = re.compile(rf'(?<=fill="|roke="){ACCENT}(?=")')


def own_colour(look: Look) -> str:
    """Give the colour of a look if charts can wear it; else nothing, and they keep theirs.

    >>> own_colour(Look(accent="#1d5c4f")), own_colour(Look(accent="#00705a"))
    ('#1d5c4f', '')
    """
    return look.accent if look.accent and tell_apart(look.accent, SERIES[1:]) else ""


def in_look(svg: str, look: Look, form: str = "") -> str:
    """Give a drawn chart the colour of a look: in its shapes alone, no word of it is touched.

    Answers on a scale keep their colours, which stand for a direction.
    """
    colour = own_colour(look) if form != "likert" else ""
    return _OURS.sub(colour, svg) if colour else svg
