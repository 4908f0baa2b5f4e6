"""Notes of the same words, written in every format, as the tools of the formats write them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import docx

Turn = tuple[str, str]
"""A heading (`h1`, `h2`) or a paragraph (`p`, `li`), and its words."""

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{name}="{_OFFICE}{name}:1.0"'
    for name in ("office", "text", "style", "table", "draw", "meta", "manifest")
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def markdown(turns: Sequence[Turn], newline: str = "\n") -> bytes:
    marks = {"h1": "# ", "h2": "## ", "p": "", "li": "- "}
    return (newline * 2).join(marks[kind] + words for kind, words in turns).encode() + newline.encode()


def word(turns: Sequence[Turn]) -> bytes:
    document = docx.Document()
    styles = {"h1": "Heading 1", "h2": "Heading 2", "p": None, "li": "List Bullet"}
    for kind, words in turns:
        document.add_paragraph(words, style=styles[kind])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def small_word(turns: Sequence[Turn]) -> bytes:
    """Write the same without the styles that Word adds to every document."""
    styles = {"h1": "Heading1", "h2": "Heading2", "p": "Normal", "li": "List"}
    form = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
    return raw_word("".join(form.format(styles[kind], escape(words)) for kind, words in turns))


def raw_word(body: str, **parts: str) -> bytes:
    """Write a document of Word from the XML of its body, and other members (`styles`, `footnotes`…)."""
    members = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    members |= {f"word/{name}.xml": xml for name, xml in parts.items()}
    return pack(members)


def pack(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def odt_xml(body: str, styles: str = "", root: str = "document-content", more: str = "") -> str:
    return (
        f"<office:{root} {NAMES} {more}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:{root}>"
    )


def raw_odt(body: str, automatic: str = "", **parts: str) -> bytes:
    """Write a document of LibreOffice from the XML of its body, its automatic styles, and other members."""
    members: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text"}
    members["content.xml"] = odt_xml(body, automatic)
    members |= {f"{name}.xml": xml for name, xml in parts.items()}
    entries = "".join(f'<manifest:file-entry manifest:full-path="{name}"/>' for name in members)
    members["META-INF/manifest.xml"] = f"<manifest:manifest {NAMES}>{entries}</manifest:manifest>"
    return pack(members)


def odt_body(turns: Sequence[Turn]) -> str:
    forms = {
        "h1": '<text:h text:outline-level="1">{}</text:h>',
        "h2": '<text:h text:outline-level="2">{}</text:h>',
        "p": "<text:p>{}</text:p>",
        "li": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    }
    return "".join(forms[kind].format(escape(words)) for kind, words in turns)


def odt(turns: Sequence[Turn]) -> bytes:
    return raw_odt(odt_body(turns))


def fodt(turns: Sequence[Turn]) -> bytes:
    more = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    return ('<?xml version="1.0"?>' + odt_xml(odt_body(turns), root="document", more=more)).encode()


def html(turns: Sequence[Turn]) -> bytes:
    forms = {"li": '<ul class="bullet"><li>{}</li></ul>', "p": "{}<br>"}
    body = "".join(forms.get(kind, f"<{kind}>{{}}</{kind}>").format(escape(words)) for kind, words in turns)
    return f'<!doctype html>\n<html lang="fr">\n<body>\n{body}\n</body>\n</html>\n'.encode()


def pad(turns: Sequence[Turn], **more: Any) -> bytes:
    """Write a pad: each line with its attributes, lengths in UTF-16 units and base 36."""
    pool = [("author", "a.Secret1"), ("lmkr", "1"), ("list", "bullet1"), ("heading", "h1"), ("heading", "h2")]
    marked = {"li": "*0*1*2", "h1": "*0*1*3", "h2": "*0*1*4"}
    text, attribs = "", ""
    for kind, words in turns:
        if kind in marked:
            text, attribs = text + "*", attribs + marked[kind] + "+1"
        text += words + "\n"
        attribs += f"*0+{_base36(len(words.encode('utf-16-le')) // 2)}|1+1"
    export = {
        "pad:essai": {
            "atext": {"text": text, "attribs": attribs},
            "pool": {"numToAttrib": dict(enumerate(pool)), "nextNum": len(pool)},
            "head": 1,
        },
        "globalAuthor:a.Secret1": {"colorId": "#ffc7c7", "name": "Canari Secret", "padIDs": "essai"},
        "pad:essai:revs:0": {"changeset": "Z:1>0$", "meta": {"author": "a.Secret1"}},
        "pad:essai:revs:1": {"changeset": "Z:1>0$", "meta": {"author": "a.Secret1"}},
        **more,
    }
    return json.dumps(export, ensure_ascii=False).encode()


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    found = ""
    while number:
        number, rest = divmod(number, 36)
        found = digits[rest] + found
    return found or "0"


WRITERS: dict[str, Callable[[Sequence[Turn]], bytes]] = {
    "md": markdown,
    "crlf.md": lambda turns: markdown(turns, "\r\n"),
    "txt": markdown,
    "docx": word,
    "odt": odt,
    "fodt": fodt,
    "html": html,
    "etherpad": pad,
}
