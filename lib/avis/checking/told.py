"""Numbers that people wrote or said, held against those that the tables suppress; for `avis check` alone.

A number let stand, a quote and an adopted statement pass through no table: what protection hides there may
stand here in plain words. What is told is the place, never the number nor which cell: it may be a chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from avis.checking.groups import Group, groups_of
from avis.checking.numerals import numerals
from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Exhibits, Quote, Recommendation, Statement, Story, Table
from avis.findings.model import Finding, load_all
from avis.folders import passages
from avis.i18n import LANGUAGES, language, pick
from avis.sealing import load
from avis.spelling import fold
from avis.writing.naked import at, counting_words
from avis.writing.text import read_words

_PEOPLE = (
    r"(?:(?:autres?|jeunes|petites?|other|young|different|d’entre|d'entre|parmi|of|among)\s+){0,2}"
    r"(?:personnes?|femmes?|hommes?|filles?|gar[çc]ons?|membres?|enfants?|mineure?s?|jeunes|participant\w*|"
    r"habitant\w*|r[ée]pon\w+|m[èe]res?|p[èe]res?|pr[ée]sen\w+|nous|elles|eux|vous|"
    r"people|persons?|women|men|girls?|boys?|members?|children|minors?|mothers?|fathers?|attend\w+|"
    r"respondents?|us|them|you)\b"
)
_OF = r"(?:sur|parmi|out\s+of|in)\s+(?:\d|\w+)"
_WE = r"(?:[ée]tions|sommes|[ée]taient|sont|were|are|[àa])\s+$"
_PERSON_AFTER = re.compile(rf"\s*(?:{_PEOPLE}|{_OF}\b)", re.IGNORECASE)
_WE_BEFORE = re.compile(rf"\b{_WE}", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.,/-])\d+(?:[\u00a0\u202f ]\d{3})*(?![\w/-])(?!,\d|\.\d)")
_OTHER_THING = re.compile(
    r"\s*(?:€|euros?|ans?\b|years?\b|mois\b|months?|semaines?|weeks?|jours?|days?|heures?|hours?|h\b|minutes?|"
    r"fois\b|times?\b|km|m[èe]tres?|ateliers?|workshops?|s[ée]ances?|sessions?|questions?|pages?|lieux|places?|"
    r"rendez-vous|appointments?|langues?|languages?|th[èe]mes?|themes?|points?|articles?|num[ée]ros?)",
    re.IGNORECASE,
)
_TIME = (
    r"(?!\s+(?:les|the|an|a|of\s+the)?\s*(?:jours?|nuits?|mois|ans|ann[ée]es?|semaines?|heures?|fois|lundis?|mardis?|"
    r"mercredis?|jeudis?|vendredis?|samedis?|dimanches?|matins?|soirs?|deux|trois|quatre|day|night|days?|weeks?|"
    r"months?|years?|hours?|time|times|the\s+time|the\s+same)\b)"
)
"""« Tous les mois » and "half an hour" tell nobody's answer."""
_WHOLE = re.compile(
    rf"\b(?:toutes{_TIME}|tous{_TIME}|tout\s+le\s+monde|toute\s+personne|aucune?|personne\s+n[e’']|chacune?|pas\s+une\s+seule|"
    r"la\s+moiti[ée]|la\s+totalit[ée]|l[’']ensemble\s+des|unanim\w+|sans\s+exception|100\s*%|"
    rf"(?<!at\s)(?<!after\s)(?<!above\s)all(?:\s+of)?{_TIME}|none|nobody|no[\s-]one|everyone|everybody|not\s+(?:a\s+single|one)|"
    r"no\s+(?:women|woman|men|man|people|person|girls?|boys?|members?)|without\s+exception|"
    rf"every\s+(?:single\s+)?(?:one|woman|man|person|member|girl|boy)|each\s+of|half{_TIME})\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+")
_ROLE = re.compile(r"\{\w+\}`([^`\[<]+)")
LONG = 6
"""Letters from which a word of a title tells what a sentence is about."""
SHARED = 2
"""Words of a title that a paragraph must share with it to be about it."""


@dataclass
class Secrets:
    """What the tables suppress: the counts, and the words of the subjects that they belong to."""

    counts: set[int] = field(default_factory=set, repr=False)
    subjects: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    """By subject: its title, and the long words of it."""
    groups: list[Group] = field(default_factory=list)
    """Rows of people of which something is hidden."""


class Said(NamedTuple):
    """Words of somebody or of the group, with where they stand."""

    text: str
    place: Place
    in_file: bool
    """Whether the place is a whole file, in which line and column can be told."""


def tell_told(opened: Evaluation, places: Mapping[str, Place], problems: Problems) -> None:
    """Remark on words that tell a suppressed number; `places` of the segments of notes, by id.

    Warnings: TXT-038 a number equal to a suppressed count, TXT-039 all, none or half beside a subject or
    a group of people of which counts are suppressed. Nothing before a build has decided what is suppressed.
    """
    try:
        exhibits = load(opened.folders.exhibits)
        findings = [one for group in load_all(opened.folders.findings) for one in group.findings]
    except AvisError:
        return
    secrets = keep_secret(exhibits, findings)
    if not secrets.counts:
        return
    for said in (*_texts(opened), *_declared(opened, exhibits), *_spoken(exhibits, places)):
        _tell(said, secrets, problems)


