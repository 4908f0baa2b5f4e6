"""Everything that an evaluation holds about somebody, in plain words, to read with her (GDPR art. 15).

Other people's data never appear: who else was there, a text of the group, what else a slip might lead to.
By the code of a slip only what hangs on that slip is told, since whoever finds it must not learn more.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from avis.consent.ledger import read_consents
from avis.errors import Problems
from avis.evaluation import Evaluation, as_of
from avis.i18n import Language, date, join, pick, say
from avis.keeping import KINDS, ends
from avis.rights.answers import her_activities, her_answers, her_row
from avis.rights.asked import Asked, find_asked, spelled
from avis.rights.gone_out import her_editions
from avis.rights.inventory import partly_read
from avis.rights.said_in_room import her_texts
from avis.rights.stories import her_decisions, her_stories
from avis.sources.meetings import read_notes
from avis.sources.notes.model import Notes
from avis.writing.deliberation import Deliberation, deliberate

Lines = list[str]


@dataclass(frozen=True, repr=False)
class Held:
    """What was found first, since the rest depends on it: whose, which words, which consents."""

    opened: Evaluation
    asked: Asked
    notes: Notes
    consents: pd.DataFrame = field(repr=False)
    words: pd.DataFrame = field(repr=False)
    """Segments that are hers: id, meeting, text, language, date."""
    deliberation: Deliberation
    called: tuple[str, str]
    """How a command names the evaluation, and what was asked."""
    unread: Problems
    """What could not be read on the way: the text says in which files, since something may be missing."""

    @property
    def ids(self) -> list[str]:
        """The ids of all that is hers."""
        return list(dict.fromkeys([*self.asked.contributions, *self.words["id"]]))

    @property
    def hers(self) -> Asked:
        """What was asked for, with every id that is hers: a withdrawal looks for the same."""
        return Asked(tuple(self.ids), self.asked.person, self.asked.by)

    @property
    def whole(self) -> bool:
        """Whether all about a person is told, and not a slip or a paragraph alone."""
        return self.asked.by == "person"


def tell_held(opened: Evaluation, asked: str, lang: Language, problems: Problems, called: str = "") -> str:
    """Say what is held about a person, under a slip's code or under the number of a paragraph.

    Takes what `find_asked` takes, and how commands call the evaluation. Empty where nothing is
    called so (RIG-001, RIG-002).
    """
    found = find_asked(opened, asked, problems)
    if problems.errors:
        return ""
    held = _gather(opened, found, (shlex.quote(called or opened.slug), shlex.quote(asked)))
    told = [_head(held, lang)]
    for key, make in _parts(held):
        lines = make(held, lang)
        if lines:
            told.append(f"{say(f'rights.access.titles.{key}', lang)}\n\n" + "\n".join(lines))
    return "\n\n".join(told) + "\n"


def _parts(held: Held) -> list[tuple[str, Callable[[Held, Language], Lines]]]:
    always = [
        ("words", _words),
        ("brought", lambda one, lang: her_texts(one.opened, one.asked, lang, one.unread)),
        ("consents", _consents),
        ("session", _session),
        ("stories", lambda one, lang: her_stories(one.opened, one.ids, lang, one.unread)),
        ("review", lambda one, lang: her_decisions(one.opened, one.ids, lang, one.unread)),
        ("editions", lambda one, lang: her_editions(one.opened, one.hers, lang)),
    ]
    person = [
        ("row", lambda one, lang: her_row(one.opened, one.asked.person, lang, one.unread)),
        ("answers", lambda one, lang: her_answers(one.opened, one.asked.person, lang, one.unread)),
        ("activities", lambda one, lang: her_activities(one.opened, one.asked.person, lang, one.unread)),
    ]
    ending = [
        ("not_held", _not_held),
        ("why", _why),
        ("kept", _kept),
        ("readers", _readers),
        ("rights", _rights),
    ]
    return [*always, *(person if held.whole else []), *ending]


def _gather(opened: Evaluation, asked: Asked, called: tuple[str, str]) -> Held:
    """Find what is hers; what cannot be read of one file hides nothing of the others."""
    unread = Problems()
    notes, consents = read_notes(opened, unread), read_consents(opened, unread)
    segments = notes.segments
    hers = segments["id"].isin(asked.contributions)
    dates = notes.meetings.set_index("id")["date"]
    words = segments[hers].assign(date=segments.loc[hers, "meeting"].map(dates).fillna(""))
    rows = consents["contribution"].isin([*asked.contributions, *words["id"]])
    if asked.by == "person":
        rows |= consents["person"].map(spelled) == spelled(asked.person)
    ordered = words.sort_values(["date", "meeting", "line"], kind="stable")
    return Held(opened, asked, notes, consents[rows], ordered, deliberate(opened, unread), called, unread)


def _head(held: Held, lang: Language) -> str:
    title = pick(held.opened.settings.title, lang)[0]
    facts = {"title": title, "person": held.asked.person, "date": date(as_of().isoformat(), lang)}
    return "\n".join(
        say(f"rights.access.{held.asked.by}.{part}", lang, **facts) for part in ("title", "about")
    )


def _words(held: Held, lang: Language) -> Lines:
    lines = []
    for row in held.words.to_dict("records"):
        when = date(row["date"], lang) if row["date"] else say("rights.access.no_date", lang)
        tongue = _language(row["language"], lang)
        lines.append("- " + say("rights.access.word", lang, date=when, id=row["id"], language=tongue))
        lines += [f"    {line}" for line in str(row["text"]).splitlines()]
        if not row["text"]:
            lines.append("    " + say("rights.access.no_words", lang))
    return lines + _alike(held, lang)


def _alike(held: Held, lang: Language) -> Lines:
    """Count what bears the same speaker code where nothing says that it is hers: not hers to read yet."""
    segments = held.notes.segments
    same = segments[segments["id"].isin(held.asked.alike)]
    meetings = dict.fromkeys(f"{id} ({n})" for id, n in same.groupby("meeting", sort=False).size().items())
    facts = {"n": len(same), "meetings": join(list(meetings), lang), "evaluation": held.called[0]}
    return ["- " + say("rights.access.alike", lang, **facts)] if meetings else []


def _language(code: object, lang: Language) -> str:
    from avis.i18n import words

    known: dict[str, str] = words("common", lang)["languages"]
    return known.get(str(code), str(code)) if code else say("rights.access.no_language", lang)


def _consents(held: Held, lang: Language) -> Lines:
    """What she allowed, one line a use, in the order of her words."""
    lines = []
    names: dict[str, str] = _table("scopes", lang)
    for row in held.consents.to_dict("records"):
        told = [
            say(
                "rights.access.scope",
                lang,
                id=row["contribution"],
                scope=names.get(row["scope"], row["scope"]),
            )
        ]
        for key, value in _moves(row):
            if key == "return_code" and held.asked.by == "contribution":
                continue  # a number of a paragraph leads to no slip
            shown = date(value, lang) if key.endswith("_on") else value
            told.append(say(f"rights.access.moves.{key}", lang, value=shown))
        lines.append("- " + ", ".join(told))
    return lines


def _table(name: str, lang: Language) -> dict[str, str]:
    from avis.i18n import words

    found: dict[str, str] = words("rights", lang)["access"][name]
    return found


def _moves(row: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    told = ("granted_on", "expires_on", "withdrawn_on", "suspended_on", "resumed_on", "wording", "language")
    for key in (*told, "witness", "minor", "own_yes", "authority", "return_code"):
        value = str(row.get(key) or "")
        if value:
            yield key, value


def _session(held: Held, lang: Language) -> Lines:
    """Quotes that she approved in the room, and how many texts of the group began with her words."""
    names = _table("audiences", lang)
    ids, lines = set(held.ids), []
    for id, quote in held.deliberation.quotes.items():
        if id not in ids:
            continue
        audiences = join([names[one] for one in sorted(quote.audiences)], lang)
        key = "revoked" if quote.revoked else "approved" if audiences else "not_approved"
        lines.append("- " + say(f"rights.access.{key}", lang, id=id, audiences=audiences))
    began = sum(item.origin.removeprefix("quote:") in ids for item in held.deliberation.items.values())
    return [*lines, *(["- " + say("rights.access.began", lang, n=began)] if began else [])]


def _not_held(held: Held, lang: Language) -> Lines:
    """What this evaluation does not hold, and what this text cannot see."""
    files = dict.fromkeys(item.place.file for item in held.unread.errors if item.place.file)
    if partly_read(held.opened):
        files["evaluation.yaml"] = None
    told = ["- " + say("rights.access.unread_files", lang, files=join(list(files), lang))] if files else []
    if not held.whole:
        return ["- " + say(f"rights.access.{key}", lang) for key in ("slip_only", "elsewhere")] + told
    from avis.rights.assessment import held_kinds

    held_here = {"vault", *held_kinds(held.opened)}
    missing = [what for what in KINDS if what not in held_here]
    names = [say(f"rights.retention.kinds.{what}", lang) for what in missing]
    lines = ["- " + say("rights.access.none_at_all", lang, kinds=join(names, lang))] if names else []
    lines += told
    if held.opened.settings.vault:
        lines.append("- " + say("rights.access.vault", lang))
    return [*lines, "- " + say("rights.access.elsewhere", lang)]


def _why(held: Held, lang: Language) -> Lines:
    """What the data are for, on which ground, and whether they leave the Union (art. 15(1)(a), (h), (2))."""
    part = held.opened.settings.processing
    words = [pick(one, lang)[0] for one in (part.purpose, part.legal_basis)]
    lines = [f"- {word.strip()}" for word in words if word] or ["- " + say("rights.access.no_purpose", lang)]
    abroad = pick(part.transfers, lang)[0]
    if abroad:
        lines.append("- " + say("rights.access.transfers", lang, words=abroad.strip()))
    return [*lines, "- " + say("rights.access.no_decision", lang)]


def _kept(held: Held, lang: Language) -> Lines:
    from avis.rights.assessment import held_kinds

    last, lines = ends(held.opened.settings), []
    for what in held_kinds(held.opened):
        name = say(f"rights.retention.kinds.{what}", lang)
        until = date(last[what].isoformat(), lang) if what in last else ""
        lines.append(
            "- "
            + say("rights.access.until" if until else "rights.access.undecided", lang, what=name, date=until)
        )
    return lines


def _readers(held: Held, lang: Language) -> Lines:
    named = [pick(one, lang)[0] for one in held.opened.settings.processing.recipients]
    return [f"- {name}" for name in named if name] or ["- " + say("rights.access.no_readers", lang)]


def _rights(held: Held, lang: Language) -> Lines:
    """How to put it right, and to whom to complain."""
    settings = held.opened.settings
    contact = pick(settings.processing.contact or settings.removal_contact, lang)[0]
    facts = dict(zip(("evaluation", "who"), held.called, strict=True))
    parts = (
        ["correct", "withdraw", "suspend", "counts", "complain"]
        if held.whole
        else ["correct", "withdraw", "suspend", "complain"]
    )
    lines = ["- " + say(f"rights.access.do.{part}", lang, **facts) for part in parts]
    return [*([f"- {contact}"] if contact else []), *lines]
