"""What somebody says when she comes: the code of her slip, her person code, or the number of a paragraph.

No paper, no reason and no name is asked for: whoever holds the slip may take the words back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from avis.consent.ledger import read_consents
from avis.editions.keyed import read_key, trace
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.i18n import date, language
from avis.marked import load_yaml
from avis.rights.withdrawals import person_hash, read_withdrawals
from avis.sources.codes import is_code, person_code
from avis.sources.meetings import read_notes
from avis.sources.stories import TAKEN_BACK
from avis.writing.bodies import words_named
from avis.writing.chain import read_log
from avis.writing.codes import LENGTH, brought
from avis.writing.deliberation import read_logs

By = Literal["contribution", "code", "person"]
OWNERS = ("dissent", "objection", "amendment", "quote", "item")
"""Where the body of an event says whose words it names: the narrowest first."""
HERS = ("words", "title")
"""What of a record of stories is somebody's own: her words, and the title that tells them in short."""
NO_SPEAKERS = ("group", "facilitator")
"""What notes write for a speaker who is no single person."""
_KINDS: dict[str, By] = {
    **dict.fromkeys(("parole", "words", "contribution"), "contribution"),
    **dict.fromkeys(("code", "papier", "slip"), "code"),
    **dict.fromkeys(("personne", "person"), "person"),
}
_ASIDE = re.compile(r"[\s\-_.\u00b7\u2010-\u2015\u2212]+")


@dataclass(frozen=True)
class Asked:
    """Whose words are meant: ids of contributions, and her person code where it is known.

    `by` says what was given. A slip stands for the contributions that carry its code, never for all that
    its bearer said: `person` is then for `avis access`, and nothing of hers is counted out. `alike` are
    paragraphs of notes whose speaker bears the person code asked for, in meetings where nothing ties that
    code to her: there it may be somebody else's.
    """

    contributions: tuple[str, ...]
    person: str = field(default="", repr=False)
    by: By = "contribution"
    alike: tuple[str, ...] = ()


def find_asked(opened: Evaluation, asked: str, problems: Problems) -> Asked:
    """Find what a code, a person or a number stands for, however it is spelled.

    A code is that of a slip, or the one that the room gave for what she brought. Spaces, dashes, dots and
    case make no difference. `personne:`, `code:` and `parole:` before it say which is meant. Errors: RIG-001
    nothing is called so, RIG-002 it stands for two things, RIG-025 it was taken back already.
    """
    wanted, key = _part(asked)
    consents = read_consents(opened, Problems())
    found: dict[By, Asked] = {}
    if wanted in ("", "contribution"):
        ids = [id for id in contribution_ids(opened, consents) if spelled(id) == key]
        if ids:
            found["contribution"] = _with_person(tuple(ids), consents, "contribution")
    if wanted in ("", "code"):
        ids = [*_of(consents, "return_code", key), *_brought(opened, key)]
        if ids:
            found["code"] = _with_person(tuple(ids), consents, "code")
    if wanted in ("", "person"):
        said, alike, speaker = _said_by(opened, consents, key)
        person = _person(opened, consents, key) or speaker
        if person:
            found["person"] = Asked(said, person, "person", alike)
    if not key or not found:
        day = _taken_back_on(opened.folders.root, key) if key else ""
        if day:
            problems.add("RIG-025", Place(), day=date(day, language()))
        else:
            problems.add("RIG-001")
        return Asked(())
    if len(found) > 1:
        problems.add("RIG-002", Place(), n=len(found))
        return Asked(())
    return next(iter(found.values()))


def _taken_back_on(root: Path, key: str) -> str:
    """Give the day on which the words of a slip, or of a person, were taken back; empty where nobody knows.

    The code is found again by its keyed hash, as it was written on the slip: without its dashes.
    """
    secret = read_key(root)
    if secret is None:
        return ""
    standing = (one.asked for one in read_withdrawals(root, Problems()).values() if one.erases)
    hashed, person = trace(secret, key).hashes, person_hash(secret, person_code(key))
    days = [
        one.on
        for one in standing
        if one.kind == "withdrawn"
        and (
            person == one.person
            or any(part.window == 1 and {*hashed} & {*part.hashes} for part in one.traces)
        )
    ]
    return max(days, default="")


