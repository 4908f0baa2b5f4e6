"""What is no honest file, or none at all: refused before it costs time or memory, and said."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from avis.errors import Place, Problems
from avis.files import archives, opening
from avis.files.archives import count_members, open_archive
from avis.files.kinds import sniff
from avis.files.markup import parse_xml
from avis.files.opening import open_file
from avis.files.sheets import read_sheets
from avis.sources.reading.loose import read_files


def codes_of(path: Path) -> list[str]:
    problems = Problems()
    read_files([(path, "x")], problems)
    return [item.code for item in problems]


def archive_of(members: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(members):
            archive.writestr(f"{number}", "")
    return out.getvalue()


@pytest.mark.parametrize(("members", "codes"), [(4, []), (5, []), (6, ["SRC-411"])])
def test_an_archive_holds_so_many_files_at_most(
    members: int, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    problems = Problems()
    opened = open_archive(archive_of(members), Place("x"), problems)
    assert [item.code for item in problems] == codes
    assert (opened is None) == bool(codes)


def test_members_are_counted_before_any_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive_of(archives.MAX_MEMBERS + 1)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert sniff(data) == "zip"
    (tmp_path / "x").write_bytes(data)
    assert codes_of(tmp_path / "x") == ["SRC-411"]


def test_the_number_that_an_archive_says_of_itself_is_not_believed() -> None:
    data = archive_of(7)
    end = data.rindex(b"PK\x05\x06")
    lie = data[: end + 8] + struct.pack("<HH", 1, 1) + data[end + 12 :]
    assert count_members(lie) == 7
    assert count_members(lie + b"x") == 7
    assert count_members(data[:-30]) == 0


def test_the_members_of_a_large_archive_are_counted_too() -> None:
    data = archive_of(7)
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<LL", data, end + 12)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 7, 7, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    short = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    made = data[:end] + large + locator + short
    assert len(zipfile.ZipFile(io.BytesIO(made)).namelist()) == 7
    assert count_members(made) == 7


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_a_device_and_a_folder_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "link", Path(os.devnull), tmp_path):
        assert codes_of(path) == ["SRC-412"]


def test_a_file_that_grows_while_it_is_read_is_not_read_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(b"a;b\n")
    grown = opening.read_regular
    monkeypatch.setattr(opening, "read_regular", lambda path, most: grown(path, most) + b"1;2\n" * 5)
    problems = Problems()
    assert open_file(tmp_path / "x", "x", problems, 10) is None
    assert [item.code for item in problems] == ["SRC-006"]


@pytest.mark.parametrize(("elements", "codes"), [(9, []), (10, []), (11, ["SRC-410"])])
def test_xml_has_so_many_elements_at_most(elements: int, codes: list[str]) -> None:
    problems = Problems()
    root = parse_xml(b"<r>" + b"<a/>" * (elements - 1) + b"</r>", Place("x"), problems, elements=10)
    assert [item.code for item in problems] == codes
    assert (root is None) == bool(codes)


@pytest.mark.parametrize(("size", "codes"), [(99, []), (100, []), (101, ["SRC-006"])])
def test_xml_has_so_many_bytes_at_most(size: int, codes: list[str]) -> None:
    problems = Problems()
    parse_xml(b"<r>" + b"x" * (size - 7) + b"</r>", Place("x"), problems, most=100)
    assert [item.code for item in problems] == codes


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf32_is_refused_and_never_taken_for_utf16(encoding: str, tmp_path: Path) -> None:
    text = "\ufeffnom;âge\nA1;30\n" if encoding != "utf-32" else "nom;âge\nA1;30\n"
    (tmp_path / "x").write_bytes(text.encode(encoding))
    problems = Problems()
    assert read_sheets(tmp_path / "x", "x", problems) == []
    assert [(item.code, dict(item.facts)) for item in problems] == [("SRC-002", {"kind": "UTF-32"})]


def test_a_number_cell_without_its_value_keeps_what_is_shown(tmp_path: Path) -> None:
    ns = "urn:oasis:names:tc:opendocument:xmlns:"
    cells = "".join(
        f'<t:table-cell o:value-type="float"{more}><x:p>{text}</x:p></t:table-cell>'
        for more, text in (("", "7"), (' o:value="nan"', ""), (' o:value="2.5"', "2,5"))
    )
    head = "".join(f"<t:table-cell><x:p>{name}</x:p></t:table-cell>" for name in "abc")
    page = (
        f'<office:document xmlns:office="{ns}office:1.0" xmlns:o="{ns}office:1.0" xmlns:t="{ns}table:1.0" '
        f'xmlns:x="{ns}text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:body><office:spreadsheet><t:table><t:table-row>{head}</t:table-row>"
        f"<t:table-row>{cells}</t:table-row></t:table></office:spreadsheet></office:body></office:document>"
    )
    (tmp_path / "x").write_text(page, encoding="utf-8")
    (sheet,) = read_sheets(tmp_path / "x", "x", Problems())
    assert sheet.frame.iloc[0].tolist() == ["7", "", "2.5"]
