"""What a notebook shows of a step: French words, small tables, and a clear mark on what is private."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import cycle

import pandas as pd

from avis.errors import Problems, tell
from avis.i18n import say

POINTED = ("⟦", "⟧")
"""Signs around words that a view points at: a colour is added to them, never instead of them."""


@dataclass(frozen=True)
class View:
    """A titled table with remarks; `private` says so above it, in words and not by colour alone."""

    title: str
    frame: pd.DataFrame
    private: bool = True
    remarks: str = ""

    def __repr__(self) -> str:
        parts = [self._mark(), self.title, self.frame.to_string(index=False) if len(self.frame) else ""]
        return "\n".join(part for part in (*parts, self.remarks) if part)

    def _repr_html_(self) -> str:
        table = _table(self.frame) if len(self.frame) else ""
        mark = f"<p><strong>{html.escape(self._mark())}</strong></p>" if self.private else ""
        return f"{mark}<h4>{html.escape(self.title)}</h4>{table}{paragraphs(self.remarks)}"

    def _mark(self) -> str:
        return say("notebooks.private") if self.private else ""


def _table(frame: pd.DataFrame) -> str:
    """Write a table: words begin on the left, numbers end on the right, and what is pointed at is marked."""
    sides = cycle("right" if pd.api.types.is_numeric_dtype(kind) else "left" for kind in frame.dtypes)
    table = frame.to_html(index=False, border=0, na_rep="", justify="unset")
    table = re.sub(r"<(t[hd])>", lambda found: f'<{found[1]} style="text-align: {next(sides)}">', table)
    return table.replace(POINTED[0], f"<mark>{POINTED[0]}").replace(POINTED[1], f"{POINTED[1]}</mark>")


class Viewed:
    """What a notebook shows as views, and never by its fields, which hold what people said.

    A dataclass that is one must be made with `repr=False`: a generated repr would print them.
    """

    def views(self) -> list[View]:
        """Give what is to be seen of it, in order."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return "\n\n".join(repr(view) for view in self.views())

    def _repr_html_(self) -> str:
        return "\n".join(view._repr_html_() for view in self.views())


def paragraphs(text: str) -> str:
    """Write each line of a text as a paragraph of HTML, escaped."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())


def remarks(problems: Problems) -> str:
    """Say the remarks of a reading; its errors were raised before."""
    return tell(item for item in problems if item.severity == "warning")
