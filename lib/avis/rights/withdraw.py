"""What a withdrawal will change, found before anything is changed.

Nothing is written here. Who asked, and why, is kept nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from avis.consent.judging import words_hash
from avis.consent.ledger import read_consents
from avis.editions.keyed import plain_words, read_key
from avis.editions.register import NAME as REGISTER
from avis.editions.register import Edition
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.rights import tracked
from avis.rights.asked import Asked, people_known, session_words, stands, story_places, story_words
from avis.rights.passages_erased import NO_CALLS, Calls, find_calls
from avis.rights.recalled import editions_with
from avis.rights.searching import Matcher, Seen, search
from avis.rights.sessions_erased import KEPT_VOICES, held_in_sessions, with_texts_amended
from avis.rights.sessions_suspended import texts_of_sessions
from avis.rights.standing import not_shared, other_marks, others_said, runs_of
from avis.rights.tables_erased import counted_in
from avis.rights.withdrawals import Kind, Withdrawal, is_short, marks_of, person_hash, traces_of
from avis.sources.codes import person_code
from avis.sources.meetings import read_notes
from avis.sources.surveys.wave import read_survey
from avis.writing.chain import read_words, words_path

OURS = (".ipynb_checkpoints",)
"""Folders of copies that a tool makes by itself."""
_TEXTS = (".md", ".markdown", ".txt", ".csv", ".tsv", ".yaml", ".yml")


@dataclass(frozen=True)
class Plan:
    """What is meant, and what it will change."""

    opened: Evaluation
    kind: Kind
    asked: Asked
    contributions: tuple[str, ...]
    texts: tuple[str, ...] = field(repr=False)
    marks: tuple[str, ...] = field(repr=False)
    new_words: str = field(default="", repr=False)
    paragraphs: int = 0
    files: tuple[str, ...] = ()
    session_words: int = 0
    stories: int = 0
    answers: int = 0
    calls: Calls = NO_CALLS
    """Where the group's texts call the words."""
    editions: tuple[Edition, ...] = ()
    runs: tuple[frozenset[str], ...] = field(default=(), repr=False)
    """Of each text, the runs of words that are searched: others are somebody else's own words too."""
    shared: bool = False
    """Whether somebody else says some of the same, in words of her own that stay."""
    repeated: tuple[str, ...] = ()
    """Paragraphs that repeat her words without being anybody's own, by number or file."""
    short: int = 0
    """Texts of too few words to be searched for."""
    found: tuple[Seen, ...] = field(default=(), repr=False)
    git: tuple[str, ...] = ()
    git_failed: bool = False
    remotes: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    """Files in which her code is counted: they wait for the batch."""
    has_key: bool = True

    @property
    def by_hand(self) -> list[Seen]:
        """Files in which the words stand and that the tool does not write."""
        return [seen for seen in self.found if seen.found and not is_ours(self.opened, seen)]

    @property
    def unsearched(self) -> list[str]:
        """Files that could not be looked into."""
        return [seen.name for seen in self.found if not seen.whole and not is_ours(self.opened, seen)]


