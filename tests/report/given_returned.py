"""Documents as proofreaders send them back: comments, tracked changes, words changed in silence."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from docx import Document as open_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def commented(data: bytes, words: str, text: str, author: str = "Marie-Anne Dupont") -> bytes:
    """Comment the first paragraph that holds some words, as Word does."""
    document = open_docx(io.BytesIO(data))
    cells = (
        p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs
    )
    paragraph = next(p for p in (*document.paragraphs, *cells) if words in p.text)
    document.add_comment(paragraph.runs, text=text, author=author, initials="MAD")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(data: bytes, *changes: tuple[str, str]) -> bytes:
    """Change the XML of the text, one pattern after the other."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                text = content.decode()
                for old, new in changes:
                    assert re.search(old, text), old
                    text = re.sub(old, new, text, count=1)
                content = text.encode()
            target.writestr(name, content)
    return out.getvalue()


def tracked(kind: str, text: str, author: str = "Jeanne Martin") -> str:
    """Write a tracked insertion or deletion."""
    tag = "w:delText" if kind in ("del", "moveFrom") else "w:t"
    run = f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r>'
    return f'<w:{kind} w:id="901" w:author="{author}" w:date="2026-01-01T00:00:00Z">{run}</w:{kind}>'


def document(*paragraphs: str, **members: str) -> bytes:
    """Make a bare DOCX of paragraphs of XML; further members by their names, `__` for the slash."""
    body = f"<w:document {W} {W14}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", types)
        made.writestr("word/document.xml", body)
        for name, content in members.items():
            made.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def paragraph(*inside: str, style: str = "") -> str:
    """Write a paragraph of runs; plain words become one."""
    runs = [
        one if one.startswith("<") else f'<w:r><w:t xml:space="preserve">{one}</w:t></w:r>' for one in inside
    ]
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def saved(folder: Path, name: str, data: bytes) -> Path:
    """Save a file."""
    path = folder / name
    path.write_bytes(data)
    return path
