import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from logs import indicator, log, n, persons, published

from avis.disclosure.audit import audit
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.errors import AvisError, Problems
from avis.findings.counts import add, count_indicators
from avis.findings.model import Finding, Findings, load_all, save
from avis.findings.published import known_figures
from avis.i18n import LANGUAGES
from avis.settings import Indicator

NOBODY, NOTHING = persons(), published()
PEOPLE = {"measure": "people", "count": "person_codes"}


def count(
    rows: pd.DataFrame,
    *indicators: Indicator,
    who: pd.DataFrame = NOBODY,
    figures: pd.DataFrame = NOTHING,
    minors: str = "none",
    told: Problems | None = None,
) -> dict[str, Finding]:
    found = count_indicators(rows, who, figures, indicators, "2023", "2024", minors, told)
    return {finding.id: finding for finding in found}


def test_a_row_is_an_act_and_a_count_is_several() -> None:
    rows = log({"period_start": "2023-02-01"}, {"period_start": "2023-03", "count": 4})
    found = count(rows, indicator(), indicator(id="compte", count="count"))
    assert (n(found["rendez-vous"]), n(found["compte"])) == (2, 5)


def test_a_person_who_comes_often_is_one_person() -> None:
    rows = log(
        {"period_start": "2023-02-01", "person_codes": "A1 A2"},
        {"period_start": "2024-02-01", "person_codes": "A1, A3; A1"},
    )
    found = count(rows, indicator(**PEOPLE, by=("year",)))
    assert n(found["rendez-vous"]) == 3
    assert [n(found["rendez-vous-year"], year=year) for year in ("2023", "2024")] == [2, 2]


def test_people_of_two_years_are_covered_and_never_summed() -> None:
    rows = log(
        {"period_start": "2023", "person_codes": "A1 A2"}, {"period_start": "2024", "person_codes": "A1"}
    )
    (relation,) = count(rows, indicator(**PEOPLE, by=("year",)))["rendez-vous-year"].relations
    assert relation.kind == "cover"


def test_those_who_are_not_in_a_year_are_counted_for_protection_and_not_printed() -> None:
    rows = log(
        {"period_start": "2023", "person_codes": "A1 A2 A3"}, {"period_start": "2024", "person_codes": "A1"}
    )
    finding = count(rows, indicator(**PEOPLE, by=("year",)))["rendez-vous-year"]
    # not 2023, not 2024; both years together, one year too much, those in several; 2023 without 2024
    assert [latent.n for latent in finding.latent] == [0, 2, 4, 1, 1, 2]


def test_people_by_age_add_up_since_each_has_one_age() -> None:
    rows = log({"period_start": "2023", "person_codes": "A1 A2 A9"})
    finding = count(
        rows, indicator(**PEOPLE, by=("age_band",)), who=persons(A1="18-25", A2="26-35", A3="60+")
    )["rendez-vous-age_band"]
    counted = {cell.where[0][1]: cell.n for cell in finding.cells if cell.where}
    assert counted == {"18-25": 1, "26-35": 1, "60+": 0, "unknown": 1}
    assert finding.relations[0].kind == "sum"


@pytest.mark.parametrize("measure", ["people", "engaged"])
def test_adding_people_is_an_error(measure: str) -> None:
    rows = log({"period_start": "2023", "person_codes": "A1"})
    found = count(rows, indicator(measure=measure, count="person_codes"))["rendez-vous"]
    with pytest.raises(AvisError) as error:
        add(found, found)
    assert [problem.code for problem in error.value.problems] == ["FIN-001"]


def test_adding_acts_is_not_and_adding_acts_to_hours_is() -> None:
    rows = log({"period_start": "2023", "hours": 2})
    found = count(rows, indicator(), indicator(id="heures", measure="hours", count="hours"))
    assert add(found["rendez-vous"], found["rendez-vous"]) == 2
    with pytest.raises(AvisError, match="FIN-015"):
        add(found["rendez-vous"], found["heures"])