def look(
    opened: Evaluation,
    kind: Kind,
    asked: Asked,
    problems: Problems,
    new_words: str = "",
    git: bool = True,
    said: Iterable[str] = (),
) -> Plan:
    """Find what a withdrawal, a change, or a suspension will change. Errors: RIG-005 to RIG-008.

    `said` are words of hers that the room has erased already: copies of them are looked for all the same.
    RIG-005 nothing is left to take back, RIG-006 only words of notes can be changed, and only those of the
    ledger or of a session suspended, RIG-007 more than one contribution to change, RIG-008 nothing that is
    surely hers, RIG-024 the words of a record to change.
    """
    known = set(read_consents(opened, Problems())["contribution"]) | texts_of_sessions(opened)
    if asked.by == "person" and kind in ("suspended", "resumed"):  # without a consent nothing of it is shown
        asked = replace(asked, contributions=tuple(id for id in asked.contributions if id in known))
    gone = frozenset(asked.contributions)
    words = tuple(dict.fromkeys([*said, *(text for _, text in words_of(opened, asked))]))
    held = held_in_sessions(opened, gone)
    in_session = sum(len(log.words) for log in held)
    segments = read_notes(opened, Problems()).segments
    hers = segments[segments["id"].isin(gone)]
    stories = list(
        dict.fromkeys(name for name, id, text in story_places(opened) if id in gone and stands(text))
    )
    unknown = kind in ("suspended", "resumed") and not gone <= known
    if unknown or (kind == "changed" and in_session and hers.empty):  # a quote of the notes is changed there
        problems.add("RIG-006")
    if kind == "changed" and stories and hers.empty:
        problems.add("RIG-024", Place(stories[0]))
    elif kind == "changed" and len(hers) != 1:
        problems.add("RIG-007", Place(), n=len(hers))
    counted = tuple(counted_in(opened, asked.person)) if asked.by == "person" and kind == "withdrawn" else ()
    if not gone and not words and not counted:
        problems.add("RIG-008" if asked.alike else "RIG-005")
    erases = kind in ("withdrawn", "changed")
    marks = tuple(_marks(opened, gone, words, codes=kind == "withdrawn")) if erases else ()
    plan = Plan(
        opened,
        kind,
        asked,
        asked.contributions,
        words if erases else (),
        marks,
        new_words,
        paragraphs=int((hers["kind"] != "withdrawn").sum()),
        files=tuple(dict.fromkeys([*hers["file"], *stories])),
        session_words=in_session,
        stories=len({id for id, _ in story_words(opened, gone)}),
        answers=len(list(free_answers(opened, asked.person))) if asked.by == "person" else 0,
        calls=find_calls(opened, with_texts_amended(opened, gone)) if kind != "resumed" else NO_CALLS,
        editions=tuple(editions_with(opened, gone, words)) if kind != "resumed" else (),
        counted=counted,
        has_key=read_key(opened.folders.root) is not None or not (opened.folders.root / REGISTER).exists(),
    )
    return _searched(plan, git) if erases and not problems.errors else plan


def _searched(plan: Plan, git: bool) -> Plan:
    opened = plan.opened
    plan = _with_others(plan)
    matcher = matcher_of(plan, None)
    plan = replace(plan, found=tuple(search(opened, matcher, build=False)))
    if not git:
        return plan
    try:
        top = tracked.work_tree(opened.folders.root)
        if top is None:
            return plan
        found = tuple(tracked.objects_with(top, matcher))
        return replace(plan, git=found, remotes=tuple(tracked.remotes(top)))
    except tracked.GitFailed:
        return replace(plan, git_failed=True)


def matcher_of(plan: Plan, key: bytes | None) -> Matcher:
    """Give what finds the words of a plan, but for runs that somebody else says in words of her own."""
    traces = [
        trace
        for text, runs in zip(plan.texts, plan.runs, strict=True)
        for trace in traces_of(key, [text], runs - runs_of(plan.new_words))
    ]
    return Matcher(key, [*traces, *marks_of(key, plan.marks)])


def _with_others(plan: Plan) -> Plan:
    """Say what others said: runs that are theirs too, and what repeats hers without being anybody's own."""
    opened, gone = plan.opened, frozenset(plan.contributions)
    others = list(others_said(opened, gone))
    own = [said.text for said in others if said.own]
    shared, theirs = not_shared(plan.texts, own), other_marks(opened, gone, own)
    marks = tuple(mark for mark in plan.marks if " ".join(plain_words(mark)) not in theirs)
    plan = replace(plan, runs=shared.runs, shared=shared.some, marks=marks)
    matcher = matcher_of(plan, None)
    repeated = dict.fromkeys(said.name for said in others if matcher.holds(said.text))
    return replace(plan, repeated=tuple(repeated), short=sum(map(is_short, plan.texts)))


