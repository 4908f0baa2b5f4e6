"""The document: one tree of blocks, from which HTML, PDF and DOCX are made, and nothing else.

A notebook ends by showing it as `application/vnd.avis.document+json`; the exporters read that bundle
alone. Every figure and every quote carries the id of a note that tells where it comes from.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from avis.exhibits import Audience, Chart, Table
from avis.folders import stem
from avis.i18n import Language
from avis.look import Look
from avis.report.inlines import Count as Count
from avis.report.inlines import Emphasis as Emphasis
from avis.report.inlines import Inline as Inline
from avis.report.inlines import Link as Link
from avis.report.inlines import Mention as Mention
from avis.report.inlines import Node
from avis.report.inlines import Strong as Strong
from avis.report.inlines import Words as Words
from avis.report.origin import Origin
from avis.report.papers import Field as Field
from avis.report.papers import Moment as Moment
from avis.report.papers import Numbered as Numbered
from avis.report.papers import Timeline as Timeline
from avis.report.tabular import Column as Column
from avis.report.tabular import Grid as Grid
from avis.report.tabular import RowGroup as RowGroup
from avis.report.tabular import Slot as Slot

MIME = "application/vnd.avis.document+json"
Kind = Literal["avis", "restitution", "compte-rendu", "contribution", "fiche", "portefeuille"]


# --- blocks

Pictogram = Literal[
    "aloud", "words", "who", "question", "say", "agree", "differ", "when", "ask", "to", "change", "add",
    "remove", "resolve", "kept", "answer", "wait", "next", "back",
]  # fmt: skip


class Sign(Node, frozen=True, kw_only=True, tag="sign"):
    """One idea on a line of its own, a pictogram beside its words."""

    pictogram: Pictogram
    content: tuple[Inline, ...]
    language: str = ""
    note: str = ""


class Heading(Node, frozen=True, kw_only=True, tag="heading"):
    """A heading; level 1 is the title of the document and is not a block."""

    level: int
    id: str
    content: tuple[Inline, ...]
    pictogram: Pictogram | None = None


class Paragraph(Node, frozen=True, kw_only=True, tag="paragraph"):
    """A paragraph; `language` where all of it is in another language."""

    content: tuple[Inline, ...]
    language: str = ""


class Items(Node, frozen=True, kw_only=True, tag="items"):
    """A list; each item is a run of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


class Facts(Node, frozen=True, kw_only=True, tag="facts"):
    """Terms and what is said of each: "Who asked: the town council"."""

    items: tuple[tuple[str, tuple[Inline, ...]], ...]


class Picture(Node, frozen=True, kw_only=True, tag="picture"):
    """A chart, to be drawn by the renderer from protected tables; the grid behind it holds its data."""

    id: str
    chart: Chart
    tables: tuple[Table, ...]
    title: str
    description: str
    """The figures in words, for those who do not see the picture."""
    base: str
    grid: Grid
    floor: float = 0.0
    """The least end of the axis, where a chart of the same question stands near: both have one axis."""
    note: str = ""


class Saying(Node, frozen=True, kw_only=True, tag="saying"):
    """The words of a person, exactly."""

    id: str
    text: str
    language: str
    setting: str
    translation: str = ""
    translation_approved: bool = True
    note: str = ""


class Voice(Node, frozen=True, kw_only=True, tag="voice"):
    """A text in one language of an adopted statement or of a dissent."""

    text: str
    language: str
    label: str = ""
    """Set where it is not the document's language or not approved: "traduction à relire"."""


class Agreed(Node, frozen=True, kw_only=True, tag="agreed"):
    """An adopted statement or recommendation, how it was agreed, and the dissent beside it."""

    id: str
    role: Literal["statement", "recommendation"]
    voices: tuple[Voice, ...]
    outcome: str
    signs: tuple[Sign, ...] = ()
    """How it was decided, one idea a line, in the place of `outcome` and `addressee`."""
    dissents: tuple[tuple[Voice, ...], ...] = ()
    label: str = ""
    """"Préconisation 2"; empty for a statement."""
    addressee: str = ""
    note: str = ""


