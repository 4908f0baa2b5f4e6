"""What was coded in a project → the notes that hold the same words, so that coding and consent meet.

A note and the copy that a tool of coding took of it must not be two: the words of the note are those that
people agreed to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import count

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.coding.codes_model import Coded
from avis.sources.coding.documents import NUMBERED
from avis.sources.coding.smooth import smooth
from avis.sources.notes.codemarks import CODER
from avis.sources.notes.model import Notes

_UNSAID = ["memo", "space", "withdrawn"]


def attach(notes: Notes, coded: Coded, problems: Problems) -> Notes:
    """Add a project to notes: codings of a paragraph that a note holds, word for word, go to the note's.

    Words are the same in NFC, spaces collapsed; codes at the end of a note's paragraph do not count. A
    document of which a note holds a paragraph is that note's meeting: of its other paragraphs only those
    stay that are coded. A document that no note holds comes as a meeting of its own. Warnings: SRC-368 coded
    paragraphs that the note does not hold as they are, SRC-369 words that a note holds several times,
    SRC-375 documents that may be an interview or a workshop.
    """
    project = _renamed(notes, coded.notes)
    if notes.segments.empty:
        _tell_unknown(project.meetings, problems)
        return _joined(notes, project)
    said = project.segments[~project.segments["kind"].isin(_UNSAID)]
    held = _held(notes.segments)
    same = _meetings(said, held)
    to = _matched(said, held, same, problems)
    rest = _rest(project.segments, to, same, set(project.codings["segment"]))
    _tell(rest, set(same.values()), problems)
    meetings = project.meetings[project.meetings["id"].isin(set(rest["meeting"]) - set(same.values()))]
    _tell_unknown(meetings, problems)
    return _joined(notes, Notes(meetings, rest, _moved(project.codings, to, notes.segments)))


def signed(coded: Coded, stem: str) -> Coded:
    """Say who coded a project that names nobody, by its file: `entretiens@b.sqlite3` is coder b's.

    Each coder codes her own copy in Taguette, which does not write down who did.
    """
    _, at, coder = stem.rpartition("@")
    codings = coded.notes.codings
    if not at or not CODER.fullmatch(coder) or (codings["coder"] != "").any():
        return coded
    return replace(coded, notes=replace(coded.notes, codings=codings.assign(coder=coder)))


def _moved(codings: pd.DataFrame, to: dict[str, str], segments: pd.DataFrame) -> pd.DataFrame:
    """Give codings to segments of notes, whose words may be fewer: codes at the end are none."""
    moved = codings.assign(segment=codings["segment"].replace(to))
    lengths = moved["segment"].map(segments.set_index("id")["text"].str.len())
    ends = moved["end"].where(lengths.isna() | (moved["end"] <= lengths), lengths).astype("int64")
    within = moved["start"] < ends  # what is coded beside the words is said of all of them
    return moved.assign(
        start=moved["start"].where(within, 0),
        end=ends.where(within | lengths.isna(), lengths).astype("int64"),
    )


def _bare(text: str) -> str:
    """Write words without the codes that stand at their end."""
    words = smooth(text).split(" ")
    while words and words[-1].startswith("#"):
        words.pop()
    return " ".join(words)


def _held(segments: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Give the segments of notes by their words: meeting and id of each."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    spoken = segments[~segments["kind"].isin(_UNSAID)]
    for id, meeting, text in zip(spoken["id"], spoken["meeting"], spoken["text"], strict=True):
        if smooth(text) == text:
            held[_bare(text)].append((meeting, id))
    return held


def _meetings(said: pd.DataFrame, held: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """Find the note that each document is a copy of: the one that holds most of its paragraphs."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for meeting, text in zip(said["meeting"], said["text"], strict=True):
        votes[meeting].update({there for there, _ in held.get(_bare(text), ())})
    return {meeting: found.most_common(1)[0][0] for meeting, found in votes.items() if found}