def spelled(text: str) -> str:
    """Write a code or an id as it is compared.

    >>> spelled("nz26 dmcx") == spelled("NZ26-DMCX\u200b"), spelled("AT07-03")
    (True, 'at0703')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _ASIDE.sub("", "".join(char for char in folded if unicodedata.category(char) != "Cf"))


def _part(asked: str) -> tuple[By | Literal[""], str]:
    before, colon, after = asked.partition(":")
    kind = _KINDS.get(spelled(before)) if colon else None
    return (kind, spelled(after)) if kind else ("", spelled(asked))


def _of(consents: pd.DataFrame, column: str, key: str) -> list[str]:
    """Give the contributions of the rows in which a column is spelled so."""
    rows = consents[consents[column].map(spelled) == key]
    return list(dict.fromkeys(rows["contribution"])) if key else []


def _brought(opened: Evaluation, key: str) -> list[str]:
    """Give what carries a code in the sessions; only what is as long as one is worth the slow reckoning."""
    if not (len(key) == LENGTH and key.isascii() and key.isalnum()):
        return []
    return brought((event for log in read_logs(opened, Problems()) for event in log.events), key)


def _said_by(
    opened: Evaluation, consents: pd.DataFrame, key: str
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Give what is a person's, what only bears her code as its speaker, and that code as notes write it.

    A speaker's code may hold for one meeting only. Where the ledger ties one of a speaker's paragraphs to
    the person code, all of that speaker in that meeting are hers, but for those that it ties to another.
    """
    rows = _of(consents, "person", key)
    segments = read_notes(opened, Problems()).segments
    spoken = (
        segments["speaker"].map(spelled) == key if key and key not in NO_SPEAKERS else segments["id"] == ""
    )
    others = set(consents.loc[consents["person"].map(bool), "contribution"]) - set(rows)
    said = segments[spoken & (segments["kind"] != "withdrawn") & ~segments["id"].isin(others)]
    sure = said["meeting"].isin(set(said.loc[said["id"].isin(rows), "meeting"]))
    ids = tuple(dict.fromkeys([*rows, *said.loc[sure, "id"]]))
    written = next(iter(said["speaker"]), "")
    speaker = person_code(written) if is_code(written) else str(written)
    return ids, tuple(dict.fromkeys(said.loc[~sure, "id"])), speaker


def _with_person(ids: tuple[str, ...], consents: pd.DataFrame, by: By) -> Asked:
    people = {code for code in consents.loc[consents["contribution"].isin(ids), "person"] if code}
    return Asked(ids, people.pop() if len(people) == 1 else "", by)


def contribution_ids(opened: Evaluation, consents: pd.DataFrame) -> list[str]:
    """Give the ids of everything that somebody said: notes, sessions, records of stories, the ledger.

    What cannot be read of one file hides nothing of the others: words never wait.
    """
    notes = read_notes(opened, Problems())
    session = (id for id, _ in session_words(opened))
    return list(
        dict.fromkeys([*notes.segments["id"], *session, *story_ids(opened), *consents["contribution"]])
    )


def session_words(opened: Evaluation) -> Iterator[tuple[str, str]]:
    """Give the words that the logs name, each with the id of what they belong to: s3, s3-d1, s1-a1."""
    for path in opened.files(opened.settings.sources.sessions):
        for event in read_log(path, opened.name(path), Problems()).events:
            owner = next((event.body[name] for name in OWNERS if name in event.body), "")
            yield from ((str(owner), word) for word, _ in words_named(event.body))


def story_ids(opened: Evaluation) -> Iterator[str]:
    """Give the ids of the words that records of stories hold."""
    return (id for id in dict.fromkeys(id for id, _ in story_texts(opened)) if id)


def story_words(opened: Evaluation, gone: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give what still stands of some people's words in the records of stories, each with its id."""
    return ((id, text) for id, text in story_texts(opened) if id in gone and stands(text))


def stands(text: str) -> bool:
    """Tell whether words of a record were not taken back yet."""
    return text.strip().casefold() not in TAKEN_BACK


def story_texts(opened: Evaluation) -> Iterator[tuple[str, str]]:
    """Give every text of the records of stories: words and their title under their id, all else under none.

    Who made sure of a story, when it was told back, what others say of it: that is not hers.
    """
    return ((id, text) for _, id, text in story_places(opened))


def story_places(opened: Evaluation) -> Iterator[tuple[str, str, str]]:
    """Give every text of the records of stories as `story_texts` does, after the name of its file."""
    for path in opened.files(opened.settings.sources.stories):
        name = opened.name(path)
        marked = load_yaml(path, name, Problems())
        yield from ((name, id, text) for id, text in _texts(marked.data if marked else None, ""))


def _texts(value: Any, id: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        own = (value[name] for name in ("contribution", "id") if isinstance(value.get(name), str))
        hers = next(own, "") if isinstance(value.get("words"), str) else id
        for key, part in value.items():
            yield from _texts(part, hers if key in HERS else id)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, id)
    elif isinstance(value, str):
        yield id, value


def _person(opened: Evaluation, consents: pd.DataFrame, key: str) -> str:
    """Give a person code as it is compared everywhere, where somebody in the sources has it."""
    return next((code for code in people_known(opened, consents) if spelled(code) == key), "")


def people_known(opened: Evaluation, consents: pd.DataFrame) -> Iterator[str]:
    """Give every person code of the ledger, the persons' table, the surveys and the activities."""
    from avis.sources.activities import read_activities
    from avis.sources.registers import read_persons
    from avis.sources.surveys.wave import read_survey

    yield from (person_code(code) for code in consents["person"] if is_code(code))
    yield from (str(code) for code in read_persons(opened, Problems())["code"])
    for wave in opened.settings.sources.surveys:
        yield from (str(code) for code in read_survey(opened, wave, Problems()).records["person"] if code)
    for codes in read_activities(opened, Problems())["person_codes"]:
        yield from str(codes).split()
