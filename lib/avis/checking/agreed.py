"""Why a quote that a text asks for may not appear: the notes and the ledger of consents, beside the texts.

Only `avis check` stands on both sides of the wall between words and documents. It tells which paragraph and
which reason, never the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from avis.consent.judging import judge
from avis.consent.minors import Minors
from avis.errors import Place, Problem, Problems, problem
from avis.evaluation import Evaluation, as_of
from avis.handover.approving import approved_for, changed_since
from avis.sources.notes.model import Notes
from avis.steps.quoting import Quotable, weigh_words
from avis.steps.workshops import all_spoken
from avis.writing.deliberation import QuoteApproval

_WHY = {
    "none": "TXT-028",
    "other_scope": "TXT-029",
    "expired": "TXT-030",
    "withdrawn": "TXT-031",
    "changed_words": "TXT-032",
    "suspended": "CON-010",
    "not_own_yes": "CON-011",
    "no_authority": "CON-012",
    "unread": "RED-020",
    "changed": "RED-021",
    "open_flag": "RED-022",
    "one_reader": "RED-023",
    "uncoded": "RED-024",
    "room": "TXT-033",
    "room_changed": "TXT-040",
    "no_speech": "TXT-034",
}
"""What is told where a text quotes words that the public may not read, by the reason."""
_NOT_FOUND = ("TXT-013", "TXT-017")


@dataclass(frozen=True)
class Spoken:
    """For each paragraph of the notes: where it stands, why the public may not read it ("" where it may)."""

    places: Mapping[str, Place]
    reasons: Mapping[str, str]
    quotable: Quotable

    def explain(self, told: Iterable[Problem], built: bool) -> Iterator[Problem]:
        """Say of each role that names a paragraph why it finds nothing; without a build, pass over others."""
        for item in told:
            id = str(dict(item.facts).get("id", ""))
            reason = self.reasons.get(id, "") if item.code in _NOT_FOUND else ""
            if reason:
                note = self.places[id]
                yield problem(_WHY[reason], item.place, id=id, note=note.file, line=note.line)
            elif built:
                yield item


def weigh(
    opened: Evaluation,
    notes: Notes,
    told: pd.DataFrame,
    consents: pd.DataFrame,
    minors: Minors,
    approvals: Mapping[str, QuoteApproval],
    problems: Problems,
) -> Spoken:
    """Judge all words of people today: consent, rereading, coding, and what was said in the room.

    `told` are the words in records of methods: they count where words wait and meet, but no role of a text
    calls them. Errors: those of `read_review`. Warnings: SRC-139 words changed since their consent, quoted or
    not (where the ledger holds no hash, SRC-134 has told that); SES-040 words changed since the room approved
    them.
    """
    judged = judge(all_spoken(opened, notes), consents, as_of(), minors=minors)
    quotable = weigh_words(opened, notes, consents, judged, problems)
    places = _places(notes.segments)
    anywhere, unhashed = places | _places(told), _unhashed(consents)
    rooms = _rooms(approvals, _words(notes.segments) | _words(told), quotable, anywhere, problems)
    reasons = dict.fromkeys(places, "no_speech")
    for id, public, reason in zip(judged["contribution"], judged["public"], judged["reason"], strict=True):
        if reason == "changed_words" and id not in unhashed:
            problems.warn("SRC-139", anywhere[str(id)], id=str(id))
        if id not in places:
            continue
        not_public = "other_scope" if reason == "granted" else str(reason)
        kept = rooms.get(str(id)) or quotable.reasons[str(id)]
        reasons[str(id)] = kept if public else not_public
    return Spoken(places, reasons, quotable)


def _rooms(
    approvals: Mapping[str, QuoteApproval],
    words: Mapping[str, tuple[str, str]],
    quotable: Quotable,
    anywhere: Mapping[str, Place],
    problems: Problems,
) -> dict[str, str]:
    """Say what the room keeps from the public, and warn of approvals of words that changed since."""
    found: dict[str, str] = {}
    for id, approval in approvals.items():
        if id not in words:
            continue
        text, language = words[id]
        exact = (text, quotable.printable.get(id, text))
        changed = changed_since(approval, exact)
        if changed:
            problems.warn("SES-040", anywhere[id], id=id)
        if not approved_for(("public",), language, approval, exact):
            found[id] = "room_changed" if changed else "room"
    return found


def _words(segments: pd.DataFrame) -> dict[str, tuple[str, str]]:
    said = zip(segments["id"], segments["text"], segments["language"], strict=True)
    return {str(id): (str(text), str(language)) for id, text, language in said}


def _unhashed(consents: pd.DataFrame) -> set[str]:
    """The contributions with a grant whose hash is missing: nobody can tell whether words changed."""
    standing = (consents["granted_on"] != "") & (consents["withdrawn_on"] == "")
    return set(consents.loc[standing & (consents["sha256"] == ""), "contribution"])


def _places(segments: pd.DataFrame) -> dict[str, Place]:
    where = zip(segments["id"], segments["file"], segments["line"], strict=True)
    return {str(id): Place(str(file), line=int(line)) for id, file, line in where}
