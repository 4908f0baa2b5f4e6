"""Framaforms: three header rows, ticks, drafts, and the people who must not pass."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from given_forms import Rows, chosen, everything, read_form_rows, statuses, values
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.sources.reading.loose import read_files
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.tools import read_responses

META = [
    "Numéro",
    "SID",
    "Date",
    "Date de modification",
    "Brouillon",
    "Adresse IP",
    "UID",
    "Nom d'utilisateur",
]
SECRETS = ["192.0.2.17", "fatima.benali", "fatima@example.org"]


def meta(n: int, draft: str = "0") -> list[str]:
    when = "12/03/2024 - 14:05"
    return [str(n), str(1000 + n), when, when, draft, SECRETS[0], "77123", SECRETS[1]]


def export(*answers: list[str], draft: str = "0") -> Rows:
    """Drupal's own layout: titles of ticks and of grids in the second row, the rest in the third."""
    blank = [""] * (len(META) - 1)
    return [
        ["Détails de la soumission", *blank, "", "", "", "", "", "", "", "", ""],
        ["", *blank, "", "Vos jours", "", "", "Votre avis", "", "", "", ""],
        [*META, "Vient seul·e", "Lundi", "Mardi", "Autre…", "L'accueil", "Le lieu", "Un mot", "Mél", "Âge"],
        *([*meta(n, draft), *row] for n, row in enumerate(answers, start=1)),
    ]


