"""What composing needs while a document grows, and what every document says the same way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from avis.exhibits import Audience, Chart, Exhibit, Exhibits, Figure, Quote
from avis.i18n import Language, Text, period, pick, say
from avis.report.compose.axes import share_axes
from avis.report.compose.evidence import anchor, note_of, source_line, tongue, words
from avis.report.compose.foreign import mark_foreign, told_above
from avis.report.compose.grids import covered
from avis.report.compose.links import linked
from avis.report.compose.notes import gather
from avis.report.compose.quote_names import number_quotes
from avis.report.document import (
    Aside,
    Block,
    Document,
    Emphasis,
    Facts,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    Paragraph,
    Passage,
    Words,
)
from avis.report.document import Kind as DocumentKind

Kind = TypeVar("Kind", bound=Exhibit)


@dataclass
class Sheet:
    """The exhibits of one document in one language for one audience, and what already has its place."""

    exhibits: Exhibits
    passages: tuple[Passage, ...]
    language: Language
    audience: Audience
    placed: set[str] = field(default_factory=set)
    """Anchors of exhibits that stand somewhere, so that none stands twice."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Anchor of an exhibit that stands inside another block → the anchor of that block."""

    called: frozenset[str] = frozenset()
    """Notes that the texts of the group call."""
    made: dict[str, Note] = field(default_factory=dict)
    """Notes of what the document reckons itself from several exhibits, by id."""

    def __post_init__(self) -> None:
        """Take note of what the group placed in its own texts."""
        data = [msgspec.to_builtins(block) for passage in self.passages for block in passage.blocks]
        standing = {node["id"] for node in nodes(data) if node.get("id")}
        self.called = frozenset(node["note"] for node in nodes(data) if node.get("note"))
        for item in self.exhibits.exhibits:
            inline = isinstance(item, Quote | Figure) and note_of(item) in self.called
            if inline or anchor(item) in standing:
                self.place(item)
        self.skip_drawn()

    def skip_drawn(self) -> None:
        """Leave out charts of tables that stand already: the same figures are printed once."""
        for chart in self.left(Chart):
            tables = covered(chart, self.exhibits)
            if tables and all(self.has(table) for table in tables):
                self.placed.add(anchor(chart))

    def say(self, key: str, **facts: object) -> str:
        """Give words of the section `[compose]`."""
        return say(f"report.compose.{key}", self.language, **facts)

    def say_of(self, section: str, key: str, **facts: object) -> str:
        """Give words of another section of the room, in the document's language."""
        return say(f"report.{section}.{key}", self.language, **facts)

    def pick(self, text: Text) -> str:
        """Choose words in the document's language, else those that exist."""
        return pick(text, self.language)[0]

    def words(self, text: Text) -> Words:
        """Choose words, marked where they are in another language; "not documented" where there are none."""
        return words(text, self.language)

    def place(self, item: Exhibit) -> None:
        """Take note that an exhibit has its place; a chart brings its tables along."""
        self.placed.add(anchor(item))
        if isinstance(item, Chart):
            for table in covered(item, self.exhibits):
                self.placed.add(anchor(table))
                self.aliases[anchor(table)] = anchor(item)

    def has(self, item: Exhibit) -> bool:
        """Tell whether an exhibit has its place already."""
        return anchor(item) in self.placed

    def left(self, kind: type[Kind]) -> list[Kind]:
        """Give the exhibits of a kind that have no place yet and that this audience may read."""
        found = [item for item in self.exhibits.exhibits if isinstance(item, kind) and not self.has(item)]
        return [item for item in found if not isinstance(item, Quote) or self.audience in item.audiences]

    def heading(self, level: int, part: str, title: str = "") -> Heading:
        """Open a part; its title names the subject, its anchor is the same in both languages."""
        text = title or self.say(f"part.{part}")
        return Heading(level=level, id=f"part-{part}", content=(Words(text=text),))

    def paragraph(self, key: str, **facts: object) -> Paragraph:
        """Say a sentence of the section `[compose]` as a paragraph."""
        return Paragraph(content=(Words(text=self.say(key, **facts)),))

    def told(self, text: Text) -> Paragraph:
        """Print words that exist in one or more languages."""
        return Paragraph(content=(self.words(text),)) if any(text.values()) else self.paragraph("nothing")

    def listed(self, texts: Iterable[Text]) -> Block:
        """Print a list of words; "not documented" where there is nothing to list."""
        items = tuple((self.told(text),) for text in texts)
        return Items(items=items) if items else self.paragraph("nothing")

    def written(self, place: str, level: int) -> list[Block]:
        """Give what the group wrote for a place, its headings shifted under `level - 1`."""
        blocks: list[Block] = []
        for passage in self.passages:
            if passage.place == place:
                blocks += self.passage(passage, level)
        return blocks

    def passage(self, passage: Passage, level: int) -> list[Block]:
        """Give one text of the group, marked where it exists in the other language only."""
        blocks: list[Block] = []
        foreign = passage.language if passage.language != self.language else ""
        if passage.title:
            title = Words(text=passage.title, language=foreign)
            blocks.append(Heading(level=level, id=f"text-{passage.id}", content=(title,)))
        if foreign:
            mark = self.say("to_translate", language=tongue(foreign, self.language))
            blocks.append(Paragraph(content=(Emphasis(content=(Words(text=mark),)),)))
        return blocks + self.shifted(passage, level if passage.title else level - 1)

    def shifted(self, passage: Passage, by: int) -> list[Block]:
        """Give the blocks of a text alone, its headings lowered."""
        return [_shifted(block, by) for block in passage.blocks]


