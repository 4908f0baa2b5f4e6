"""The registers: persons are protected where their age is unknown; figures keep their qualifier."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.sources.registers import read_budget, read_follow_up, read_persons, read_published

Association = Callable[..., Evaluation]


@pytest.mark.parametrize(
    ("age_band", "minor", "counted_minor"),
    [
        ("26-59", "non", False),
        ("26-59", "oui", True),
        ("26-59", "", True),
        ("", "non", False),
        ("", "", True),
        ("15-17", "", True),
        ("15-17", "non", True),
        ("moins de 18", "non", True),
        ("moins de 25", "non", False),
        ("17+", "non", False),
        ("18-25", "non", False),
        ("16-18", "non", False),
    ],
)
def test_a_person_of_unknown_age_counts_as_a_minor(
    age_band: str, minor: str, counted_minor: bool, association: Association
) -> None:
    text = f"code;tranche_age;mineur\nA1;{age_band};{minor}\n"
    table = read_persons(association({"p.csv": text}, persons="p.csv"), Problems())
    assert table["minor"].tolist() == [counted_minor]


def test_without_the_column_everybody_counts_as_a_minor(association: Association) -> None:
    table = read_persons(association({"p.csv": "code\nA1\nA2\n"}, persons="p.csv"), Problems())
    assert table["minor"].tolist() == [True, True]
    assert table["minor_declared"].isna().all()


def test_an_age_band_and_a_declaration_that_differ_are_said(association: Association) -> None:
    problems = Problems()
    text = "code;tranche_age;mineur\nA1;18-25;non\nA2;15-17;non\n"
    read_persons(association({"p.csv": text}, persons="p.csv"), problems)
    assert [(p.code, p.place.line) for p in problems] == [("SRC-037", 3)]


def test_a_code_given_twice_is_an_error_whatever_its_case(association: Association) -> None:
    problems = Problems()
    table = read_persons(association({"p.csv": "code;sexe\na1 ;f\nA1;f\nB2;\n"}, persons="p.csv"), problems)
    assert [(p.code, p.place.line) for p in problems] == [("SRC-018", 2), ("SRC-018", 3)]
    assert table["code"].tolist() == ["A1", "A1", "B2"]


def test_published_figures_keep_qualifier_and_upper_end(association: Association) -> None:
    text = (
        "id;titre_fr;valeur;valeur_max;qualificatif;mesure;source_fr;reperage\n"
        "a;x;environ 12 000;;;personnes;rapport;p. 1\n"
        "b;x;7 000 à 10 000;;;personnes;rapport;p. 1\n"
        "c;x;7000;10000;entre;personnes;rapport;p. 1\n"
        "d;x;;;;personnes;rapport;p. 1\n"
        "e;x;88;;;personnes;rapport;p. 1\n"
    )
    problems = Problems()
    table = read_published(association({"c.csv": text}, published="c.csv"), problems)
    assert table["value"].fillna(-1).tolist() == [12000, 7000, 7000, -1, 88]
    assert table["value_max"].fillna(-1).tolist() == [-1, 10000, 10000, -1, -1]
    assert table["qualifier"].tolist() == ["about", "range", "range", "", "exact"]
    assert table["measure"].unique().tolist() == ["people"]
    assert not list(problems)


def test_a_budget_reads_french_amounts_and_leaves_the_unknown_unknown(association: Association) -> None:
    text = "id;ligne_fr;prevu;realise\na;Salaires;38 000,50 €;37\u202f450\nb;Local;-12;\n"
    problems = Problems()
    table = read_budget(association({"b.csv": text}, budget="b.csv"), problems)
    assert table["planned"].tolist() == [38000.5, -12]
    assert table["realised"].fillna(-1).tolist() == [37450, -1]
    assert not list(problems)


def test_the_follow_up_takes_the_four_answers_in_both_languages(association: Association) -> None:
    words = ["acceptée", "En partie", "refused", "sans réponse"]
    rows = "".join(f"r{n};x;{word};15/03/2024\n" for n, word in enumerate(words))
    text = "id;recommandation_fr;reponse;demande_le\n" + rows
    problems = Problems()
    table = read_follow_up(association({"s.csv": text}, follow_up="s.csv"), problems)
    assert table["answer"].tolist() == ["accepted", "in_part", "refused", "none"]
    assert table["asked_on"].unique().tolist() == ["2024-03-15"]
    assert not list(problems)


def test_what_evaluation_yaml_does_not_name_is_an_empty_table(association: Association) -> None:
    evaluation, problems = association({}), Problems()
    for read in (read_persons, read_published, read_follow_up, read_budget):
        assert len(read(evaluation, problems)) == 0
    assert not list(problems)


def test_a_name_in_the_register_of_persons_is_refused_and_not_told(association: Association) -> None:
    problems = Problems()
    files = {"p.csv": "code;mineur\nA1;non\nFatima Ben;non\nA2 A3;non\n"}
    table = read_persons(association(files, persons="p.csv"), problems)
    assert [(item.code, item.place.line) for item in problems.errors] == [("SRC-045", 3), ("SRC-045", 4)]
    assert "Fatima" not in tell(problems, "fr")
    assert len(table) == 3


def test_a_column_of_telephones_in_the_register_of_persons_is_to_be_deleted(association: Association) -> None:
    problems = Problems()
    files = {"p.csv": "code;mineur;tel;quartier\nA1;non;06;gare\n"}
    read_persons(association(files, persons="p.csv"), problems)
    assert [(item.code, item.place.field) for item in problems] == [("SRC-049", "tel")]