BOOK = [
    ["question", "id", "type", "choix", "autre", "rôle"],
    ["Vient seul·e", "seul", "choix", "Oui; Non", "", ""],
    ["Vos jours", "jours", "plusieurs", "Lundi; Mardi", "oui", ""],
    ["Votre avis [L'accueil]", "accueil", "choix", "Bon; Mauvais", "", ""],
    ["Votre avis [Le lieu]", "lieu", "choix", "Bon; Mauvais", "", ""],
    ["Un mot", "mot", "texte", "", "", ""],
    ["Mél", "", "", "", "", "laisser"],
    ["Âge", "age", "entier", "", "", ""],
]
ANSWERS = [
    ["Oui", "X", "", "le soir", "Bon", "Mauvais", "Merci", SECRETS[2], "34"],
    ["Non", "", "X", "", "Bon", "", "", "", ""],
    ["", "", "", "", "", "", "", "", ""],
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declared_export_in_every_delimiter_and_encoding(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    found, problems = read_form_rows(tmp_path, export(*ANSWERS), BOOK, delimiter, encoding)
    assert found.tool == "Framaforms"
    assert not problems.errors, tell(problems)
    assert chosen(found, "jours") == [{"lundi", "other"}, {"mardi"}, set()]
    assert values(found, "jours_other") == ["le soir", "", ""]
    assert statuses(found, "jours") == ["answered", "answered", "no_answer"]
    assert values(found, "accueil") == ["bon", "bon", ""]
    assert values(found, "lieu") == ["mauvais", "", ""]
    assert values(found, "mot") == ["Merci", "", ""]
    assert values(found, "age") == ["34", "", ""]
    records = found.answers.records
    assert records["id"].tolist() == ["1001", "1002", "1003"]
    assert records["row"].tolist() == [4, 5, 6]
    assert records["start"].tolist() == ["2024-03-12T14:05:00"] * 3
    assert set(found.left_out) == {"Adresse IP", "UID", "Nom d'utilisateur", "Mél"}


def test_a_utf_16_file_without_its_mark_is_read_or_refused_and_never_garbled(tmp_path: Path) -> None:
    problems = Problems()
    path = tmp_path / "e.csv"
    path.write_bytes("\n".join("\t".join(row) for row in export(*ANSWERS)).encode("utf-16-le"))
    exports = open_exports([(path, "e.csv")], problems)
    found = read_responses(exports, None, "", problems) if exports else None
    assert problems.errors or (found is not None and found.tool == "Framaforms")


def test_a_draft_is_incomplete_and_its_blanks_are_unexplained(tmp_path: Path) -> None:
    found, _ = read_form_rows(tmp_path, export(*ANSWERS, draft="1"), BOOK)
    assert found.answers.records["complete"].tolist() == [False] * 3
    assert statuses(found, "jours") == ["answered", "answered", "unknown_empty"]


def test_where_drafts_are_not_told_nobody_is_called_complete(tmp_path: Path) -> None:
    at = META.index("Brouillon")
    rows = [row[:at] + row[at + 1 :] for row in export(*ANSWERS)]
    found, _ = read_form_rows(tmp_path, rows, BOOK)
    assert found.answers.records["complete"].tolist() == [False] * 3


def test_without_a_codebook_ticks_and_grids_are_proposed(tmp_path: Path) -> None:
    found, problems = read_form_rows(tmp_path, export(*ANSWERS))
    asked = dict(zip(found.form.questions["path"], found.form.questions["type"], strict=True))
    assert asked["Vos jours"] == "select_multiple"
    assert found.form.admitted("vos_jours")["label_fr"].tolist()[:2] == ["Lundi", "Mardi"]
    assert {"Votre avis [L'accueil]", "Vient seul·e"} <= set(asked)
    assert [item.code for item in problems] == ["SRC-291"]
    assert not found.form.declared


def test_english_headers_and_a_single_header_row(tmp_path: Path) -> None:
    rows = [
        ["Serial", "SID", "Submitted Time", "Completed Time", "Draft", "IP Address", "Username", "Age"],
        ["1", "9", "2024-03-12 14:05:00", "2024-03-12 14:09:00", "", SECRETS[0], SECRETS[1], "34"],
    ]
    found, _ = read_form_rows(tmp_path, rows)
    assert found.tool == "Framaforms"
    assert values(found, "age") == ["34"]
    assert found.answers.records["end"].tolist() == ["2024-03-12T14:09:00"]
    assert found.answers.records["complete"].tolist() == [True]


@pytest.mark.parametrize("declared", [True, False])
def test_addresses_and_user_names_are_nowhere(tmp_path: Path, declared: bool) -> None:
    found, problems = read_form_rows(tmp_path, export(*ANSWERS), BOOK if declared else None)
    words = everything(found, problems)
    assert "Merci" in words
    assert not [secret for secret in [*SECRETS, "77123"] if secret in words]


def test_a_row_that_is_too_short_is_refused_and_nothing_is_shifted(tmp_path: Path) -> None:
    rows = export(*ANSWERS)
    rows[4] = rows[4][:-2]
    found, problems = read_form_rows(tmp_path, rows, BOOK)
    assert [(item.code, item.place.line) for item in problems.errors] == [("SRC-011", 5)]
    assert found.answers.records["row"].tolist() == [4, 6]


LABEL = st.from_regex(r"[A-ZÉ][a-zéè']{2,6}( [a-z]{2,5}){0,1}", fullmatch=True)


@settings(deadline=None, max_examples=25)
@given(st.data(), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16"]))
def test_what_was_written_in_this_layout_comes_back_equal(
    data: st.DataObject, delimiter: str, encoding: str
) -> None:
    labels = data.draw(st.lists(LABEL, min_size=2, max_size=4, unique_by=lambda label: label.casefold()[:3]))
    picks = st.tuples(st.sampled_from(["", *labels]), st.sets(st.sampled_from(labels)), st.booleans())
    answers = data.draw(st.lists(picks, min_size=1, max_size=5))
    choices = "|".join(f"c{n}={label}" for n, label in enumerate(labels))
    book = [["question", "id", "type", "choix"], ["Une ?", "one", "choix", choices]]
    book += [["Plusieurs ?", "many", "plusieurs", choices]]
    blank = [""] * len(META)
    rows = [
        ["Détails de la soumission", *blank[1:], "", *[""] * len(labels)],
        [*blank, "", "Plusieurs ?", *[""] * (len(labels) - 1)],
        [*META, "Une ?", *labels],
    ]
    rows += [
        [*meta(n, "1" if draft else "0"), one, *("X" if label in many else "" for label in labels)]
        for n, (one, many, draft) in enumerate(answers)
    ]
    with tempfile.TemporaryDirectory() as folder:
        found, problems = read_form_rows(Path(folder), rows, book, delimiter, encoding)
    assert not problems.items, tell(problems)
    code = {label: f"c{n}" for n, label in enumerate(labels)}
    assert values(found, "one") == [code.get(one, "") for one, _, _ in answers]
    assert chosen(found, "many") == [{code[label] for label in many} for _, many, _ in answers]
    assert found.answers.records["complete"].tolist() == [not draft for _, _, draft in answers]


@pytest.mark.parametrize("sign", [":", ".", "^", " "])
@pytest.mark.parametrize("quote", ["", '"'])
def test_an_export_cut_by_a_sign_that_is_not_read_is_refused(sign: str, quote: str, tmp_path: Path) -> None:
    rows = export(*ANSWERS)
    text = "\n".join(sign.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    problems = Problems()
    readings = read_files([(tmp_path / "a.csv", "a.csv")], problems)
    assert [item.code for item in problems.errors] == ["SRC-257"]
    assert readings == []


def test_times_whose_day_may_be_a_month_are_said(tmp_path: Path) -> None:
    head = ["Serial", "SID", "Submitted Time", "Draft", "IP Address", "Username", "A word"]
    rows = [["1", "7", "03/04/2024 - 14:05", "0", SECRETS[0], SECRETS[1], "x"]]
    found, problems = read_form_rows(tmp_path, [head, *rows])
    assert "SRC-307" in [item.code for item in problems]
    assert found.answers.records["start"].tolist() == [""]


def test_ticks_of_a_question_declared_with_one_answer_are_read_and_never_not_asked(tmp_path: Path) -> None:
    book = [["question", "id", "type", "choix"], ["Vos jours", "jours", "choix", "Lundi; Mardi"]]
    rows = [["", "X", "", "", "", "", "", "", ""], ["", "X", "X", "", "", "", "", "", ""], [""] * 9]
    found, problems = read_form_rows(tmp_path, export(*rows), book)
    assert values(found, "jours") == ["lundi", "", ""]
    assert statuses(found, "jours")[1:] == ["invalid", "no_answer"]
    assert "SRC-064" in [item.code for item in problems]
