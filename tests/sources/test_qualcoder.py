"""QualCoder: its project, with what coders wrote for themselves kept apart."""

from __future__ import annotations

from pathlib import Path

from coded_files import Rows, codes, quotes, read, sqlite_file

from avis.errors import Problems, tell
from avis.sources.coding.projects import read_project

SCHEMA = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
  pos1 integer, owner text, date text, memo text);
CREATE TABLE code_image (imid integer primary key, id integer, cid integer, memo text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text);
CREATE TABLE journal (jid integer primary key, name text, jentry text);
CREATE TABLE cases (caseid integer primary key, name text);
"""
TEXT = "P1 : Le bus 🚌 passe tôt.\nP2 : Pas le soir."
EARLY = TEXT.index("passe tôt")


def project(**other: list[tuple[object, ...]]) -> bytes:
    rows: Rows = {
        "source": [
            (1, "Fatima.txt", TEXT, None, "vue le matin", "awa"),
            (2, "b.jpg", None, "/images/b.jpg", "", "awa"),
        ],
        "code_cat": [(1, "lieux", "awa", "", None), (2, "ville", "awa", "", 1)],
        "code_name": [(1, "bus", "Le car aussi.", 2, "awa", ""), (2, "libre", "", None, "awa", "")],
        "code_text": [
            (1, 1, 1, "passe tôt", EARLY, EARLY + 9, "awa", "", "à revoir"),
            (2, 2, 1, "passe tôt", EARLY, EARLY + 9, "fatima", "", ""),
        ],
        "cases": [(1, "Fatima")],
    }
    return sqlite_file(SCHEMA, rows | other)


def test_categories_stand_above_codes_and_passages_at_their_place(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, project())
    assert coded is not None
    assert quotes(coded) == [("bus", "passe tôt"), ("libre", "passe tôt")]
    assert coded.codes.set_index("code")["parent"].to_dict() == {
        "lieux": "",
        "ville": "lieux",
        "bus": "ville",
        "libre": "",
    }
    assert coded.notes.codings["coder"].tolist() == ["codeur-1", "codeur-2"]
    facts = {"users": 2, "codes": 2, "categories": 2, "cases": 1, "sources": 2, "codings": 2}
    assert facts.items() <= coded.facts.items()


def test_what_coders_wrote_for_themselves_is_a_memo(tmp_path: Path) -> None:
    more = {"annotation": [(1, 1, 0, 4, "en colère")], "journal": [(1, "j1", "Je doute.")]}
    coded, problems = read(tmp_path, project(**more))
    assert coded is not None
    segments = coded.notes.segments
    assert segments.loc[segments["kind"] == "memo", "text"].tolist() == [
        "vue le matin",
        "à revoir",
        "en colère",
        "Je doute.",
    ]
    assert "SRC-358" in codes(problems)


def test_nobody_is_named(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, project())
    assert coded is not None
    tables = (coded.codes, coded.notes.meetings, coded.notes.segments, coded.notes.codings)
    told = " ".join(table.to_csv() for table in tables) + tell(problems, "fr") + repr(coded)
    assert "fatima" not in told.casefold()
    assert "awa" not in told.casefold()


def test_pictures_and_their_codings_are_counted_and_said(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, project(code_image=[(1, 2, 1, "")]))
    assert coded is not None
    assert {"SRC-353", "SRC-360"} <= set(codes(problems))
    assert coded.facts["codings"] == 3


def test_a_passage_of_a_code_that_is_gone_is_an_error(tmp_path: Path) -> None:
    _, problems = read(tmp_path, project(code_text=[(1, 9, 1, "bus", 8, 11, "awa", "", "")]))
    assert [item.code for item in problems.errors] == ["SRC-359"]


def test_the_folder_of_a_project_is_read_by_its_database(tmp_path: Path) -> None:
    folder = tmp_path / "essai.qda"
    folder.mkdir()
    (folder / "data.qda").write_bytes(project())
    coded = read_project(folder, "essai.qda", Problems())
    assert coded is not None
    assert coded.tool == "qualcoder"
