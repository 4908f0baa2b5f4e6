"""Who somebody is: never proposed as a question, never shown as a header; and boxes that Google joins."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from given_forms import chosen, everything, read_form_rows
from survey_files import read_files, write_csv, write_form

from avis.errors import Problems, tell
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.identity import asks_who
from avis.sources.surveys.inference import joined_by
from avis.sources.surveys.proposedbook import propose_codebook
from avis.sources.surveys.tools import read_responses


@pytest.mark.parametrize(
    ("header", "asks"),
    [
        ("Votre prénom et nom", True),
        ("Nom de famille", True),
        ("Quel est votre numéro de téléphone ?", True),
        ("Si vous souhaitez être recontacté·e, votre adresse e-mail", True),
        ("Your full name", True),
        ("Phone number (optional)", True),
        ("Nom de l’association", False),
        ("Nom du lieu", False),
        ("Name of the organisation", False),
        ("Avez-vous un téléphone portable ?", False),
        ("Comment nous avez-vous connus (courriel, affiche…) ?", False),
        ("Votre code", False),
        ("Numéro", False),
        ("", False),
    ],
)
def test_a_header_that_asks_who_somebody_is_is_known(header: str, asks: bool) -> None:
    assert asks_who(header) is asks


def test_a_question_for_a_name_is_proposed_to_be_left_out(tmp_path: Path) -> None:
    rows = [["Horodateur", "Votre prénom et nom", "Nom de l’association"]]
    rows += [[f"12/03/2024 14:05:{n}", "Zuhra Canari", "La Voile"] for n in (31, 32)]
    found, problems = read_form_rows(tmp_path, rows)
    assert found.left_out == ("Votre prénom et nom",)
    assert found.form.questions["path"].tolist() == ["Nom de l’association"]
    assert [(item.code, item.place.field) for item in problems if item.code != "SRC-291"] == [
        ("SRC-312", "Votre prénom et nom")
    ]
    book = propose_codebook(found.form)
    assert "laisser" in book.iloc[-1].tolist() or "leave out" in book.iloc[-1].tolist()
    assert "Zuhra" not in everything(found, problems) + book.to_csv()
    (tmp_path / "b").mkdir()
    again, problems = read_form_rows(
        tmp_path / "b", rows, [list(book.columns), *book.astype(str).to_numpy().tolist()]
    )
    assert again.left_out == ("Votre prénom et nom",)
    assert list(problems) == []


def test_a_declared_text_that_asks_for_a_name_is_read_and_said(tmp_path: Path) -> None:
    form = write_form(
        tmp_path / "form.csv",
        [["type", "name", "label"], ["text", "q1", "Votre nom"], ["text", "q2", "Avis"]],
    )
    survey, problems = read_files(
        [write_csv(tmp_path / "r.csv", [["q1", "q2"], ["Zuhra Canari", "bien"]])], form
    )
    assert [(item.code, item.place.field) for item in problems] == [("SRC-313", "q1")]
    assert len(survey.records) == 1
    assert "Zuhra" not in tell(problems, "fr")


def test_a_first_row_of_data_is_never_shown(tmp_path: Path) -> None:
    rows = [["Zuhra Canari", "zuhra@example.org", "06 12 34 56 78", "oui"]]
    rows += [["Awa Serin", "awa@example.org", "06 12 34 56 79", "non"]] * 2
    path = write_csv(tmp_path / "r.csv", rows)
    problems = Problems()
    found = read_responses(open_exports([path], problems), None, "", problems)
    assert found is not None
    told = tell(problems, "fr") + repr(found) + " ".join(found.left_out)
    told += " ".join(found.form.questions["path"]) + propose_codebook(found.form).to_csv()
    for word in ("Zuhra", "zuhra", "06 12 34 56 78"):
        assert word not in told.replace(" ", " ")


BOXES = ["Un repas, Un cours", "Un repas", "Un toit, Un cours", "Un toit, Un repas", "Un cours", "parler"]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (BOXES, ", "),
        ([cell.replace(", ", ";") for cell in BOXES], ";"),
        (["Un repas, Un cours", "Un repas", "Un cours"], ""),
        (["Oui, souvent", "Oui, parfois", "Non, jamais", "Oui", "Non"], ""),
        (["Un repas, Un cours", "Un repas, Un toit", "Un toit", "Un cours"], ", "),
    ],
)
def test_boxes_joined_in_a_cell_are_proposed_as_several_choices(cells: list[str], mark: str) -> None:
    assert joined_by(pd.Series(cells, dtype="str")) == mark


def test_combinations_are_no_choices(tmp_path: Path) -> None:
    rows = [["Horodateur", "Quoi"]]
    rows += [[f"12/03/2024 14:05:{10 + n}", cell] for n, cell in enumerate(BOXES * 2)]
    found, _ = read_form_rows(tmp_path, rows)
    assert found.form.questions["type"].tolist() == ["select_multiple"]
    assert chosen(found, "quoi")[0] == {"un_repas", "un_cours"}
