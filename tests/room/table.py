"""A desk in a small evaluation, for the tests of the room: acts in one line, seats by name."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from avis.evaluation import Evaluation, open_evaluation
from avis.room.acts import Answer
from avis.room.desk import Desk

YAML = """\
title: {fr: Essai, en: Trial}
organisation: {name: Association fictive, fictional: true}
period: {start: 2024-01, end: 2024-12}
status: running
request:
  by: {fr: La ville, en: The town}
  questions:
    - {id: q1, text: {fr: Que changer ?, en: What to change?}}
    - {id: q2, text: {fr: Que garder ?, en: What to keep?}}
sources:
  sessions: [seances/*.jsonl]
scales:
  accord:
    version: 1
    levels:
      - {id: oui, label: {fr: Oui}, kind: support}
      - {id: non, label: {fr: Non}, kind: oppose}
      - {id: parler, label: {fr: En parler}, kind: talk}
"""
DAY = "2024-03-15"
HASH = "0" * 64


def make_evaluation(folder: Path) -> Evaluation:
    """Make an evaluation that has one question after another and no session yet."""
    root = folder / "essai"
    root.mkdir(parents=True)
    (root / "evaluation.yaml").write_text(YAML, encoding="utf-8")
    return open_evaluation(root)


class Table:
    """A desk, with acts that number themselves."""

    def __init__(self, evaluation: Evaluation, name: str | None = None) -> None:
        self.evaluation = evaluation
        self.desk = Desk.open(evaluation, name)
        self._numbers = itertools.count(1)

    def act(self, do: str, id: str = "", **fields: Any) -> dict[str, Any]:
        named = {("from" if name == "from_" else name): value for name, value in fields.items()}
        return {"id": id or f"act-{next(self._numbers):06}", "do": do, **named}

    def lead(self, do: str, id: str = "", **fields: Any) -> Answer:
        return self.desk.lead(self.act(do, id, **fields))

    def phone(self, seat: str, do: str, id: str = "", **fields: Any) -> Answer:
        return self.desk.phone(self.act(do, id, **fields), seat)

    def begin(self, present: int = 12, date: str = DAY) -> Table:
        """Open a session and read the limits."""
        done = self.lead("open_session", date=date, languages=["fr", "en"], scale="accord", present=present)
        assert done.ok, done
        assert self.lead("limits_read", language="fr", hash=HASH).ok
        return self

    def propose(self, text: str = "Ouvrir le samedi.", seat: str = "a", **more: Any) -> Answer:
        fields: dict[str, Any] = {"question": "q1", "kind": "statement", "language": "fr"}
        return self.phone(seat, "propose", text=text, confirmed=True, **(fields | more))

    def vote(self, item: str = "s1", version: int = 1, present: int = 12, **levels: int) -> None:
        """Ask about a text in a round of its own: so many seats choose each level."""
        assert self.lead("open_round", items=[item], present=present, paper=0).ok
        seat = itertools.count(1)
        for level, times in levels.items():
            for _ in range(times):
                given = self.phone(f"seat-{next(seat)}", "react", item=item, version=version, level=level)
                assert given.ok, given
        assert self.lead("close_round").ok

    def again(self) -> Table:
        """Close the desk and open it once more, as after a crash."""
        name = self.desk.name
        self.desk.close()
        table = Table(self.evaluation, name)
        table._numbers = self._numbers
        return table
