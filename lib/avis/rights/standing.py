"""What everybody else said, at the time when somebody takes her words back.

Whoever said the same herself keeps her words, and these are not searched. Whoever wrote hers down (an
observation, a summary, a question that quotes her, a text of the group) does not make them anybody else's:
they are named, for people to erase.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from avis.consent.judging import words_hash
from avis.consent.ledger import read_consents
from avis.editions.keyed import WINDOW, plain_words
from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.rights.asked import session_words, story_texts
from avis.sources.meetings import read_notes
from avis.sources.notes.speakers import GROUP
from avis.writing.chain import read_words


class Said(NamedTuple):
    """A text of the sources, by its number or its file; `own` where somebody says it for herself."""

    name: str
    text: str
    own: bool


class Shared(NamedTuple):
    """The runs of her words that are searched, text by text, and whether some are somebody else's too."""

    runs: tuple[frozenset[str], ...]
    some: bool


def others_said(opened: Evaluation, gone: Collection[str]) -> Iterator[Said]:
    """Give every text of notes, sessions and records of stories that is not taken back."""
    segments = read_notes(opened, Problems()).segments
    for row in segments.to_dict("records"):
        if row["id"] not in gone and row["text"]:
            own = row["kind"] == "speech" and row["speaker"] not in ("", GROUP)
            yield Said(str(row["id"]), str(row["text"]), own)
    owners = {word: owner for owner, word in session_words(opened)}
    for path in opened.files(opened.settings.sources.sessions):
        for name, word in (read_words(path, opened.name(path), Problems()) or {}).items():
            owner = owners.get(name, "")
            if owner not in gone:
                yield Said(owner or opened.name(path), word.text, False)
    for id, text in story_texts(opened):
        if id not in gone:
            yield Said(id, text, bool(id))


def other_marks(opened: Evaluation, gone: Collection[str], own: Iterable[str]) -> set[str]:
    """Give the codes and hashes that stand in the ledger for others, and the hashes of what they said."""
    consents = read_consents(opened, Problems())
    others = consents[~consents["contribution"].isin(gone)]
    marks = [*others["return_code"], *others["sha256"], *map(words_hash, own)]
    return {" ".join(plain_words(mark)) for mark in marks if mark}


def runs_of(text: str) -> frozenset[str]:
    """Give every run of words by which a text is found; one run where it is shorter.

    >>> runs_of("Le guichet ferme."), len(runs_of("un deux trois quatre cinq six sept"))
    (frozenset({'le guichet ferme'}), 2)
    """
    words = plain_words(text)
    return _runs(words, min(WINDOW, len(words)))


def _runs(words: Sequence[str], size: int) -> frozenset[str]:
    if not size:
        return frozenset()
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def not_shared(texts: Iterable[str], own: Iterable[str]) -> Shared:
    """Take away from each text the runs that somebody says in her own words, where these are no longer.

    What is longer than her text quotes it, or leads people to look: nothing of hers is passed over for it.

    >>> not_shared(["Le guichet ferme trop tôt le soir."], ["Tous : le guichet ferme trop tôt le soir."]).some
    False
    >>> not_shared(["Le guichet ferme trop tôt le soir."], ["le guichet ferme trop tôt le soir"]).runs
    (frozenset(),)
    """
    others = [plain_words(text) for text in own]
    found, some = [], False
    for text in texts:
        words, runs = plain_words(text), runs_of(text)
        size = min(WINDOW, len(words))
        taken = frozenset[str]().union(*(_runs(other, size) for other in others if len(other) <= len(words)))
        some |= bool(runs & taken)
        found.append(runs - taken)
    return Shared(tuple(found), some)