@pytest.mark.parametrize(("rows", "expected"), [(1, 5), (2, None)])
def test_two_declared_numbers_of_people_are_not_added(rows: int, expected: float | None) -> None:
    told = Problems()
    lines = log(*[{"period_start": "2023", "people": 5}] * rows)
    found = count(lines, indicator(measure="people", count="people"), told=told)
    assert n(found["rendez-vous"]) == expected
    assert [problem.code for problem in told] == ["FIN-002"] * (rows - 1)


def test_what_nobody_logged_is_not_documented_and_not_zero() -> None:
    found = count(log({"period_start": "2023"}), indicator(where={"type": "groupe"}))["rendez-vous"]
    assert (found.cells[0].status, found.cells[0].n) == ("not_documented", None)


def test_a_year_with_other_rows_is_zero_and_a_year_without_is_not_documented() -> None:
    first = {"period_start": "2023-01"}
    finding = count(log(first), indicator(by=("year",)))["rendez-vous-year"]
    assert n(finding, year="2024") is None
    finding = count(log(first, {"period_start": "2024-01", "type": "groupe"}), indicator(by=("year",)))[
        "rendez-vous-year"
    ]
    assert n(finding, year="2024") == 0


def test_a_missing_figure_makes_the_sum_at_least() -> None:
    told = Problems()
    rows = log({"period_start": "2023", "participants": 8}, {"period_start": "2023"})
    found = count(rows, indicator(measure="attendances", count="participants"), told=told)["rendez-vous"]
    assert (found.cells[0].n, found.cells[0].qualifier) == (8, "at_least")
    assert [problem.code for problem in told] == ["FIN-011"]


def test_one_estimate_makes_the_sum_an_estimate() -> None:
    rows = log(
        {"period_start": "2023", "count": 8, "qualifier": "about"}, {"period_start": "2023", "count": 2}
    )
    found = count(rows, indicator(count="count"))["rendez-vous"]
    assert (found.cells[0].n, found.cells[0].qualifier) == (10, "about")


def test_a_range_keeps_its_upper_end() -> None:
    rows = log(
        {"period_start": "2023", "participants": 7000, "qualifier": "range", "high": 10000},
        {"period_start": "2023", "participants": 20},
    )
    whole = count(rows, indicator(measure="attendances", count="participants"))["rendez-vous"].cells[0]
    assert (whole.n, whole.qualifier, whole.high) == (7020, "range", 10020)


def test_a_range_beside_a_minimum_has_no_upper_end() -> None:
    rows = log(
        {"period_start": "2023", "participants": 5, "qualifier": "range", "high": 8},
        {"period_start": "2023", "participants": 20, "qualifier": "at_least"},
    )
    whole = count(rows, indicator(measure="attendances", count="participants"))["rendez-vous"].cells[0]
    assert (whole.n, whole.qualifier, whole.high) == (25, "at_least", None)


def test_rows_outside_the_period_are_left_out_and_said() -> None:
    told = Problems()
    rows = log(
        {"period_start": "2022-12"},
        {"period_start": "2023-01"},
        {"period_start": "2022", "period_end": "2023"},
    )
    assert n(count(rows, indicator(), told=told)["rendez-vous"]) == 1
    assert [problem.code for problem in told] == ["FIN-004"]


def test_a_row_across_two_years_is_in_neither() -> None:
    rows = log({"period_start": "2023-12", "period_end": "2024-01"}, {"period_start": "2024-02"})
    finding = count(rows, indicator(by=("year",)))["rendez-vous-year"]
    assert (n(finding, year="several"), n(finding, year="2023"), n(finding, year="2024")) == (1, None, 1)


def test_a_published_figure_keeps_its_qualifier_and_needs_no_protection() -> None:
    span = {"period_start": "2018", "period_end": "2019"}
    figures = published({"id": "jeunes", "value": 12000, "qualifier": "about", **span})
    found = count(
        log({}), indicator(id="i", measure="people", count="figure", figure="jeunes"), figures=figures
    )["i"]
    assert (found.cells[0].n, found.cells[0].qualifier, found.protect) == (12000, "about", False)
    assert found.period == "2018/2019"


def test_an_unknown_figure_is_an_error() -> None:
    with pytest.raises(AvisError, match="FIN-007"):
        count(log({}), indicator(count="figure", figure="rien"))


