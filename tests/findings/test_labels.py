import pandas as pd
import pytest
from logs import indicator, log, persons, published, settings, survey

from avis.errors import AvisError, Problems
from avis.findings.answers import count_answers
from avis.findings.counts import count_indicators
from avis.findings.labels import LONGEST_LABEL, MOST_GROUPS, check_groups
from avis.settings import ShownQuestion


def register(by: str, *values: str) -> pd.DataFrame:
    """A register as it is read, with the lines of its file."""
    return pd.DataFrame(
        {
            "code": [f"A{n}" for n in range(len(values))],
            by: list(values),
            "file": "personnes.csv",
            "sheet": "",
            "row": range(2, len(values) + 2),
        }
    )


def told(by: str, *values: str) -> list[tuple[str, int]]:
    problems = Problems()
    held = register(by, *values)
    assert check_groups(held, by, problems) is (not problems.items)
    words = [problem.told("fr") if hasattr(problem, "told") else str(problem) for problem in problems]
    assert not any(value and value in text for value in values for text in words), "never a value"
    return [(problem.code, problem.place.line) for problem in problems]


@pytest.mark.parametrize("by", ["nom", "Prénom", "note", "téléphone", "date de naissance", "first name"])
def test_a_column_that_speaks_of_one_person_parts_no_table(by: str) -> None:
    assert told(by, "Zoé Quidam", "Zoé Quidam") == [("FIN-017", 0)]


@pytest.mark.parametrize(("many", "codes"), [(0, []), (1, [("FIN-018", 0)])])
def test_a_column_of_too_many_values_parts_no_table(many: int, codes: list[tuple[str, int]]) -> None:
    values = [f"quartier {chr(97 + at)}" for at in range(MOST_GROUPS + many)]
    assert told("quartier", *values, *values) == codes


WRONG = ["06 12 34 56 78", "612345678", "zq@exemple.test", "37", "37 ans", "x" * (LONGEST_LABEL + 1)]


@pytest.mark.parametrize("value", WRONG)
def test_a_value_that_is_no_group_is_named_by_its_line(value: str) -> None:
    assert told("age_band", "18-25", value, "18-25") == [("FIN-019", 3)]


@pytest.mark.parametrize("value", ["18-25", "60+", "moins de 18 ans", "1990-1999", "x" * LONGEST_LABEL])
def test_a_band_or_a_word_may_be_a_label_even_for_one_person(value: str) -> None:
    assert told("age_band", "26-35", value, "26-35") == []


def test_a_value_of_a_free_column_that_one_person_has_alone_is_refused() -> None:
    assert told("quartier", "Nord", "Nord", "Sud") == [("FIN-019", 4)]
    assert told("quartier", "Nord", "NORD", "") == []


def test_neither_a_question_nor_an_indicator_is_parted_by_what_names_people() -> None:
    wave = survey("avant", {"q": ["oui"]}, {"q": ["oui"]}, person=["A1"])
    who = persons(A1="06 12 34 56 78")
    with pytest.raises(AvisError) as caught:
        count_answers(wave, ShownQuestion(question="q", by="age_band"), who, settings())
    assert {problem.code for problem in caught.value.problems} == {"FIN-019"}
    wanted = [indicator(measure="people", count="person_codes", by=("age_band",))]
    rows = log({"period_start": "2023", "person_codes": "A1"})
    with pytest.raises(AvisError) as caught:
        count_indicators(rows, who, published(), wanted, "2023", "2023", "none")
    assert {problem.code for problem in caught.value.problems} == {"FIN-019"}


@pytest.mark.parametrize(("place", "codes"), [("12, rue des Lilas", ["FIN-020"]), ("Les Tanneurs", [])])
def test_a_place_that_looks_like_an_address_is_remarked(place: str, codes: list[str]) -> None:
    problems = Problems()
    rows = log({"period_start": "2023", "place": place})
    count_indicators(
        rows, persons(), published(), [indicator(by=("place",))], "2023", "2023", "none", problems
    )
    assert [problem.code for problem in problems] == codes
