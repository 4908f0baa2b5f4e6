"""Codebooks go out and come back equal, and a codebook of any tool serves an evaluation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from coded_files import code, codes, packed, qde, read
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.sources.coding.codebook import read_codebook
from avis.sources.coding.codes_model import CODE_COLUMNS
from avis.sources.coding.exchange import NAMESPACE, codebook_text, write_codebook
from avis.sources.coding.projects import read_project

Association = Callable[..., Evaluation]
ROWS = [
    ["venir", "Venir", "Coming", "", "Le chemin.", "The way.", "2024"],
    ["bus", "Bus", "", "venir", "", "", ""],
    ["pied", "À pied", "On foot", "venir", "Sans véhicule.", "", "2024-03"],
]


def table(rows: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=CODE_COLUMNS).astype("str")


def there_and_back(tmp_path: Path, frame: pd.DataFrame) -> pd.DataFrame:
    write_codebook(frame, tmp_path / "codes.qdc")
    coded, problems = read(tmp_path, (tmp_path / "codes.qdc").read_bytes())
    assert coded is not None
    assert codes(problems) == []
    return coded.codes


def test_a_codebook_goes_out_and_comes_back_equal(tmp_path: Path) -> None:
    assert there_and_back(tmp_path, table(ROWS))[CODE_COLUMNS].to_numpy().tolist() == ROWS


def test_what_is_written_has_the_published_structure(tmp_path: Path) -> None:
    write_codebook(table(ROWS), tmp_path / "codes.qdc")
    root = ElementTree.parse(tmp_path / "codes.qdc").getroot()
    space = f"{{{NAMESPACE}}}"
    assert root.tag == f"{space}CodeBook"
    assert [child.tag for child in root] == [f"{space}Codes"]
    allowed = {"guid", "name", "isCodable", "color"}
    for element in root.iter(f"{space}Code"):
        assert {"guid", "name", "isCodable"} <= set(element.attrib) <= allowed
        assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", element.attrib["guid"])
        kinds = [child.tag.removeprefix(space) for child in element]
        assert kinds == sorted(kinds, key=["Description", "Code"].index)
        assert kinds.count("Description") <= 1
    first = root.find(f"{space}Codes/{space}Code")
    assert first is not None
    assert [child.get("name") for child in first.iterfind(f"{space}Code")] == ["Bus", "À pied"]


def test_the_text_of_an_exchange_file_is_what_is_written(tmp_path: Path) -> None:
    write_codebook(table(ROWS), tmp_path / "codes.qdc")
    assert codebook_text(table(ROWS)).encode() == (tmp_path / "codes.qdc").read_bytes()


def test_our_own_codebook_is_read_like_that_of_any_tool(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text(
        "codes:\n  - {id: venir, label: {fr: Venir, en: Coming}}\n"
        "  - {id: bus, label: {fr: Bus}, parent: venir, since: 2024-03}\n"
    )
    problems = Problems()
    coded = read_project(tmp_path / "codebook.yaml", "codebook.yaml", problems)
    assert coded is not None and codes(problems) == []
    assert coded.codes[CODE_COLUMNS].to_numpy().tolist() == [
        ["venir", "Venir", "Coming", "", "", "", ""],
        ["bus", "Bus", "", "venir", "", "", "2024-03"],
    ]
    assert (len(coded.notes.meetings), len(coded.notes.segments), coded.facts["codes"]) == (0, 0, 2)


def test_a_yaml_that_is_no_codebook_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text("codes:\n  - {id: venir}\n")
    problems = Problems()
    assert read_project(tmp_path / "codebook.yaml", "codebook.yaml", problems) is None
    assert [(item.code[:3], item.place.line) for item in problems] == [("EVA", 2)]


def test_a_code_keeps_its_guid_for_ever(tmp_path: Path) -> None:
    written = []
    for frame in (table(ROWS), table(ROWS[:1])):
        write_codebook(frame, tmp_path / "codes.qdc")
        written.append(re.findall('guid="([^"]+)" name="Venir"', (tmp_path / "codes.qdc").read_text("utf-8")))
    assert written[0] == written[1] != []


def test_no_code_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(AvisError) as raised:
        write_codebook(table([]), tmp_path / "codes.qdc")
    assert [item.code for item in raised.value.problems] == ["SRC-373"]


labels = st.text(st.sampled_from('abé "<&😀:>.'), max_size=8).map(lambda text: " ".join(text.split()))
long = st.text(st.sampled_from('abé "<&\n{}avis: '), max_size=30)


@settings(max_examples=30)
@given(
    st.data(),
    st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True), min_size=1, max_size=6, unique=True),
)
def test_any_codebook_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, ids: list[str]
) -> None:
    rows = []
    for number, id in enumerate(ids):
        parent = data.draw(st.sampled_from(["", *ids[:number]]))
        words = [data.draw(one) for one in (labels, labels, long, long)]
        rows.append(
            [id, words[0], words[1], parent, words[2], words[3], data.draw(st.sampled_from(["", "2024"]))]
        )
    back = there_and_back(tmp_path_factory.mktemp("qdc"), table(rows))
    assert sorted(back[CODE_COLUMNS].to_numpy().tolist()) == sorted(rows)


def test_a_very_deep_codebook_comes_back(tmp_path: Path) -> None:
    rows = [[f"c{n}", f"C{n}", "", f"c{n - 1}" if n else "", "", "", ""] for n in range(300)]
    back = there_and_back(tmp_path, table(rows))
    assert sorted(back[CODE_COLUMNS].to_numpy().tolist()) == sorted(rows)


BOOK = '<?xml version="1.0"?><CodeBook{}><Codes>{}</Codes></CodeBook>'


@pytest.mark.parametrize("space", ["", f' xmlns="{NAMESPACE}"', ' xmlns="urn:QDA-XML:codebook:0:4"'])
def test_a_codebook_is_read_whatever_its_namespace(tmp_path: Path, space: str) -> None:
    inner = code("bus", "<Description>où</Description>")
    coded, _ = read(tmp_path, BOOK.format(space, code("lieux", inner)).encode())
    assert coded is not None
    assert coded.codes[["code", "parent", "definition_fr"]].to_numpy().tolist() == [
        ["lieux", "", ""],
        ["bus", "lieux", "où"],
    ]


def test_a_path_in_a_name_is_a_hierarchy_only_where_the_code_above_exists(tmp_path: Path) -> None:
    inner = code("Coke::diet") + code("Coke") + code("tea::green")
    coded, _ = read(tmp_path, packed(qde("", inner)))
    assert coded is not None
    assert coded.codes["parent"].tolist() == ["Coke", "", ""]


def test_one_guid_for_two_codes_is_told(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, BOOK.format("", code("a", guid="1") + code("b", guid="{1}")).encode())
    assert coded is not None
    assert coded.codes["code"].tolist() == ["a"]
    assert codes(problems) == ["SRC-371"]


def test_a_codebook_of_a_tool_serves_an_evaluation_in_its_first_language(association: Association) -> None:
    book = BOOK.format(
        f' xmlns="{NAMESPACE}"', code("Trajets à pied", "<Description>La route.</Description>")
    )
    problems = Problems()
    frame = read_codebook(association({"codes.qdc": book}, codebook="codes.qdc"), problems)
    assert frame[["code", "label_fr", "label_en", "definition_fr"]].to_numpy().tolist() == [
        ["trajets-a-pied", "Trajets à pied", "", "La route."]
    ]
    assert codes(problems) == ["SRC-370"]


def test_our_own_codebook_comes_back_to_an_evaluation_as_it_was(
    association: Association, tmp_path: Path
) -> None:
    write_codebook(table(ROWS), tmp_path / "codes.qdc")
    problems = Problems()
    data = (tmp_path / "codes.qdc").read_bytes()
    frame = read_codebook(association({"codes.qdc": data}, codebook="codes.qdc"), problems)
    assert frame[CODE_COLUMNS].to_numpy().tolist() == ROWS
    assert codes(problems) == []


def test_a_list_of_qualcoder_serves_an_evaluation(association: Association) -> None:
    problems = Problems()
    frame = read_codebook(association({"codes.txt": "lieux>>Bus\tmémo\n"}, codebook="codes.txt"), problems)
    assert frame[["code", "label_fr", "parent"]].to_numpy().tolist() == [
        ["lieux", "lieux", ""],
        ["bus", "Bus", "lieux"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a>>b\na>>b\n", [("SRC-371", 2)]),
        ("a>>b\n>>c\n", [("SRC-372", 2)]),
        ("a>>b\na>>\n", [("SRC-372", 2)]),
    ],
)
def test_what_is_wrong_in_a_list_is_said_with_its_line(
    tmp_path: Path, text: str, expected: list[tuple[str, int]]
) -> None:
    _, problems = read(tmp_path, text.encode(), "codes.txt")
    assert [(item.code, item.place.line) for item in problems] == expected


def test_what_holds_codes_together_is_told_from_what_is_coded_with(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text("lieux>>bus\tune note\npied\n", encoding="utf-8")
    coded = read_project(path, "codes.txt", Problems())
    assert coded is not None
    held = dict(zip(coded.codes["code"], coded.codes["category"], strict=True))
    assert held == {"lieux": True, "bus": False, "pied": False}
    write_codebook(coded.codes, tmp_path / "codes.qdc")
    back = read_project(tmp_path / "codes.qdc", "codes.qdc", Problems())
    assert back is not None
    assert dict(zip(back.codes["code"], back.codes["category"], strict=True)) == held
