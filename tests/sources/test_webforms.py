"""Google Forms and Microsoft Forms: what their exports say, and who never leaves them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from given_forms import chosen, everything, read_form_rows, statuses, values
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.evaluation import check_evaluation
from avis.folders import Folders
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.timestamps import read_times
from avis.sources.surveys.tools import read_responses
from avis.sources.surveys.wave import Survey, read_survey

BOOK = [
    ["question", "id", "type", "choix", "autre", "ordre", "mieux"],
    [
        "Que venez-vous chercher ?",
        "quoi",
        "plusieurs",
        "Un toit, même petit; Un repas; Un cours",
        "oui",
        "",
        "",
    ],
    ["Venez-vous souvent ?", "souvent", "choix", "Oui; Non; Autre", "", "", ""],
    ["Votre avis [L'accueil]", "accueil", "échelle", "Mauvais; Bon", "", "croissant", "haut"],
    ["Note de 1 à 5", "note", "échelle", "1-5", "", "croissant", "haut"],
]
HEAD = [
    *("Horodateur", "Adresse e-mail", "Que venez-vous chercher ?", "Venez-vous souvent ?"),
    *("Votre avis [L'accueil]", "Note de 1 à 5"),
]
TIME = "12/03/2024 14:05:33"


@pytest.mark.parametrize("mark", [", ", ";"])
def test_a_google_form_with_a_codebook(tmp_path: Path, mark: str) -> None:
    rows = [
        HEAD,
        [TIME, "a@example.org", mark.join(["Un toit, même petit", "Un cours"]), "Oui", "Bon", "5"],
        [TIME, "b@example.org", mark.join(["Un repas", "parler"]), "le mardi", "Mauvais", "1"],
        [TIME, "c@example.org", "", "Non", "", ""],
    ]
    found, problems = read_form_rows(tmp_path, rows, BOOK)
    assert found.tool == "Google Forms"
    assert chosen(found, "quoi") == [{"un_toit_meme_petit", "un_cours"}, {"un_repas", "other"}, set()]
    assert values(found, "quoi_other") == ["", "parler", ""]
    assert values(found, "souvent") == ["oui", "autre", "non"]
    assert values(found, "souvent_other") == ["", "le mardi", ""]
    assert values(found, "note") == ["5", "1", ""]
    assert statuses(found, "accueil") == ["answered", "answered", "no_answer"]
    assert statuses(found, "quoi_other") == ["not_asked", "answered", "not_asked"]
    assert found.answers.records["end"].tolist() == ["2024-03-12T14:05:33"] * 3
    assert found.left_out == ("Adresse e-mail",)
    assert [item.code for item in problems] == ["SRC-304", "SRC-304"]
    assert found.form.scales["note"].levels == ("1", "2", "3", "4", "5")


def test_without_a_codebook_a_google_form_is_proposed(tmp_path: Path) -> None:
    rows = [["Timestamp", "Username", "Days", "Why?"]]
    rows += [
        ["2024/03/12 2:05:33 PM UTC+1", "a@example.org", day, f"because {n}"]
        for n, day in enumerate(["Monday;Friday", "Monday", "Friday;Sunday", "Sunday"])
    ]
    found, problems = read_form_rows(tmp_path, rows)
    assert [item.code for item in problems] == ["SRC-291"]
    assert not found.form.declared
    assert chosen(found, "days") == [{"monday", "friday"}, {"monday"}, {"friday", "sunday"}, {"sunday"}]
    assert found.answers.records["end"].tolist() == ["2024-03-12T14:05:33+01:00"] * 4
    assert found.form.questions["type"].tolist() == ["select_multiple", "text"]


def test_a_blank_of_a_proposed_question_stays_unexplained(tmp_path: Path) -> None:
    found, _ = read_form_rows(tmp_path, [["Horodateur", "Q"], [TIME, ""], [TIME, "un mot"]])
    assert found.answers.records["complete"].tolist() == [True, True]
    assert statuses(found, "q") == ["unknown_empty", "answered"]


@pytest.mark.parametrize(
    ("cells", "french", "times", "unsure"),
    [
        (["12/03/2024 14:05:33"], True, ["2024-03-12T14:05:33"], False),
        (
            ["3/13/2024 14:05:33", "3/4/2024 9:00:00"],
            False,
            ["2024-03-13T14:05:33", "2024-03-04T09:00:00"],
            False,
        ),
        (["13/3/2024 14:05", "3/4/2024 9:00"], False, ["2024-03-13T14:05:00", "2024-04-03T09:00:00"], False),
        (["3/4/2024 9:00"], False, [""], True),
        (["2024/03/12 2:05:33 PM UTC+1"], False, ["2024-03-12T14:05:33+01:00"], False),
        (["2024/03/12 12:05:33 AM GMT-3:30"], True, ["2024-03-12T00:05:33-03:30"], False),
        (["2024-03-12T14:05:33.123"], False, ["2024-03-12T14:05:33"], False),
        (["31/02/2024 10:00", "hier"], True, ["", ""], False),
    ],
)
def test_times_are_read_and_a_day_is_never_taken_for_a_month(
    cells: list[str], french: bool, times: list[str], unsure: bool
) -> None:
    found, doubt = read_times(pd.Series(cells), french)
    assert (found.tolist(), doubt) == (times, unsure)


def test_an_american_date_that_may_be_another_is_said_and_left_blank(tmp_path: Path) -> None:
    found, problems = read_form_rows(tmp_path, [["Timestamp", "Q"], ["3/4/2024 9:00:00", "un"]])
    assert found.answers.records["end"].tolist() == [""]
    assert sorted(item.code for item in problems) == ["SRC-291", "SRC-307"]


def test_the_scores_of_a_quiz_are_left_out(tmp_path: Path) -> None:
    rows = [["Horodateur", "Score", "Q", "Q [Score]"], [TIME, "7 / 10", "un mot", "1 / 2"]]
    found, _ = read_form_rows(tmp_path, rows)
    assert found.left_out == ("Score", "Q [Score]")
    assert list(found.answers.columns) == ["q"]


MS_HEAD = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Langue"]


MS_BOOK = [
    ["question", "id", "type", "choix", "autre"],
    ["Vos jours", "jours", "plusieurs", "Lundi; Mardi", "oui"],
    ["L'accueil", "accueil", "choix", "D'accord; Pas d'accord", ""],
]


def test_a_microsoft_form_as_a_workbook(tmp_path: Path) -> None:
    head = [*MS_HEAD, "Vos jours", "L'accueil"]
    meta = ["anonymous", "Nom Inconnu", "Français"]
    start, end = pd.Timestamp(2024, 3, 12, 14, 5), pd.Timestamp(2024, 3, 12, 14, 9)
    frame = pd.DataFrame(
        [[1, start, end, *meta, "Lundi;Mardi;", "D'accord"], [2, start, end, *meta, "Mardi;le soir;", ""]],
        columns=head,
    )
    frame.to_excel(tmp_path / "f.xlsx", index=False)
    read_form_rows(tmp_path, [["Horodateur", "Vos jours"], [TIME, ""]], MS_BOOK)  # writes the codebook
    problems = Problems()
    form = read_any_form(tmp_path / "codebook.csv", "codebook.csv", problems)
    exports = open_exports([(tmp_path / "f.xlsx", "f.xlsx")], problems)
    found = read_responses(exports, form, "", problems)
    assert found is not None
    assert found.tool == "Microsoft Forms"
    assert chosen(found, "jours") == [{"lundi", "mardi"}, {"mardi", "other"}]
    assert values(found, "jours_other") == ["", "le soir"]
    assert statuses(found, "accueil") == ["answered", "no_answer"]
    records = found.answers.records
    assert records["id"].tolist() == ["1", "2"]
    assert records[["start", "end"]].iloc[0].tolist() == ["2024-03-12T14:05:00", "2024-03-12T14:09:00"]
    assert set(found.left_out) == {"Adresse de messagerie", "Nom"}


def test_a_microsoft_form_is_proposed_by_its_semicolons(tmp_path: Path) -> None:
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Days"]
    rows = [
        head,
        *(
            [str(n), "3/13/24 9:00:00", "3/13/24 9:05:00", "x@example.org", "Ann", day]
            for n, day in enumerate(["Monday;", "Monday;Friday;"])
        ),
    ]
    found, problems = read_form_rows(tmp_path, rows)
    assert chosen(found, "days") == [{"monday"}, {"monday", "friday"}]
    assert found.answers.records["end"].tolist() == ["2024-03-13T09:05:00"] * 2
    assert [item.code for item in problems] == ["SRC-291"]


SECRETS = ["fatima.benali@example.org", "Fatima Ben Ali", "192.0.2.17", "06 12 34 56 78"]


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["Horodateur", "Adresse e-mail", "Nom d'utilisateur"], [TIME, SECRETS[0], SECRETS[1]]),
        (["Timestamp", "Email Address", "Adresse IP"], [TIME, SECRETS[0], SECRETS[2]]),
        ([*MS_HEAD[:5]], ["1", TIME, TIME, SECRETS[0], SECRETS[1]]),
        (["ID", "Start time", "Completion time", "Email", "Name"], ["1", TIME, TIME, SECRETS[0], SECRETS[1]]),
        (["Nom", "Téléphone", "Comment vous joindre"], [SECRETS[1], SECRETS[3], SECRETS[0]]),
    ],
)
def test_who_answered_is_nowhere(tmp_path: Path, head: list[str], row: list[str], declared: bool) -> None:
    rows = [[*head, "Vos mots"], [*row, "Un accueil chaleureux"]]
    book = [["question", "id", "type", "choix"], ["Vos mots", "mots", "texte", ""]] if declared else None
    found, problems = read_form_rows(tmp_path, rows, book)
    words = everything(found, problems)
    assert "chaleureux" in words
    assert not [secret for secret in SECRETS if secret in words]
    assert "chaleureux" not in tell(problems, "fr") + repr(found) + repr(problems)


LABEL = st.from_regex(r"[A-ZÉ][a-zéè']{2,6}(, [a-z]{2,5}){0,1}", fullmatch=True)


@settings(deadline=None, max_examples=25)
@given(st.data(), st.sampled_from(["google", "microsoft"]))
def test_answers_written_in_these_layouts_come_back_equal(data: st.DataObject, tool: str) -> None:
    labels = data.draw(st.lists(LABEL, min_size=2, max_size=4, unique_by=lambda label: label.casefold()[:3]))
    picks = st.tuples(st.sampled_from(["", *labels]), st.sets(st.sampled_from(labels)))
    answers = data.draw(st.lists(picks, min_size=1, max_size=5))
    choices = "|".join(f"c{n}={label}" for n, label in enumerate(labels))
    book = [["question", "id", "type", "choix"], ["Une", "one", "choix", choices]]
    book += [["Plusieurs", "many", "plusieurs", choices]]
    if tool == "google":
        rows = [["Horodateur", "Une", "Plusieurs"]]
        rows += [[TIME, one, ", ".join(sorted(many))] for one, many in answers]
    else:
        rows = [["ID", "Heure de début", "Heure de fin", "Une", "Plusieurs"]]
        rows += [
            [str(n), TIME, TIME, one, "".join(f"{label};" for label in sorted(many))]
            for n, (one, many) in enumerate(answers)
        ]
    with tempfile.TemporaryDirectory() as folder:
        found, problems = read_form_rows(Path(folder), rows, book)
    assert not problems.items, tell(problems)
    code = {label: f"c{n}" for n, label in enumerate(labels)}
    assert values(found, "one") == [code.get(one, "") for one, _ in answers]
    assert chosen(found, "many") == [{code[label] for label in many} for _, many in answers]
    assert statuses(found, "one") == ["answered" if one else "no_answer" for one, _ in answers]


EVALUATION = """\
title: {fr: Ouvrir la porte}
organisation: {name: Association Exemple, fictional: true}
period: {start: 2023-01, end: 2024-12}
status: finished
sources:
  surveys:
    - {id: avant, file: export.csv, %stitle: {fr: Avant}, population: {fr: x}}
