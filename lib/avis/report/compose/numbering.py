"""Paragraphs with numbers: what the group wrote and adopted, as those who cite an answer need it."""

from __future__ import annotations

from dataclasses import dataclass, field

from avis.exhibits import Recommendation, Statement
from avis.report.compose.evidence import tongue
from avis.report.compose.sheet import Sheet
from avis.report.compose.voices import agreed
from avis.report.document import (
    Agreed,
    Block,
    Emphasis,
    Heading,
    Inline,
    Mention,
    Numbered,
    Paragraph,
    Passage,
    Strong,
    Voice,
    Words,
)


@dataclass
class Numbering:
    """Gives each paragraph of a body the next number; its anchor tells what it is, not its number."""

    sheet: Sheet
    blocks: list[Block] = field(default_factory=list)
    last: int = 0

    def say(self, key: str, **facts: object) -> Words:
        """Say words of the section `[contribution]`."""
        return Words(text=self.sheet.say_of("contribution", key, **facts))

    def add(self, id: str, *content: Inline, language: str = "") -> None:
        """Write a paragraph under the next number."""
        self.last += 1
        made = Numbered(id=id, number=self.last, content=tuple(content), language=language)
        self.blocks.append(made)

    def head(self, part: str, title: str) -> None:
        """Open a part."""
        self.blocks.append(self.sheet.heading(2, part, title))

    def passage(self, passage: Passage, level: int = 3) -> None:
        """Write a text of the group: its paragraphs numbered, what is no paragraph between them."""
        foreign = passage.language if passage.language != self.sheet.language else ""
        if passage.title:
            title = Words(text=passage.title, language=foreign)
            self.blocks.append(Heading(level=level, id=f"text-{passage.id}", content=(title,)))
        if foreign:
            name = tongue(foreign, self.sheet.language)
            mark = Words(text=self.sheet.say("to_translate", language=name))
            self.blocks.append(Paragraph(content=(Emphasis(content=(mark,)),)))
        bare = Passage(id=passage.id, place=passage.place, title="", blocks=passage.blocks, language="")
        at = 0
        for block in self.sheet.shifted(bare, level):
            if isinstance(block, Paragraph):
                at += 1
                self.add(f"paragraph-{passage.id}-{at}", *block.content, language=block.language)
            elif isinstance(block, Agreed):
                self.agreed(block)
            else:
                self.blocks.append(block)

    def adopted(self, item: Statement | Recommendation) -> None:
        """Write an adopted text and its dissents, and take note that it has its place."""
        self.sheet.place(item)
        self.agreed(agreed(item, self.sheet.exhibits, self.sheet.language))

    def agreed(self, block: Agreed) -> None:
        """Write an adopted text: what it is, whom it asks, how it was decided; then its dissents."""
        label: Inline = self.say("statement")
        if block.role == "recommendation":
            label = self.say("recommendation", label=block.label, to=block.addressee)
        spaced = Words(text=" ")
        told = (Strong(content=(label,)), spaced, *self._voiced(block.voices), spaced)
        self.add(block.id, *told, *_decided(block))
        for number, voices in enumerate(block.dissents, start=1):
            mark = Strong(content=(self.say("dissent"),))
            self.add(f"{block.id}-dissent-{number}", mark, spaced, *self._voiced(voices))

    def _voiced(self, voices: tuple[Voice, ...]) -> tuple[Inline, ...]:
        """Put the texts of one adopted text on one line, each with the language that it is in."""
        content: list[Inline] = []
        for voice in voices:
            language = "" if voice.language == self.sheet.language else voice.language
            if voice.label:
                mark = self.say("voice", label=voice.label)
                content += [Emphasis(content=(mark,)), Words(text=" ")]
            content += [Words(text=voice.text, language=language), Words(text=" ")]
        return tuple(content[:-1])


def _decided(block: Agreed) -> tuple[Inline, ...]:
    """Say how it was decided, in brackets; its first sentence leads to the note."""
    first, stop, rest = block.outcome.partition(". ")
    more = f"{stop}{rest})" if stop else ")"
    return (Words(text="("), Mention(text=first, note=block.note), Words(text=more))
