"""Records of methods in a document: stories of change, outcomes, H-forms, scorecards, ripples."""

from __future__ import annotations

from avis.exhibits import Audience, Board, Fact, Method, Part, Story, Told
from avis.i18n import Language, Text, amount, pick, say
from avis.report.compose.evidence import anchor, note_of, opened, phrase, tongue, words
from avis.report.compose.voices import original, unbroken
from avis.report.document import Column, Grid, Inline, Piece, Slot, Telling, Voice, Words


def telling(story: Story, language: Language, audience: Audience) -> Telling:
    """Print a record for an audience: words that she may not read are not there, nor is a part left empty."""
    pieces = [_piece(part, story.method, language, audience) for part in story.parts]
    kept = tuple(piece for piece in pieces if piece.voices or piece.facts)
    spoken = any(piece.voices for piece in kept)
    return Telling(
        id=anchor(story),
        label=say(f"report.stories.method.{story.method}", language),
        title=(words(story.title, language),),
        setting=phrase(story.setting, language) if spoken else "",
        facts=_facts(story.facts, language),
        grid=_grid(story, story.board, language) if story.board is not None else None,
        pieces=_without_lone_story(story, kept),
        note=note_of(story),
    )


def _without_lone_story(story: Story, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave out what tells of a story that this audience may not read: when and how it was verified."""
    if story.method != "most_significant_change":
        return pieces
    return tuple(piece for piece in pieces if piece.voices)


def _piece(part: Part, method: Method, language: Language, audience: Audience) -> Piece:
    label, true_language = pick(part.label, language)
    return Piece(
        label=opened(label),
        language="" if true_language == language else true_language,
        facts=_facts(part.facts, language),
        told_first=method == "most_significant_change",
        voices=tuple(_voice(told, language) for told in part.told if audience in told.audiences),
    )


def _facts(facts: tuple[Fact, ...], language: Language) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    return tuple((pick(one.label, language)[0], (_unbroken(one.text, language),)) for one in facts)


def _unbroken(text: Text, language: Language) -> Words:
    found = words(text, language)
    return Words(text=unbroken(found.text, found.language or language), language=found.language)


def _voice(told: Told, language: Language) -> Voice:
    """Give exact words in their language, with who said them, and which language where it is another."""
    first = original(told.wordings)
    label = [opened(phrase(told.by, language))] if told.by else []
    if first.language != language:
        label.append(say("report.compose.in_language", language, language=tongue(first.language, language)))
    return Voice(text=unbroken(first.text, first.language), language=first.language, label=" · ".join(label))


def _grid(story: Story, board: Board, language: Language) -> Grid:
    """Put scores side by side; no mean of a row or a column, since a score is one group's."""
    first = Column(label=say("report.stories.indicator", language))
    over = say("report.stories.scored_by", language) if len(board.columns) > 1 else ""
    columns = [
        Column(label=opened(phrase(label, language)), align="decimal", spanner=over)
        for label in board.columns
    ]
    rows = tuple(
        (Slot(content=(words(row.label, language),)), *(_slot(score, language) for score in row.scores))
        for row in board.rows
    )
    caption = unbroken(opened(phrase(board.title, language)), language)
    return Grid(id=f"{anchor(story)}-scores", caption=caption, columns=(first, *columns), rows=rows)


def _slot(score: int | None, language: Language) -> Slot:
    if score is None:
        return Slot(content=(Words(text="–"),), state="not_documented")
    return Slot(content=(Words(text=amount(score, "exact", language)),), state="shown")
