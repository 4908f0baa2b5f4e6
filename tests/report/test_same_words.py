"""The page, the paper and the Word file hold the words of the document, and no others."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any
from unicodedata import normalize

import msgspec
import pytest
from given_compose import RICH
from given_document import sample_document
from lxml import etree
from lxml import html as markup
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from avis.i18n import LANGUAGES, Language, words
from avis.report import outline
from avis.report.compose import COMPOSERS, READERS, compose
from avis.report.document import Document, Slot
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf

FORMS = ("html", "pdf", "docx")
KINDS = ("sample", *(pytest.param(kind, marks=pytest.mark.slow) for kind in sorted(COMPOSERS)))
"""The sample holds every kind of block; the others take a second each."""
POINTING = frozenset(
    (
        *("t", "id", "note", "href", "language", "state", "align", "role", "chart", "tables", "pictogram"),
        *("slug", "kind", "audience", "format", "look", "edition", "variant", "maker", "published_on"),
        *("measure", "mark", "floor", "origin", "on", "until"),
    )
)
"""What leads, names or draws, and is no word of the text."""
_CALL = re.compile(r"\(\d+\)")
_ALNUM = re.compile(r"\w")


def squeezed(text: str) -> str:
    """Write a text so that spaces, hyphens of line ends, ligatures and calls to notes make no difference."""
    text = _CALL.sub("", normalize("NFKC", outline.tidy(text)))
    return re.sub(r"[\s\u00ad\u2010\u2011\u2007\u2008-]+", "", text).casefold()


def pieces(node: Any) -> Iterator[str]:
    """Every text of a document that somebody reads, or hears."""
    if isinstance(node, Slot) and not outline.speaks(node):
        return
    if isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            if name not in POINTING:
                yield from pieces(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from pieces(item)
    elif isinstance(node, str) and _ALNUM.search(node):
        yield node


@cache
def document(kind: str, lang: Language) -> Document:
    if kind == "sample":
        return sample_document(lang)
    audience = READERS.get(kind, ("public",))[0]
    found = {"compte-rendu": "variants", "contribution": "variants"}
    variant = _variant(kind) if kind in found else ""
    return compose(kind, RICH, (), lang, audience, variant=variant)


def _variant(kind: str) -> str:
    setting = RICH.setting
    told = getattr(setting, "reports" if kind == "compte-rendu" else "calls", ())
    return next((one.id for one in told), "")


@cache
def told(kind: str, lang: Language) -> dict[str, str]:
    """What each form says: all its words, those for who does not see a picture too."""
    made = document(kind, lang)
    return {
        "html": _of_page(render_html(made)),
        "pdf": _of_paper(render_pdf(made)),
        "docx": _of_word(render_docx(made)),
    }


def _of_page(page: str) -> str:
    tree = markup.fromstring(page)
    for node in tree.xpath("//style | //script | //head"):
        node.drop_tree()
    return " ".join(tree.itertext())


def _of_paper(data: bytes) -> str:
    reader = PdfReader(io.BytesIO(data))
    spoken = [
        str(found["/Alt"])
        for found in (reader.get_object(id) for id in range(1, reader.trailer["/Size"]))
        if isinstance(found, DictionaryObject) and "/Alt" in found
    ]
    return " ".join([*(page.extract_text() for page in reader.pages), *spoken])


def _of_word(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        root = etree.fromstring(members.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = [
        "".join(
            part.text or "" if part.tag == f"{space}t" else " " for part in p.iter(f"{space}t", f"{space}br")
        )
        for p in root.iter(f"{space}p")
    ]
    return " ".join([*lines, *(str(found) for found in root.xpath("//@descr"))])


def holds(text: str, piece: str) -> bool:
    """Tell whether a text holds a piece whole, or cut in two by the end of a page."""
    if piece in text:
        return True
    cuts = (at for at in range(1, len(piece)) if piece[:at] in text)
    return any(piece[at:] in text for at in cuts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_form_says_every_text_of_the_document(kind: str, lang: Language) -> None:
    texts = {form: squeezed(html.unescape(text)) for form, text in told(kind, lang).items()}
    wanted = list(dict.fromkeys(squeezed(piece) for piece in pieces(document(kind, lang))))
    assert len(wanted) > 20
    lost = [(form, piece) for piece in wanted for form in FORMS if piece and not holds(texts[form], piece)]
    assert not lost, lost[:5]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_form_says_a_word_that_the_others_do_not(kind: str, lang: Language) -> None:
    """What leads around — contents, notes, where to go back — has words of its own in each form."""
    known = squeezed(" ".join((*pieces(document(kind, lang)), *_strings(words("report", lang)))))
    known += squeezed(" ".join(_strings(words("common", lang))))
    for form, text in told(kind, lang).items():
        others = [token for token in dict.fromkeys(_tokens(text)) if squeezed(token) not in known]
        assert not others, (form, others[:10])


def _tokens(text: str) -> list[str]:
    plain = normalize("NFKC", outline.tidy(text)).replace("\u00ad", "").casefold()
    return [token for token in re.findall(r"[^\W\d_]+", plain) if len(token) > 1]


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, str):
        yield node