def _shifted(block: Block, by: int) -> Block:
    if isinstance(block, Heading):
        return msgspec.structs.replace(block, level=block.level + by)
    return block


def nodes(data: Any) -> Iterable[dict[str, Any]]:
    """Walk over every node of a document written as plain lists and dictionaries, in reading order."""
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from nodes(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from nodes(value)


def bind(sheet: Sheet, kind: DocumentKind, blocks: Iterable[Block], draft: bool) -> Document:
    """Make a document of its blocks: title, banners, notes; links only to what this audience sees.

    Raises TXT-017 and TXT-027 (see `notes.gather`).
    """
    setting = sheet.exhibits.setting
    document = Document(
        kind=kind,
        audience=sheet.audience,
        language=sheet.language,
        slug=setting.slug,
        title=sheet.pick(setting.title),
        subtitle=sheet.say(f"subtitle.{kind}"),
        author=sheet.say(f"author.{_hand(sheet, kind)}", name=setting.organisation),
        maker=sheet.say("maker") if setting.public_source is not None else "",
        banners=banners(sheet, draft),
        blocks=tuple(explain_hidden(sheet, share_axes(without_empty(list(blocks)), sheet.language))),
        notes=(),
        period=period(setting.start, setting.end, sheet.language),
    )
    return _noted(sheet, document)


def explain_hidden(sheet: Sheet, blocks: list[Block]) -> list[Block]:
    """Say once, in the facts that open a document, what a hidden number is; nothing where none is hidden.

    Every hidden number then bears the same sign and the same word, read aloud as it is seen.
    """
    word, built = (
        say("common.hidden", sheet.language),
        nodes([msgspec.to_builtins(block) for block in blocks]),
    )
    held = any(
        node.get("state") == "hidden" or node.get("text") == word or word in node.get("outcome", "")
        for node in built
    )
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Facts)), None)
    if not held or first is None:
        return blocks
    facts = blocks[first]
    assert isinstance(facts, Facts)
    meaning = (sheet.say("hidden_term"), (Words(text=sheet.say("hidden_means")),))
    return [*blocks[:first], Facts(items=(*facts.items, meaning)), *blocks[first + 1 :]]


def _hand(sheet: Sheet, kind: str) -> str:
    """Tell whose page it is: nobody of a project wrote or read what was made from public facts about it."""
    return "public" if sheet.exhibits.setting.public_source is not None else kind


def without_empty(blocks: list[Block]) -> list[Block]:
    """Leave out headings under which nothing stands before the next of their level, or the end."""
    kept: list[Block] = []
    below = 0  # the level of the heading that follows, 0 at the end, 9 where something else stands
    for block in reversed(blocks):
        if isinstance(block, Heading):
            if block.level >= below:
                continue
            below = block.level
        else:
            below = 9
        kept.append(block)
    return kept[::-1]


def _noted(sheet: Sheet, document: Document) -> Document:
    data = msgspec.to_builtins(document)
    anchors = {node["id"] for node in nodes(data["blocks"]) if node.get("id")}
    blocks = linked(data["blocks"], anchors, sheet.aliases)
    data["blocks"] = mark_foreign(blocks, sheet.language, told_above(sheet.passages))
    calling = [node for node in nodes(data["blocks"]) if node.get("note")]
    calls = [node["note"] for node in calling if node["note"] not in sheet.made]
    found = gather(calls, sheet.exhibits, sheet.language, sheet.audience)
    for node in calling:
        node["note"] = found.ids.get(node["note"], node["note"])
    known = {note.id: note for note in found.notes} | sheet.made
    data["notes"] = msgspec.to_builtins([known[id] for id in dict.fromkeys(n["note"] for n in calling)])
    return msgspec.convert(number_quotes(data, sheet.exhibits), Document, strict=True)


def banners(sheet: Sheet, draft: bool) -> tuple[str, ...]:
    """Say what every page must say: draft, fictional, not reviewed by the association."""
    setting, told = sheet.exhibits.setting, []
    if draft:
        told.append(sheet.say("banner.draft"))
    if setting.fictional:
        told.append(sheet.say("banner.fictional"))
    if setting.public_source is not None:
        told.append(sheet.say("banner.public"))
    return tuple(told)


def public_notice(sheet: Sheet) -> list[Block]:
    """Tell where the facts of a real project come from, that nobody there reviewed them, whom to write to."""
    told = public_origin(sheet)
    return [Aside(role="notice", title=sheet.say("notice.title"), blocks=tuple(told))] if told else []


def public_origin(sheet: Sheet) -> list[Block]:
    """Say the same without a frame; nothing where the facts are not from a public page."""
    setting = sheet.exhibits.setting
    if setting.public_source is None:
        return []
    source: list[Inline] = [Words(text=sheet.say("notice.source") + " ")]
    contact = sheet.words(setting.removal_contact)
    return [
        Paragraph(content=(*source, *source_line(setting.public_source, sheet.language))),
        sheet.paragraph("notice.not_reviewed"),
        Paragraph(content=_removal(sheet, contact)),
    ]


def _removal(sheet: Sheet, contact: Words) -> tuple[Inline, ...]:
    """Say how to have the page corrected: an address to click, who to turn to, or a sentence of its own."""
    text = contact.text.strip()
    if "@" in text and " " not in text:
        address = Link(href=f"mailto:{text}", content=(contact,))
        return (Words(text=sheet.say("notice.removal_write") + " "), address)
    key = "removal_free" if text[:1].isupper() else "removal"
    return (Words(text=sheet.say(f"notice.{key}") + " "), contact)


def without_title(passage: Passage) -> Passage:
    """Give a passage whose title already stands in a heading above it."""
    return msgspec.structs.replace(passage, title="")
