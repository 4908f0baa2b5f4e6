"""Roles of the group's Markdown: what each name stands for, in a line or as a block of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from avis.errors import Place, Problems
from avis.exhibits import (
    Audience,
    Chart,
    Exhibit,
    Exhibits,
    Figure,
    Quote,
    Recommendation,
    Source,
    Statement,
    Story,
    Table,
)
from avis.i18n import Language, amount, say
from avis.report.compose.evidence import anchor, foreign, name, note_of, note_of_source, phrase, short
from avis.report.compose.grids import grid, picture
from avis.report.compose.stories import telling
from avis.report.compose.voices import agreed, original, saying
from avis.report.document import Block, Count, Inline, Link, Mention, Words
from avis.spelling import suggest
from avis.writing.numbers import Refused, printed

NAMES = {
    "chiffre": "number",
    "number": "number",
    "parole": "quote",
    "quote": "quote",
    "constat": "statement",
    "statement": "statement",
    "recommandation": "recommendation",
    "recommendation": "recommendation",
    "source": "source",
    "cite": "cite",
    "nombre": "let_stand",
    "letstand": "let_stand",
    "tableau": "table",
    "table": "table",
    "graphique": "chart",
    "chart": "chart",
    "recit": "story",
    "récit": "story",
    "story": "story",
}
"""French names first, English aliases; both mean the same in either language."""
BLOCKS = ("quote", "statement", "recommendation", "table", "chart", "story")
"""Roles that become a block when they stand alone, and that may be directives."""

Kind = TypeVar("Kind", bound=Exhibit)


@dataclass
class Desk:
    """What a role needs to know: the exhibits, for whom, in which languages, and what was placed before."""

    exhibits: Exhibits
    language: Language
    """The language of the document: titles, captions, outcomes."""
    prose: Language
    """The language of the passage: numbers and quotation marks inside its sentences."""
    audience: Audience
    problems: Problems
    placed: dict[str, Place] = field(default_factory=dict)
    links: list[tuple[str, Place]] = field(default_factory=list)
    """Links to parts of the document, to be checked when all passages are read."""

    def inline(self, role: str, content: str, place: Place) -> tuple[Inline, ...]:
        """Resolve a role inside a sentence; what cannot be resolved is noted and stands as it was written."""
        try:
            return _INLINE[self._role(role, content)](self, content.strip())
        except Refused as reason:
            self.problems.add(reason.code, place, **reason.facts)
            return (Words(text=content),)

    def block(self, role: str, content: str, place: Place) -> Block | None:
        """Resolve a role or directive that stands alone; none where it cannot be, with the reason noted."""
        try:
            known = self._role(role, content)
            if known not in BLOCKS:
                raise Refused("TXT-010", role=role, known=", ".join(_directives()))
            return _BLOCK[known](self, content.strip(), place)
        except Refused as reason:
            self.problems.add(reason.code, place, **reason.facts)
            return None

    def _role(self, role: str, content: str) -> str:
        known = NAMES.get(role.casefold())
        if known is None:
            names = ", ".join(list(dict.fromkeys(NAMES)))
            raise Refused("TXT-010", role=role, known=names, **suggest(role, NAMES))
        if "|" in content:
            raise Refused("TXT-011", role=role)
        if not content.strip():
            raise Refused("TXT-012", content=f"{{{role}}}")
        return known

    def find(self, kind: type[Kind], id: str) -> Kind:
        """Find an exhibit of a kind; raises `Refused` TXT-013, TXT-017 for words kept from this audience."""
        for item in self.exhibits.exhibits:
            if isinstance(item, kind) and item.id == id:
                if isinstance(item, Quote) and self.audience not in item.audiences:
                    raise self._kept_from(id)
                return item
        known = [item.id for item in self.exhibits.exhibits if isinstance(item, kind)]
        raise Refused("TXT-013", id=id, **suggest(id, known))

    def _kept_from(self, id: str) -> Refused:
        """Say that words are not for this audience: TXT-017, of one recipient TXT-050, with what to do."""
        calls = self.exhibits.setting.calls
        if self.audience != "recipient" or not calls:
            return Refused("TXT-017", id=id)
        call = calls[0]  # the exhibits were addressed to it
        named = call.recipients[-1] if call.confidentiality == "confidential" else ""
        key = "needs_recipient" if named else "needs_public"
        needed = say(f"report.contribution.{key}", recipient=named)
        return Refused("TXT-050", id=id, call=call.id, needed=needed)

    def once(self, item: Exhibit, place: Place) -> None:
        """Note where an exhibit was placed; raises `Refused` TXT-018 the second time."""
        before = self.placed.get(anchor(item))
        if before is not None:
            raise Refused("TXT-018", id=item.id, line=before.line, file=before.file)
        self.placed[anchor(item)] = place


def is_block(role: str) -> bool:
    """Tell whether a role becomes a block when it stands alone in a paragraph.

    >>> is_block("constat"), is_block("chiffre")
    (True, False)
    """
    return NAMES.get(role.casefold()) in BLOCKS


def _directives() -> list[str]:
    return [name for name, meaning in NAMES.items() if meaning in BLOCKS]


# --- in a line


def _number(desk: Desk, content: str) -> tuple[Inline, ...]:
    text, table = printed(content, desk.exhibits, desk.prose)
    return (Count(text=text, note=note_of(table)),)


def _let_stand(desk: Desk, content: str) -> tuple[Inline, ...]:
    """Print a number as it is; the reason in `< >` is for reviewers (`naked.standing_numbers`)."""
    return (Words(text=content.split("<")[0].strip()),)


def _quoted(desk: Desk, content: str) -> tuple[Inline, ...]:
    quote = desk.find(Quote, content)
    first = original(quote.wordings)
    opening, closing = ("«\u00a0", "\u00a0»") if desk.prose == "fr" else ("“", "”")
    said = Words(text=first.text, language="" if first.language == desk.prose else first.language)
    setting = phrase(quote.setting, desk.prose) or say("report.compose.quote", desk.prose)
    mention = Mention(text=f"({setting})", note=note_of(quote))
    return (Words(text=opening), said, Words(text=f"{closing} "), mention)


def _linked(kind: type[Kind]) -> Callable[[Desk, str], tuple[Inline, ...]]:
    """Make a role that, inside a sentence, leads to where the exhibit stands."""

    def link(desk: Desk, content: str) -> tuple[Inline, ...]:
        item = desk.find(kind, content)
        return (Link(href=f"#{anchor(item)}", content=(Words(text=_told(item, desk.prose)),)),)

    return link


def _told(item: Exhibit, language: Language) -> str:
    if isinstance(item, Table):
        return say("report.compose.table_mention", language, title=name(item, language))
    if isinstance(item, Chart):
        return say("report.compose.chart_mention", language, title=name(item, language))
    if isinstance(item, Story):
        return say("report.compose.story_mention", language, title=name(item, language))
    if isinstance(item, Statement):
        return say("report.compose.statement_of", language)
    return name(item, language)


def _source(desk: Desk, content: str) -> tuple[Inline, ...]:
    """Print another's figure with its qualifier; a source that is no figure is cited, with a locator.

    Refused: TXT-037 a reference without the page, the table or the section where to look.
    """
    figures = {item.id: item for item in desk.exhibits.exhibits if isinstance(item, Figure)}
    if content in figures:
        item = figures[content]
        text = amount(item.n, item.qualifier, desk.prose, item.high)
        return (Count(text=text, note=note_of(item)),)
    sources = {item.id: item for item in desk.exhibits.sources}
    key, _, locator = (part.strip() for part in content.partition(","))
    if key not in sources:
        raise Refused("TXT-013", id=key, **suggest(key, (*figures, *sources)))
    if sources[key].kind == "reference" and not locator:
        raise Refused("TXT-037", id=key)
    return (_mention(sources[key], locator, desk.prose),)


def _cite(desk: Desk, content: str) -> tuple[Inline, ...]:
    key, _, locator = (part.strip() for part in content.partition(","))
    references = {item.id: item for item in desk.exhibits.sources if item.kind == "reference"}
    if key not in references:
        raise Refused("TXT-013", id=key, **suggest(key, references))
    return (_mention(references[key], locator, desk.prose),)


def _mention(source: Source, locator: str, language: Language) -> Mention:
    title = short(source, language)
    text = f"{title}, {locator}" if locator else title
    return Mention(text=text, note=note_of_source(source), language=foreign(source, language))


_INLINE: dict[str, Callable[[Desk, str], tuple[Inline, ...]]] = {
    "number": _number,
    "let_stand": _let_stand,
    "quote": _quoted,
    "statement": _linked(Statement),
    "recommendation": _linked(Recommendation),
    "table": _linked(Table),
    "chart": _linked(Chart),
    "story": _linked(Story),
    "source": _source,
    "cite": _cite,
}


# --- as a block


def _saying(desk: Desk, content: str, place: Place) -> Block:
    quote = desk.find(Quote, content)
    desk.once(quote, place)
    return saying(quote, desk.language)


def _agreed(kind: type[Statement] | type[Recommendation]) -> Callable[[Desk, str, Place], Block]:
    def block(desk: Desk, content: str, place: Place) -> Block:
        item: Statement | Recommendation = desk.find(kind, content)
        desk.once(item, place)
        return agreed(item, desk.exhibits, desk.language)

    return block


def _table(desk: Desk, content: str, place: Place) -> Block:
    table = desk.find(Table, content)
    desk.once(table, place)
    return grid(table, desk.language)


def _chart(desk: Desk, content: str, place: Place) -> Block:
    chart = _drawn(desk, content)
    block = picture(chart, desk.exhibits, desk.language)
    if block is None:
        raise Refused("TXT-013", id=chart.table)
    desk.once(chart, place)
    return block


def _story(desk: Desk, content: str, place: Place) -> Block:
    story = desk.find(Story, content)
    desk.once(story, place)
    return telling(story, desk.language, desk.audience)


def _drawn(desk: Desk, id: str) -> Chart:
    """Find a chart by its id, or by that of its table, which is what authors know."""
    of_table = [item for item in desk.exhibits.exhibits if isinstance(item, Chart) and item.table == id]
    return of_table[0] if of_table else desk.find(Chart, id)


_BLOCK: dict[str, Callable[[Desk, str, Place], Block]] = {
    "quote": _saying,
    "statement": _agreed(Statement),
    "recommendation": _agreed(Recommendation),
    "table": _table,
    "chart": _chart,
    "story": _story,
}
