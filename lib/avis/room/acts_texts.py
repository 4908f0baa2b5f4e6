"""What phones bring, and the facilitator for who speaks: texts, amendments, objections, dissent.

Each act becomes events; nothing here writes. A phone knows of a text once a round or the wall has shown it:
to ask about another one is to ask about none.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from avis.room.acts import Act, Refused
from avis.room.codes import make_code
from avis.room.sitting import Said, Sitting
from avis.writing.codes import ALPHABET, LENGTH, code_hash, plain_code
from avis.writing.items import Amendment, Item


class CardQuote(NamedTuple):
    """A quote of a consent card: its exact words, and for whom the card lets it out."""

    language: str
    text: str
    audiences: tuple[str, ...]


class Offers(Protocol):
    """What the evaluation offers to write from, gathered apart from the room (`offers`)."""

    @property
    def sources(self) -> Container[str]:
        """Themes, figures and quotes, as `theme:ID`, `figure:ID`, `quote:ID`."""
        ...

    def quotes_of(self, card: str) -> Mapping[str, CardQuote]:
        """Give the quotes of a consent card by id; none where there is no such card."""
        ...


@dataclass(frozen=True)
class Desktop:
    """What an act may look at: the open session, and what the evaluation offers."""

    sitting: Sitting
    offers: Offers | None = None


@dataclass(frozen=True)
class Done:
    """What an act becomes: its events, and what is given to who did it."""

    said: tuple[Said, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)


Doing = Callable[[Desktop, Act], Done]


def words_of(act: Act) -> dict[str, tuple[str, str]]:
    """Give the words of an act, as an event takes them."""
    return {"text": (act["language"], act["text"])}


def check_language(sitting: Sitting, act: Act) -> None:
    """Refuse a language that is not of this session (SAL-020)."""
    if act["language"] not in sitting.session.languages:
        raise Refused("SAL-020")


def known_text(desktop: Desktop, act: Act, id: str = "") -> Item:
    """Give a text that this page may know of, with words (SAL-009)."""
    item = desktop.sitting.text(id or act["item"])
    if item is None or (act.by == "phone" and (item.suspended or not desktop.sitting.is_seen(item.id))):
        raise Refused("SAL-009")
    return item


def check_not_asked(sitting: Sitting, *ids: str) -> None:
    """Refuse to change a text while a round asks about it (SAL-015)."""
    if any(id in items for items in sitting.state.open.values() for id in ids):
        raise Refused("SAL-015")


def check_version(item: Item, version: int) -> None:
    """Refuse what is about another version than the text has now (SAL-010)."""
    if item.version != version:
        raise Refused("SAL-010")


def code_of(sitting: Sitting, act: Act) -> tuple[str, str]:
    """Give the return code of what an act brings, as its author reads it and as the log keeps it.

    A slip that she holds already stands for it: then nothing is given to the page. SAL-042 no such slip.
    """
    slip = plain_code(act.get("slip"))
    if slip and (len(slip) != LENGTH or not set(slip) <= set(ALPHABET)):
        raise Refused("SAL-042")
    code = slip or make_code(sitting.kept.secret, act.event)
    return "" if slip else code, code_hash(code, sitting.salt)


def free_id(sitting: Sitting, start: str) -> str:
    """Give the next id that nothing ever had: `s1`, `s2` …"""
    state, number = sitting.state, 1
    taken = state.items.keys() | state.gone | state.owners.keys()
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


def propose(desktop: Desktop, act: Act) -> Done:
    """SAL-019 nobody put that question, SAL-020 language, SAL-021 it cannot come from there."""
    sitting = desktop.sitting
    check_language(sitting, act)
    request = sitting.evaluation.settings.request
    if act["question"] not in [question.id for question in (request.questions if request else ())]:
        raise Refused("SAL-019")
    if "from" in act.fields:
        _check_source(desktop, act)
    id = free_id(sitting, "r" if act["kind"] == "recommendation" else "s")
    code, kept = code_of(sitting, act)
    fields = ("kind", "question", "language", "from")
    body: dict[str, Any] = {name: act[name] for name in fields if name in act.fields}
    return Done((Said("proposed", {"item": id, **body, "code": kept}, words_of(act)),), _with(code, item=id))


def _with(code: str, **given: str) -> dict[str, Any]:
    return given | ({"code": code} if code else {})


def _check_source(desktop: Desktop, act: Act) -> None:
    """What a phone names goes into a log that nothing is taken out of: only what we offered may be named."""
    kind, _, id = act["from"].partition(":")
    if kind == "amendment":
        item, amendment = amendment_anywhere(desktop.sitting, id)
        if amendment.status == "rejected" and (act.by == "lead" or desktop.sitting.is_seen(item.id)):
            return
    elif desktop.offers is not None and act["from"] in desktop.offers.sources:
        return
    raise Refused("SAL-021")


def amendment_anywhere(sitting: Sitting, id: str) -> tuple[Item, Amendment]:
    """Give an amendment that has words, whatever was decided about it, and its text (SAL-025)."""
    item = sitting.state.items.get(sitting.state.owners.get(id, ""))
    found = next((one for one in item.amendments if one.id == id), None) if item else None
    if item is None or found is None or found.wording is None:
        raise Refused("SAL-025")
    return item, found


def amend(desktop: Desktop, act: Act) -> Done:
    """SAL-009 no such text, SAL-020 language."""
    item = known_text(desktop, act)
    check_language(desktop.sitting, act)
    id = free_id(desktop.sitting, f"{item.id}-a")
    code, kept = code_of(desktop.sitting, act)
    body = {"item": item.id, "amendment": id, "language": act["language"], "code": kept}
    return Done((Said("amendment_proposed", body, words_of(act)),), _with(code, amendment=id))


def oppose(desktop: Desktop, act: Act) -> Done:
    """SAL-009 no such text, SAL-010 another version, SAL-020 language."""
    item = known_text(desktop, act)
    check_version(item, act["version"])
    check_language(desktop.sitting, act)
    id = free_id(desktop.sitting, f"{item.id}-o")
    code, kept = code_of(desktop.sitting, act)
    body = {
        "item": item.id,
        "version": item.version,
        "objection": id,
        "language": act["language"],
        "code": kept,
    }
    return Done((Said("objected", body, words_of(act)),), _with(code, objection=id))


def dissent(desktop: Desktop, act: Act) -> Done:
    """SAL-009 no such text, SAL-020 language."""
    item = known_text(desktop, act)
    check_language(desktop.sitting, act)
    id = free_id(desktop.sitting, f"{item.id}-d")
    code, kept = code_of(desktop.sitting, act)
    body = {"item": item.id, "dissent": id, "language": act["language"], "code": kept}
    return Done((Said("dissent_recorded", body, words_of(act)),), _with(code, dissent=id))
