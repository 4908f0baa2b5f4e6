"""Where the group's writing stands while its logs are read.

What an event says about a text that is gone, or about a former version, changes nothing: on a slow
network such things arrive, and are no fault of anybody. What cannot be changes nothing either and is said,
as a remark: a log is never rewritten, so an error there would stop every build for ever. Errors are
what can still be put right, in `evaluation.yaml` or by another event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from avis.errors import Fact, Place, Problem, Problems
from avis.exhibits import Dissent, Wording
from avis.settings import Scale
from avis.spelling import suggest
from avis.writing.chain import Word
from avis.writing.items import Deliberation, Item, QuoteApproval, Session


class State:
    """The texts, quotes and sessions so far, and what the events that follow need to know."""

    def __init__(self, scales: Mapping[str, Scale]) -> None:
        self.scales = scales
        self.problems = Problems()
        self.items: dict[str, Item] = {}
        self.quotes: dict[str, QuoteApproval] = {}
        self.sessions: list[Session] = []
        self.edition = ("", "")
        self.taken_back: dict[str, int] = {}
        self.owners: dict[str, str] = {}
        """The text that an amendment, an objection or a dissent is about."""
        self.amending: set[str] = set()
        """Which of these are amendments."""
        self.held_back: dict[str, Dissent] = {}
        """Suspended dissents, with the words that they will have again."""
        self.codes: dict[str, list[str]] = {}
        """What was brought with a return code, by what the log keeps of the code."""
        self.salts: list[str] = []
        """The salts of the return codes, by session."""
        self.merged: dict[str, str] = {}
        """The text in which a merged one lives on."""
        self.reworded: dict[str, int] = {}
        """How often its author changed what she brought, by its id."""
        self.asked_reworded: dict[str, int] = {}
        """How often a text had been changed when its last round opened."""
        self.carried: dict[str, dict[str, int]] = {}
        """What had been taken back when the group's edition was carried over from a hash."""
        self.gone: set[str] = set()
        """Texts that were withdrawn or merged: their ids are not given again."""
        self.open: dict[str, tuple[str, ...]] = {}
        """The texts of the rounds that are open."""
        self.misadopted: dict[str, Problem] = {}
        """Texts adopted at another version than theirs, until they are adopted again."""
        self.words: Mapping[str, Word] = {}
        self.place = Place()

    def result(self) -> Deliberation:
        """Give what stands now, as a record."""
        held = dict(self.items), dict(self.quotes), tuple(self.sessions)
        return Deliberation(*held, *self.edition, dict(self.taken_back))

    def add(self, code: str, **facts: Fact) -> None:
        """Report what must be put right."""
        self.problems.add(code, self.place, **facts)

    def ignore(self, code: str, **facts: Fact) -> None:
        """Say that the event at hand cannot be, and changed nothing."""
        self.problems.warn(code, self.place, **facts)

    def told(self) -> list[Problem]:
        """Give what there is to say, with the adoptions that still bind nothing."""
        return [*self.problems, *self.misadopted.values()]

    def item(self, id: str) -> Item | None:
        """Give a text; none where it is gone, and none with SES-020 where it never was."""
        if id in self.items or id in self.gone:
            return self.items.get(id)
        self.ignore("SES-020", **suggest(id, self.items))
        return None

    def put(self, item: Item) -> None:
        """Let a text stand as it is now."""
        self.items[item.id] = item

    def free(self, id: str) -> bool:
        """Tell whether an id can be given, with SES-021 where it is taken."""
        taken = id in self.items or id in self.gone or id in self.owners
        if taken:
            self.ignore("SES-021", id=id)
        return not taken

    def bring(self, id: str, body: Mapping[str, Any]) -> None:
        """Remember what a return code was given for."""
        if "code" in body:
            self.codes.setdefault(body["code"], []).append(id)

    def home(self, id: str) -> str:
        """Give the text that an id is about or lives on in: itself, where it is one."""
        id = self.owners.get(id, id)
        while id in self.merged:
            id = self.merged[id]
        return id

    def exists(self, item: Item, version: int) -> bool:
        """Tell whether a text has had a version, with SES-023 where it has not yet."""
        if version > item.version:
            self.ignore("SES-023", version=version, current=item.version)
        return version <= item.version

    def wording(self, body: Mapping[str, Any], original: bool = True) -> Wording | None:
        """Give the words that a body names; none where they were erased."""
        word = self.words.get(body["text"]["word"])
        return self._as_wording(word, body, original) if word else None

    def reason(self, body: Mapping[str, Any], field: str) -> Wording | None:
        """Give the words of a reason, if there is one and it was not erased."""
        word = self.words.get(body[field]["word"]) if field in body else None
        return self._as_wording(word, {}) if word else None

    def _as_wording(self, word: Word, body: Mapping[str, Any], original: bool = True) -> Wording:
        return Wording(
            language=body.get("language", word.language),
            text=word.text,
            original=original,
            approved=body.get("approved", True),
        )


Handler: TypeAlias = Callable[[State, dict[str, Any]], None]