def _matched(
    said: pd.DataFrame, held: dict[str, list[tuple[str, str]]], same: dict[str, str], problems: Problems
) -> dict[str, str]:
    """Give the note's segment for each of the project's; words that stand several times go in their order."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id, meeting, text in zip(said["id"], said["meeting"], said["text"], strict=True):
        if meeting in same:
            groups[meeting, _bare(text)].append(id)
    files = said.groupby("meeting")["file"].first()
    to: dict[str, str] = {}
    for (meeting, words), ids in groups.items():
        there = [id for held_in, id in held.get(words, ()) if held_in == same[meeting]]
        if len(there) in (1, len(ids)):
            to |= dict(zip(ids, there * (len(ids) if len(there) == 1 else 1), strict=True))
        elif there:
            problems.warn("SRC-369", Place(str(files[meeting]), field=meeting), n=len(ids))
    return to


def _rest(segments: pd.DataFrame, to: dict[str, str], same: dict[str, str], coded: set[str]) -> pd.DataFrame:
    """Give what the project has more than the notes: documents of its own, coded paragraphs, memos."""
    memo = segments["kind"].isin(_UNSAID)
    copied = segments["meeting"].isin(list(same))
    keep = ~segments["id"].isin(list(to)) & (~copied | memo | segments["id"].isin(list(coded)))
    rest = segments[keep]
    return rest.assign(meeting=rest["meeting"].replace(same))


def _tell(rest: pd.DataFrame, notes: set[str], problems: Problems) -> None:
    there = rest[rest["meeting"].isin(list(notes)) & ~rest["kind"].isin(_UNSAID)]
    for (file, meeting), n in Counter(zip(there["file"], there["meeting"], strict=True)).items():
        problems.warn("SRC-368", Place(file, field=meeting), n=n)


def _tell_unknown(meetings: pd.DataFrame, problems: Problems) -> None:
    """Say of how many documents nobody knows whether one person spoke, or several."""
    for file, n in Counter(meetings.loc[meetings["kind"] == "meeting", "file"]).items():
        problems.warn("SRC-375", Place(str(file)), n=n)


def _renamed(notes: Notes, more: Notes) -> Notes:
    """Give other ids where both have the same: they are of other meetings and other words."""
    ids = _apart(more.segments["id"], set(notes.segments["id"]))
    places = _apart(more.meetings["id"], set(notes.meetings["id"]))
    segments = more.segments.assign(
        id=more.segments["id"].replace(ids), meeting=more.segments["meeting"].replace(places)
    )
    coders = _other_coders(more.codings["coder"], set(notes.codings["coder"]))
    codings = more.codings.assign(
        segment=more.codings["segment"].replace(ids), coder=more.codings["coder"].replace(coders)
    )
    return Notes(more.meetings.assign(id=more.meetings["id"].replace(places)), segments, codings)


def _other_coders(coders: pd.Series[str], taken: set[str]) -> dict[str, str]:
    """Number the users of a project after those of the projects before: `codeur-1` of two is two people."""
    used = {coder for coder in taken if coder.startswith(NUMBERED)}
    free = (name for n in count(len(used) + 1) if (name := f"{NUMBERED}{n}") not in used)
    users = [coder for coder in dict.fromkeys(coders) if coder.startswith(NUMBERED)]
    return {user: next(free) for user in users} if used else {}


def _apart(ids: pd.Series[str], taken: set[str]) -> dict[str, str]:
    used, renamed = taken | set(ids), {}
    for id in set(ids) & taken:
        renamed[id] = next(other for n in count(2) if (other := f"{id}-b{n}") not in used)
        used.add(renamed[id])
    return renamed


def _joined(notes: Notes, more: Notes) -> Notes:
    return Notes(
        pd.concat([notes.meetings, more.meetings], ignore_index=True),
        pd.concat([notes.segments, more.segments], ignore_index=True),
        pd.concat([notes.codings, more.codings], ignore_index=True),
    )
