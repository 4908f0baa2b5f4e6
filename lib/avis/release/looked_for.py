"""What an evaluation holds that no edition may: gathered here, since the scan itself reads no source.

It stays in memory: names come from the vault, and what is in a vault is never on a disk in clear. Where the
key is not at hand, the register is not searched, and the report says so.
"""

from __future__ import annotations

import getpass
import json
import math
import os
import platform
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from avis.consent.ledger import read_consents
from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.exhibits import Audience, Exhibits
from avis.redaction.decisions import read_review as read_decisions
from avis.redaction.registers import search_quietly
from avis.release.allowed import allowed_texts, contacts
from avis.release.papers import Paper
from avis.release.review import read_review
from avis.scanning.numbers import FEWEST
from avis.scanning.wanted import Kind, Term, Wanted
from avis.scanning.words import words_of
from avis.sources.activities import read_activities
from avis.sources.meetings import read_notes
from avis.sources.registers import read_persons
from avis.sources.stories import read_stories, story_segments
from avis.sources.surveys.wave import Survey, read_survey

RARE = 9.0
"""Digits that numbers must tell together: fewer meet by chance in a table of counts."""
_NAMED = ("name", "known_person", "handle", "email", "phone")
"""Kinds of what two people replaced in words before they could be printed."""

Row = tuple[float, ...]


def looked_for(opened: Evaluation, exhibits: Exhibits, papers: tuple[Paper, ...] | list[Paper]) -> Wanted:
    """Gather all that must not leave, and what may stand all the same, for the audience of the papers.

    Errors: those of reading the sources, since what could not be read would not be looked for.
    """
    problems = Problems()
    audience: Audience = papers[0].document.audience if papers else "public"
    surveys = [read_survey(opened, source, problems) for source in opened.settings.sources.surveys]
    said = _said(opened, problems)
    raw = dict.fromkeys((*said["text"], *_session_words(opened), *_answers(surveys)))
    names, register = _register(opened)
    codes = list(_codes(opened, surveys, problems))
    replaced = list(_replaced(opened, said, problems))
    problems.raise_errors()
    allowed = allowed_texts(opened, exhibits, audience, raw)
    readers = [name for name in _readers(opened) if not _stands(name, allowed)]
    rows = _rare(surveys)
    terms = [
        *_terms("name", (*names, *replaced, *readers)),
        *codes,
        *_terms("raw_text", raw),
        *(Term(kind="numbers", numbers=row) for row in rows),
        *machine_terms(opened),
    ]
    return Wanted(
        terms=tuple(dict.fromkeys(terms)),
        allowed=allowed,
        lists=(*(["people"] if register else []), "codes", "texts", "records", "machine"),
        missing=() if register else ("people",),
        contacts=contacts(opened),
    )


def _terms(kind: Kind, texts: Iterable[str]) -> Iterator[Term]:
    return (Term(kind=kind, text=text) for text in dict.fromkeys(texts) if text.strip())


def _register(opened: Evaluation) -> tuple[list[str], bool]:
    """Give the names of the register of people, and whether it could be opened."""
    found = search_quietly(opened)
    return [" ".join(words) for words in found.known.people], found.register == "open"


def _readers(opened: Evaluation) -> Iterator[str]:
    """Give the names of those who read the documents: they stay in the evaluation."""
    review = read_review(opened.folders, Problems())
    for act in (*review.readings, *review.decisions) if review else ():
        yield re.sub(r"\([^)]*\)", " ", act.by).strip()


def _stands(name: str, allowed: Iterable[str]) -> bool:
    wanted = f" {' '.join(words_of(name))} "
    return any(wanted in f" {' '.join(words_of(text))} " for text in allowed)


def _said(opened: Evaluation, problems: Problems) -> pd.DataFrame:
    """Give every paragraph of notes and every word told in a record of stories."""
    notes, stories = read_notes(opened, problems), read_stories(opened, problems)
    parts = [notes.segments[["id", "text"]], story_segments(stories)[["id", "text"]]]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _session_words(opened: Evaluation) -> Iterator[str]:
    """Give the words that stand beside the logs of sessions: those that nobody adopted are not published."""
    for path in opened.files(opened.settings.sources.sessions):
        beside = path.with_suffix(".mots.json")
        if beside.is_file() and opened.holds(beside):
            held = json.loads(beside.read_text("utf-8"))
            yield from (str(word.get("text", "")) for word in held.values())


