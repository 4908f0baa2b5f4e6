"""The words of a PDF are read by what its fonts tell of their letters; what cannot be read is said."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest
import typst
from pypdf import PdfReader, PdfWriter

from avis.decoding.pdf import read_pdf
from avis.decoding.texts import NotSearched, texts_of
from avis.editions.keyed import plain_words

SAID = (
    "L’affiche est difficile à lire, la fiche aussi : on finit par ne plus oser demander au guichet du bas."
)


def made(text: str) -> bytes:
    return bytes(typst.compile(text.encode("utf-8")))


def held(data: bytes) -> tuple[bool, bool]:
    """Whether every run of six words stands in the texts, and whether all could be read."""
    runs, whole = set[str](), True
    try:
        for text in texts_of(data):
            words = plain_words(text)
            runs |= {" ".join(words[at : at + 6]) for at in range(len(words))}
    except NotSearched:
        whole = False
    wanted = plain_words(SAID)
    return all(" ".join(wanted[at : at + 6]) in runs for at in range(len(wanted) - 5)), whole


@pytest.mark.parametrize(
    "setting", ["", "#set page(width: 6cm)\n#set par(justify: true)\n", "#set text(14pt)\n= "]
)
def test_drawn_letters_are_read_back_with_their_ligatures_and_over_the_ends_of_lines(setting: str) -> None:
    data = made(f'#set text(lang: "fr", hyphenate: false)\n{setting}{SAID}')
    assert SAID.encode() not in data
    assert held(data) == (True, True)


def test_fonts_that_share_a_name_on_several_pages_are_told_apart() -> None:
    out = PdfWriter()
    for text in ("Tout autre chose, en gras.", SAID):
        out.append(io.BytesIO(made(text)))
    written = io.BytesIO()
    out.write(written)
    assert held(written.getvalue()) == (True, True)


def test_titles_and_files_that_a_pdf_carries_are_read() -> None:
    out = PdfWriter(PdfReader(io.BytesIO(made("Rien."))))
    out.add_metadata({"/Subject": SAID})
    out.add_attachment("note.txt.gz", gzip.compress(SAID.encode()))
    written = io.BytesIO()
    out.write(written)
    assert held(written.getvalue())[0]
    assert SAID.encode() in gzip.decompress(read_pdf(written.getvalue(), 10**6).attached[0])


def test_what_is_encrypted_or_a_picture_or_too_large_is_said() -> None:
    locked = PdfWriter(PdfReader(io.BytesIO(made(SAID))))
    locked.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    locked.write(written)
    assert held(written.getvalue())[1] is False
    picture = b"%PDF-1.4\n1 0 obj <</Subtype/Image/Filter/DCTDecode>> stream\n\xff\xd8\nendstream endobj"
    assert held(picture) == (False, False)
    bomb = zlib.compress(b"(x) Tj " * 100_000)
    large = b"%PDF-1.4\n1 0 obj <</Filter/FlateDecode>> stream\n" + bomb + b"\nendstream endobj"
    assert read_pdf(large, 10_000).whole is False
    assert read_pdf(large, 1_000_000).whole is True


@pytest.mark.parametrize(
    "hostile",
    [b"((((" * 50_000, b"<aa" * 50_000, b"1 0 obj " * 20_000, b"/Font<<" * 20_000, b"stream\n" * 20_000],
)
def test_a_hostile_file_takes_no_long_time(hostile: bytes) -> None:
    read_pdf(b"%PDF-1.4\n1 0 obj <<>> stream\nBT Tj " + hostile, 10**7)


def test_a_draft_in_the_folder_is_named_when_its_words_are_taken_back() -> None:
    from avis.rights.searching import Matcher
    from avis.rights.withdrawals import traces_of

    matcher = Matcher(b"k", traces_of(b"k", [SAID]))
    assert matcher.holds_any(made(SAID)) == (True, True)
    assert matcher.holds_any(made("Une autre parole, que personne n’a reprise.")) == (False, True)
