"""What lay in an evaluation when data were lost, stolen or seen: kinds and orders of size, never a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from avis.consent.ledger import read_consents
from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.keeping import KINDS, SOURCES, files_of
from avis.rights.asked import people_known
from avis.sources.meetings import read_notes
from avis.sources.registers import read_persons
from avis.sources.surveys.wave import read_survey

WORDS = frozenset(("notes", "surveys", "sessions", "stories", "audio", "review", "build"))
"""Kinds that hold what people said or wrote."""
CODES = frozenset(("notes", "surveys", "activities", "persons", "consent", "stories", "build"))
"""Kinds in which the code of a person may stand; with the register of names, it leads to her."""
STEPS = (0, 10, 50, 100, 500, 1000, 5000)
"""Counts are told as « 11 to 50 »: enough for a notification, and no figure that could be compared."""


@dataclass(frozen=True)
class Lost:
    """A kind of data that may be out: how many files, and about how many people, as the ends of a range."""

    what: str
    files: int
    words: bool
    codes: bool
    people: tuple[int, int] | None = None
    """None where nobody can count them from here."""


@dataclass(frozen=True)
class Inventory:
    """All that may be out; `unknown` counts what was named and is no part of the evaluation."""

    lost: tuple[Lost, ...]
    people: tuple[int, int]
    minors: str
    vault: bool
    key: bool
    """Whether the key of the register lies there: with it, hashes can be tried."""
    unknown: int = 0
    partial: bool = False
    """Whether `evaluation.yaml` could not be read whole: there may have been more than is told."""


def partly_read(opened: Evaluation) -> bool:
    """Tell whether something of `evaluation.yaml` is wrong or gone, so that sources may be missing."""
    return bool(opened.marked.dropped) or not opened.marked.data


def take_inventory(opened: Evaluation, named: Collection[str]) -> Inventory:
    """Say what was where; `named` are the files and folders that are lost, all of the folder where empty.

    A file need not be there any more: it may be the one that was stolen. What belongs to no kind is counted
    as unknown, and is to be taken for the worst.
    """
    root = opened.folders.root
    wanted = [_inside(root, name) for name in named]
    whole = not wanted or PurePath() in wanted
    counts = _people(opened)
    lost = [one for what in KINDS if (one := _lost(opened, what, None if whole else wanted, counts))]
    if opened.folders.build.is_dir() and (whole or _touches([PurePath("build")], wanted)):
        files = sum(path.is_file() for path in opened.folders.build.rglob("*"))
        lost.append(Lost("build", files, words=True, codes=True))
    known = [*(PurePath(pattern) for what in KINDS for pattern in _patterns(opened, what)), PurePath("build")]
    strange = sum(not whole and (path is None or not _touches(known, [path])) for path in wanted)
    key = (root / "registre.cle").is_file() and (whole or PurePath("registre.cle") in wanted)
    known_people = set(people_known(opened, read_consents(opened, Problems())))
    vault = opened.settings.vault is not None
    people, partial = ranged(len(known_people)), partly_read(opened)
    return Inventory(tuple(lost), people, opened.settings.minors, vault, key, strange, partial)


def ranged(count: int) -> tuple[int, int]:
    """Give the ends of the range in which a count lies; the last has no end (0).

    >>> ranged(0), ranged(10), ranged(11), ranged(6000)
    ((0, 0), (1, 10), (11, 50), (5001, 0))
    """
    if count == 0:
        return 0, 0
    low = max(step for step in STEPS if step < count)
    return low + 1, next((step for step in STEPS if step >= count), 0)


def _inside(root: Path, name: str) -> PurePath | None:
    """Write a named file as it stands in the evaluation; none where it lies outside."""
    path = Path(name)
    for whole in (path.absolute(), root / path):
        if whole.resolve().is_relative_to(root) and (whole.exists() or whole == root / path):
            return PurePath(whole.resolve().relative_to(root))
    return None


def _patterns(opened: Evaluation, what: str) -> list[str]:
    found: list[str] = []
    for field in SOURCES.get(what, ()):
        value = getattr(opened.settings.sources, field)
        parts = (
            [wave.file for wave in value]
            if field == "surveys"
            else [value]
            if isinstance(value, str)
            else value
        )
        found += [part for part in parts if part]
    return found


def _touches(patterns: Iterable[PurePath], named: Iterable[PurePath | None]) -> bool:
    """Tell whether a named file or folder meets a pattern: it matches, or one lies in the other."""
    ours = [path for path in named if path is not None]
    return any(
        path.match(str(pattern)) or path in pattern.parents or pattern in path.parents
        for pattern in patterns
        for path in ours
    )


def _lost(
    opened: Evaluation, what: str, wanted: list[PurePath | None] | None, counts: dict[str, int]
) -> Lost | None:
    files = files_of(opened, what)
    inside = [path.relative_to(opened.folders.root) for path in files]
    patterns = [PurePath(pattern) for pattern in _patterns(opened, what)]
    if wanted is None:
        hit = bool(files or patterns)
    else:
        inside = [path for path in inside if _touches([path], wanted)]
        hit = bool(inside) or _touches(patterns, wanted)
    if not hit:
        return None
    people = ranged(counts[what]) if what in counts else None
    return Lost(what, len(inside), what in WORDS, what in CODES, people)


def _people(opened: Evaluation) -> dict[str, int]:
    """Count people by code in each kind of data that has codes; each answer counts as a person."""
    told = Problems()
    consents, segments = read_consents(opened, told), read_notes(opened, told).segments
    answers = 0
    for wave in opened.settings.sources.surveys:
        records = read_survey(opened, wave, Problems()).records
        answers += len(records)
    speakers = set(segments["speaker"]) - {"", "group", "facilitator"}
    return {
        "notes": len(speakers),
        "surveys": answers,
        "persons": len(read_persons(opened, told)),
        "consent": len(set(consents["person"]) - {""}),
    }
