"""Notes of workshops, interviews and sessions of an evaluation → meetings, segments and codings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.files.opening import Opened, open_file
from avis.sources.coding.codebook import names_of, read_codebook
from avis.sources.coding.projects import attach, is_project, signed
from avis.sources.coding.projects import read_opened as read_project
from avis.sources.notes.front import SIDECARS
from avis.sources.notes.gathered import Gathered
from avis.sources.notes.model import Notes
from avis.sources.notes.note import read_opened


def read_notes(evaluation: Evaluation, problems: Problems) -> Notes:
    """Read all notes of an evaluation, and the projects of coding tools among them.

    Errors: those of `read_note` and `read_project`; SRC-104 (warning) no meeting id, SRC-105 no date or none
    that exists, SRC-106 (warning) no type, SRC-107 one id for two meetings, SRC-108 (warning) paragraphs
    without ids, SRC-109 an id of another form, SRC-110 one id for two paragraphs, SRC-111 unknown code,
    SRC-112 (warning) a code inside a sentence, SRC-113 no words, SRC-114 (warning) no speaker, SRC-115
    (warning) a speaker who is no code, SRC-116 (warning) a language that the meeting does not name,
    SRC-346 (warning) a workshop that does not say how many took part, SRC-420 a coder that is no code,
    SRC-421 (warning) what looks like a mark of coding and is none.
    """
    found = [(path, evaluation.name(path)) for path in evaluation.files(evaluation.settings.sources.notes)]
    return _gather(found, Gathered(problems, _known_codes(evaluation)))


def read_note_files(
    files: Sequence[tuple[Path, str]], problems: Problems, codes: Mapping[str, str] | None = None
) -> Notes:
    """Read notes outside an evaluation, each a path and the name that messages call it.

    `codes` are known codes by their folded spelling; none where any code is taken as it is. Errors as
    `read_notes`, but for SRC-105, which is a remark since nothing is built here, and SRC-345 (warning)
    paragraphs without ids, told once a file instead of SRC-108.
    """
    return _gather(files, Gathered(problems, codes, loose=True))


def _gather(files: Sequence[tuple[Path, str]], gathered: Gathered) -> Notes:
    """Read notes, then projects: what was coded in a project goes to the note that holds the words."""
    projects: list[Opened] = []
    for path, name in files:
        opened = None if _is_beside(path, files) else open_file(path, name, gathered.problems)
        if opened is not None and is_project(opened):
            projects.append(opened)
        elif opened is not None and (note := read_opened(opened, gathered.problems)) is not None:
            gathered.take(note)
    held = gathered.tables()
    for opened in projects:
        coded = read_project(opened, gathered.problems, gathered.codes)
        if coded is not None:
            held = attach(held, signed(coded, opened.path.stem), gathered.problems)
    return held


def _is_beside(path: Path, files: Sequence[tuple[Path, str]]) -> bool:
    """A pattern like `notes/*` finds also what stands beside a note and belongs to it."""
    others = (other for other, _ in files if other != path)
    return path.suffix.lower() in SIDECARS and any(path == other.with_suffix(path.suffix) for other in others)


def _known_codes(evaluation: Evaluation) -> dict[str, str] | None:
    """Codes by their folded spelling; none without a codebook, so that no code is called unknown."""
    codebook = read_codebook(evaluation, Problems())  # its own reader reports what is wrong with it
    return names_of(codebook) if len(codebook) else None
