"""Help when data were lost, stolen or seen: what was there, the 72 hours, drafts of messages, what to change.

Everything is written in one folder that git does not follow and only its owner reads. No text holds a
person's value. Where a fact is not known, the texts take the worse case (GDPR art. 33 and 34).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from avis.editions.register import Edition, day_of, read_register
from avis.errors import Problems, shown
from avis.evaluation import Evaluation
from avis.folders import write_whole
from avis.i18n import LANGUAGES, Language, date, pick, say
from avis.rights.assessment import SIGNS
from avis.rights.inventory import Inventory, Lost, take_inventory

HOURS = 72
Encrypted = Literal["yes", "no", "unknown"]
OWN = ("a-lire-d-abord", "ce-qui-etait-la", "evaluer-le-risque", "ce-qu-il-faut-changer", "journal")
"""Texts for whoever helps, in her language; their order is that of their use."""
MESSAGES = ("cnil", "personnes", "association")
"""Drafts, each in every language."""


@dataclass(frozen=True)
class Incident:
    """What is known: when it was known, of which evaluation, what may be out, whether it was encrypted."""

    opened: Evaluation
    known_at: dt.datetime
    now: dt.datetime
    encrypted: Encrypted
    inventory: Inventory
    editions: tuple[Edition, ...]

    @property
    def deadline(self) -> dt.datetime:
        """72 hours later, in local time: they run through nights, weekends and changes of the clock."""
        return (self.known_at.astimezone(dt.UTC) + dt.timedelta(hours=HOURS)).astimezone()

    @property
    def hours_left(self) -> int:
        """Whole hours until the deadline; negative when it has passed."""
        return int((self.deadline - self.now).total_seconds() // 3600)


def open_incident(
    opened: Evaluation, known_at: dt.datetime, now: dt.datetime, encrypted: Encrypted, named: list[str]
) -> Incident:
    """Gather what is known; both times have a time zone. A register that cannot be read holds nothing up."""
    register = read_register(opened.folders.root, Problems())
    inventory = take_inventory(opened, named)
    return Incident(opened, known_at, now, encrypted, inventory, tuple(register.values()))


def write_help(incident: Incident, folder: Path, lang: Language) -> list[Path]:
    """Write the texts and give them in the order of reading. Errors: RUN-010 to RUN-012."""
    write_whole(folder / ".gitignore", "*\n")
    texts = {f"{number:02}-{name}.md": _own(incident, name, lang) for number, name in enumerate(OWN, 1)}
    for number, name in enumerate(MESSAGES, len(OWN) + 1):
        for tongue in LANGUAGES:
            texts[f"{number:02}-{name}.{tongue}.md"] = _own(incident, name, tongue)
    if incident.editions:
        texts[f"{len(OWN) + len(MESSAGES) + 1:02}-rappeler-les-editions.md"] = _recall(incident, lang)
    written = []
    for name, text in sorted(texts.items()):
        write_whole(folder / name, text)
        written.append(folder / name)
    return written


def _own(incident: Incident, name: str, lang: Language) -> str:
    return say(f"rights.incident.{name}", lang, **_facts(incident, lang))


def clock(incident: Incident, lang: Language) -> str:
    """Say until when to notify, and how long that is; what to do when it is over.

    `{date}` is local time; the hours are counted to the last whole one.
    """
    facts = {"deadline": moment(incident.deadline, lang), "known": moment(incident.known_at, lang)}
    if incident.hours_left < 0:
        return say("rights.incident.clock.passed", lang, **facts)
    return say("rights.incident.clock.left", lang, n=incident.hours_left, **facts)


def moment(when: dt.datetime, lang: Language) -> str:
    """Write a local time as people say it.

    >>> moment(dt.datetime(2024, 3, 15, 9, 5, tzinfo=dt.UTC), "fr")
    '15 mars 2024 à 9 h 05'
    """
    clock_ = f"{when.hour} h {when.minute:02}" if lang == "fr" else f"{when.hour}:{when.minute:02}"
    return say("rights.incident.moment", lang, date=date(when.date().isoformat(), lang), time=clock_)


def _facts(incident: Incident, lang: Language) -> dict[str, str]:
    opened, found = incident.opened, incident.inventory
    part = opened.settings.processing
    sign = SIGNS[lang]
    organisation = opened.settings.organisation
    contact = pick(part.contact or opened.settings.removal_contact, lang)[0]
    return {
        "title": pick(opened.settings.title, lang)[0],
        "organisation": pick(part.controller, lang)[0] or organisation.name,
        "fictional": say("rights.incident.fictional", lang) if organisation.fictional else "",
        "officer": pick(part.officer, lang)[0] or sign,
        "contact": contact or sign,
        "sign": sign,
        "clock": clock(incident, lang),
        "known": moment(incident.known_at, lang),
        "encrypted": say(f"rights.incident.encrypted.{incident.encrypted}", lang),
        "before": say(f"rights.incident.before.{incident.encrypted}", lang),
        "inventory": _table(found, lang),
        "kinds": _kinds(found, lang),
        "people": _range((0, 0) if found.partial else found.people, lang),
        "minors": say(f"rights.incident.minors.{found.minors}", lang),
        "vault": say(f"rights.incident.vault.{'yes' if found.vault else 'no'}", lang),
        "key": say(f"rights.incident.key.{'yes' if found.key else 'no'}", lang),
        "unknown": say("rights.incident.unknown", lang, n=found.unknown) if found.unknown else "",
        "editions": say("rights.incident.editions", lang, n=len(incident.editions)),
    }


def _name(lost: Lost, lang: Language) -> str:
    if lost.what == "build":
        return say("rights.incident.build", lang)
    return say(f"rights.retention.kinds.{lost.what}", lang)


def _table(found: Inventory, lang: Language) -> str:
    """The inventory as rows: kind, files, words, codes, people."""
    answers = {True: say("rights.access.yes", lang), False: say("rights.access.no", lang)}
    rows = []
    for one in found.lost:
        people = _range(one.people, lang) if one.people else say("rights.incident.not_counted", lang)
        files = str(one.files) if one.files else say("rights.incident.gone", lang)
        rows.append(
            f"| {_name(one, lang)} | {files} | {answers[one.words]} | {answers[one.codes]} | {people} |"
        )
    missing = "not_read" if found.partial else "" if rows else "nothing_known"
    if missing:
        rows.append(f"| {SIGNS[lang]} {say(f'rights.incident.{missing}', lang)} | | | | |")
    return "\n".join(rows)


def _kinds(found: Inventory, lang: Language) -> str:
    lines = [f"- {_name(one, lang)}" for one in found.lost]
    if found.partial:
        lines.append(f"- {SIGNS[lang]} {say('rights.incident.not_read', lang)}")
    elif found.unknown or not lines:
        lines.append(f"- {SIGNS[lang]} {say('rights.incident.other_data', lang)}")
    return "\n".join(lines)


def _range(ends: tuple[int, int], lang: Language) -> str:
    low, high = ends
    key = "none" if not low else "between" if high else "more"
    return say(f"rights.incident.range.{key}", lang, low=low, high=high)


def _recall(incident: Incident, lang: Language) -> str:
    lines = []
    for edition in incident.editions:
        issued = edition.issued
        back = edition.taken_back_on
        state = say("rights.access.taken_back", lang, date=day_of(back, lang)) if back else ""
        lines.append(f"- {shown(issued.edition)}, {day_of(issued.on, lang)} {state}".rstrip())
        for one in edition.placed:
            lines.append(f"    - {shown(one.where)}, {day_of(one.on, lang)}")
    return say("rights.incident.recall", lang, list="\n".join(lines))