"""


def survey_of(folder: Path, form: str) -> tuple[Survey, Problems]:
    (folder / "evaluation.yaml").write_text(EVALUATION % form, encoding="utf-8")
    problems = Problems()
    opened = check_evaluation(Folders(folder), problems)
    assert opened is not None, tell(problems)
    told = Problems()
    return read_survey(opened, opened.settings.sources.surveys[0], told), told


def test_an_evaluation_asks_for_a_codebook_and_counts_by_it(tmp_path: Path) -> None:
    rows = [["Horodateur", "Q"], *([TIME, word] for word in ("Jamais", "Parfois", "Toujours"))]
    read_form_rows(tmp_path, rows)
    _, problems = survey_of(tmp_path, "")
    assert [item.code for item in problems.errors] == ["SRC-290"]
    book = [["question", "id", "type", "choix"], ["Q", "q", "choix", "Jamais; Parfois; Toujours"]]
    read_form_rows(tmp_path, rows, book)
    survey, problems = survey_of(tmp_path, "form: codebook.csv, ")
    assert survey.values["q"].tolist() == ["jamais", "parfois", "toujours"]
    assert survey.questions["scale"].tolist() == [""]
    assert [(item.code, item.severity) for item in problems] == [("SRC-310", "warning")]
    book = [
        [*line, *more] for line, more in zip(book, [["ordre", "mieux"], ["croissant", "bas"]], strict=True)
    ]
    read_form_rows(tmp_path, rows, book)
    survey, problems = survey_of(tmp_path, "form: codebook.csv, ")
    assert survey.questions["scale"].tolist() == ["q"]
    assert survey.scales["q"].better == "low"
    assert not problems.items, tell(problems)
