"""A file that means harm, or is broken, neither hangs the scan nor passes it unread."""

from __future__ import annotations

import base64
import gzip
import io
import os
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from tests.scanning.hiding import WORD, pdf, picture, zipped

from avis.errors import AvisError
from avis.scanning import plants
from avis.scanning import scan as scanning
from avis.scanning.scan import Report, scan
from avis.scanning.wanted import Term, Wanted

RAW = f"un {WORD} deux trois quatre cinq six"
WANTED = Wanted(terms=(Term(kind="name", text=WORD), Term(kind="raw_text", text=RAW)))
BYTES = bytes(range(256)) * 4


def searched(folder: Path, name: str, data: bytes) -> Report:
    (folder / name).write_bytes(data)
    return scan(folder, WANTED)


def locked_pdf() -> bytes:
    out, made = PdfWriter(PdfReader(io.BytesIO(pdf("Rien.")))), io.BytesIO()
    out.encrypt("secret", algorithm="RC4-128")
    out.write(made)
    return made.getvalue()


def locked_zip() -> bytes:
    """The bit that says that a member is encrypted, set by hand: no library here writes one."""
    data = bytearray(zipped({"a.txt": b"x" * 40}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


CLOSED = {
    "a.pdf": locked_pdf(),
    "a.zip": locked_zip(),
    "b.zip": zipped({"a": b"x" * 400})[:-40],
    "a.gz": gzip.compress(BYTES)[:-30],
    "a.png": picture("PNG")[:-20],
    "a.jpg": picture("JPEG")[:90],
    "a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(60),
    "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a.age": b"age-encryption.org/v1\n-> X25519 abc",
    "a.bin": BYTES,
    "a.html": b"<img src='data:x;base64," + base64.b64encode(bytes(range(256)) * 3) + b"'>",
}
"""By name: bytes in the name of a test differ from one process to the next."""


@pytest.mark.parametrize("name", CLOSED)
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    report = searched(tmp_path, name, CLOSED[name])
    assert [one.partition(" › ")[0] for one in report.unread] == [name]
    assert not report.clean


def test_links_and_pipes_are_not_followed_and_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("/etc/hostname")
    (tmp_path / "b").symlink_to("/etc", target_is_directory=True)
    os.mkfifo(tmp_path / "c")
    assert set(scan(tmp_path, WANTED).unread) == {"a.html", "b", "c"}


def bomb(layers: int) -> bytes:
    data = bytes(30_000_000)
    for _ in range(layers):
        data = zipped({f"{number}.zip": data for number in range(6)})
    return data


def quine(size: int) -> bytes:
    """A text that carries itself: each decoding gives another text to decode."""
    data = WORD.encode() * 5
    for _ in range(size):
        data = base64.b64encode(data)
    return data


HOSTILE = {
    "zeros.gz": gzip.compress(bytes(200_000_000)),
    "bomb.zip": bomb(2),
    "many.zip": zipped({f"{number}": b"" for number in range(30_000)}),
    "bomb.pdf": b"%PDF-1.4\n1 0 obj <</Filter/FlateDecode>> stream\n" + zlib.compress(b"(x) Tj " * 10**7),
    "nested.txt": quine(20),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_bomb_is_given_up_and_named(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    report = searched(tmp_path, name, HOSTILE[name])
    assert report.unread
    assert time.process_time() - started < 60


LONG = {
    "line": b"a" * 12_000_000,
    "words": b"mot " * 1_000_000,
    "letters": b"a b " * 500_000,
    "digits": b"0 1 2-" * 300_000,
    "tags": b"<a " * 500_000,
    "nested tags": b"<b>" * 300_000,
    "entities": b"&amp;" * 300_000,
    "percent": b"%25" * 400_000,
    "backslashes": b"\\\\u" * 400_000,
    "ats": b"a@" * 100_000,
    "quotes": b'x="' * 300_000,
    "base64": b"QUFB" * 500_000,
    "hexadecimal": b"4141 " * 300_000,
    "equals": b"=C3" * 300_000,
    "hyphens": b"a-\n" * 300_000,
    "insta": b"insta " * 50_000,
    "instagram in one run": b"insta" * 50_000,
    "comments": b"<!--" * 400_000 + b"-->",
    "comments that begin after the end": b"--><a>" + b"<!--" * 400_000,
    "attributes": b"<a" + b" b='1'" * 300_000 + b" 06>",
    "names of tags": b"<a" + b":a-a" * 400_000 + b">",
    "lines of signs": (b"QUFB" * 19 + b"\n") * 20_000,
    "arrays": b'"bdata":"AAAA"' * 100_000,
    "a number in a PDF": b"%PDF-1.4\n1 0 obj <<>> stream\nBT " + b"1" * 200_000 + b" (x) Tj",
    "brackets in a PDF": b"%PDF-1.4\n1 0 obj <<>> stream\nBT " + b"(((x)" * 20_000 + b" Tj",
    "colours in a PDF": b"%PDF-1.4\n1 0 obj <<>> stream\nBT " + b"1 2 3 /a " * 100_000 + b"(x) Tj",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_no_text_makes_a_search_turn_for_ever(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    searched(tmp_path, "a.txt", LONG[name])
    assert time.process_time() - started < 30


def test_a_line_of_fifty_million_letters_is_named_and_not_read(tmp_path: Path) -> None:
    started = time.process_time()
    assert searched(tmp_path, "a.txt", b"a" * 50_000_000).unread == ("a.txt",)
    assert time.process_time() - started < 5


def test_a_hidden_word_at_the_end_of_a_long_text_and_over_its_pieces_is_found(tmp_path: Path) -> None:
    for before in (999_995, 1_000_000, 2_400_000):
        report = searched(tmp_path, "a.txt", b"x" * (before - 1) + b" " + WORD.encode() + b" fin")
        assert [hit.kind for hit in report.hits] == ["name"], before


def test_a_plant_that_is_not_found_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way of hiding has its plant: where one way is not looked into, nothing leaves."""
    monkeypatch.setitem(plants._WAYS, "a way that nobody knows", lambda word: word[::-1].encode())
    with pytest.raises(AvisError) as stopped:
        scan(tmp_path, WANTED)
    assert [item.code for item in stopped.value.problems] == ["SCA-001"]
    assert "a way that nobody knows" in str(stopped.value)


@pytest.mark.parametrize("part", ["read_zip", "read_packed", "read_tar"])
def test_a_reader_that_reads_nothing_is_caught(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    from avis.decoding import opener

    blind = tuple(
        (known, (lambda *_: iter(())) if read.__name__ == part else read) for known, read in opener._READERS
    )
    monkeypatch.setattr(opener, "_READERS", blind)
    with pytest.raises(AvisError):
        plants.check_plants(scanning._found_in)


def test_the_plants_are_at_least_forty_and_take_no_time() -> None:
    plants.check_plants(scanning._found_in)
    started = time.process_time()
    assert plants.check_plants(scanning._found_in) >= 40
    assert time.process_time() - started < 0.5


def test_a_zip_is_read_whatever_its_name_says(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", WORD)
    report = searched(tmp_path, "a.css", made.getvalue())
    assert [hit.kind for hit in report.hits] == ["name"]