def intent(plan: Plan, key: bytes, day: str) -> Withdrawal:
    """Give the line that is written before anything is erased."""
    traces = matcher_of(plan, key).kept() if plan.texts or plan.marks else ()
    counted_out = plan.asked.by == "person" and plan.kind == "withdrawn"
    return Withdrawal(
        id=f"r-{secrets.token_hex(4)}",
        on=day,
        kind=plan.kind,
        contributions=plan.contributions,
        traces=traces,
        person=person_hash(key, plan.asked.person) if counted_out else "",
        editions=tuple(edition.issued.edition for edition in plan.editions),
    )


def person_of(opened: Evaluation, key: bytes, hashed: str) -> str:
    """Find the code that stands behind a keyed hash among those of the sources; empty where it is gone."""
    if not hashed:
        return ""
    codes = dict.fromkeys(people_known(opened, read_consents(opened, Problems())))
    return next((code for code in codes if person_hash(key, code) == hashed), "")


def words_of(opened: Evaluation, asked: Asked) -> Iterator[tuple[str, str]]:
    """Give the words of some contributions, and where a person asks, her free answers."""
    gone = frozenset(asked.contributions)
    segments = read_notes(opened, Problems()).segments
    for id, text in zip(segments["id"], segments["text"], strict=True):
        if id in gone and text:
            yield id, text
    named = {name for log in held_in_sessions(opened, gone) for name in log.words}
    owners = {word: owner for owner, word in session_words(opened)}
    for path in opened.files(opened.settings.sources.sessions):
        words = read_words(path, opened.name(path), Problems()) or {}
        yield from ((owners.get(name, ""), word.text) for name, word in words.items() if name in named)
    yield from story_words(opened, gone)
    if asked.by == "person":
        yield from (("", text) for text in free_answers(opened, asked.person))


def free_answers(opened: Evaluation, person: str) -> Iterator[str]:
    """Give what somebody wrote herself in the surveys that carry her code."""
    for wave in opened.settings.sources.surveys:
        survey = read_survey(opened, wave, Problems())
        asked = survey.questions
        mine = survey.records["person"].map(person_code) == person
        for name in asked.loc[asked["type"] == "text", "name"]:
            if name in survey.raw:
                cells = survey.raw.loc[mine.to_numpy(), name]
                yield from (text for text in map(str, cells.dropna()) if text.strip())


def _marks(opened: Evaluation, gone: frozenset[str], words: Iterable[str], codes: bool) -> Iterator[str]:
    """Give hashes and codes that could lead back to her words: an unsalted hash can be tried."""
    consents = read_consents(opened, Problems())
    hers = consents[consents["contribution"].isin(gone)]
    yield from (words_hash(text) for text in words)
    yield from (mark for mark in (*hers["sha256"], *(hers["return_code"] if codes else ())) if mark)


def is_ours(opened: Evaluation, seen: Seen) -> bool:
    """Tell whether a file is one that this tool writes or edits, so that nobody needs to erase it by hand."""
    if seen.path.is_relative_to(opened.folders.build) or seen.name.startswith(("publications/", KEPT_VOICES)):
        return True  # the log says whose a voice is: it goes with the words
    return is_copy(seen) or seen.path in _edited(opened)


def _edited(opened: Evaluation) -> set[Path]:
    """Give the sources that are edited where they are text: notes, records, side files, tables."""
    sources = opened.settings.sources
    surveys = tuple(wave.file for wave in sources.surveys)
    patterns = (*sources.notes, *sources.stories, *surveys, sources.consent, sources.review)
    named = [path for pattern in patterns if pattern for path in opened.files(pattern)]
    side = [words_path(path) for path in opened.files(sources.sessions)]
    return {*side, *(path for path in named if path.suffix.lower() in _TEXTS)}


def is_copy(seen: Seen) -> bool:
    """Tell whether a file is a copy that a tool made by itself: it goes whole."""
    path = PurePosixPath(seen.name)
    ours = path.name.startswith(".") and path.name.endswith(".tmp")
    return ours or any(part in OURS for part in path.parts)
