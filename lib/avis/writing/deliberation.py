"""From what happened to what the group holds: its texts, their agreement and their dissent.

State is a fold over events: replaying any beginning of a log gives the state at that time.
Errors: SES-020 unknown text, SES-021 an id that is taken, SES-022 adoption of a version that is not the
current one, SES-023 a version that does not exist yet, SES-024 reaction outside a round, SES-025 level not
of the scale, SES-026 scale unknown or of another version, SES-027 amendment unknown or decided, SES-028
unknown objection, SES-029 before any session, SES-030 translation into the original's language, SES-031
unknown question.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Wording
from avis.settings import Scale
from avis.spelling import suggest
from avis.writing import agreement, drafting
from avis.writing.chain import Event, Log, Word, read_log
from avis.writing.items import Amendment, Deliberation, Item, Objection, QuoteApproval, Session
from avis.writing.state import State

__all__ = [
    "Amendment",
    "Deliberation",
    "Item",
    "Objection",
    "QuoteApproval",
    "Session",
    "deliberate",
    "fold",
    "fold_logs",
    "fold_state",
    "happen",
    "in_order",
    "outcome",
    "read_logs",
    "words_hash_of",
]

Outcome = Literal["consensus", "large_majority", "minority_view", "not_adopted"]

_HANDLERS = agreement.HANDLERS | drafting.HANDLERS
"""What each type of event does; `redacted` acts on words before, `audio_attached` on no text."""


def fold(
    events: Iterable[Event],
    words: Mapping[str, Word],
    scales: Mapping[str, Scale],
    problems: Problems | None = None,
    name: str = "",
) -> Deliberation:
    """Give the state after the events of one log; what cannot be is noted in `problems`.

    >>> fold([], {}, {}).items
    {}
    """
    return fold_logs([Log(name, tuple(events), words)], scales, problems)


def fold_logs(
    logs: Iterable[Log], scales: Mapping[str, Scale], problems: Problems | None = None
) -> Deliberation:
    """Give the state after several logs, one after the other."""
    state = fold_state(logs, scales)
    if problems is not None:
        problems.extend(state.told())
    return state.result()


def fold_state(logs: Iterable[Log], scales: Mapping[str, Scale]) -> State:
    """Give the state after several logs, to which more events may happen (`happen`)."""
    state = State(scales)
    for log in logs:
        redacted = {event.body["word"] for event in log.events if event.type == "redacted"}
        # A word that was redacted is gone from the beginning of its log on.
        words = {key: word for key, word in log.words.items() if key not in redacted}
        state.open = {}
        happen(state, log.name, log.events, words)
    return state


def happen(state: State, name: str, events: Iterable[Event], words: Mapping[str, Word]) -> None:
    """Let events of a log happen to a state; where one is `redacted`, all must be folded again."""
    state.words = words
    for event in events:
        state.place = Place(name, line=event.seq)
        if event.type != "session_opened" and not state.sessions:
            state.ignore("SES-029")
        elif event.type in _HANDLERS:
            _HANDLERS[event.type](state, event.body)


def read_logs(evaluation: Evaluation, problems: Problems) -> list[Log]:
    """Read all session logs of an evaluation, by date. Errors: those of `read_log`."""
    files = evaluation.files(evaluation.settings.sources.sessions)
    logs = [read_log(path, evaluation.name(path), problems) for path in files]
    return in_order(logs)


def in_order(logs: Iterable[Log]) -> list[Log]:
    """Put logs in the order in which they happened: by date; the second of a day, `…-2`, after the first."""
    return sorted(logs, key=lambda log: (_date(log), len(log.name), log.name))


def deliberate(evaluation: Evaluation, problems: Problems) -> Deliberation:
    """Read all session logs of an evaluation, by date, and give where its writing stands.

    Errors: those of `read_log`, those above, and SES-031 a question that nobody put.
    """
    logs = read_logs(evaluation, problems)
    found = fold_logs(logs, evaluation.settings.scales, problems)
    _check_questions(evaluation, logs, found, problems)
    return found


def _date(log: Log) -> str:
    opened = (event.body["date"] for event in log.events if event.type == "session_opened")
    return next(opened, "")


def _check_questions(
    evaluation: Evaluation, logs: list[Log], found: Deliberation, problems: Problems
) -> None:
    request = evaluation.settings.request
    known = [question.id for question in request.questions] if request else []
    lost = {id for id, item in found.items.items() if item.question not in known}
    for log in logs:
        for event in log.events:
            if event.type == "proposed" and event.body["item"] in lost:
                near = suggest(event.body["question"], known)
                problems.add("SES-031", Place(log.name, line=event.seq), known=", ".join(known), **near)


def outcome(item: Item, scale: Scale | None) -> Outcome:
    """Say how a text was agreed, from its objections, its dissents and its last reactions.

    Consensus means that no objection was maintained, nobody dissented and nobody opposed: never that all
    agreed. A large majority is three quarters of those who supported, had reserves or opposed; abstaining
    and standing aside weigh on neither side.
    """
    if not item.adopted:
        return "not_adopted"
    kinds = {level.id: level.kind for level in scale.levels} if scale else {}
    given = [kinds.get(level) for level in item.votes.values()]
    against = given.count("oppose")
    if not (item.objections_maintained or item.dissents or against):
        return "consensus"
    agreed = given.count("support") + given.count("reserve")
    return "large_majority" if agreed and agreed >= 3 * against else "minority_view"


def words_hash_of(deliberation: Deliberation) -> str:
    """Give the sha256 of what was adopted, as words per language: what `edition_adopted` binds.

    Statements, recommendations with their addressee, dissents and approved quotes count; dates, numbers of
    reactions, layout and translations that nobody approved do not.
    """
    content = adopted_words(deliberation)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def adopted_words(deliberation: Deliberation) -> dict[str, list[Any]]:
    """Give what was adopted: each text with its words and dissents, each quote with its approvals."""
    adopted = sorted((item for item in deliberation.items.values() if item.adopted), key=lambda item: item.id)
    quotes = sorted((quote.quote, sorted(quote.approvals)) for quote in deliberation.quotes.values())
    return {
        "items": [_adopted_words(item) for item in adopted],
        "quotes": [[id, approvals] for id, approvals in quotes if approvals],
    }


def _adopted_words(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "question": item.question,
        "words": _approved(item.wordings),
        "addressee": item.addressee,
        "dissents": [
            {"id": held.id, "words": _approved(held.wordings)}
            for held in sorted(item.dissents, key=lambda held: held.id)
            if held.wordings
        ],
    }


def _approved(wordings: Iterable[Wording]) -> dict[str, str]:
    return {wording.language: wording.text for wording in wordings if wording.approved}
