"""What is counted is known by how it was counted, and what joins findings is handed to protection."""

import pandas as pd
import pytest
from logs import indicator, log, n, persons, published

from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.errors import Problems
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.settings import Indicator

ATTENDED = {"measure": "attendances", "count": "participants"}
PEOPLE = {"measure": "people", "count": "person_codes"}


def count(rows: pd.DataFrame, *indicators: Indicator, told: Problems | None = None) -> dict[str, Finding]:
    found = count_indicators(rows, persons(), published(), indicators, "2023", "2024", "none", told)
    return {finding.id: finding for finding in found}


@pytest.mark.parametrize("label", ["acts", "productions", "attendances", "engaged"])
@pytest.mark.parametrize("way", ["person_codes", "people"])
def test_people_are_protected_whatever_an_evaluation_calls_them(label: str, way: str) -> None:
    told = Problems()
    rows = log({"period_start": "2023", "person_codes": "A1 A2", "people": 2})
    found = count(rows, indicator(measure=label, count=way), told=told)["rendez-vous"]
    assert (found.measure, found.protect) == ("people", True)
    assert protect([found], Rules()).hidden_keys == {found.key(())}
    assert [problem.code for problem in told] == ["FIN-016"]


def test_mislabelled_people_share_their_margins_with_people() -> None:
    rows = log({"period_start": "2023", "person_codes": "A1"})
    found = count(rows, indicator(id="a", **PEOPLE), indicator(id="b", measure="acts", count="person_codes"))
    assert found["a"].key(()) == found["b"].key(())


@pytest.mark.parametrize(("second", "measure"), [("juriste", "engaged"), ("", "people")])
def test_people_are_engaged_only_where_every_line_names_a_role(second: str, measure: str) -> None:
    rows = log(
        {"period_start": "2023", "person_codes": "A1", "role": "interprète"},
        {"period_start": "2023", "person_codes": "A2", "role": second},
    )
    found = count(rows, indicator(measure="engaged", count="person_codes"))["rendez-vous"]
    assert (found.measure, found.protect) == (measure, measure == "people")


@pytest.mark.parametrize(("visits", "hidden"), [(10, 1), (11, 0), (12, 0), (0, 0)])
def test_few_attendances_are_hidden_as_few_people_are(visits: int, hidden: int) -> None:
    rows = log({"period_start": "2023", "participants": visits})
    found = count(rows, indicator(**ATTENDED))["rendez-vous"]
    assert protect([found], Rules()).hidden == hidden


def test_all_attendances_in_one_year_tell_of_nobody() -> None:
    rows = log({"period_start": "2023", "participants": 30}, {"period_start": "2024", "participants": 0})
    found = count(rows, indicator(**ATTENDED, by=("year",)))
    assert protect(list(found.values()), Rules()).hidden == 0


@pytest.mark.parametrize("way", ["rows", "count", "hours"])
def test_acts_and_hours_stay_unmasked(way: str) -> None:
    rows = log({"period_start": "2023", "count": 2, "hours": 2})
    measure = "hours" if way == "hours" else "acts"
    found = count(rows, indicator(measure=measure, count=way))["rendez-vous"]
    assert not found.protect and protect([found], Rules()).hidden == 0


def test_attendances_add_up_even_where_one_of_them_is_an_estimate() -> None:
    """What we print was added: 40 about, less 36, is the 4 that is hidden."""
    rows = log(
        {"period_start": "2023", "participants": 36, "qualifier": "about"},
        {"period_start": "2024", "participants": 4},
    )
    found = count(rows, indicator(**ATTENDED, by=("year",)))
    protected = protect(list(found.values()), Rules())
    assert protected.passed
    key = found["rendez-vous-year"].key
    assert protected.hidden_keys == {key((("year", "2023"),)), key((("year", "2024"),))}


def test_a_year_nobody_counted_does_not_hide_the_sum_from_protection() -> None:
    rows = log({"period_start": "2023", "participants": 36}, {"period_start": "2024"})
    (relation,) = count(rows, indicator(**ATTENDED, by=("year",)))["rendez-vous-year"].relations
    assert (relation.kind, relation.parts) == ("sum", ((("year", "2023"),),))


def test_quarters_of_attendances_add_up_to_their_year() -> None:
    rows = log(
        {"period_start": "2023-01", "participants": 40},
        {"period_start": "2023-05", "participants": 4},
        {"period_start": "2023-08", "participants": 0},
        {"period_start": "2023-11", "participants": 0},
        {"period_start": "2024-02", "participants": 50},
    )
    found = count(rows, indicator(**ATTENDED, by=("year", "quarter")))
    protected = protect(list(found.values()), Rules())
    quarter = found["rendez-vous-quarter"].key
    assert protected.passed
    assert quarter((("quarter", "2023-T2"),)) in protected.hidden_keys
    assert len(protected.hidden_keys) >= 2


def test_what_lies_across_quarters_belongs_to_the_year_and_to_no_quarter() -> None:
    rows = log(
        {"period_start": "2023", "participants": 20, "person_codes": "A1 A2"},
        {"period_start": "2023-05", "participants": 30, "person_codes": "A3"},
    )
    found = count(rows, indicator(**ATTENDED, by=("year", "quarter")), indicator(id="p", **PEOPLE))
    assert n(found["rendez-vous-year"], year="2023") == 50
    assert [latent.n for latent in found["rendez-vous-quarter"].latent] == [20]
    assert protect(list(found.values())[:3], Rules()).hidden == 0
    people = count(rows, indicator(**PEOPLE, by=("year", "quarter")))["rendez-vous-quarter"]
    covers = [link for link in people.links if link.kind == "cover" and ("year", "2023") in link.total.where]
    assert any(("quarter", "several") in part.where for link in covers for part in link.parts)


def test_people_are_at_most_the_attendances_of_the_same_filter() -> None:
    rows = log({"period_start": "2023", "participants": 3, "person_codes": "A1 A2"})
    found = count(rows, indicator(id="p", **PEOPLE), indicator(id="v", **ATTENDED))
    (link,) = found["p"].links
    assert (link.kind, [part.measure for part in link.parts]) == ("cover", ["attendances"])


def test_attendances_that_were_not_noted_do_not_bound_people() -> None:
    rows = log({"period_start": "2023", "participants": 1, "person_codes": "A1 A2"})
    assert count(rows, indicator(id="p", **PEOPLE), indicator(id="v", **ATTENDED))["p"].links == ()


def test_people_hidden_beside_their_attendances_are_bounded_by_them() -> None:
    """7 people in 12 visits, by two places: the visits printed bound the people hidden."""
    rows = log(
        *(
            {"period_start": "2023", "place": "a", "person_codes": f"A{i}", "participants": 2}
            for i in range(7)
        ),
        *(
            {"period_start": "2023", "place": "b", "person_codes": f"B{i}", "participants": 2}
            for i in range(30)
        ),
    )
    found = count(
        rows, indicator(id="p", **PEOPLE, by=("place",)), indicator(id="v", **ATTENDED, by=("place",))
    )
    protected = protect(list(found.values()), Rules())
    interval = protected.audit.intervals[found["p-place"].key((("place", "a"),))]
    assert protected.passed and interval.high == 14
