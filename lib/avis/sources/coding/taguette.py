"""Taguette: its project (`.sqlite3`), and its exports (passages and codes, CSV or XLSX) → codes and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.sources.coding.codes_model import Code, Coded, Facts, code_ids, codes_table, with_parents
from avis.sources.coding.database import Database, Row, number
from avis.sources.coding.documents import Document, Gathering, Selection, themes_of
from avis.sources.coding.marked_text import read_marked
from avis.sources.coding.offsets import Span, place_spans
from avis.sources.coding.smooth import smooth
from avis.spelling import header_key

TABLES = ("documents", "tags", "highlights", "highlight_tags")
_PASSAGES = {"id", "document", "content", "tag"}
_CODES = {"tag", "description"}


def is_taguette(database: Database) -> bool:
    """Tell whether a database is a project of Taguette."""
    return all(name in database.tables for name in TABLES)


def read_taguette(
    database: Database, place: Place, problems: Problems, known: Mapping[str, str] | None = None
) -> Coded:
    """Read a project, every project of the file where there are several.

    Errors: SRC-354 a passage without place or words, SRC-359 a link to a code that is not there. Warnings:
    SRC-352 passages without a code, SRC-355 words that stand elsewhere, SRC-367 several projects in one.
    """
    tags = database.rows("tags", ("id", "project_id", "path", "description"))
    codes = _codes((str(row["id"]), str(row["path"]), str(row["description"])) for row in tags)
    gathering = Gathering(place.file, problems, themes_of(code_ids(codes), known, place, problems))
    coded = _links(database, gathering, place, problems)
    marked = defaultdict(list)
    for row in database.rows("highlights", ("id", "document_id", "start_offset", "end_offset", "snippet")):
        marked[row["document_id"]].append(row)
    documents = database.rows("documents", ("id", "name", "contents"))
    for row in documents:
        _take(row, marked.pop(row["id"], []), coded, gathering)
    for _ in marked:
        problems.add("SRC-354", place, n=len(marked))
        break
    projects = len(database.rows("projects", ("id",)))
    if projects > 1:
        problems.warn("SRC-367", place, n=projects)
    if gathering.lost:
        problems.add("SRC-354", place, n=gathering.lost)
    facts: Facts = {"tool": "taguette", "projects": projects, "codes": len(codes), "sources": len(documents)}
    facts |= {"codings": sum(map(len, coded.values()))}
    return Coded(codes_table(codes), gathering.tables(bare=known is None), facts)


def _codes(rows: Iterable[tuple[str, str, str]]) -> list[Code]:
    return with_parents((Code(key, smooth(path), "", words.strip()) for key, path, words in rows), ".")


def _links(
    database: Database, gathering: Gathering, place: Place, problems: Problems
) -> dict[str | int, list[str]]:
    """Give the codes of each passage."""
    coded: dict[str | int, list[str]] = defaultdict(list)
    for row in database.rows("highlight_tags", ("highlight_id", "tag_id")):
        if str(row["tag_id"]) in gathering.themes:
            coded[row["highlight_id"]].append(str(row["tag_id"]))
        else:
            problems.add("SRC-359", place)
    return coded


def _take(
    row: Row, marked: Sequence[Row], coded: Mapping[str | int, list[str]], gathering: Gathering
) -> None:
    id = gathering.name_of(str(row["name"]))
    text, paragraphs = read_marked(str(row["contents"]))
    spans = [
        Span(number(one["start_offset"]), number(one["end_offset"]), read_marked(str(one["snippet"]))[0])
        for one in marked
    ]
    placed = place_spans(text, spans, units=("bytes", "points", "units"))
    selections = tuple(
        Selection(where, span.words, tuple((code, "") for code in coded.get(one["id"], ())))
        for where, span, one in zip(placed.spans, spans, marked, strict=True)
    )
    moved = sum(one.span is None and bool(one.words.strip()) for one in selections)
    bare = sum(not one.codes for one in selections)
    for code, n in (("SRC-352", bare), ("SRC-355", moved), ("SRC-356", placed.unproved)):
        if n:
            gathering.problems.warn(code, Place(gathering.file, field=id), n=n)
    gathering.take(Document(text, paragraphs, selections), id)


def header_of(grids: Sequence[Grid]) -> set[str]:
    """Give the names of the columns of the first sheet."""
    first = next((row for grid in grids for row in grid.rows if any(map(str.strip, row))), [])
    return {header_key(cell) for cell in first}


def is_export(grids: Sequence[Grid]) -> bool:
    """Tell whether a table is one of Taguette's exports: passages, or codes."""
    header = header_of(grids)
    return header >= _PASSAGES or (header >= _CODES and "type" not in header)


def read_export(
    grids: Sequence[Grid], place: Place, problems: Problems, known: Mapping[str, str] | None = None
) -> Coded:
    """Read an export: passages with their code, or the codes alone.

    Error: SRC-011 a row that is cut. Warnings: SRC-361 what an export never holds, SRC-362 rows that repeat.
    """
    rows = _rows(grids[0], place, problems)
    if not header_of(grids) >= _PASSAGES:
        pairs = {smooth(row["tag"]): row["description"] for row in rows if row["tag"].strip()}
        codes = _codes((name, name, words) for name, words in pairs.items())
        themes_of(code_ids(codes), known, place, problems)
        notes = Gathering(place.file, problems, {}).tables()
        return Coded(codes_table(codes), notes, {"tool": "taguette", "codes": len(codes)})
    return _passages(rows, place, problems, known)


def _passages(
    rows: Sequence[Mapping[str, str]], place: Place, problems: Problems, known: Mapping[str, str] | None
) -> Coded:
    names = list(dict.fromkeys(smooth(row["tag"]) for row in rows if row["tag"].strip()))
    codes = _codes((name, name, "") for name in names)
    gathering = Gathering(place.file, problems, themes_of(code_ids(codes), known, place, problems))
    problems.warn("SRC-361", place)
    once = {(row["document"], row["id"], row["content"], smooth(row["tag"])): None for row in rows}
    if len(once) < len(rows):
        problems.warn("SRC-362", place, n=len(rows) - len(once))
    marked: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for document, id, content, tag in once:
        marked[document][id, content] += [tag] if tag else []
    for document, passages in marked.items():
        selections = (
            Selection(None, words, tuple((tag, "") for tag in tags)) for (_, words), tags in passages.items()
        )
        gathering.take(Document(selections=tuple(selections)), gathering.name_of(document))
    if gathering.lost:
        problems.add("SRC-354", place, n=gathering.lost)
    facts: Facts = {"tool": "taguette", "codes": len(codes), "sources": len(marked)}
    facts |= {"codings": sum(bool(tag) for *_, tag in once)}
    return Coded(codes_table(codes), gathering.tables(), facts)


def _rows(grid: Grid, place: Place, problems: Problems) -> list[dict[str, str]]:
    listed = [
        (row, line) for row, line in zip(grid.rows, grid.lines, strict=True) if any(map(str.strip, row))
    ]
    names = [header_key(cell) for cell in listed[0][0]]
    rows = []
    for row, line in listed[1:]:
        if len(row) == len(names):
            rows.append(dict(zip(names, row, strict=True)))
        else:
            here = Place(place.file, line=line)
            problems.add("SRC-011", here, found=len(row), expected=len(names))
    return rows
