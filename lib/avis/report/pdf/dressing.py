"""What the PDF's template cannot find itself: anchors, drawn charts, references, widths, clean words."""

from __future__ import annotations

import re
from math import ceil
from textwrap import shorten, wrap
from typing import Any

import msgspec

from avis.i18n import Language, say
from avis.report import outline, tabular
from avis.report.charts.accent import in_look
from avis.report.charts.frieze import draw_timeline
from avis.report.charts.svg import draw_svg
from avis.report.document import (
    Agreed,
    Asked,
    Document,
    Facts,
    Field,
    Grid,
    Heading,
    Inline,
    Mention,
    Picture,
    Slot,
    Telling,
    Timeline,
    Voice,
    Words,
)
from avis.report.figures import told_length
from avis.report.outline import language_tag, tidy

LONG = 1400
"""Letters above which a statement may break over two pages: below, its dissent stays beside it."""
SHORT = 24
"""Letters up to which a column of figures is as wide as its words, so that no call to a note falls below."""
CROWDED = 60
"""Letters of all columns of figures above which their heads break over lines: words keep room."""
FEW = 4
"""Rows, the whole included, up to which columns need half the width of a page."""
HALVES = {"columns": FEW, "bars": 7, "planned": 5}
"""Rows up to which a chart of a form is drawn for half the width of a page."""
WHOLE = 26
"""Lines, the space around rows included, up to which a table stays on one page: more leaves holes."""
LISTED, PAGE = "table-recommendations", 46
"""The table that a reader wants on one page, and the lines that a page holds."""
SMALL = 14
"""Rows above which a table is set smaller."""
ACROSS = 100
"""Letters on a line of a table, over all its columns."""
ENDLESS = 60
"""Letters above which a word may be broken over lines: no page holds it, Typst fails on very long ones."""
BRIEF = 3
"""Columns up to which the figures of a chart stand two tables beside each other."""
EVIDENCE = 2
"""Lines from which a note tells how something was established, at the end; a reference alone has its foot."""
HEAD = 64
"""Letters of a part's title in the head of its pages."""
_PIECE = 30
_WORD = re.compile(rf"\w{{{ENDLESS + 1},}}")
ENCLOSING = (Agreed, Facts, Field, Grid, Heading, Telling, Timeline)
_BARE = ("href", "id", "note", "svg")
"""What the template reads to point and to draw: no word of it is printed."""


