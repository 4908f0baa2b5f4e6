"""The documents of an edition, as they would go out: from the sealed exhibits, without « projet »."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from avis.checking.unfinished import SIGNS
from avis.editions.keyed import plain_words
from avis.errors import AvisError, Place, Problems, fail
from avis.evaluation import Evaluation
from avis.exhibits import HOUSE, Audience, Exhibits
from avis.i18n import LANGUAGES, Language, date, say
from avis.look import Look, check_look
from avis.release.holds import worded_in
from avis.report.compose import READERS, compose
from avis.report.compose.addressed import addressed, call_of
from avis.report.compose.citing import reference
from avis.report.compose.contribution import PLACE as CALL
from avis.report.document import Document, Heading, Passage, Saying, Words
from avis.report.outline import plain, walk
from avis.setting import REPORT
from avis.writing.text import read_passages

_Read: TypeAlias = tuple[Exhibits, tuple[Passage, ...]]


@dataclass(frozen=True)
class Paper:
    """One document in one language, with what stands for its words."""

    document: Document
    state: str
    """Four times four signs: whoever read the document wrote them beside their name."""

    @property
    def stem(self) -> str:
        """The name of its files without their ending: `avis.public.fr`."""
        return self.document.stem


def compose_papers(
    opened: Evaluation,
    exhibits: Exhibits,
    languages: Iterable[Language],
    audience: Audience,
    problems: Problems,
    call: str = "",
) -> list[Paper]:
    """Compose every document of an evaluation for one audience, in each language.

    For the recipient of a call, which `call` names, that is the answer to this call alone.

    Errors: those of the group's texts (TXT-…), REL-016 words that this audience may not read, the look's.
    """
    papers = []
    look = check_look(opened.folders.root, problems)
    for language in languages:
        read: dict[str, _Read | None] = {}
        for kind, variant in _asked(opened, audience, call):
            place = _place(kind, variant)
            if place not in read:
                meant = variant if kind == "contribution" else ""
                read[place] = _read(opened, exhibits, language, audience, place, problems, meant)
            found = read[place]
            if found is None:
                continue
            try:
                document = compose(
                    kind, found[0], found[1], language, audience, variant=variant, look=look, draft=False
                )
            except AvisError as error:
                problems.extend(error.problems)
                continue
            paper = Paper(document, state_of(document))
            _check_quotes(paper, found[0], problems)
            papers.append(paper)
    return papers


def exhibits_for(exhibits: Exhibits, call: str) -> Exhibits:
    """Give the exhibits as the answer to a call may have them; as they are where none is meant.

    Errors: DOC-042 the exhibits know no such call: unaddressed, they hold what its recipient may not read.
    """
    if not call:
        return exhibits
    found = call_of(exhibits, call)
    if found is None:
        raise fail("DOC-042", Place(call), id=call, audience="–")
    return addressed(exhibits, found)


def _read(
    opened: Evaluation,
    exhibits: Exhibits,
    language: Language,
    audience: Audience,
    place: str,
    problems: Problems,
    call: str,
) -> _Read | None:
    """Read the group's texts for a place, all that stand in none apart; none where something is wrong."""
    told, places = Problems(), (place,) if place else ()
    try:
        own = exhibits_for(exhibits, call)
    except AvisError as error:
        problems.extend(error.problems)
        return None
    passages = read_passages(opened.folders.texts, language, own, told, audience=audience, places=places)
    problems.extend(told.errors)
    return None if told.errors else (own, passages)


def _place(kind: str, variant: str) -> str:
    """Give the place whose texts alone a document reads, as its notebook does; empty for all others."""
    if kind == "contribution":
        return f"{CALL}:{variant}"
    return REPORT if kind == "compte-rendu" else ""


def _asked(opened: Evaluation, audience: Audience, call: str) -> list[tuple[str, str]]:
    """Give the documents that this audience may have: their kind, and which of several of a kind."""
    settings = opened.settings
    kinds = [kind for kind in settings.documents if audience in READERS.get(kind, HOUSE)]
    return [
        (kind, variant)
        for kind in kinds
        for variant in settings.variants(kind)
        if settings.audience_of(kind, variant) in ("", audience) and (not call or variant == call)
    ]


def state_of(document: Document) -> str:
    """Give what stands for a document: 64 bits of the sha256 of all that it says.

    Two documents that differ by a letter have two states; a change of colours or margins makes no new one.
    """
    document = msgspec.structs.replace(document, look=Look())
    canonical = msgspec.json.encode(document, order="deterministic")
    found = hashlib.sha256(canonical).hexdigest()
    return "-".join(found[at : at + 4] for at in range(0, 16, 4))


def unwritten(paper: Paper) -> list[str]:
    """Give the headings under which a document still says that somebody has yet to write something."""
    signs = (*SIGNS, *(say("report.compose.to_write", language) for language in LANGUAGES))
    found, under = dict[str, None](), ""
    for block in paper.document.blocks:
        for node in walk(block):
            if isinstance(node, Heading):
                under = plain(node.content)
            elif isinstance(node, Words) and any(sign in node.text for sign in signs):
                found[under] = None
    return list(found)


def _check_quotes(paper: Paper, exhibits: Exhibits, problems: Problems) -> None:
    """Hold once more that every quote printed is one that this audience may read: the build holds it too."""
    allowed = {_plain(text) for _, _, text in worded_in(exhibits, paper.document.audience)}
    said = [node for block in paper.document.blocks for node in walk(block) if isinstance(node, Saying)]
    printed = {_plain(text) for node in said for text in (node.text, node.translation)}
    if not printed <= allowed | {()}:
        problems.add("REL-016", Place(paper.stem))


def _plain(text: str) -> tuple[str, ...]:
    """A document sets spaces and dashes as its language does: the words alone are compared."""
    return tuple(plain_words(text))


def stamp(document: Document, edition: str, on: str) -> Document:
    """Write on a document which edition it is, and of which day."""
    told = say("release.stamp", document.language, id=edition, date=date(on, document.language))
    period = f"{document.period} · {told}" if document.period else told
    stamped = msgspec.structs.replace(document, period=period, edition=edition, published_on=on)
    return msgspec.structs.replace(stamped, cite=reference(stamped)) if document.cite else stamped
