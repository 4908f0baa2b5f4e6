"""What stands beside a figure, a statement, a quote: where it comes from, and a link to it, without script.

A call is a button that shows its note over the page (`popover`) and, for browsers that do not know that, a
link to the same note at the end: the style sheet shows one of them. The figure itself stays plain text, so
that copying a sentence, or reading it in a reader's view, loses no number.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from avis.i18n import Language, say
from avis.report.document import Count, Mention, Note
from avis.report.outline import Anchors, language_tag, tidy


class Calls:
    """The calls to the notes of a page, in the order in which it is written."""

    def __init__(self, notes: Iterable[Note], anchors: Anchors, language: Language) -> None:
        self.numbers = {note.id: number for number, note in enumerate(notes, start=1)}
        self.anchors = anchors
        self.language = language
        self.made: dict[str, list[str]] = {}
        """The anchors that call each note: those by which it leads back."""

    def beside(self, node: Count | Mention, kind: str) -> Markup:
        """Give a figure or a mention in a sentence with its call."""
        text = Markup.escape(tidy(node.text))
        spoken = language_tag(node.language) if isinstance(node, Mention) else ""
        if spoken and spoken != self.language:
            text = Markup('<span lang="{}">{}</span>').format(spoken, text)
        return Markup('<span class="{}" id="{}">{}{}</span>').format(
            kind, self._take(node.note), text, self._ways(node.note)
        )

    def behind(self, note: str) -> Markup:
        """Give the call that stands behind a caption, a statement, a quote; nothing without a note."""
        if not note:
            return Markup("")
        return Markup('\u00a0<span class="call" id="{}">{}</span>').format(self._take(note), self._ways(note))

    def link(self, anchor: str) -> Markup:
        """Give the link to a passage itself, to be copied or sent."""
        return Markup('<a class="here" href="#{}" aria-label="{}"></a>').format(anchor, self._say("link"))

    def close(self, note: str) -> Markup:
        """Give what puts a note away that stands over the page."""
        return Markup(
            '<button class="close" popovertarget="{}" popovertargetaction="hide" aria-label="{}"></button>'
        ).format(note, self._say("close"))

    def _ways(self, note: str) -> Markup:
        number = self.numbers[note]
        return Markup(
            '<button class="why" popovertarget="{0}" aria-label="{1}"></button>'
            '<a class="ref" role="doc-noteref" href="#{0}">({2})</a>'
        ).format(note, self._say("see_note", n=number), number)

    def _take(self, note: str) -> str:
        anchor = self.anchors.take(f"call-{note}")
        self.made.setdefault(note, []).append(anchor)
        return anchor

    def _say(self, key: str, **facts: object) -> str:
        return say(f"report.render.{key}", self.language, **facts)