def beside(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put small charts that follow each other two by two on a line, a lone one beside its own figures."""
    placed: list[dict[str, Any]] = []
    for block in blocks:
        if not block.get("half"):
            placed.append(block)
        elif placed and placed[-1]["t"] == "row" and len(placed[-1]["blocks"]) == 1:
            placed[-1]["blocks"].append(block)
        else:
            placed.append({"t": "row", "blocks": [block]})
    return [_with_figures(block) if block["t"] == "row" else block for block in placed]


def _with_figures(row: dict[str, Any]) -> dict[str, Any]:
    """Fill the place beside a lone chart with the table of its figures, which then stands nowhere else."""
    chart = row["blocks"][0]
    if len(row["blocks"]) > 1:
        return row
    return {"t": "row", "blocks": [{**chart, "data": False}, chart["grid"]]}


def annexed(grids: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the tables of charts that do not stand beside their chart."""
    rows = [block["blocks"] for block in blocks if block["t"] == "row"]
    standing = {block["id"] for row in rows for block in row if block["t"] == "grid"}
    return [grid for grid in grids if grid["id"] not in standing]


def paired(grids: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Put small tables that follow each other two by two on a line; a wide one has its own.

    >>> small, wide = {"columns": [1, 2]}, {"columns": [1, 2, 3, 4]}
    >>> [len(line) for line in paired([small, small, wide, small])]
    [2, 1, 1]
    """
    lines: list[list[dict[str, Any]]] = []
    for grid in grids:
        small = len(grid["columns"]) <= BRIEF
        if small and lines and len(lines[-1]) == 1 and len(lines[-1][0]["columns"]) <= BRIEF:
            lines[-1].append(grid)
        else:
            lines.append([grid])
    return lines


def running_heads(document: Document) -> dict[str, str]:
    """Give the title of each part as the head of its pages says it, by the anchor of its heading."""
    told = (
        (block.id, outline.plain(block.content)) for block in document.blocks if isinstance(block, Heading)
    )
    return {id: shorten(tidy(title), HEAD, placeholder="…") for id, title in told}


class Dresser:
    """Gives each block what the template cannot find itself: anchors, drawn charts, widths of columns."""

    def __init__(self, document: Document, anchors: outline.Anchors) -> None:
        self.language = document.language
        self.look = document.look
        self.anchors = anchors
        self.annex: list[dict[str, Any]] = []
        self.footed: set[str] = set()
        """Notes that stand whole at the foot of the pages which cite them."""
        self._notes = {note.id: note for note in document.notes}
        self._inside = 0
        """Frames and tables around what is dressed: their calls lead to the notes at the end."""

    def node(self, node: Any) -> Any:
        """Dress a node and all inside it."""
        if isinstance(node, tuple):
            return [self.node(item) for item in node]
        if isinstance(node, Picture):
            return self._picture(node)
        if isinstance(node, Timeline):
            return self._timeline(node)
        if not isinstance(node, msgspec.Struct):
            return node
        built: dict[str, Any] = msgspec.to_builtins(node)
        self._inside += isinstance(node, ENCLOSING)
        for name in built:
            if name != "t":
                built[name] = self.node(getattr(node, name))
        self._inside -= isinstance(node, ENCLOSING)
        if built.get("id"):
            built["id"] = self.anchors.take(built["id"])
        return {**built, **self._more(node)}

    def _more(self, node: msgspec.Struct) -> dict[str, Any]:
        """Give what the template cannot find itself."""
        if isinstance(node, Grid):
            return self._table(node)
        if isinstance(node, Mention) and not self._inside and len(self._notes[node.note].lines) < EVIDENCE:
            self.footed.add(node.note)
            return {"foot": self._foot(node)}
        if isinstance(node, Field):
            return _field(node, self.language)
        if isinstance(node, Slot):
            return {"speaks": outline.speaks(node)}
        if isinstance(node, Agreed):
            letters = sum(len(voice.text) for voice in outline.walk(node) if isinstance(voice, Voice))
            heading = node.label or say(f"report.render.{node.role}", self.language)
            return {"heading": heading, "long": letters > LONG}
        if isinstance(node, Asked):
            return {"heading": say("report.render.question", self.language, n=node.number)}
        return {}

    def _table(self, node: Grid) -> dict[str, Any]:
        """Give what a table needs to be laid out: widths, header, groups, spaces that align figures."""
        return {
            "widths": widths_of(node),
            "whole": lines_of(node) <= (PAGE if node.id == LISTED else WHOLE),
            "small": len(node.rows) > SMALL,
            "right": [column.right for column in node.columns],
            "heads": [[head._asdict() for head in line] for line in tabular.heads(node)],
            "parts": [(part.label, part.first, len(part.rows)) for part in tabular.parts(node)],
            "pads": tabular.pads(node, self.language),
        }

    def _foot(self, node: Mention) -> list[dict[str, Any]]:
        """Give the whole reference of a mention; its title where the title says all of it."""
        note = self._notes[node.note]
        reference = say("report.compose.term.reference", self.language)
        colon = "\u00a0: " if self.language == "fr" else ": "
        known = any(term == reference for term, _ in note.lines)
        told: tuple[Inline, ...] = () if known else (Words(text=note.title),)
        for term, content in note.lines:
            before = "" if term == reference else f"{term}{colon}"
            told = (*told, Words(text=f"{' ' if told else ''}{before}"), *content)
        return [msgspec.to_builtins(part) for part in told if not isinstance(part, Mention)]

    def _picture(self, node: Picture) -> dict[str, Any]:
        bare = {name: getattr(node, name) for name in ("id", "title", "base", "note")}
        id = self.anchors.take(node.id)
        told = tidy(node.description)
        half = len(node.grid.rows) <= HALVES.get(node.chart.form, 0)
        drawn = draw_svg(node.chart, node.tables, self.language, "c", half, told, node.floor)
        svg = in_look(drawn, self.look, node.chart.form)
        grid = self.node(node.grid)
        self.annex.append({**grid, "small": True})
        more = {"description": told, "svg": svg, "grid": grid, "data": True, "half": half}
        return {**bare, "t": "picture", "id": id, **more}

    def _timeline(self, node: Timeline) -> dict[str, Any]:
        """Draw a timeline as a picture; its dates in words stand beside it, so that it needs no annex."""
        told = tidy(node.description)
        svg = in_look(draw_timeline(node, self.language, "c"), self.look)
        bare = {"t": "picture", "id": self.anchors.take(node.id), "title": node.title, "base": ""}
        return {**bare, "note": node.note, "description": told, "svg": svg, "data": False, "half": False}


def _field(node: Field, language: Language) -> dict[str, Any]:
    """Say of a text to copy how long it is, and what stands where there is none yet."""
    told = told_length(node.length, node.limit, node.measure, language)
    beyond = bool(node.limit) and node.length > node.limit
    return {"text": node.text, "told": told, "beyond": beyond, "empty": say("report.field.empty", language)}


def widths_of(grid: Grid) -> list[float]:
    """Give the share of each column, 0 for as wide as its words: figures keep to themselves, words share."""
    lengths = [
        max([len(column.label), len(column.unit), *(len(outline.plain(row[n].content)) for row in grid.rows)])
        for n, column in enumerate(grid.columns)
    ]
    if sum(lengths[1:]) + 2 * len(lengths) <= 52:
        return [1.0, *[0.0] * (len(lengths) - 1)]
    figures = [column.right and length <= SHORT for column, length in zip(grid.columns, lengths, strict=True)]
    if sum(length for length, alone in zip(lengths, figures, strict=True) if alone) > CROWDED:
        return [_share(grid, n, min(lengths[0], 30)) for n in range(len(lengths))]
    return [
        0.0 if alone else round(min(max(length, 10), 120) ** 0.5, 2)
        for alone, length in zip(figures, lengths, strict=True)
    ]


def _share(grid: Grid, n: int, first: int) -> float:
    """Give a column of a crowded table the room of its longest word; its first column some room for words."""
    texts = [
        grid.columns[n].label,
        grid.columns[n].unit,
        *(outline.plain(row[n].content) for row in grid.rows),
    ]
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    return float(max(longest, first if n == 0 else 0, 4))


def lines_of(grid: Grid) -> int:
    """Reckon how many lines a table takes: the longest slot of each row, space around it, lines of groups."""
    widths = widths_of(grid)
    fixed = sum(
        max((len(outline.plain(row[n].content)) for row in grid.rows), default=0)
        for n, w in enumerate(widths)
        if not w
    )
    share = max(ACROSS - fixed, 30) / (sum(widths) or 1)
    tall = 0.0
    for row in grid.rows:
        tall += 0.8 + max(
            (
                ceil(len(outline.plain(slot.content)) / (share * w))
                for slot, w in zip(row, widths, strict=True)
                if w
            ),
            default=1,
        )
    return ceil(tall + 2 * len(grid.groups))


def clean(node: Any) -> Any:
    """Take out what neither PDF nor Typst may hold, and tags of languages that are none."""
    if isinstance(node, dict):
        return {key: _cleaned(key, value) for key, value in node.items()}
    if isinstance(node, list):
        return [clean(item) for item in node]
    return _breakable(tidy(node)) if isinstance(node, str) else node


def _cleaned(key: str, value: Any) -> Any:
    if key == "language":
        return _tag(value)
    return tidy(value) if key in _BARE and isinstance(value, str) else clean(value)


def _breakable(text: str) -> str:
    """Put soft hyphens into a word that no line holds."""
    return _WORD.sub(lambda word: "\u00ad".join(wrap(word[0], _PIECE)), text)


def _tag(value: str) -> str:
    return language_tag(value).split("-")[0]
