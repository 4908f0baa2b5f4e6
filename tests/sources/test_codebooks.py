"""The small codebook: what each column says, and what is wrong with it, cell by cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from yaml import safe_load

from avis.errors import Problems, tell
from avis.settings import AnswerScale
from avis.sources.surveys.codebooks import Codebook
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.inference import joined_by
from avis.sources.surveys.proposals import Proposal, propose_scales, scales_as_yaml
from avis.sources.surveys.proposedbook import propose_codebook

HEAD = (
    *("question", "id", "type", "choix", "autre", "précise", "ordre", "mieux", "sans avis"),
    *("condition", "rôle", "liste", "séparateur", "choix_en", "langue"),
)


def book(folder: Path, *rows: dict[str, str], head: tuple[str, ...] = HEAD) -> tuple[Codebook, Problems]:
    out = io.StringIO()
    writer = csv.DictWriter(out, head, restval="", delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "codebook.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    problems = Problems()
    form = read_any_form(path, "codebook.csv", problems)
    assert isinstance(form, Codebook)
    return form, problems


def one(folder: Path, **cells: str) -> tuple[Codebook, Problems]:
    return book(folder, {"question": "Q", "id": "q", "type": "choix", "choix": "Oui; Non"} | cells)


def codes(form: Codebook, question: str = "q") -> list[str]:
    return form.admitted(question)["code"].tolist()


def test_a_codebook_in_french_gives_questions_choices_and_a_scale(tmp_path: Path) -> None:
    accord = "Pas d'accord; D'accord; Ne sait pas"
    form, problems = book(
        tmp_path,
        {"question": "Votre avis ?", "id": "avis", "type": "échelle", "choix": accord}
        | {"ordre": "croissant", "mieux": "haut"},
        {"question": "Vos jours", "type": "plusieurs", "choix": "lu=Lundi | ma=Mardi", "autre": "oui"},
        {"question": "Âge", "type": "entier", "condition": "${avis} = 'd_accord'"},
        {"question": "Code", "rôle": "personne"},
        {"question": "Courriel", "rôle": "laisser"},
    )
    assert not problems.items, tell(problems)
    assert form.questions["name"].tolist() == ["avis", "vos_jours", "vos_jours_other", "age"]
    assert form.questions["type"].tolist() == ["select_one", "select_multiple", "text", "integer"]
    assert form.questions["parent"].tolist() == ["", "", "vos_jours", ""]
    assert form.scales == {"avis": AnswerScale(levels=("pas_d_accord", "d_accord"), better="high")}
    assert codes(form, "vos_jours") == ["lu", "ma", "other"]
    assert form.admitted("avis")["missing"].tolist() == ["", "", "dont_know"]
    assert (form.person, form.left_out) == ("Code", ("Courriel",))


def test_english_headers_and_words_mean_the_same(tmp_path: Path) -> None:
    form, problems = book(
        tmp_path,
        {"question": "Q", "id": "q", "type": "several", "choices": "Yes; No", "language": "en"},
        head=("question", "id", "type", "choices", "language"),
    )
    assert not problems.items
    assert form.languages == ("en",)
    assert form.admitted("q")["label_en"].tolist() == ["Yes", "No"]


def test_the_same_choices_are_one_list_and_a_name_calls_it_again(tmp_path: Path) -> None:
    form, problems = book(
        tmp_path,
        {"question": "A", "type": "choix", "choix": "Oui; Non", "liste": "on"},
        {"question": "B", "type": "choix", "liste": "on"},
        {"question": "C", "type": "choix", "choix": "Bon; Mauvais"},
        {"question": "D", "type": "choix", "choix": "Bon; Mauvais"},
    )
    assert not problems.items
    assert form.questions["list"].tolist() == ["on", "on", "c", "c"]


def test_labels_in_two_languages_go_by_their_order_or_by_their_codes(tmp_path: Path) -> None:
    form, _ = one(tmp_path, choix_en="Yes; No")
    assert form.admitted("q")["label_en"].tolist() == ["Yes", "No"]
    form, _ = one(tmp_path, choix="o=Oui | n=Non", choix_en="n=No | o=Yes")
    assert form.admitted("q")["label_en"].tolist() == ["Yes", "No"]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"choix": ""}, "SRC-292", "choix"),
        ({"choix": "1=Oui | Non"}, "SRC-293", "choix"),
        ({"choix": "Oui; Oui"}, "SRC-294", "choix"),
        ({"autre": "Peut-être"}, "SRC-295", "autre"),
        ({"sans avis": "Peut-être"}, "SRC-295", "sans avis"),
        ({"sans avis": "Non"}, "SRC-303", "sans avis"),
        ({"séparateur": "#"}, "SRC-296", "séparateur"),
        ({"précise": "ailleurs", "type": "texte"}, "SRC-297", "précise"),
        ({"précise": "q", "type": "texte"}, "SRC-297", "précise"),
        ({"type": ""}, "SRC-299", "type"),
        ({"type": "choi"}, "SRC-004", "type"),
        ({"choix_en": "Yes"}, "SRC-302", "choix_en"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_column(
    tmp_path: Path, cells: dict[str, str], code: str, column: str
) -> None:
    _, problems = one(tmp_path, **cells)
    assert [(item.code, item.place.line, item.place.field) for item in problems.errors] == [(code, 2, column)]
    assert tell(problems, "fr") != tell(problems, "en")


@pytest.mark.parametrize(("ordre", "mieux"), [("croissant", ""), ("", "haut")])
def test_an_order_without_a_direction_declares_no_scale(tmp_path: Path, ordre: str, mieux: str) -> None:
    form, problems = one(tmp_path, ordre=ordre, mieux=mieux)
    assert [item.code for item in problems] == ["SRC-300"]
    assert not form.scales


def test_a_list_that_changes_under_one_name_and_a_short_name_twice_are_refused(tmp_path: Path) -> None:
    row = {"question": "A", "id": "x", "type": "choix", "choix": "Oui; Non", "liste": "on"}
    _, problems = book(tmp_path, row, row | {"question": "B", "choix": "Oui; Peut-être"})
    assert [item.code for item in problems.errors] == ["SRC-298", "SRC-301"]


def test_a_condition_that_cannot_be_read_or_names_nothing_is_said(tmp_path: Path) -> None:
    _, problems = one(tmp_path, condition="${ailleurs} = 'x'")
    assert [(item.code, item.place.line) for item in problems] == [("SRC-058", 2)]


def test_a_declared_refusal_is_a_status_and_excludes_the_rest(tmp_path: Path) -> None:
    form, _ = one(tmp_path, choix="Oui; Sans objet", **{"sans avis": "Sans objet=refus"})
    assert form.admitted("q")["missing"].tolist() == ["", "refused"]
    assert form.admitted("q")["exclusive"].tolist() == [False, True]


def test_the_codebook_of_a_form_reads_back_equal(tmp_path: Path) -> None:
    form, _ = book(
        tmp_path,
        {"question": "A", "id": "a", "type": "plusieurs", "choix": "x=Thé, chaud | y=Eau", "séparateur": ","},
        {"question": "B", "id": "b", "type": "nombre"},
    )
    path = tmp_path / "again.csv"
    propose_codebook(form).to_csv(path, index=False, sep=";")
    problems = Problems()
    again = read_any_form(path, "again.csv", problems)
    assert isinstance(again, Codebook)
    assert not problems.items, tell(problems)
    columns = ["name", "path", "type", "list"]
    assert again.questions[columns].equals(form.questions[columns])
    assert again.choices[["code", "label_fr"]].equals(form.choices[["code", "label_fr"]])
    assert again.separators == form.separators


@pytest.mark.parametrize(
    ("choices", "levels", "better"),
    [
        ("Tout à fait d'accord; D'accord; Pas d'accord; Pas du tout d'accord", 3, "high"),
        ("Jamais; Parfois; Toujours", 0, "neither"),
        ("Très insatisfait(e); Plutôt satisfait·e; Très satisfait·e", 0, "high"),
        ("Strongly disagree; Neutral; Strongly agree", 0, "high"),
        ("1=1 - Pas du tout | 2=2 | 3=3 - Beaucoup", 0, "neither"),
    ],
)
def test_a_usual_series_is_proposed_from_its_lowest_level(
    tmp_path: Path, choices: str, levels: int, better: str
) -> None:
    form, _ = one(tmp_path, choix=choices)
    problems = Problems()
    (proposal,) = propose_scales(form, problems)
    assert proposal.levels[0] == codes(form)[levels]
    assert proposal.better == better
    assert [item.code for item in problems] == ["SRC-310"]
    told = tell(problems, "fr")
    assert safe_load(told[told.index("answer_scales:") :]) == safe_load(scales_as_yaml([proposal]))
    assert not form.scales
    assert set(form.questions["scale"]) == {""}
    assert propose_scales(form, Problems(), declared=("q",)) == ()


@pytest.mark.parametrize("choices", ["Oui; Non", "Rouge; Vert; Bleu", "Jamais; Parfois; Mardi", "1; 2; 4"])
def test_what_is_no_series_is_not_proposed(tmp_path: Path, choices: str) -> None:
    form, _ = one(tmp_path, choix=choices)
    assert propose_scales(form, Problems()) == ()


def test_yaml_words_are_quoted() -> None:
    told = scales_as_yaml([Proposal("on", ("1", "no", "été", "oui"), "low")])
    assert told == 'answer_scales:\n  "on": {levels: ["1", "no", "été", oui], better: low}\n'


def test_no_mark_is_seen_in_sentences() -> None:
    assert joined_by(pd.Series(["Un accueil bon, mais loin", "Loin, et cher", "Rien"])) == ""
