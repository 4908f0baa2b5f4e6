"""`avis new --from`: the first evaluation of somebody who holds files, and no other idea of the tool."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from avis.checking.check import check
from avis.cli.new import run
from avis.errors import AvisError
from avis.evaluation import open_evaluation
from avis.folders import Folders
from avis.settings import Settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    return tmp_path


def begin(files: Mapping[str, str | Path]) -> Settings:
    for name, text in files.items():
        if isinstance(text, str):
            Path(name).write_text(text, encoding="utf-8")
    assert run(argparse.Namespace(slug="essai", files=list(files), after="")) == 0
    return open_evaluation("essai").settings


def form(name: str, *questions: str) -> Path:
    book = xlsxwriter.Workbook(name)
    survey = book.add_worksheet("survey")
    survey.write_row(0, 0, ["type", "name", "label"])
    for number, question in enumerate(questions, 1):
        survey.write_row(number, 0, ["select_one oui_non", question, f"Question {question} ?"])
    choices = book.add_worksheet("choices")
    for number, row in enumerate((["list_name", "name", "label"], ["oui_non", "oui", "Oui"])):
        choices.write_row(number, 0, row)
    book.close()
    return Path(name)


def told(*prefixes: str) -> list[str]:
    return [item.code for item in check(Folders(Path("essai"))) if item.code.startswith(prefixes)]


LOG = "date;type;nombre\n12/03/2023;atelier;4\n13/04/2024;atelier;3\n14/04/2024;repas;\n15/04/2024;repas;\n"


def test_numbers_of_a_log_are_counted_and_rows_where_there_are_none() -> None:
    settings = begin({"a.csv": LOG})
    assert [(one.id, one.count) for one in settings.indicators] == [("atelier", "count"), ("repas", "rows")]
    assert (settings.period.start, settings.period.end) == ("2023", "2024")
    assert "FIN-025" not in told("FIN")


def test_rows_counted_one_by_one_although_they_hold_numbers_are_told() -> None:
    begin({"a.csv": LOG})
    path = Path("essai/evaluation.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("count: count", "count: rows"), encoding="utf-8")
    assert told("FIN-025") == ["FIN-025"]


def test_spellings_of_one_word_make_one_indicator_and_what_stands_once_none() -> None:
    rows = ["rendez-vous", "Rendez vous", "rendez-vous", "RENDEZ-VOUS", "Fatima Ba", "A12", "A12"]
    settings = begin({"a.csv": "date;type\n" + "".join(f"2024;{word}\n" for word in rows)})
    assert [one.id for one in settings.indicators] == ["rendez-vous"]
    assert settings.labels["type"]["rendez-vous"].spelled == ("rendez-vous", "Rendez vous")
    assert "Fatima" not in Path("essai/evaluation.yaml").read_text(encoding="utf-8")


def test_words_that_differ_are_proposed_as_labels_in_a_comment() -> None:
    rows = ["RDV", "RDV", "rdv indiv.", "rdv indiv."]
    settings = begin({"a.csv": "date;type\n" + "".join(f"2024;{word}\n" for word in rows)})
    assert settings.labels == {}
    text = Path("essai/evaluation.yaml").read_text(encoding="utf-8")
    assert '#     "rdv": {fr: "RDV", from: ["RDV"]}' in text


def test_two_indicators_that_labels_make_one_are_told() -> None:
    begin({"a.csv": "date;type\n2024;RDV\n2024;RDV\n2024;rdv indiv.\n2024;rdv indiv.\n"})
    path = Path("essai/evaluation.yaml")
    text = path.read_text(encoding="utf-8")
    assert told("FIN-026") == []
    labels = "\nlabels:\n  type:\n    rdv: {fr: rendez-vous, from: [RDV, rdv indiv.]}\n"
    path.write_text(text + labels, encoding="utf-8")
    assert told("FIN-026") == ["FIN-026"]


def test_each_form_goes_to_its_own_answers_and_to_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    files: dict[str, str | Path] = {
        "f1.xlsx": form("f1.xlsx", "accueil", "confiance", "retour"),
        "f2.xlsx": form("f2.xlsx", "repas", "transport", "logement"),
        "deux.csv": "_uuid;repas;transport;logement\nu1;oui;oui;oui\n",
        "un.csv": "_uuid;accueil;confiance;retour\nu1;oui;oui;oui\n",
        "autre.csv": "_uuid;jardin;compost\nu1;oui;oui\n",
    }
    surveys = {one.id: one for one in begin(files).sources.surveys}
    assert surveys["un"].form.endswith("f1.xlsx") and surveys["deux"].form.endswith("f2.xlsx")
    assert surveys["autre"].form == ""
    assert {one.wave for one in surveys.values()} == {1}  # they are no waves of each other
    assert [one.question for one in surveys["un"].show] == ["accueil", "confiance", "retour"]
    printed = capsys.readouterr().out
    assert "un.csv" in printed and "sources/questionnaire/un.csv" in printed
    assert "SRC-233" in told("SRC-2")  # none of the third one's questions is shown


def test_two_files_of_one_form_are_waves_and_files_of_one_name_have_their_own_ids() -> None:
    Path("b").mkdir()
    text = "_uuid;accueil;confiance\nu1;oui;oui\n"
    files: dict[str, str | Path] = {"f.xlsx": form("f.xlsx", "accueil", "confiance"), "q.csv": text}
    settings = begin(files | {"b/q.csv": text})
    assert [(one.id, one.wave) for one in settings.sources.surveys] == [("q", 1), ("q-2", 2)]


def test_a_second_file_of_references_is_declared_too() -> None:
    entry = "@book{%s, title = {Titre}, author = {Auteur, A.}, year = {2020}}\n"
    settings = begin({"a.bib": entry % "un", "b.bib": entry % "deux"})
    assert settings.sources.references == "references/*"
    opened = open_evaluation("essai")
    assert len(opened.files(opened.settings.sources.references)) == 2


def test_nothing_is_created_where_a_file_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.xlsx").write_bytes(b"PK\x03\x04 rien")
    with pytest.raises(AvisError):
        run(argparse.Namespace(slug="essai", files=["a.xlsx"], after=""))
    assert "Rien n’a été créé" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["a.xlsx"]
