"""Published figures held against what is counted: equal, different, only published, only computed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest
from logs import indicator, log, persons, published

from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.errors import Problems, tell
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.findings.reconciled import meaning
from avis.settings import Indicator, Label

ACTS = log(
    *({"period_start": f"2023-{month:02}"} for month in range(1, 5)),
    *({"period_start": f"2024-{month:02}"} for month in range(1, 7)),
).assign(file="a.csv", sheet="", row=range(2, 12))
PEOPLE: dict[str, object] = {"measure": "people", "count": "person_codes"}


def figure(**fields: object) -> dict[str, object]:
    return {"id": "f", "qualifier": "exact", "indicator": "rendez-vous", "measure": "acts", **fields}


def hold(
    *figures: Mapping[str, object],
    rows: pd.DataFrame = ACTS,
    wanted: tuple[Indicator, ...] = (),
    **more: object,
) -> tuple[dict[str, Finding], Problems]:
    problems = Problems()
    known = published(*figures)
    for column in ("gap_fr", "gap_en"):
        if column not in known:
            known[column] = [str(one.get(column, "")) for one in figures]
    known = known.assign(file="p.csv", sheet="", row=range(2, 2 + len(known)))
    asked = wanted or (indicator(),)
    found = count_indicators(
        rows,
        persons(),
        known,
        asked,
        "2023",
        "2024",
        "none",
        problems,
        **more,  # type: ignore[arg-type]
    )
    return {one.id: one for one in found}, problems


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


@pytest.mark.parametrize(
    ("value", "qualifier", "high", "agrees"),
    [
        *((9, "exact", "", False), (10, "exact", "", True), (11, "exact", "", False)),
        *((10, "at_least", "", True), (11, "at_least", "", False)),
        *((9, "at_most", "", False), (10, "at_most", "", True)),
        *((7, "range", 9, False), (7, "range", 10, True), (10, "range", 12, True), (11, "range", 12, False)),
        *((20, "about", "", False), (10, "about", "", True), (9, "about", "", False)),
    ],
)
def test_a_figure_agrees_within_what_it_means(value: int, qualifier: str, high: object, agrees: bool) -> None:
    found, problems = hold(figure(value=value, qualifier=qualifier, value_max=high))
    assert codes(problems) == ([] if agrees else ["FIN-012"])
    assert found["rendez-vous"].public == (((),) if agrees and qualifier == "exact" else ())


@pytest.mark.parametrize(
    ("value", "span"), [(12000, (11500, 12500)), (1150, (1145, 1155)), (40, (35, 45)), (0, (-0.5, 0.5))]
)
def test_about_means_all_that_round_to_it(value: float, span: tuple[float, float]) -> None:
    assert meaning(value, "about") == span


def test_a_difference_fails_and_names_both_values_and_the_rows() -> None:
    _, problems = hold(figure(value=12))
    assert codes(problems) == ["FIN-012"]
    assert problems.errors
    assert (problems.items[0].place.file, problems.items[0].place.line) == ("p.csv", 2)
    for lang in ("fr", "en"):
        words = tell(problems, lang)  # type: ignore[arg-type]
        assert [part for part in ("12", "10", "a.csv", "2–11", "rendez-vous") if part not in words] == []


def test_a_difference_that_is_explained_is_a_remark_and_printed() -> None:
    found, problems = hold(figure(value=12, gap_fr="Deux annulés.", gap_en="Two cancelled."))
    assert codes(problems) == ["FIN-021"]
    assert not problems.errors
    assert found["rendez-vous"].beside["en"].endswith("Two cancelled.")


@pytest.mark.parametrize(("value", "told"), [(6, []), (10, ["FIN-012"])])
def test_a_figure_is_held_against_its_own_period(value: int, told: list[str]) -> None:
    found, problems = hold(figure(value=value, period_start="2024", period_end="2024"))
    assert codes(problems) == told
    assert found["rendez-vous"].public == ()  # the whole is not what was published


def test_rows_that_may_belong_to_the_period_make_a_count_at_least() -> None:
    rows = pd.concat(
        [ACTS, log({"period_start": ""}).assign(file="a.csv", sheet="", row=12)], ignore_index=True
    )
    assert codes(hold(figure(value=7, period_start="2024"), rows=rows)[1]) == []
    assert codes(hold(figure(value=5, period_start="2024"), rows=rows)[1]) == ["FIN-012"]


@pytest.mark.parametrize(
    "fields",
    [{"period_start": "2022", "period_end": "2024"}, {"period_start": "2025"}],
)
def test_a_figure_whose_period_leaves_the_evaluation_is_only_published(fields: dict[str, object]) -> None:
    assert codes(hold(figure(value=10, **fields))[1]) == ["FIN-022"]


def test_a_figure_without_a_value_says_nothing() -> None:
    assert codes(hold(figure(value=""))[1]) == []


def test_a_figure_of_no_indicator_is_told_with_a_proposal() -> None:
    _, problems = hold(figure(value=10, indicator="rendezvous"))
    assert codes(problems) == ["FIN-023"]
    assert dict(problems.items[0].facts)["hint"] == "rendez-vous"


def test_what_is_only_computed_is_told_once_where_others_have_a_figure() -> None:
    others = tuple(indicator(id=id) for id in ("b", "c"))
    _, problems = hold(figure(value=10), wanted=(indicator(), *others))
    alone = [item for item in problems if item.code == "FIN-024"]
    assert [dict(item.facts)["ids"] in ("b et c", "b and c") for item in alone] == [True]
    assert "FIN-024" not in codes(hold(wanted=others)[1])


@pytest.mark.parametrize(("people", "shown"), [(10, False), (11, True), (12, True)])
def test_a_number_of_people_under_the_threshold_is_not_told(people: int, shown: bool) -> None:
    rows = log({"period_start": "2024", "person_codes": " ".join(f"A{n}" for n in range(people))})
    rows = rows.assign(file="a.csv", sheet="", row=2)
    told = figure(value=500, measure="people")
    _, problems = hold(told, rows=rows, wanted=(indicator(**PEOPLE),), threshold=11)
    assert codes(problems) == ["FIN-012"]
    counted = dict(problems.items[0].facts)["counted"]
    assert (counted == str(people)) == shown
    assert (str(people) in tell(problems, "fr")) == shown


def test_words_of_the_evaluation_are_printed_in_each_language() -> None:
    labels = {
        "type": {"rdv": Label(fr="rendez-vous", en="appointment", spelled=("R.D.V",))},
        "role": {"juriste": Label(fr="juriste", en="legal adviser")},
    }
    rows = log({"period_start": "2024", "role": "juriste"}, {"period_start": "2024", "role": "autre"})
    asked = indicator(where={"type": "Rendez vous"}, by=("role",))
    found, _ = hold(rows=rows, wanted=(asked,), labels=labels)
    values = {value.id: value.label for value in found["rendez-vous-role"].dimensions[0].values}
    assert values["juriste"] == {"fr": "juriste", "en": "legal adviser"}
    assert values["autre"] == {"fr": "autre", "en": "autre"}
    base = found["rendez-vous"].evidence.base
    assert ("rendez-vous" in base["fr"], "appointment" in base["en"]) == (True, True)
    assert found["rendez-vous"].cells[0].n == 2


@pytest.mark.parametrize(
    ("days", "value", "verdict"),
    [(("03-02", "03-20", "03-25"), 3, "FIN-012"), (("03-02", "03-20", "03-25"), 1, "")]
    + [(("03-01", "03-10", "03-11"), n, "" if n == 2 else "FIN-012") for n in (1, 2, 3)],
)
def test_a_period_of_days_is_held_by_the_day(days: tuple[str, ...], value: int, verdict: str) -> None:
    rows = log(*({"period_start": f"2024-{day}"} for day in days)).assign(
        file="a.csv", sheet="", row=[2, 3, 4]
    )
    _, problems = hold(figure(value=value, period_start="2024-03-01", period_end="2024-03-10"), rows=rows)
    assert codes(problems) == ([verdict] if verdict else [])


@pytest.mark.parametrize(("value", "agrees"), [(3, False), (4, True), (5, True), (6, False), (900, False)])
def test_a_row_without_a_date_makes_room_for_itself_alone(value: int, agrees: bool) -> None:
    undated = log({}).assign(file="a.csv", sheet="", row=[12])
    rows = pd.concat([ACTS, undated], ignore_index=True)
    found, problems = hold(figure(value=value, period_start="2023-01", period_end="2023-06"), rows=rows)
    assert codes(problems) == ([] if agrees else ["FIN-012"])
    assert found["rendez-vous"].public == ()  # agreeing is not being equal


def test_a_row_across_the_edge_of_the_figures_own_period_is_in_doubt() -> None:
    across = log({"period_start": "2023-06", "period_end": "2023-08"}).assign(
        file="a.csv", sheet="", row=[12]
    )
    rows = pd.concat([ACTS, across], ignore_index=True)
    for value, agrees in ((4, True), (5, True), (6, False)):
        _, problems = hold(figure(value=value, period_start="2023-01", period_end="2023-06"), rows=rows)
        assert codes(problems) == ([] if agrees else ["FIN-012"])


@pytest.mark.parametrize(
    ("value", "span"), [(0.3, (0.25, 0.35)), (7.5, (7.45, 7.55)), (0.125, (0.1245, 0.1255))]
)
def test_about_means_a_step_of_the_last_decimal(value: float, span: tuple[float, float]) -> None:
    assert meaning(value, "about") == span


@pytest.mark.parametrize("measure", ["acts", "people", "hours", "attendances"])
def test_a_number_of_people_is_never_called_equal_to_a_number_of_acts(measure: str) -> None:
    found, problems = hold(figure(value=10, measure=measure))
    assert codes(problems) == ([] if measure == "acts" else ["FIN-027"])
    assert found["rendez-vous"].public == (((),) if measure == "acts" else ())


def test_that_a_figure_agrees_or_differs_is_not_said_beside_a_hidden_whole() -> None:
    """The words « 9: two cancelled » beside a hidden count would tell the count."""
    rows = log(*({"period_start": "2023", "person_codes": f"A{i}"} for i in range(7)))
    told = figure(value=9, measure="people", gap_fr="Deux annulés.", gap_en="Two cancelled.")
    found = list(hold(told, rows=rows, wanted=(indicator(**PEOPLE),))[0].values())
    (table,) = protected_tables(found, protect(found, Rules()))
    assert table.cells[0].status == "hidden"
    assert found[0].beside["en"].endswith("Two cancelled.")
    assert "cancelled" not in table.evidence.rule["en"]