def test_an_unknown_column_of_the_log_is_an_error() -> None:
    with pytest.raises(AvisError, match="FIN-014"):
        count(log({}), indicator(where={"ville": "x"}))


@pytest.mark.parametrize(("value", "public", "codes"), [(2, ((),), []), (3, (), ["FIN-012"])])
def test_a_count_that_was_published_is_known_to_all(value: int, public: object, codes: list[str]) -> None:
    told = Problems()
    figures = published({"id": "x", "value": value, "qualifier": "exact", "indicator": "rendez-vous"})
    rows = log({"period_start": "2023", "person_codes": "A1 A2"})
    assert count(rows, indicator(**PEOPLE), figures=figures, told=told)["rendez-vous"].public == public
    assert [problem.code for problem in told] == codes


def test_two_names_for_people_of_the_log_are_one_population() -> None:
    rows = log({"period_start": "2023", "person_codes": "A1"})
    found = count(
        rows, indicator(id="a", population="x", **PEOPLE), indicator(id="b", population="y", **PEOPLE)
    )
    assert found["a"].key(()) == found["b"].key(())


@pytest.mark.parametrize(
    ("mode", "codes", "minors"),
    [("none", "A1 A9", False), ("all", "A1", True), ("some", "A1", False), ("some", "A1 A9", True)],
)
def test_an_unknown_age_is_a_minor(mode: str, codes: str, minors: bool) -> None:
    rows = log({"period_start": "2023", "person_codes": codes})
    found = count(rows, indicator(**PEOPLE), who=persons(A1="18-25"), minors=mode)["rendez-vous"]
    assert found.minors is minors


def test_titles_begin_with_a_capital_letter_and_bases_read_as_words() -> None:
    rows = log({"period_start": "2023"})
    found = count(rows, indicator(label={"fr": "écoute", "en": "listening"}, by=("year",)))
    assert [finding.title["fr"] for finding in found.values()] == ["Écoute", "Écoute, par année"]
    assert "lignes «\u00a0rdv\u00a0», 2023" not in found["rendez-vous"].evidence.base["fr"]
    assert "lignes «\u00a0rdv\u00a0», de 2023 à 2024" in found["rendez-vous"].evidence.base["fr"]


def test_every_finding_says_its_rule_and_base_in_both_languages() -> None:
    rows = log({"period_start": "2023", "person_codes": "A1", "participants": 3, "hours": 1, "people": 2})
    ways = ("rows", "count", "participants", "person_codes", "people", "hours")
    found = count(rows, *(indicator(id=way, count=way) for way in ways))
    for finding in found.values():
        assert all(finding.evidence.rule[lang] and finding.evidence.base[lang] for lang in LANGUAGES)


@given(
    st.lists(st.tuples(st.sampled_from(["2023", "2024-03", "2023-T2", ""]), st.integers(1, 9)), min_size=1)
)
@trials(max_examples=30, deadline=None, derandomize=True)
def test_acts_of_all_years_are_the_total(rows: list[tuple[str, int]]) -> None:
    made = log(*({"period_start": start, "count": held} for start, held in rows))
    finding = count(made, indicator(count="count", by=("year",)))["rendez-vous-year"]
    assert sum(cell.n or 0 for cell in finding.cells if cell.where) == n(finding)


def test_findings_come_back_as_they_were_and_give_the_same_bytes(tmp_path: Path) -> None:
    rows = log(
        {"period_start": "2023", "person_codes": "A1 A2"}, {"period_start": "2024", "person_codes": "A1"}
    )
    found = tuple(count(rows, indicator(**PEOPLE, by=("year",))).values())
    path = save(tmp_path, Findings(name="activites", findings=found))
    first = path.read_bytes()
    assert load_all(tmp_path) == (Findings(name="activites", findings=found),)
    save(tmp_path, Findings(name="activites", findings=found))
    assert path.read_bytes() == first


