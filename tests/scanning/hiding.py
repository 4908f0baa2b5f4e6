"""Files that hide a word, each made by the program or library that people would use."""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import numpy as np
import openpyxl
import plotly.graph_objects as go
import typst
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

WORD = "Zorvaxié"
"""Nobody's name, in no language."""


def page(body: str) -> bytes:
    return f"<!doctype html><html lang=fr><body>{body}</body></html>".encode()


def pdf(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))


def rewritten(change: Callable[[PdfWriter], object], source: str = "Rien.") -> bytes:
    out, made = PdfWriter(PdfReader(io.BytesIO(pdf(source)))), io.BytesIO()
    change(out)
    out.write(made)
    return made.getvalue()


def annotated(out: PdfWriter) -> None:
    out.add_annotation(0, FreeText(text=WORD, rect=(50, 50, 200, 100)))


def xmp(out: PdfWriter) -> None:
    out.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{WORD}</a></x:xmpmeta>".encode()  # type: ignore[assignment]


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def word_file(change: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Rien.")
    change(document)
    return saved(document)


def in_runs(document: Any) -> None:
    paragraph = document.add_paragraph()
    for letter in WORD:
        paragraph.add_run(letter).bold = letter in "ZV"


def commented(document: Any) -> None:
    document.add_comment(document.paragraphs[0].runs, text=WORD, author="x")


def authored(document: Any) -> None:
    document.core_properties.last_modified_by = WORD


def in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = WORD


def deleted(data: bytes) -> bytes:
    """A deletion that is tracked: Word keeps what was struck out."""
    gone = f'<w:p><w:del w:author="a"><w:r><w:delText>{WORD}</w:delText></w:r></w:del></w:p></w:body>'
    return changed(data, "word/document.xml", lambda part: part.replace(b"</w:body>", gone.encode()))


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            new.writestr(info, change(old.read(info)) if info.filename == name else old.read(info))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return made.getvalue()


def workbook(change: Callable[[Any], object]) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "rien"
    change(book)
    return saved(book)


def hidden_sheet(book: Any) -> None:
    sheet = book.create_sheet("b")
    sheet["C9"] = WORD
    sheet.sheet_state = "veryHidden"


def remarked(book: Any) -> None:
    book.active["A1"].comment = Comment(WORD, "x")


def odt() -> bytes:
    meta = f"<office:meta><meta:initial-creator>{WORD}</meta:initial-creator></office:meta>"
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "meta.xml": meta.encode()})


