"""Files made to hang, to fill the memory or to be read wrongly: each is one clear message, at little cost."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from avis.errors import Problems
from avis.files import delimited
from avis.files.sheets import read_sheets

SECONDS, MEGABYTES = 5, 500
"""What the worst file may cost: time of the processor, reader and child together; the larger one's memory."""
MEASURE = """
import json, os, resource, sys, time
from pathlib import Path
from avis.errors import Problems
from avis.files.sheets import read_sheets

def measure(path):
    problems, start = Problems(), time.process_time()
    read_sheets(path, "x", problems)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() - start + children.ru_utime + children.ru_stime
    own = int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
    codes = sorted({item.code for item in problems})
    print(json.dumps([path.name, codes, spent, max(own, children.ru_maxrss) / 1024]), flush=True)

for path in sorted(Path(sys.argv[1]).iterdir()):
    child = os.fork()
    if not child:
        measure(path)
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Each file in a process of its own, that starts with everything imported."""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def members_of(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def two_cells(row: int, column: int, declared: bool = True) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(row, column, "b")
    book.close()
    members = members_of(out.getvalue())
    if not declared:
        page = members["xl/worksheets/sheet1.xml"]
        assert isinstance(page, bytes)
        members["xl/worksheets/sheet1.xml"] = re.sub(rb"<dimension[^>]*>", b"", page)
    return zipped(members)


def body(rows: str) -> str:
    table = f'<table:table table:name="a">{rows}</table:table>'
    return f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"


def ods(rows: str, start: str = "") -> bytes:
    content = f"{start}<office:document-content {NAMES}>{body(rows)}</office:document-content>"
    return zipped({"mimetype": MIME, "content.xml": content})


def fods(rows: str, start: str = "") -> bytes:
    page = f'{start}<office:document {NAMES} office:mimetype="{MIME}">{body(rows)}</office:document>'
    return page.encode()


def row(repeated: int, across: int = 1, text: str = "x") -> str:
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{across}">'
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{cell}<text:p>{text}</text:p>'
        "</table:table-cell></table:table-row>"
    )


def laughing_xlsx() -> bytes:
    strings = f'{LAUGHS}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t>'
    return zipped(members_of(two_cells(1, 1)) | {"xl/sharedStrings.xml": strings + "</si></sst>"})


HOSTILE: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "two cells far apart": (lambda: two_cells(1_048_575, 16_383), ["SRC-008"]),
    "two cells far apart, undeclared": (lambda: two_cells(1_048_575, 16_383, declared=False), ["SRC-009"]),
    "two cells half as far": (lambda: two_cells(1_048_575, 25, declared=False), ["SRC-009"]),
    "zip bomb": (
        lambda: zipped({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": bytes(100 * 2**20)}),
        ["SRC-007"],
    ),
    "laughs in an ODS": (lambda: ods(row(1, text="&j;"), LAUGHS), ["SRC-212"]),
    "laughs in a flat ODS": (lambda: fods(row(1, text="&j;"), LAUGHS), ["SRC-212"]),
    "laughs in an XLSX": (laughing_xlsx, ["SRC-212"]),
    "an ODS row without end": (lambda: ods(row(2**31 - 1)), ["SRC-009"]),
    "an ODS row down to the end of the sheet": (lambda: ods(row(2**20)), ["SRC-009"]),
    "an ODS sheet filled whole": (lambda: ods(row(99_999, 2**14)), ["SRC-009"]),
    "a long text in every cell": (lambda: fods(row(99_999, 100, "x" * 200)), ["SRC-009"]),
    "an HTML cell over everything": (
        lambda: b"<table><tr>" + b"<td colspan=1000 rowspan=65534>x" * 13_000 + b"</table>",
        ["SRC-009"],
    ),
    "HTML tables within tables": (lambda: b"<table><tr><td>" * 20_000, ["SRC-003"]),
    "a quotation mark on every line": (
        lambda: b"a;b\n1;2\n" + b'x"y;1\n' * 500_000,
        ["SRC-020", "SRC-214"],
    ),
    "another width on every line": (lambda: b"a;b\n1;2\n" + b"1;2;3\n" * 100_000, ["SRC-011", "SRC-215"]),
    "columns without end": (lambda: b"c;" * 1_000_000 + b"\n", ["SRC-039"]),
    "noise": (lambda: bytes((n * n * 7919 >> 7) % 256 for n in range(200_000)), ["SRC-002"]),
    "noise without a null": (
        lambda: bytes((n * n * 7919 >> 7) % 255 + 1 for n in range(50_000)),
        ["SRC-002"],
    ),
    "a text with nulls": (lambda: b"a;b\n1;2\n" + bytes(5000), ["SRC-200"]),
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], float, float]]:
    if not Path("/proc/self/status").exists():
        pytest.skip("peak memory is read from /proc")
    folder = tmp_path_factory.mktemp("hostile")
    for case, (make, _) in HOSTILE.items():
        (folder / case).write_bytes(make())
    command = [sys.executable, "-c", MEASURE, str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    read = map(json.loads, done.stdout.splitlines())
    return {case: (codes, seconds, megabytes) for case, codes, seconds, megabytes in read}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_one_clear_message_at_little_cost(
    case: str, measured: dict[str, tuple[list[str], float, float]]
) -> None:
    codes, seconds, megabytes = measured[case]
    assert codes == HOSTILE[case][1]
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def codes_of(data: bytes, tmp_path: Path) -> list[str]:
    (tmp_path / "file").write_bytes(data)
    problems = Problems()
    read_sheets(tmp_path / "file", "file", problems)
    return [item.code for item in problems]


@pytest.mark.parametrize(("rows", "expected"), [(998, 998), (999, 999), (1000, 1001), (1001, 1001)])
def test_damaged_rows_are_named_up_to_a_number(
    rows: int, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert delimited.MOST_REFUSED == 1000
    assert len(codes_of(b"a;b\n1;2\n" + b'x"y;1\n' * rows + b"3;4\n", tmp_path)) == expected


@pytest.mark.slow
@pytest.mark.parametrize(("repeated", "expected"), [(99_999, []), (100_000, []), (100_001, ["SRC-009"])])
def test_a_filled_row_may_repeat_itself_up_to_a_number(
    repeated: int, expected: list[str], tmp_path: Path
) -> None:
    head = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    assert codes_of(ods(head + row(repeated)), tmp_path) == expected


def test_blank_rows_and_cells_to_the_end_of_the_sheet_cost_nothing(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = row(1) + f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
    assert codes_of(ods(rows), tmp_path) == []


def test_a_member_that_was_changed_is_seen_by_its_checksum(tmp_path: Path) -> None:
    """Calamine does not compare checksums: a stored member is changed where only they can tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members_of(two_cells(1, 1)).items():
            archive.writestr(name, content)
    data = out.getvalue()
    assert codes_of(data, tmp_path) == ["SRC-025"]
    assert codes_of(data.replace(b"<t>b</t>", b"<t>c</t>"), tmp_path) == ["SRC-003"]
