"""What may identify somebody in what will be printed: told with line and kind, never the value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from avis.consent.judging import words_hash
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Wording
from avis.folders import passages
from avis.i18n import say
from avis.identifiers.flags import find_flags
from avis.identifiers.model import Flag
from avis.identifiers.people import Known
from avis.marked import load_yaml
from avis.redaction.absent import REREADING
from avis.redaction.combinations import Said, find_combinations
from avis.redaction.readers import alike
from avis.redaction.reviewed import tells_who_wrote
from avis.sources.stories import read_stories, texts_in, written_in
from avis.steps.quoting import Quotable, told_counts
from avis.steps.rereading import kind_told
from avis.writing.deliberation import Item
from avis.writing.text import read_words

_ROLE = re.compile(r"\{[\w-]+\}`[^`\n]*`|`[^`\n]*`|https?://\S+")
"""What a text places or points to: it was protected elsewhere, or is a page that anybody may open."""
_QUOTED = re.compile(r"\{(?:parole|quote)\}`([\w-]+)`")
PUBLIC = frozenset({"name", "place", "date", "age", "url", "postcode"})
"""Kinds that a collective text is full of: towns, months, institutions. The register's own are told."""


def tell_reread(
    opened: Evaluation,
    quotable: Quotable,
    items: Iterable[Item],
    problems: Problems,
    reasons: Iterable[tuple[str, Wording]] = (),
) -> None:
    """Tell what waits to be reread, what a collective text still shows, and what meets over the document.

    `reasons` are the group's words beside its texts. Warnings: RED-005 what stands instead identifies
    somebody, RED-006 consented words wait, RED-007 an identifier in a text that a group wrote, RED-008 the
    register was not searched, RED-009 things that come together, RED-019 two signatures that may be of one
    person, RED-025 a row that does not say which words.
    """
    if quotable.searched.register == "closed":
        problems.warn("RED-008", opened.place("vault"))
    _tell_waiting(opened, quotable, problems)
    _tell_alike(opened, quotable, problems)
    _tell_unbound(opened, quotable, problems)
    written = [*_written(opened), *_adopted(items), *_recorded(opened), *_told_of_method(opened)]
    written += [(Place("seances", field=id), wording.language, wording.text) for id, wording in reasons]
    for place, language, text in written:
        for line, kind in _flagged(text, language, quotable.searched.known):
            problems.warn("RED-007", _at(place, line), kind=kind_told(kind))
        for start in tells_who_wrote(text, opened.settings.mediators):
            line = text.count("\n", 0, start) + 1
            problems.warn("RED-007", _at(place, line), kind=kind_told("mediator"))
    _tell_meetings(quotable, written, problems)
    _tell_introduced(opened, quotable, problems)


def _tell_alike(opened: Evaluation, quotable: Quotable, problems: Problems) -> None:
    """Tell names that may be of one person, by the line where each is first signed: never the names."""
    decisions = quotable.decisions.drop_duplicates("reviewer")
    lines = dict(zip(decisions["reviewer"], decisions["row"], strict=True))
    for one, other in alike(lines):
        place = Place(opened.settings.sources.review, line=int(lines[other]))
        problems.warn("RED-019", place, line=int(lines[one]))


def _tell_unbound(opened: Evaluation, quotable: Quotable, problems: Problems) -> None:
    """Tell rows filled by hand without the hash of the words, with the value to paste where the words are."""
    words = dict(zip(quotable.segments["id"], quotable.segments["text"], strict=True))
    rows = quotable.decisions[quotable.decisions["sha256"] == ""]
    for id, line in zip(rows["contribution"], rows["row"], strict=True):
        if id in words:
            place = Place(opened.settings.sources.review, line=int(line))
            problems.warn("RED-025", place, id=str(id), sha256=words_hash(str(words[id])))


def _tell_waiting(opened: Evaluation, quotable: Quotable, problems: Problems) -> None:
    review = opened.settings.sources.review
    waiting = Counter(reason for reason in quotable.reasons.values() if reason in REREADING)
    if waiting:
        why = told_counts(dict(waiting.most_common()))
        problems.warn("RED-006", Place(review or "evaluation.yaml"), n=sum(waiting.values()), why=why)
    refused = [
        choice for choices in quotable.reviewed.choices.values() for choice in choices if choice.refused
    ]
    for choice in refused:
        problems.warn("RED-005", Place(review, line=choice.when[1]))


