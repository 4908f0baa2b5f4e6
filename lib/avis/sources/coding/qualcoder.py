"""QualCoder: its project (`data.qda` in a `.qda` folder) and its lists of codes → codes and notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from avis.errors import Place, Problems
from avis.sources.coding.codes_model import Code, Coded, Facts, code_ids, codes_table
from avis.sources.coding.database import Database, Row, number
from avis.sources.coding.documents import Document, Gathering, Selection, lines_of, themes_of
from avis.sources.coding.offsets import Span, place_spans
from avis.sources.coding.smooth import smooth

TABLES = ("source", "code_name", "code_cat", "code_text")
_PASSAGE = ("fid", "cid", "seltext", "pos0", "pos1", "owner", "memo")
_MEDIA = ("code_image", "code_av")
LONGEST_NAME = 200
"""Characters of a code's name in a list; a longer line is a sentence."""


def is_qualcoder(database: Database) -> bool:
    """Tell whether a database is a project of QualCoder."""
    return all(name in database.tables for name in TABLES)


def read_qualcoder(
    database: Database, place: Place, problems: Problems, known: Mapping[str, str] | None = None
) -> Coded:
    """Read a project; memos, annotations and the journal become memos that never leave.

    Errors: SRC-354 a passage without place or words, SRC-359 a passage of a code or of a source that is not
    there. Warnings: SRC-353 pictures and recordings, SRC-355 words that stand elsewhere.
    """
    codes = _codes(database)
    gathering = Gathering(place.file, problems, themes_of(code_ids(codes), known, place, problems))
    sources = database.rows("source", ("id", "name", "fulltext", "mediapath", "memo"))
    marked, codings = _marked(database, gathering, {row["id"] for row in sources})
    noted = defaultdict(list)
    for row in database.rows("annotation", ("anid", "fid", "memo")):
        noted[row["fid"]].append(str(row["memo"]))
    for row in sources:
        _take(row, marked[row["id"]], noted[row["id"]], gathering)
    media = sum(len(database.rows(table, ("cid",))) for table in _MEDIA)
    _finish(database, sources, media, gathering)
    facts: Facts = {
        "tool": "qualcoder",
        "users": len(gathering.coders),
        "codes": sum(code.key.startswith("code") for code in codes),
        "categories": sum(code.key.startswith("cat") for code in codes),
        "cases": len(database.rows("cases", ("caseid",))),
        "sources": len(sources),
        "codings": codings + media,
    }
    return Coded(codes_table(codes), gathering.tables(bare=known is None), facts)


def _finish(database: Database, sources: Sequence[Row], media: int, gathering: Gathering) -> None:
    """Keep what was written about the project as a whole, and say what is not read."""
    for table, column in (("journal", "jentry"), ("project", "memo")):
        for row in database.rows(table, (column,)):
            gathering.memo(str(row[column]))
    place, unread = Place(gathering.file), sum(not row["fulltext"] for row in sources)
    for code, n in (("SRC-353", unread), ("SRC-360", media)):
        if n:
            gathering.problems.warn(code, place, n=n)
    if gathering.lost:
        gathering.problems.add("SRC-354", place, n=gathering.lost)


def _codes(database: Database) -> list[Code]:
    """Give categories, then codes: both have a place in the tree."""
    categories = database.rows("code_cat", ("catid", "name", "memo", "supercatid"))
    codes = database.rows("code_name", ("cid", "name", "memo", "catid", "supercid"))
    found = [_code("cat", row["catid"], row, _key("cat", row["supercatid"])) for row in categories]
    for row in codes:
        found.append(
            _code("code", row["cid"], row, _key("code", row["supercid"]) or _key("cat", row["catid"]))
        )
    return found


def _key(kind: str, id: str | int) -> str:
    return f"{kind}{id}" if id != "" else ""


def _code(kind: str, id: str | int, row: Row, parent: str) -> Code:
    return Code(
        f"{kind}{id}", smooth(str(row["name"])), parent, str(row["memo"]).strip(), category=kind == "cat"
    )


def _marked(
    database: Database, gathering: Gathering, sources: set[str | int]
) -> tuple[dict[str | int, list[Row]], int]:
    """Give the passages of each source, and how many there are."""
    marked: dict[str | int, list[Row]] = defaultdict(list)
    count = 0
    for row in database.rows("code_text", _PASSAGE):
        count += 1
        if f"code{row['cid']}" in gathering.themes and row["fid"] in sources:
            marked[row["fid"]].append(row)
        else:
            gathering.problems.add("SRC-359", Place(gathering.file))
    return marked, count


def _take(row: Row, marked: Sequence[Row], noted: Sequence[str], gathering: Gathering) -> None:
    id, text = gathering.name_of(str(row["name"])), str(row["fulltext"])
    spans = [Span(number(one["pos0"]), number(one["pos1"]), str(one["seltext"])) for one in marked]
    placed = place_spans(text, spans)
    selections = tuple(
        Selection(where, span.words, ((f"code{one['cid']}", str(one["owner"])),))
        for where, span, one in zip(placed.spans, spans, marked, strict=True)
    )
    moved = sum(one.span is None and bool(one.words.strip()) for one in selections)
    for code, n in (("SRC-355", moved), ("SRC-356", placed.unproved)):
        if n:
            gathering.problems.warn(code, Place(gathering.file, field=id), n=n)
    memos = (str(row["memo"]), *(str(one["memo"]) for one in marked), *noted)
    gathering.take(Document(text, lines_of(text), selections, memos), id)


def is_code_list(text: str) -> bool:
    r"""Tell whether a text is a list of codes with the categories above each.

    >>> is_code_list("aller>>bus\tune note\nvenir\n"), is_code_list("Une phrase.\nUne autre.")
    (True, False)
    """
    lines = [line.partition("\t")[0] for line in text.splitlines() if line.strip()]
    return any(">>" in line for line in lines) and all(len(line) <= LONGEST_NAME for line in lines)


def read_code_list(text: str, place: Place, problems: Problems) -> Coded:
    r"""Read a list of codes: `category>>category>>code`, a tab, a memo, one code a line.

    Errors: SRC-372 a line without a code. Warning: SRC-371 a code that stands twice, and counts once.

    >>> codes = read_code_list("lieux>>ville>>bus\tune note\npied", Place(), Problems()).codes
    >>> codes["code"].tolist(), codes["parent"].tolist()
    (['lieux', 'ville', 'bus', 'pied'], ['', 'lieux', 'ville', ''])
    """
    categories: dict[str, Code] = {}
    codes: dict[str, Code] = {}
    for line, written in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if not written.strip():
            continue
        path, _, memo = written.partition("\t")
        *above, name = map(smooth, path.split(">>"))
        here = Place(place.file, line=line)
        if not name or not all(above) or len(path) > LONGEST_NAME:
            problems.add("SRC-372", here)
        elif name in codes:
            problems.warn("SRC-371", here)
        else:
            parent = _category(above, categories)
            codes[name] = Code(f"code {name}", name, parent, memo.strip())
    tree = [*categories.values(), *codes.values()]
    facts: Facts = {"tool": "qualcoder", "codes": len(codes), "categories": len(categories)}
    notes = Gathering(place.file, problems, {}).tables()
    return Coded(codes_table(tree), notes, facts)


def _category(path: Sequence[str], categories: dict[str, Code]) -> str:
    """Make the categories of a path that are not there yet; give the key of the last.

    A category has one name in a project: named again, it is the same, wherever it was first.
    """
    parent = ""
    for name in path:
        key = f"cat {name}"
        categories.setdefault(key, Code(key, name, parent, category=True))
        parent = key
    return parent
