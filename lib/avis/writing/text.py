"""Passages that the group wrote, in `textes/`, read for one document: language, audience, exhibits."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from avis.errors import Place, Problems
from avis.exhibits import Audience, Exhibits
from avis.folders import passages, read_regular
from avis.i18n import LANGUAGES, Language
from avis.marked import Marked, parse_yaml
from avis.report.compose.contribution import PLACE as CALL
from avis.report.compose.evidence import anchor
from avis.report.document import Heading, Passage
from avis.setting import REPORT
from avis.spelling import suggest
from avis.writing.call_places import is_for_call, place_for_call, places_of
from avis.writing.naked import naked_numbers, standing_numbers
from avis.writing.passage import Reader, slug
from avis.writing.places import is_report, part_named, parts_of
from avis.writing.roles import Desk
from avis.writing.typography import set_french

__all__ = ["PLACES", "Passage", "naked_numbers", "read_passages", "read_words", "standing_numbers"]

PLACES = ("introduction", "plain", "method", "activities", "survey", "closing", "next")
"""Places of a document that a passage may name; beside these `question:q1` and `causes:q1`."""
_FRENCH_PLACES = {
    "mots-simples": "plain",
    "methode": "method",
    "activites": "activities",
    "conclusion": "closing",
    "suite": "next",
}
_OF_QUESTION = ("question", "causes")
MOST_BYTES = 2**20
"""Bytes of a passage: a whole book of 400 pages."""
_KEYS = ("place", "title")
_NAME = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2,3})\.md")


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    stem: str
    language: Language


def read_passages(
    folder: Path,
    language: Language,
    exhibits: Exhibits,
    problems: Problems,
    audience: Audience = "public",
    places: Collection[str] = (),
) -> tuple[Passage, ...]:
    """Read the passages of a folder in one language, their roles resolved, in the order of file names.

    `places` are those that a document reads, all where none is named. A passage that exists in the other
    language only is given in that one, with its `language`, and a remark TXT-006. Everything that is wrong
    goes to `problems`: TXT-001 … TXT-026, and what `passages` and `read_words` say.
    """
    found: list[Passage] = []
    placed: dict[str, Place] = {}
    links: list[tuple[str, Place]] = []
    for file in _chosen(folder, language, problems):
        desk = Desk(exhibits, language, file.language, audience, problems, placed, links)
        passage = _read(file, desk, places)
        if passage is not None:
            found.append(passage)
    _check_links(links, found, exhibits, problems)
    return tuple(found)


def _check_links(
    links: list[tuple[str, Place]], found: list[Passage], exhibits: Exhibits, problems: Problems
) -> None:
    """Remark on links to parts of the document that do not exist (TXT-026); they are printed as words."""
    known = {anchor(item) for item in exhibits.exhibits} | {f"text-{passage.id}" for passage in found}
    known |= {block.id for passage in found for block in passage.blocks if isinstance(block, Heading)}
    for target, place in links:
        if target not in known and not target.startswith(("part-", "question-")):
            problems.warn("TXT-026", place, target=target, **suggest(target, known))


def _chosen(folder: Path, language: Language, problems: Problems) -> list[_File]:
    """Choose for each name the file in the language, else the one there is."""
    by_stem: dict[str, dict[str, _File]] = {}
    for path in passages(folder, "*.md", problems):
        name = f"{folder.name}/{path.name}"
        match = _NAME.fullmatch(path.name)
        code = next((code for code in LANGUAGES if match and code == match["language"]), None)
        if match is None or code is None:
            problems.warn("TXT-005", Place(name), languages=", ".join(LANGUAGES))
            continue
        by_stem.setdefault(match["stem"], {})[code] = _File(path, name, match["stem"], code)
    chosen = []
    for stem, files in by_stem.items():
        file = files.get(language) or next(iter(files.values()))
        if file.language != language:
            problems.warn("TXT-006", Place(f"{folder.name}/{stem}.{language}.md"), file=file.name)
        chosen.append(file)
    return chosen


def read_words(path: Path, name: str, problems: Problems) -> str | None:
    """Read a passage as it stands. Errors: TXT-001 not UTF-8, SRC-006 too large, SRC-041 not to be opened."""
    try:
        data = read_regular(path, MOST_BYTES)
    except OSError:
        problems.add("SRC-041", Place(name))
        return None
    if len(data) > MOST_BYTES:
        size = -(-path.stat().st_size // 2**20)
        problems.add("SRC-006", Place(name), size=size, most=MOST_BYTES // 2**20)
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.add("TXT-001", Place(name, line=data[: error.start].count(b"\n") + 1))
        return None


def _read(file: _File, desk: Desk, places: Collection[str] = ()) -> Passage | None:
    problems = desk.problems
    text = read_words(file.path, file.name, problems)
    if text is None:
        return None
    front, body, first_line = _split(text)
    if front is None:
        problems.add("TXT-002", Place(file.name, line=1))
        return None
    marked = parse_yaml(front, file.name, problems, first_line=2)
    if marked is None:
        return None
    if _of_another(marked, places):
        return None
    place = _place(marked, desk)
    if not _wanted(place, places):
        return None
    title = _title(marked, file)
    reader = Reader(desk, file.name, slug(file.stem), body, first_line)
    return Passage(
        id=slug(file.stem), place=place, title=title, blocks=reader.blocks(), language=file.language
    )


def _of_another(marked: Marked, places: Collection[str]) -> bool:
    """Tell whether a text is for something else than the one call that is read.

    Exhibits addressed to a call know neither other calls nor reports: `check` and the avis hold such places.
    """
    if not any(place.startswith(f"{CALL}:") for place in places):
        return False
    asked = str(marked.data.get("place") or "") if isinstance(marked.data, dict) else ""
    kind, id, *_ = (part.strip() for part in f"{asked}::".split(":"))
    return not is_for_call(kind) or f"{CALL}:{id}" not in places


def _wanted(place: str, places: Collection[str]) -> bool:
    """Tell whether a document reads a place: what is for a call or for funders is for nothing else."""
    kind = place.partition(":")[0]
    if kind == CALL:
        return place.rpartition(":")[0] in places
    return (not places and kind != REPORT) or place in places or kind in places


def _split(text: str) -> tuple[str | None, str, int]:
    """Split the front matter from the body; give the line where the body begins.

    >>> _split("---\\nplace: plain\\n---\\nBonjour.")
    ('place: plain\\n', 'Bonjour.', 4)
    """
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        return None, text, 1
    return match[1], text[match.end() :], match[0].count("\n") + 1


def _place(marked: Marked, desk: Desk) -> str:
    """Check where a passage belongs: TXT-003 unknown place, TXT-004 question, TXT-024 unknown key."""
    data = marked.data if isinstance(marked.data, dict) else {}
    for key in data:
        if key not in _KEYS:
            desk.problems.warn("TXT-024", marked.place([key]), known=", ".join(_KEYS), **suggest(key, _KEYS))
    asked = str(data.get("place") or "").strip()
    asked = _FRENCH_PLACES.get(asked, asked)
    kind, colon, question = (part.strip() for part in asked.partition(":"))
    if not colon and kind in PLACES:
        return kind
    if is_for_call(kind):
        return _call_place(question, marked, desk)
    if is_report(kind):
        return _report_place(question, marked, desk)
    if kind not in _OF_QUESTION or not colon:
        known = (*PLACES, *(f"{kind}:…" for kind in _OF_QUESTION))
        desk.problems.add("TXT-003", marked.place(["place"]), known=", ".join(known), **suggest(asked, known))
        return ""
    request = desk.exhibits.setting.request
    questions = [item.id for item in request.questions] if request is not None else []
    if question not in questions:
        known_ids = ", ".join(questions) or "–"
        near = suggest(question, questions)
        desk.problems.add("TXT-004", marked.place(["place"]), id=question, known=known_ids, **near)
    return f"{kind}:{question}"


def _call_place(written: str, marked: Marked, desk: Desk) -> str:
    """Check for which call and which of its questions a passage is: TXT-049 there is no such one."""
    place, known = place_for_call(written, desk.exhibits.setting), places_of(desk.exhibits.setting)
    if not place:
        near = suggest(f"{CALL}:{written}", known)
        told = ", ".join(known) or "–"
        desk.problems.add("TXT-049", marked.place(["place"]), id=written, known=told, **near)
    return place or CALL


def _report_place(written: str, marked: Marked, desk: Desk) -> str:
    """Check for which part of a report a passage is: TXT-048 neither a part nor a field of a portal."""
    setting = desk.exhibits.setting
    part = part_named(written, setting)
    if not part:
        known = parts_of(setting)
        told = {"id": written, "known": ", ".join(known)}
        desk.problems.add("TXT-048", marked.place(["place"]), **told, **suggest(written, known))
    return f"{REPORT}:{part}"


def _title(marked: Marked, file: _File) -> str:
    title = str(marked.data.get("title") or "").strip() if isinstance(marked.data, dict) else ""
    return set_french(title) if file.language == "fr" else title
