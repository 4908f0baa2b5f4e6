"""Files of coding tools, written for tests in the tools' own layouts."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from avis.errors import Problems
from avis.sources.coding.codes_model import Coded
from avis.sources.coding.projects import read_project

PROJECT = "urn:QDA-XML:project:1.0"
Rows = dict[str, list[tuple[object, ...]]]
Passage = tuple[int, int, str]
"""Start and end in code points, name of the code."""


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


def read(
    tmp_path: Path, data: bytes, name: str = "projet.bin", known: dict[str, str] | None = None
) -> tuple[Coded | None, Problems]:
    problems = Problems()
    (tmp_path / name).write_bytes(data)
    return read_project(tmp_path / name, name, problems, known), problems


def quotes(coded: Coded) -> list[tuple[str, str]]:
    """Give each theme with the words that it was given to."""
    said = coded.notes.codings.merge(coded.notes.segments, left_on="segment", right_on="id")
    rows = zip(said["theme"], said["text"], said["start"], said["end"], strict=True)
    return [(theme, text[start:end]) for theme, text, start, end in rows]


def counted(text: str, unit: str, ends: str) -> str:
    """Write the text before a place so that its length is what a tool would count there."""
    text = (
        text.replace("\n", "\r\n") if ends == "two" else text.replace("\r\n", "\n") if ends == "one" else text
    )
    return "".join(char * 2 if unit == "units" and ord(char) > 0xFFFF else char for char in text)


def selection(
    text: str, passage: Passage, number: int, unit: str, ends: str, named: bool = True, user: str = "u1"
) -> str:
    start, end, code = passage
    first, last = (len(counted(text[:at], unit, ends)) for at in (start, end))
    name = quoteattr(" ".join(text[start:end].split())) if named else '""'
    coding = (
        f'<Coding guid="c{number}" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>'
        if code
        else ""
    )
    return (
        f'<PlainTextSelection guid="s{number}" name={name} startPosition="{first}" endPosition="{last}">'
        f"{coding}</PlainTextSelection>"
    )


def qde(
    sources: str, codebook: str, users: str = '<User guid="u1" name="Fatima Testeuse"/>', rest: str = ""
) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{PROJECT}" name="p" origin="Outil">'
        f"<Users>{users}</Users><CodeBook><Codes>{codebook}</Codes></CodeBook>"
        f"<Sources>{sources}</Sources>{rest}</Project>"
    )


def code(name: str, inner: str = "", guid: str = "") -> str:
    return f'<Code guid="{guid or name}" name={quoteattr(name)} isCodable="true">{inner}</Code>'


def packed(project: str, texts: dict[str, bytes] | None = None, member: str = "project.qde") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, project)
        for name, data in (texts or {}).items():
            archive.writestr(f"Sources/{name}", data)
    return out.getvalue()


def qdpx(
    text: str, passages: list[Passage], unit: str = "points", ends: str = "stored", **more: object
) -> bytes:
    """Write a project of one text, its places counted in one way."""
    names = sorted({name for _, _, name in passages if name})
    body = "".join(
        selection(text, passage, number, unit, ends, **more)  # type: ignore[arg-type]
        for number, passage in enumerate(passages)
    )
    source = f'<TextSource guid="t1" name="Fatima Testeuse.docx" plainTextPath="internal://t1.txt">{body}</TextSource>'
    return packed(qde(source, "".join(map(code, names))), {"t1.txt": text.encode()})


SCHEMA = """
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT);
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, email VARCHAR(256));
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT,
  filename VARCHAR(200), project_id INTEGER, contents TEXT);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER, path VARCHAR(200),
  description TEXT, UNIQUE (project_id, path));
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER,
  start_offset INTEGER, end_offset INTEGER, snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER, PRIMARY KEY (highlight_id, tag_id));
CREATE INDEX ix_highlights_document_id ON highlights (document_id);
"""


def sqlite_file(script: str, rows: Rows | None = None, more: str = "") -> bytes:
    """Make a database and give its bytes; `more` runs when the rows are there."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        for table, values in (rows or {}).items():
            places = ", ".join("?" * len(values[0])) if values else ""
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", values)
        connection.executescript(more)
        connection.commit()
        return connection.serialize()


def taguette(
    paragraphs: list[str], passages: list[Passage], name: str = "Fatima.docx", more: str = ""
) -> bytes:
    """Write a project of one document; places are of the paragraphs, with a line end after each."""
    flat = "\n".join(paragraphs)
    html = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    names = sorted({name for _, _, name in passages if name})
    marked = [
        (number, 1, len(flat[:start].encode()), len(flat[:end].encode()), f"<p>{escape(flat[start:end])}</p>")
        for number, (start, end, _) in enumerate(passages, 1)
    ]
    rows: Rows = {
        "projects": [(1, "Essai", "")],
        "documents": [(1, name, "", name, 1, html)],
        "tags": [(number, 1, tag, f"sens de {tag}") for number, tag in enumerate(names, 1)],
        "highlights": list(marked),
        "highlight_tags": [
            (number, names.index(tag) + 1) for number, (_, _, tag) in enumerate(passages, 1) if tag
        ],
    }
    return sqlite_file(SCHEMA, {table: values for table, values in rows.items() if values}, more)