def _answers(surveys: Iterable[Survey]) -> Iterator[str]:
    """Give what people wrote in their own words: answers to questions that list no choices."""
    for survey in surveys:
        free = survey.questions.loc[survey.questions["list"].fillna("") == "", "name"]
        for name in free:
            if name in survey.raw.columns:
                yield from (
                    str(cell) for cell in survey.raw[name].dropna().unique() if " " in str(cell).strip()
                )
        yield from _answers(survey.repeats.values())


def _codes(opened: Evaluation, surveys: Iterable[Survey], problems: Problems) -> Iterator[Term]:
    """Give every code of a person, and every code that people hold to take their words back."""
    consents, activities = read_consents(opened, problems), read_activities(opened, problems)
    persons = read_persons(opened, problems)
    columns = [persons["code"], consents["person"], activities["person_codes"]]
    columns += [survey.records["person"] for survey in surveys]
    cells = [str(cell) for column in columns for cell in column.dropna()]
    yield from _terms(
        "person_code", sorted({code for cell in cells for code in re.split(r"[\s,;|/]+", cell)})
    )
    yield from _terms("consent_code", sorted({str(code) for code in consents["return_code"].dropna()}))


def _replaced(opened: Evaluation, said: pd.DataFrame, problems: Problems) -> Iterator[str]:
    """Give the names in people's words that two readers replaced before these could be printed."""
    texts = dict(zip(said["id"], said["text"], strict=True))
    table = read_decisions(opened, problems)
    rows = table[table["decision"].isin(["pseudonym", "generalise"]) & table["kind"].isin(_NAMED)]
    for id, start, end in zip(rows["contribution"], rows["start"], rows["end"], strict=True):
        words = str(texts.get(id, ""))[int(start) : int(end)]
        yield words if len(words) > 1 else ""


def _rare(surveys: Iterable[Survey]) -> list[Row]:
    """Give the shortest runs of numbers that one record alone has and that tell enough to be hers."""
    windows: Counter[Row] = Counter()
    for survey in surveys:
        numbers = survey.values.apply(pd.to_numeric, errors="coerce")
        for row in numbers.to_numpy(dtype="float64").tolist():
            windows.update(set(_runs([float(one) for one in row if one == one])))
    return sorted(row for row, times in windows.items() if times == 1 and not _counts_up(row))


def _counts_up(row: Row) -> bool:
    """Tell years in a row and the like, which stand in any table."""
    return all(after - before == 1 for before, after in pairwise(row))


def _runs(row: list[float]) -> Iterator[Row]:
    """Give the shortest runs of a record that tell enough.

    >>> list(_runs([1, 2, 3, 4, 5])), list(_runs([1984, 418207, 2, 30]))
    ([], [(1984, 418207, 2, 30)])
    """
    for start in range(len(row)):
        told = 0.0
        for end in range(start, len(row)):
            told += math.log10(1 + abs(row[end])) + (0 if float(row[end]).is_integer() else 1)
            if told >= RARE and end - start + 1 >= FEWEST:
                yield tuple(row[start : end + 1])
                break


def machine_terms(opened: Evaluation) -> list[Term]:
    """Give the paths, names and parameters of this computer that a build may leave in what it makes."""
    root = opened.folders.root
    folders = [
        root,
        root.resolve(),
        opened.folders.build,
        opened.folders.build.resolve(),
        Path.cwd(),
        Path.home(),
    ]
    folders.append(Path(tempfile.gettempdir()).resolve())
    paths = [str(folder) for folder in folders if len(folder.parts) > 2]
    parameters = [path for path in (_relative(root), _relative(opened.folders.private)) if path.count(os.sep)]
    return [
        *_terms("path", paths),
        *_terms("user", _users()),
        *_terms("host", {platform.node(), platform.node().partition(".")[0]} - {""}),
        *_terms("parameter", parameters),
    ]


def _relative(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return ""


def _users() -> Iterator[str]:
    """Give how this computer calls whoever uses it: the login, and the whole name where the system has it."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError):
        login = ""
    yield login
    try:
        import pwd

        yield pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].replace(login, "")
    except (ImportError, KeyError, AttributeError):
        return