def keep_secret(exhibits: Exhibits, findings: Iterable[Finding]) -> Secrets:
    """Gather what the tables suppress, from the counts behind them."""
    secrets, counted = Secrets(), {finding.id: finding for finding in findings}
    for table in exhibits.exhibits:
        if not isinstance(table, Table) or table.id not in counted:
            continue
        hidden = [cell.where for cell in table.cells if cell.status == "hidden"]
        cells = {cell.where: cell.n for cell in counted[table.id].cells}
        secrets.counts |= {int(n) for where in hidden if (n := cells.get(where)) is not None and n == int(n)}
        secrets.groups += groups_of(table)
        if hidden:
            title = pick(table.title, language())[0]
            known = {word for lang in LANGUAGES for word in _long(pick(table.title, lang)[0])}
            secrets.subjects.setdefault(table.subject, (title, frozenset(known)))
    return secrets


def _long(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= LONG}


def _texts(opened: Evaluation) -> Iterator[Said]:
    for lang in LANGUAGES:
        for path in passages(opened.folders.texts, f"*.{lang}.md", Problems()):
            name = f"{opened.folders.texts.name}/{path.name}"
            text = read_words(path, name, Problems())
            if text is not None:
                yield Said(text, Place(name), in_file=True)


def _declared(opened: Evaluation, exhibits: Exhibits) -> Iterator[Said]:
    """Give what the evaluation says of its method, and why it missed a target: printed as it is written."""
    method = Path(opened.settings.sources.method).name
    for name, words in exhibits.setting.method.items():
        yield from (Said(text, Place(method, field=name), in_file=False) for text in words.values())
    for item in exhibits.exhibits:
        if isinstance(item, Table):
            place = Place("evaluation.yaml", field=item.subject)
            yield from (Said(text, place, in_file=False) for text in item.gap.values())


def _spoken(exhibits: Exhibits, places: Mapping[str, Place]) -> Iterator[Said]:
    """Give what was adopted and what may be quoted, with the place of the words where notes tell it."""
    for item in exhibits.exhibits:
        place = places.get(item.id, Place(field=item.id))
        if isinstance(item, Quote | Statement | Recommendation):
            yield from (Said(one.text, place, in_file=False) for one in item.wordings)
        if isinstance(item, Statement | Recommendation):
            why = (one for change in item.changes for one in change.why)
            yield from (Said(one.text, place, in_file=False) for one in why)
            for dissent in item.dissents:
                yield from (
                    Said(one.text, Place(field=dissent.id), in_file=False) for one in dissent.wordings
                )
        if isinstance(item, Story):
            told = (one for part in item.parts for words in part.told for one in words.wordings)
            yield from (Said(one.text, place, in_file=False) for one in told)


def _tell(said: Said, secrets: Secrets, problems: Problems) -> None:
    text = counting_words(said.text)
    for offset in _equal(text, secrets.counts):
        problems.warn("TXT-038", _place(said, offset))
    for offset, subject in _wholes(said.text, text, secrets):
        problems.warn("TXT-039", _place(said, offset), subject=subject)


def _place(said: Said, offset: int) -> Place:
    return at(said.text.replace("\r\n", "\n"), offset, said.place.file) if said.in_file else said.place


def _equal(text: str, counts: set[int]) -> Iterator[int]:
    """Find numbers that equal a count: in digits unless they count something else, in letters of people."""
    for match in _DIGITS.finditer(text):
        n = int(re.sub(r"\D", "", match.group()))
        if n in counts and not _OTHER_THING.match(text, match.end()):
            yield match.start()
    for found in numerals(text):
        of_people = _PERSON_AFTER.match(text, found.end) or _WE_BEFORE.search(text[: found.start][-20:])
        if found.n in counts and of_people and not _OTHER_THING.match(text, found.end):
            yield found.start


def _wholes(written: str, text: str, secrets: Secrets) -> Iterator[tuple[int, str]]:
    """Find "all", "none" and "half" in paragraphs about what is suppressed, or said of a group of it."""
    begin = 0
    for paragraph in re.split(r"(\n\s*\n)", written.replace("\r\n", "\n")):
        end = begin + len(paragraph)
        subject = _about(paragraph, secrets)
        for match in _WHOLE.finditer(text, begin, end):
            found = subject or _group(paragraph, match.start() - begin, secrets)
            if found:
                yield match.start(), found
        begin = end


def _group(paragraph: str, at: int, secrets: Secrets) -> str:
    """Give the title of a table that has a group named in the sentence at a place, or in the one before."""
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(paragraph)), len(paragraph)]
    number = max(n for n, cut in enumerate(cuts[:-1]) if cut <= at)
    near = paragraph[cuts[max(number - 1, 0)] : cuts[number + 1]]
    return next((group.title for group in secrets.groups if group.named_in(near)), "")


def _about(paragraph: str, secrets: Secrets) -> str:
    """Give the title of a subject that a paragraph names by a role, or by several words of its title."""
    named = {name.strip() for name in _ROLE.findall(paragraph)}
    words = _long(paragraph)
    for subject, (title, known) in secrets.subjects.items():
        if subject in named or any(name.startswith((f"{subject}-", f"{subject}.")) for name in named):
            return title
        if len(words & known) >= SHARED:
            return title
    return ""