def test_a_spoilt_file_of_findings_is_said(tmp_path: Path) -> None:
    (tmp_path / "activites.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AvisError, match="FIN-009"):
        load_all(tmp_path)


@pytest.mark.parametrize(("value", "qualifier", "known"), [(2, "exact", 1), (3, "exact", 0), (3, "about", 0)])
def test_a_figure_of_a_population_that_we_count_is_known_where_it_is_the_same(
    value: int, qualifier: str, known: int
) -> None:
    rows = log({"period_start": "2023", "people": 2})
    found = count(rows, indicator(measure="people", count="people", population="membres", where={}))
    figures = published(
        {"id": "x", "value": value, "qualifier": qualifier, "measure": "people", "population": "membres"}
    )
    told = known_figures(figures, found.values())
    assert len(told) == known
    assert protect([*found.values(), *told], Rules()).hidden == 1 - known


@pytest.mark.parametrize(
    ("value", "qualifier", "high", "bounds"),
    [
        (20, "at_least", "", (20, math.inf)),
        (30, "at_most", "", (-math.inf, 30)),
        (20, "range", 25, (20, 25)),
        (20, "about", "", (15, 25)),
    ],
)
def test_a_published_figure_with_a_reserve_bounds_the_population_that_we_count(
    value: int, qualifier: str, high: object, bounds: tuple[float, float]
) -> None:
    rows = log({"period_start": "2023", "people": 23})
    found = count(rows, indicator(measure="people", count="people", population="membres", where={}))
    row = {"id": "x", "value": value, "value_max": high, "qualifier": qualifier}
    (told,) = known_figures(published(row | {"measure": "people", "population": "membres"}), found.values())
    assert [(one.low, one.high) for one in told.stated] == [bounds]
    assert not told.cells


def test_a_published_figure_of_one_year_bounds_that_year() -> None:
    rows = log(*({"period_start": "2023", "person_codes": f"A{i}"} for i in range(23)))
    row = {"id": "x", "value": 20, "qualifier": "at_least", "measure": "people", "indicator": "rendez-vous"}
    figures = published(row | {"period_start": "2023", "period_end": "2023"})
    by_year = count(rows, indicator(**PEOPLE, by=("year",)), figures=figures)["rendez-vous-year"]
    (told,) = by_year.stated
    assert (told.terms[0][0].where, told.low) == ((("type", "rdv"), ("year", "2023")), 20)


def test_what_a_public_figure_bounds_is_no_wider_for_the_audit() -> None:
    """4 at one place, 30 at the other, 34 unprinted; "33 to 35" published and 30 printed leave 3 to 5."""
    rows = log(*({"period_start": "2023", "person_codes": f"A{i}", "place": "ici"} for i in range(4)))
    more = log(*({"period_start": "2023", "person_codes": f"B{i}", "place": "la"} for i in range(30)))
    row = {"id": "x", "value": 33, "value_max": 35, "qualifier": "range", "measure": "people"}
    found = count(
        pd.concat([rows, more], ignore_index=True),
        indicator(**PEOPLE, by=("place",)),
        figures=published(row | {"indicator": "rendez-vous"}),
    )["rendez-vous-place"]
    few = found.key((("place", "ici"),))
    open_total = audit([found], {few, found.key(())}, Rules())
    assert not open_total.passed
    assert open_total.intervals[few].high <= 35
    assert protect([found], Rules()).passed


def test_a_published_figure_equal_in_key_to_a_hidden_cell_is_known_to_the_reader() -> None:
    """4 of 34 would be hidden with the 30; somebody published the 4: the 30 is then no secret either."""
    here, there = {"place": "ici"}, {"place": "la"}
    rows = log(*({"period_start": "2023", "person_codes": f"A{i}", **here} for i in range(4)))
    rows = pd.concat(
        [rows, log(*({"period_start": "2023", "person_codes": f"B{i}", **there} for i in range(30)))],
        ignore_index=True,
    )
    figures = published({"id": "x", "value": 4, "qualifier": "exact"})
    taken = indicator(
        id="f", measure="people", count="figure", figure="x", population="activities", where=here
    )
    found = count(rows, indicator(**PEOPLE, by=("place",), where={}), taken, figures=figures)
    alone = protect([found["rendez-vous-place"]], Rules())
    assert alone.hidden_keys == {found["rendez-vous-place"].key((("place", p),)) for p in ("ici", "la")}
    known = protect(list(found.values()), Rules())
    assert known.passed and found["f"].key(()) not in known.hidden_keys