def zipped(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = comment
    return made.getvalue()


def forgotten_member() -> bytes:
    """A member that the archive lists no more: its bytes stay."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", WORD)
        archive.writestr("b.txt", "rien")
        del archive.NameToInfo["a.txt"]
        archive.filelist.pop(0)
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def picture(format: str, **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, format, **options)
    return made.getvalue()


def png_text(packed: bool = False, international: bool = False) -> bytes:
    info = PngInfo()
    if international:
        info.add_itxt("Title", WORD, zip=packed)
    else:
        info.add_text("Author", WORD, zip=packed)
    return picture("PNG", pnginfo=info)


def exif(tag: int, value: Any) -> bytes:
    held = Image.Exif()
    held[tag] = value
    return held.tobytes()


def thumbnail() -> bytes:
    """A photograph whose small copy inside has a comment of its own."""
    small = picture("JPEG", comment=WORD.encode())
    return picture("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + small)


def notebook() -> bytes:
    html = f"<table><td>{WORD}</td></table>"
    image = base64.encodebytes(png_text()).decode()
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": [html], "image/png": image},
    }
    return json.dumps({"cells": [{"cell_type": "code", "outputs": [output]}], "nbformat": 4}).encode()


def chart() -> bytes:
    figure = go.Figure(go.Bar(x=["a"], y=[1], customdata=[[WORD]]))
    return page(f"<script>{figure.to_json()}</script>")


def array(numbers: list[float]) -> bytes:
    """What plotly writes of numbers that it is given as an array."""
    return str(go.Figure(go.Scatter(y=np.array(numbers))).to_json()).encode()


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def repository(folder: Path) -> None:
    """A package whose history holds a word that its files hold no more."""
    git(folder, "init", "-q")
    body = "".join(f"ligne {number}\n" for number in range(200))
    for text in (body, body + WORD + "\n", body):
        (folder / "a.txt").write_text(text)
        git(folder, "add", "a.txt")
        git(folder, "commit", "-q", "--allow-empty", "-m", "x")


def percent(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def in_numbers(kind: str) -> str:
    """Write the codes of the letters as numbers of a type, and these in 64 signs."""
    return base64.b64encode(np.array([ord(letter) for letter in WORD], kind).tobytes()).decode()


def quoted_array() -> bytes:
    """A chart whose description stands as a text within a program: its quotes are escaped."""
    held = {"y": {"dtype": "f4", "shape": "1, 8", "bdata": in_numbers("<f4")}}
    return page(f"<script>draw({json.dumps(json.dumps(held))})</script>")


FILES: dict[str, bytes] = {
    "page.html": page(f"<p>{WORD}"),
    "tags.html": page("<p>" + "".join(f"<b>{letter}</b>" for letter in WORD)),
    "entities.html": page("".join(f"&#{ord(letter)};" for letter in WORD)),
    "named.html": page(WORD.replace("é", "&eacute;")),
    "comment.html": page(f"<!-- {WORD} -->"),
    "attribute.html": page(f"<img alt='{WORD}'>"),
    "link.html": page(f"<a href='https://x.example/?q={percent(WORD)}'>x</a>"),
    "dataurl.html": page(f"<img src='data:text/plain;base64,{base64.b64encode(WORD.encode()).decode()}'>"),
    "dataurl-plain.html": page(f"<img src='data:text/plain,{percent(WORD)}'>"),
    "style.html": page("<style>a::after{content:'" + WORD.replace("é", "\\e9 ") + "'}</style>"),
    "script.html": page(
        "<script>var a='" + WORD.replace("Z", "\\x5a").replace("é", "\\u{e9}") + "'</script>"
    ),
    "chart.html": chart(),
    "array16.html": page(f"<script>a('{base64.b64encode(WORD.encode('utf-16-be')).decode()}')</script>"),
    "array32.html": page(
        f"<script>a('{base64.b64encode(f'un {WORD} deux'.encode('utf-32-le')).decode()}')</script>"
    ),
    "decimals.html": page(f"<script>new Float64Array(a('{in_numbers('<f8')}'))</script>"),
    "whole.html": page(f"<script>new BigInt64Array(a('{in_numbers('>i8')}'))</script>"),
    "quoted.html": quoted_array(),
    "between.txt": f"3 < 5, {WORD}, 7 > 2".encode(),
    "drawing.svg": f"<svg><metadata>{WORD}</metadata><title>x</title></svg>".encode(),
    "tspan.svg": f"<svg><text><tspan>{WORD[:3]}</tspan><tspan>{WORD[3:]}</tspan></text></svg>".encode(),
    "drawn.pdf": pdf(f"Bonjour {WORD} !"),
    "narrow.pdf": pdf(
        f'#set page(width: 3cm)\n#set text(lang: "fr", hyphenate: true)\nun {WORD * 3} ou {WORD}'
    ),
    "title.pdf": pdf(f'#set document(title: "{WORD}")\nRien.'),
    "alternative.pdf": pdf(f'#figure(rect(), alt: "{WORD}")'),
    "metadata.pdf": rewritten(lambda out: out.add_metadata({"/Subject": WORD})),
    "attached.pdf": rewritten(lambda out: out.add_attachment("a.txt.gz", gzip.compress(WORD.encode()))),
    "attachment-name.pdf": rewritten(lambda out: out.add_attachment(f"{WORD}.txt", b"x")),
    "annotation.pdf": rewritten(annotated),
    "xmp.pdf": rewritten(xmp),
    "after-end.pdf": pdf("Rien.") + b"\n% " + WORD.encode(),
    "runs.docx": word_file(in_runs),
    "comment.docx": word_file(commented),
    "author.docx": word_file(authored),
    "header.docx": word_file(in_header),
    "tracked.docx": deleted(word_file(lambda _: None)),
    "custom.docx": changed(
        word_file(lambda _: None), "customXml/item9.xml", lambda _: f"<a>{WORD}</a>".encode()
    ),
    "thumbnail.docx": changed(word_file(lambda _: None), "docProps/thumbnail.jpeg", lambda _: thumbnail()),
    "picture.docx": word_file(lambda document: document.add_picture(io.BytesIO(png_text()))),
    "hidden.xlsx": workbook(hidden_sheet),
    "comment.xlsx": workbook(remarked),
    "name.xlsx": workbook(lambda book: book.create_sheet(WORD)),
    "author.odt": odt(),
    "text.png": png_text(),
    "packed.png": png_text(packed=True),
    "international.png": png_text(packed=True, international=True),
    "exif.png": picture("PNG", exif=exif(0x010E, WORD.encode())),
    "after.png": picture("PNG") + zipped({"a": WORD.encode()}),
    "comment.jpg": picture("JPEG", comment=WORD.encode()),
    "exif.jpg": picture("JPEG", exif=exif(0x013B, WORD.encode())),
    "windows.jpg": picture("JPEG", exif=exif(0x9C9D, WORD.encode("utf-16-le"))),
    "xmp.jpg": picture("JPEG", xmp=f"<x:xmpmeta>{WORD}</x:xmpmeta>".encode()),
    "thumbnail.jpg": thumbnail(),
    "comment.gif": picture("GIF", comment=WORD.encode()),
    "exif.webp": picture("WEBP", exif=exif(0x010E, WORD.encode())),
    "tags.tiff": picture("TIFF", description="Zorvaxie"),
    "table.csv": f"a;b\n1;{WORD}\n".encode("cp1252"),
    "wide.csv": f"a\t{WORD}\n".encode("utf-16"),
    "wider.txt": f"a {WORD} b".encode("utf-32"),
    "escaped.json": json.dumps({"a": WORD}).encode(),
    "twice.json": json.dumps({"a": json.dumps({"b": WORD})}).encode(),
    "notebook.ipynb": notebook(),
    "letter.eml": b"Content-Transfer-Encoding: quoted-printable\n\nbonjour Zorv=\naxi=C3=A9",
    "letter64.eml": b"Content-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(f"bonjour {WORD}".encode() * 9),
    "url64.txt": base64.urlsafe_b64encode(gzip.compress(WORD.encode())),
    "hex.txt": f"x {WORD.encode().hex()} y".encode(),
    "hexes.txt": WORD.encode().hex(" ").encode(),
    "rich.rtf": b"{\\rtf1 Zorvaxi\\'e9}",
    "bare.gz": gzip.compress(WORD.encode()),
    "packed.tgz": tarred("a.txt", WORD.encode()),
    "named.tgz": tarred(f"{WORD}.txt", b"x"),
    "deep.zip": zipped({"a.zip": zipped({"b.tgz": tarred("c.json", json.dumps([WORD]).encode())})}),
    "comment.zip": zipped({"a": b"x"}, WORD.encode()),
    "forgotten.zip": forgotten_member(),
    "case.txt": f"ET {WORD.upper()} !".encode(),
    "accents.txt": b"zorvaxie",
    "apart.txt": "Zorvaxie\u0301".encode(),
    "no-width.txt": "\u200b".join(WORD).encode(),
    "soft.txt": "\u00ad".join(WORD).encode(),
    "direction.txt": f"\u202e\u2067{WORD[:4]}\u200f{WORD[4:]}\u2069".encode(),
    "cyrillic.txt": WORD.replace("o", "\u043e").replace("a", "\u0430").replace("x", "\u0445").encode(),
    "greek.txt": WORD.replace("Z", "\u0396").replace("o", "\u03bf").encode(),
    "bold.txt": "".join(chr(0x1D400 + ord(one) - 65) if one == "Z" else one for one in WORD).encode(),
    "spaced.txt": " ".join(WORD).encode(),
    "dotted.txt": ".".join(WORD).encode(),
    "hyphen.txt": "un Zor-\n   vaxié deux".encode(),
    "field.txt": f"photo{WORD}2024_v1".encode(),
    "underscore.txt": f"a_{WORD}_b".encode(),
}
"""Each by the name that it has in the folder to search."""
