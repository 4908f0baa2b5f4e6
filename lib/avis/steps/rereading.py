"""Notebook 35: what could identify somebody in words that may be quoted, and what two people decide of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from avis.consent.judging import judge
from avis.consent.ledger import read_consents
from avis.consent.minors import minors_of
from avis.errors import Problems
from avis.evaluation import Evaluation, as_of, open_evaluation
from avis.folders import write_whole
from avis.i18n import say
from avis.identifiers.model import KINDS, Flag
from avis.redaction.absent import REREADING, count_absent
from avis.redaction.registers import Searched, search_lists, search_quietly
from avis.redaction.reviewed import Choice
from avis.sources.meetings import read_notes
from avis.sources.registers import read_persons
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.quoting import Quotable, weigh_words
from avis.steps.views import POINTED, View, Viewed, remarks
from avis.steps.workshops import all_spoken

AROUND = 40
"""Characters shown on each side of what is flagged."""


@dataclass(frozen=True, repr=False)
class Rereading(Viewed):
    """Words that consent lets somebody read: what is left to decide, what was decided, who has signed."""

    evaluation: Evaluation
    quotable: Quotable
    remarks: str = ""

    def views(self) -> list[View]:
        told = "\n".join([*self.quotable.told(), *filter(None, [self.remarks])])
        parts = (("open", self._left()), ("decided", self._decided()), ("waiting", self._waiting()))
        lists = View(say("redaction.view.lists"), pd.DataFrame(), remarks=told)
        return [lists, *(_view(say(f"redaction.view.{name}"), rows) for name, rows in parts)]

    def text(self, id: str) -> str:
        """Give the exact words of a contribution; none where consent lets nobody read them."""
        segments = self.quotable.segments
        return str(next(iter(segments.loc[segments["id"] == id, "text"]), ""))

    def language(self, id: str) -> str:
        """Give the language of a contribution."""
        segments = self.quotable.segments
        return str(next(iter(segments.loc[segments["id"] == id, "language"]), ""))

    def _left(self) -> list[dict[str, object]]:
        return [
            {
                say("redaction.view.contribution"): id,
                say("redaction.view.start"): flag.start,
                say("redaction.view.kind"): kind_told(flag.kind),
                say("redaction.view.context"): _context(self.text(id), flag),
                say("redaction.view.why"): flag.told_why(),
                say("redaction.view.instead"): flag.told_suggestion(),
            }
            for id, flags in self.quotable.reviewed.flags.items()
            for flag in flags
        ]

    def _decided(self) -> list[dict[str, object]]:
        return [
            {
                say("redaction.view.contribution"): id,
                say("redaction.view.start"): choice.start,
                say("redaction.view.kind"): kind_told(choice.kind),
                say("redaction.view.context"): _context(self.text(id), choice),
                say("redaction.view.decision"): say(f"redaction.decisions.{_state(choice)}"),
                say("redaction.view.instead"): choice.replacement,
                say("redaction.view.by"): choice.reviewer,
            }
            for id, choices in self.quotable.reviewed.choices.items()
            for choice in choices
        ]

    def _waiting(self) -> list[dict[str, object]]:
        reviewed = self.quotable.reviewed
        return [
            {
                say("redaction.view.contribution"): id,
                say("redaction.view.reason"): say(f"notebooks.reasons.{reason}"),
                say("redaction.view.words"): reviewed.drafted[id],
                say("redaction.view.by"): ", ".join(reviewed.readers.get(id, ())),
            }
            for id, reason in reviewed.open.items()
        ]


def load_rereading(evaluation: str) -> Rereading:
    """Show what is to be reread; raises all problems of notes, consents and decisions at once.

    The register of people is searched where AVIS_KEY names a key; without one, it is said that it was not.
    """
    refuse_unknown(COUNTING)
    opened = open_evaluation(evaluation)
    return weigh_again(opened, search_lists(opened) if _key_in_hand() else search_quietly(opened))


def weigh_again(opened: Evaluation, searched: Searched) -> Rereading:
    """Read notes, consents and decisions as they now are, and say what is left to reread."""
    problems = Problems()
    notes, consents = read_notes(opened, problems), read_consents(opened, problems)
    minors = minors_of(opened.settings.minors, read_persons(opened, problems))
    problems.raise_errors()
    judged = judge(all_spoken(opened, notes), consents, as_of(), minors=minors)
    quotable = weigh_words(opened, notes, consents, judged, problems, searched)
    problems.raise_errors()
    return Rereading(opened, quotable, remarks(problems))


def _key_in_hand() -> bool:
    """Whether somebody is here to be told that her key or passphrase is wrong; under papermill nobody is."""
    from avis.vault.keys import somebody_answers

    return somebody_answers()


def keep_rereading(rereading: Rereading) -> None:
    """Write how much is reread and how much is left into `build/private/relecture.json`: no words."""
    absent = count_absent(rereading.quotable.reasons)
    kept = {
        "register": rereading.quotable.searched.register,
        "reread": len(rereading.quotable.printable),
        "left": {reason: n for reason, n in absent.items() if reason in REREADING},
    }
    path = rereading.evaluation.folders.private / "relecture.json"
    write_whole(path, json.dumps(kept, indent=1, sort_keys=True) + "\n")
    print(say("redaction.reread", n=len(rereading.quotable.printable)))


def kind_told(kind: str) -> str:
    """Name a kind of flag in the reader's language; what people wrote themselves stays as it is."""
    if kind == "mediator":
        return say("redaction.mediator.kind")
    return say(f"identifiers.kinds.{kind}") if kind in KINDS else kind


def _state(choice: Choice) -> str:
    return "refused" if choice.refused else choice.decision


def _context(text: str, flag: Flag | Choice) -> str:
    """Show what is flagged between two marks, with some words around it."""
    before = text[max(0, flag.start - AROUND) : flag.start]
    after = text[flag.end : flag.end + AROUND]
    cut, left = "…" if flag.start > AROUND else "", "…" if flag.end + AROUND < len(text) else ""
    return f"{cut}{before}{POINTED[0]}{text[flag.start : flag.end]}{POINTED[1]}{after}{left}"


def _view(title: str, rows: list[dict[str, object]]) -> View:
    return View(title, pd.DataFrame(rows), remarks="" if rows else say("redaction.view.nothing"))