class Asked(Node, frozen=True, kw_only=True, tag="asked"):
    """A question that was put, copied whole."""

    id: str
    number: int
    text: str
    language: str = ""


class Aside(Node, frozen=True, kw_only=True, tag="aside"):
    """A frame around blocks: a warning, an explanation."""

    role: Literal["notice", "plain", "explanation"]
    title: str
    blocks: tuple[Block, ...]


class Piece(Node, frozen=True, kw_only=True, tag="piece"):
    """A part of a telling: its label, what is said of it, and exact words, each in its language."""

    label: str
    language: str = ""
    """Set where the label is not in the document's language."""
    facts: tuple[tuple[str, tuple[Inline, ...]], ...] = ()
    voices: tuple[Voice, ...] = ()
    """`label` of a voice tells which group or role said it, where it may be told."""
    told_first: bool = False
    """Whether the words stand before what is said of them."""


class Telling(Node, frozen=True, kw_only=True, tag="telling"):
    """A record of a method with a group: a story of change, outcomes, an H-form, a scorecard, ripples."""

    id: str
    label: str
    """The method, in words."""
    title: tuple[Inline, ...]
    setting: str = ""
    facts: tuple[tuple[str, tuple[Inline, ...]], ...] = ()
    grid: Grid | None = None
    pieces: tuple[Piece, ...] = ()
    note: str = ""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Sign
    | Items
    | Facts
    | Grid
    | Picture
    | Saying
    | Agreed
    | Asked
    | Aside
    | Telling
    | Numbered
    | Field
    | Timeline
)


class Passage(Node, frozen=True, kw_only=True, tag="passage"):
    """A text that the group wrote, read and resolved, not yet in its place.

    Headings inside it count from level 1; whoever places it shifts them.
    """

    id: str
    place: str
    """`introduction`, `plain`, `question:q1`, `causes:q1`, `method`, `activities`, `survey`, `closing`, …"""
    title: str
    blocks: tuple[Block, ...]
    language: str
    """The language that it is written in, which may not be the document's."""


class Note(Node, frozen=True, kw_only=True, tag="note"):
    """Where something comes from; the end of the thread that starts at a figure or a quote."""

    id: str
    title: str
    lines: tuple[tuple[str, tuple[Inline, ...]], ...]
    """(term, words): rule, base, protection, source."""
    language: str = ""
    """Set where the title is in another language than the document."""


class Document(Node, frozen=True, kw_only=True, tag="document"):
    """A whole document in one language for one audience."""

    format: Literal["avis.document/1"] = "avis.document/1"
    kind: Kind
    variant: str = ""
    """Which of several documents of a kind: the funder of a report, the call that a contribution answers."""
    audience: Audience
    language: Language
    slug: str
    title: str
    subtitle: str
    author: str
    """The collective; never a list of names."""
    maker: str = ""
    """What the file names as its author, where it is not the collective: a page made from public facts."""
    banners: tuple[str, ...]
    """What every page must say: draft, fictional, not reviewed by the association."""
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    period: str = ""
    cover: tuple[tuple[str, tuple[Inline, ...]], ...] = ()
    """(term, words): who asked for it, on which occasion, when; said on the cover of a paper."""
    cite: tuple[Inline, ...] = ()
    """How to cite it."""
    origin: Origin = Origin()
    edition: str = ""
    """Empty for a draft."""
    published_on: str = ""
    indexed: bool = False
    """Whether the association wants search engines to find it."""
    look: Look = Look()

    @property
    def stem(self) -> str:
        """The name of its files without their ending: `avis.public.fr`."""
        return stem(self.kind, self.variant, self.audience, self.language)


def encode(document: Document) -> dict[str, object]:
    """Give the document as the JSON object that a notebook shows."""
    built: dict[str, object] = msgspec.to_builtins(document)
    return built


def decode(data: object) -> Document:
    """Read a document back, strictly; raises `msgspec.ValidationError` on anything else."""
    return msgspec.convert(data, Document, strict=True)