Text = tuple[Place, str, str]
"""A text that a group wrote: where it stands, its language, its words."""


def _written(opened: Evaluation) -> Iterator[Text]:
    for language in opened.settings.languages:
        for path in passages(opened.folders.texts, f"*.{language}.md", Problems()):
            name = f"{opened.folders.texts.name}/{path.name}"
            text = read_words(path, name, Problems())
            if text is not None:
                yield Place(name), language, _blanked(text)


def _blanked(text: str) -> str:
    return _ROLE.sub(lambda found: " " * len(found[0]), text)


def _recorded(opened: Evaluation) -> Iterator[Text]:
    """What the evaluation itself wrote in records of methods: a title, a fact, a commitment."""
    yield from written_in(read_stories(opened, Problems()))


def _told_of_method(opened: Evaluation) -> Iterator[Text]:
    """What `methode.yaml` says of how it was done, each text where it stands: it is printed whole."""
    name = opened.settings.sources.method
    path = opened.file(name)
    marked = load_yaml(path, name, Problems()) if path else None
    if marked is not None:
        for keys, language, text in texts_in(marked.data):
            yield marked.place((*keys, language)), language, text


def _adopted(items: Iterable[Item]) -> Iterator[Text]:
    for item in items:
        if not item.adopted:
            continue
        for wording in item.wordings:
            yield Place("seances", field=item.id), wording.language, wording.text
        for dissent in item.dissents:
            for wording in dissent.wordings:
                yield Place("seances", field=dissent.id), wording.language, wording.text


def _at(place: Place, line: int) -> Place:
    return Place(place.file, line=place.line if place.field else line, field=place.field)


def _flagged(text: str, language: str, known: Known) -> Iterator[tuple[int, str]]:
    for flag in find_flags(text, known, language):
        if flag.kind not in PUBLIC or _names_somebody(flag):
            yield text.count("\n", 0, flag.start) + 1, flag.kind


def _names_somebody(flag: Flag) -> bool:
    """A first name, or a name after « Madame » or « mon amie »; a capital alone may be a town or a law."""
    return flag.kind == "name" and flag.why != "identifiers.why.capital" and not flag.asked


def _tell_meetings(quotable: Quotable, written: Iterable[Text], problems: Problems) -> None:
    """Tell where categories meet: in quotes, over the quotes of one speaker, in a paragraph of the group."""
    for met in find_combinations(quotable.printed()):
        _tell(Place("sources"), ", ".join(met.ids), met.categories, problems)
    for place, _, text in written:
        line = 1
        for paragraph in text.split("\n\n"):
            for met in find_combinations([Said("", paragraph, collective=True)]):
                at = _at(place, line + len(paragraph) - len(paragraph.lstrip("\n")))
                _tell(at, place.field or place.file, met.categories, problems)
            line += paragraph.count("\n") + 2


def _tell_introduced(opened: Evaluation, quotable: Quotable, problems: Problems) -> None:
    """Tell where a quote and the sentences put before it say together what neither says alone."""
    printed = quotable.printable
    for path in sorted(opened.folders.texts.glob("*.md")):
        text = read_words(path, path.name, Problems()) or ""
        before, line = "", 1
        for paragraph in text.split("\n\n"):
            said = [Said(id, printed[id], "her") for id in _QUOTED.findall(paragraph) if id in printed]
            around = Said("", _blanked(f"{before}\n{paragraph}"), "her", collective=True)
            for one in said:
                for met in find_combinations([around, one]):
                    if len(met.ids) > 1:
                        at = Place(f"{opened.folders.texts.name}/{path.name}", line=line)
                        _tell(at, one.id, met.categories, problems)
            before, line = paragraph, line + paragraph.count("\n") + 2


def _tell(place: Place, ids: str, categories: Iterable[str], problems: Problems) -> None:
    told = ", ".join(say(f"redaction.categories.{name}") for name in categories)
    problems.warn("RED-009", place, ids=ids, categories=told)
