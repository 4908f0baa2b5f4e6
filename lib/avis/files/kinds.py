"""What a file is, by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from avis.files.archives import DAMAGED, MAX_MEMBERS, count_members
from avis.files.charsets import is_text, wide_encoding

# fmt: off
Kind = Literal[
    "csv", "xlsx", "xlsb", "xls", "ods", "fods", "docx", "odt", "fodt", "doc", "lss", "lsa", "qdc", "qdpx",
    "etherpad", "sqlite", "json", "xml", "html", "rtf", "pdf", "zip", "gz", "image", "binary", "damaged",
    "xml 2003", "sylk",
]
# fmt: on
"""`csv` is any text; `zip` and `xml` are those that nothing tells apart; `damaged` a zip without its end;
`xml 2003` and `sylk` are tables of old spreadsheets, that nothing here reads."""

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How zip archives begin (XLSX, ODS, DOCX…); how XLS files and password-protected XLSX files begin."""

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"%pdf", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"sqlite format 3\x00", "sqlite"),
    (b"\x1f\x8b", "gz"),
    (b"\x89png", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"gif8", "image"),
)
_START = 2**14
"""Bytes that show a kind: the root of a flat ODS file names thirty namespaces before it says what it is."""
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|body|head|meta|div|p|ul|ol|h\d)\b", re.I)
_TABLE = re.compile(rb"<table\b[^>]*>\s*<(?:t[rhd]|thead|tbody|col)", re.I)
_SYLK = re.compile(rb"ID;P\w*(?:;[A-Z]\d*)*\r?\n(?s:.{0,8000}?)(?<=\n)C;[XY]\d+;")
_ROOTS: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"<LimeSurveyDocType>\s*Survey\s*</LimeSurveyDocType>"), "lss"),
    (re.compile(rb"<(?:\w+:)?CodeBook\b[^>]*qda-xml", re.I), "qdc"),
    (re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"), "xml 2003"),
    (re.compile(rb"<office:document\b[^>]*opendocument\.spreadsheet"), "fods"),
    (re.compile(rb"<office:document\b[^>]*opendocument\.text"), "fodt"),
    (re.compile(rb"<(?:!doctype\s+html|html)\b", re.I), "html"),
)
_MIMETYPES: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}


def sniff(data: bytes) -> Kind:
    """Tell the kind of a file's content; anything that looks like text and nothing else is `csv`.

    >>> sniff(b"a;b\\n1;2\\n"), sniff(b"%PDF-1.7"), sniff(b"\\x00\\x01\\x02")
    ('csv', 'pdf', 'binary')
    """
    if data.startswith(ZIP):
        return _sniff_zip(data)
    if ZIP.startswith(data) or OLE[:7].startswith(data):  # cut within its first bytes
        return "damaged"
    if data.startswith(OLE):
        return "doc" if "WordDocument".encode("utf-16-le") in data[: 2**20] else "xls"
    start = data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    marked = _sniff_start(start)
    if marked:
        return marked
    if start.startswith(b"<"):
        return _sniff_markup(start)
    if start[:1] == b"{" and b'"pad:' in data[:65536]:
        return "etherpad"
    if start[:1] in (b"{", b"[") and _looks_like_json(data):
        return "json"
    if wide_encoding(data):
        return "csv"
    return "csv" if b"\x00" not in data and is_text(data) else "binary"


def _sniff_start(start: bytes) -> Kind | None:
    for mark, kind in _STARTS:
        if start[:64].lower().startswith(mark):
            return kind
    return "sylk" if _SYLK.match(start) else None


def _looks_like_json(data: bytes) -> bool:
    return data.rstrip(b" \t\r\n\x00")[-1:] in (b"}", b"]") and b'"' in data[:4096]


def _sniff_markup(start: bytes) -> Kind:
    for root, kind in _ROOTS:
        if root.search(start):
            return kind
    if start.startswith(b"<?xml"):
        return "xml"
    return "html" if _HTML.match(start) or _TABLE.search(start) else "csv"


def _sniff_zip(data: bytes) -> Kind:
    if count_members(data) > MAX_MEMBERS:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except DAMAGED:
        return "damaged"
    if kind.strip() in _MIMETYPES:
        return _MIMETYPES[kind.strip()]
    for member, found in _MEMBERS:
        if any(member.fullmatch(name) for name in names):
            return found
    return "zip"


_MEMBERS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
    (re.compile(r"word/document\.xml"), "docx"),
    (re.compile(r"[^/]*\.qde", re.I), "qdpx"),
    (re.compile(r"[^/]*\.lss", re.I), "lsa"),
)
"""The member that says what an archive is. REFI-QDA's may be called `Project.qde`."""
