"""What a page holds and does not show: values of attributes, comments, what stands in a tag that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.decoding.escapes import TAG

_VALUE = re.compile(r"""=(?:"([^"<>]*)"|'([^'<>]*)')""")
_ODD = re.compile(
    r"""<(?!/?[A-Za-z](?:[A-Za-z_.:-]|\d(?!\d\d))*+"""
    r"""(?:\s+[A-Za-z_:@][\w:.-]*+(?:=(?:"[^"<>]*"|'[^'<>]*'|[A-Za-z#.%-]*+\d{0,5}))?)*+\s*/?>)"""
    r"""[A-Za-z/!?][^<>]*>"""
)
"""A tag in which something stands beside its name and its attributes: « <mo@x.example> », « <06 12…> »."""
_DRAWN = "d points transform viewBox style class id x y width height integrity"
_DRAWING = tuple(f"{blank}{name}" for name in _DRAWN.split() for blank in " \n\t")
"""Attributes of figures and looks, whose numbers are nobody's."""


def has_tags(text: str) -> bool:
    """Tell a page from a text in which « < » and « > » stand for themselves."""
    return TAG.search(text) is not None


def behind(page: str) -> str:
    """Give what a page holds and does not show: what it shows comes by itself, without its tags.

    >>> behind('<a href="tel:1" id="2">3</a><!-- 4 --><b 5><6@7.fr>').split("\\n")
    [' 4 ', '<!-- 4 -->', '<b 5>', 'tel:1']
    """
    told = [*_comments(page), *_ODD.findall(page)]
    for found in _VALUE.finditer(page):
        if not page.endswith(_DRAWING, 0, found.start()):
            told.append(found[found.lastindex or 0])
    return "\n".join(told)


def _comments(page: str) -> Iterator[str]:
    start = page.find("<!--")
    while start >= 0 and (end := page.find("-->", start)) >= 0:
        yield page[start + 4 : end]
        start = page.find("<!--", end)
