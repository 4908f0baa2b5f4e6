"""What an avis asked goes on in the next one: no recommendation is forgotten, none is reworded in silence."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import pytest
from msgspec.structs import replace

from avis.checking.carried import carried, tell_carried
from avis.cli.carry import run as carry
from avis.cli.new import run as new
from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.exhibits import (
    Adoption,
    Evidence,
    Exhibits,
    FollowUp,
    Recommendation,
    Setting,
    Verdict,
    Wording,
)
from avis.folders import write_whole
from avis.sealing import seal
from avis.sources.registers import read_follow_up

NOTHING = Evidence(rule={})
BEFORE = """\
title: {fr: Avant}
organisation: {name: Association Exemple, fictional: true}
period: {start: "2022", end: "2023"}
status: finished
documents: [fiche]
"""


def asked(id: str, number: int, *wordings: Wording) -> Recommendation:
    return Recommendation(
        id=id,
        question="q1",
        number=number,
        wordings=wordings,
        addressee={"fr": "Ville", "en": "Town"},
        adoption=Adoption(outcome="consensus", month="2023-12"),
        evidence=NOTHING,
    )


def waited(id: str, answer: str, **words: str) -> FollowUp:
    return FollowUp(
        id=id,
        recommendation={"fr": f"Faire {id}."},
        addressee={"fr": "Ville"},
        asked_on="2020-01",
        answer=answer,  # type: ignore[arg-type]
        words=words,
        source="Lettre, 2021" if words else "",
        evidence=NOTHING,
    )


EXHIBITS = Exhibits(
    setting=Setting(slug="avant", title={}, organisation="x", status="finished", start="2022", end="2023"),
    sources=(),
    exhibits=(
        asked("r2", 2, Wording(language="en", text="Open late.", original=True)),
        asked(
            "r1",
            1,
            Wording(language="fr", text="Ouvrir le soir.", original=True),
            Wording(language="en", text="Open at night.", approved=False),
        ),
        waited("bus", "none"),
        waited("panneau", "accepted", fr="Oui."),
        waited("liste", "in_part", fr="=Une partie; la suite en mars."),
    ),
    verdict=Verdict(passed=True, threshold=11, cells=0, hidden=0, checks={}),
)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build what an evaluation before leaves, and begin the next one after it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    (tmp_path / "avant").mkdir()
    (tmp_path / "avant" / "evaluation.yaml").write_text(BEFORE, encoding="utf-8")
    write_whole(open_evaluation("avant").folders.exhibits, seal(EXHIBITS))
    assert new(argparse.Namespace(slug="apres", files=None, after="avant")) == 0
    return tmp_path


def lines(opened: Evaluation) -> dict[str, dict[str, str]]:
    path = opened.folders.root / "sources" / "suites.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter=";")}


def told(opened: Evaluation) -> list[tuple[str, str]]:
    problems = Problems()
    tell_carried(opened, read_follow_up(opened, problems), problems)
    return [(item.code, str(dict(item.facts).get("id", ""))) for item in problems.items]


def test_what_waits_comes_first_then_what_was_asked_in_its_order() -> None:
    assert [row["id"] for row in carried(EXHIBITS)] == ["bus", "liste", "avant-r1", "avant-r2"]


def test_the_next_evaluation_begins_with_what_the_former_asked(two: Path) -> None:
    opened = open_evaluation("apres")
    rows = lines(opened)
    assert opened.settings.follows == "../avant"
    assert list(rows) == ["bus", "liste", "avant-r1", "avant-r2"]
    assert rows["liste"]["mots"] == "=Une partie; la suite en mars."  # the addressee's own words, unaltered
    assert rows["liste"]["source"] == "Lettre, 2021"
    assert rows["avant-r1"]["recommandation_fr"] == "Ouvrir le soir."
    assert rows["avant-r1"]["recommandation_en"] == ""  # nobody approved that translation
    assert rows["avant-r2"]["recommandation_en"] == "Open late."
    assert rows["avant-r1"]["demande_le"] == "2023-12" and rows["avant-r1"]["reponse"] == "sans réponse"
    assert rows["liste"]["reponse"] == "en partie"
    assert list(read_follow_up(opened, Problems())["answer"]) == ["none", "in_part", "none", "none"]
    assert told(opened) == []
    assert "Ouvrir le soir." in opened.folders.root.joinpath("sources/suites.csv").read_text("utf-8")


def test_what_is_forgotten_or_reworded_is_told(two: Path) -> None:
    opened = open_evaluation("apres")
    path = opened.folders.root / "sources" / "suites.csv"
    text = path.read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("bus")]
    path.write_text("\n".join(kept).replace("Ouvrir le soir.", "Ouvrir plus."), encoding="utf-8")
    assert told(opened) == [("EVA-062", "bus"), ("EVA-063", "avant-r1")]


def test_lines_are_added_to_a_file_of_ones_own_and_no_line_is_touched(two: Path) -> None:
    opened = open_evaluation("apres")
    path = opened.folders.root / "sources" / "suites.csv"
    own = "id,Préconisation,Qui relance,Réponse,Demandé le\navant-r1,Ouvrir le soir.,Léa,acceptée,2023-12\n"
    path.write_text(own, encoding="utf-8")
    assert carry(argparse.Namespace(evaluation="apres")) == 0
    after = path.read_text("utf-8")
    assert after.startswith(own)
    assert [line.split(",")[0] for line in after.splitlines()[2:]] == ["bus", "liste", "avant-r2"]
    assert carry(argparse.Namespace(evaluation="apres")) == 0
    assert path.read_text("utf-8") == after  # a second time adds nothing


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"nom;prix\nx;1\n", b""])
def test_what_is_no_such_table_is_left_alone(two: Path, content: bytes) -> None:
    path = two / "apres" / "sources" / "suites.csv"
    path.write_bytes(content)
    with pytest.raises(AvisError) as caught:
        carry(argparse.Namespace(evaluation="apres"))
    assert [item.code for item in caught.value.problems] == ["EVA-064"]
    assert path.read_bytes() == content


def test_a_former_evaluation_that_is_gone_or_never_built_is_told(two: Path) -> None:
    opened = open_evaluation("apres")
    open_evaluation("avant").folders.exhibits.write_bytes(b"{}")
    assert told(opened) == [("EVA-061", "")]
    (two / "avant" / "evaluation.yaml").unlink()
    assert told(opened) == [("EVA-060", "")]
    with pytest.raises(AvisError):
        carry(argparse.Namespace(evaluation="apres"))
    assert not (two / "encore").exists()


def test_after_an_avis_that_asked_nothing_the_next_one_names_no_table(two: Path) -> None:
    nothing = replace(EXHIBITS, exhibits=())
    write_whole(open_evaluation("avant").folders.exhibits, seal(nothing))
    assert new(argparse.Namespace(slug="ensuite", files=None, after="avant")) == 0
    opened = open_evaluation("ensuite")  # naming a table that is not there would be an error
    assert not opened.settings.sources.follow_up and opened.settings.follows == "../avant"
    assert carry(argparse.Namespace(evaluation="ensuite")) == 0


def test_nothing_is_begun_after_an_evaluation_that_was_never_built(two: Path) -> None:
    open_evaluation("avant").folders.exhibits.unlink()
    with pytest.raises(AvisError):
        new(argparse.Namespace(slug="encore", files=None, after="avant"))
    assert sorted(path.name for path in two.iterdir()) == ["apres", "avant"]


@pytest.mark.parametrize("told", ["=cmd|x", " =cmd|x", "\u200b@SUM(1)", "＝HYPERLINK(1)", "-+=cmd"])
def test_no_line_that_is_carried_begins_as_a_formula(told: str) -> None:
    from avis.skeleton.carrying import _plain

    assert _plain("recommendation_fr", {"recommendation_fr": told})[0].isalpha()
    assert _plain("words", {"words": told}) == told
