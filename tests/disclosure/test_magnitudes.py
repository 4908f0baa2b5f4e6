"""Hours that people stand behind: who contributes decides what may be read, minute by minute."""

from collections.abc import Sequence

import pandas as pd
import pytest

from avis.disclosure.audit import Interval, audit
from avis.disclosure.magnitudes import is_far, required, units, width_of
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules, has_few_contributors, is_dominated, may_not_be_read
from avis.disclosure.tables import protected_tables
from avis.exhibits import Table
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.settings import Indicator

COLUMNS = ["period_start", "period_end", "type", "place", "person_codes", "role", "hours", "qualifier"]
MANY = " ".join(f"P{number:02}" for number in range(20))


def rows(*given: tuple[str, str, float]) -> pd.DataFrame:
    """Write a log of (place, codes, hours)."""
    frame = pd.DataFrame(
        [dict.fromkeys(COLUMNS, "") | {"place": p, "person_codes": c, "hours": h} for p, c, h in given]
    )
    return frame.assign(
        period_start="2023-02", period_end="2023-02", type="aide", qualifier="exact", count=1.0
    )


def counted(*given: tuple[str, str, float], by: Sequence[str] = ("place",)) -> list[Finding]:
    hours = Indicator(
        id="heures",
        label={"fr": "heures", "en": "hours"},
        measure="hours",
        count="hours",
        by=tuple(by),  # type: ignore[arg-type]
    )
    nobody = pd.DataFrame({"code": [], "minor": []})
    nothing = pd.DataFrame(columns=["id", "value", "qualifier", "measure", "population", "indicator"])
    return count_indicators(rows(*given), nobody, nothing, [hours], "2023", "2023", "none")


def printed(found: Sequence[Finding]) -> dict[tuple[tuple[str, str], ...], str]:
    protected = protect(found, Rules())
    assert protected.passed
    tables: list[Table] = protected_tables(found, protected)
    return {cell.where: cell.status for table in tables for cell in table.cells}


@pytest.mark.parametrize(("largest", "dominated"), [(84.9, False), (85, True), (85.1, True), (100, True)])
def test_who_brings_85_percent_of_an_amount_is_read_in_it(largest: float, dominated: bool) -> None:
    assert is_dominated(100, largest) is dominated


@pytest.mark.parametrize(("people", "few"), [(0, False), (1, True), (10, True), (11, False)])
def test_an_amount_of_fewer_people_than_the_threshold_is_theirs(people: int, few: bool) -> None:
    assert has_few_contributors(people, 11) is few


def test_an_amount_of_nothing_is_nobodys() -> None:
    assert not may_not_be_read(0, 1, 0, 11)


def test_hours_are_whole_minutes_and_printed_hours_give_them_back() -> None:
    minutes = range(600)
    assert [units(round(minute / 60, 2), "hours") for minute in minutes] == list(minutes)


def test_the_interval_must_leave_open_all_that_the_largest_contributor_brought() -> None:
    assert width_of(40, 30, "hours") == 30 * 60
    assert [is_far(5, high, 40, 30) for high in (34.9, 35, 35.1)] == [False, True, True]


def test_the_width_is_never_less_than_what_the_literature_asks() -> None:
    for largest in range(85, 101):  # of a total of 100: the two levels of a (1, 85 %) rule
        assert width_of(100, largest, "hours") / 60 >= 2 * (largest / 0.85 - 100)


def test_hours_without_codes_are_of_nobody_in_particular_and_never_masked() -> None:
    found = counted(("Lyon", "", 2), ("Paris", "", 300))
    assert not any(one.protect or one.contributions for one in found)
    assert set(printed(found).values()) == {"shown"}


def test_hours_of_the_team_told_by_role_are_not_masked_as_its_people_are_not() -> None:
    """Two interpreters, by their role: engaged people are no secret, and neither are their hours."""
    frame = rows(("Lyon", "I1", 30), ("Lyon", "I2", 4)).assign(role="interprète")
    hours = Indicator(id="h", label={"fr": "h"}, measure="hours", count="hours")
    nobody, nothing = (
        pd.DataFrame({"code": [], "minor": []}),
        pd.DataFrame(columns=["id", "indicator", "value"]),
    )
    by_role = count_indicators(frame, nobody, nothing, [hours], "2023", "2024", "none")
    assert not any(one.protect or one.contributions for one in by_role)
    frame.loc[1, "role"] = ""  # one row of somebody who is not of the team
    assert count_indicators(frame, nobody, nothing, [hours], "2023", "2024", "none")[0].protect


def test_a_row_with_several_codes_is_shared_equally_between_them() -> None:
    whole = counted(("Lyon", "A B", 6), ("Lyon", "A", 1))[0]
    assert [(one.people, one.largest) for one in whole.contributions] == [(2, 4.0)]


def test_a_few_coded_rows_do_not_make_a_large_sum_of_nobody_theirs() -> None:
    whole = counted(("Lyon", "A", 2), ("Lyon", "", 98))[0]
    assert whole.protect and not whole.contributions
    assert printed([whole]) == {(): "shown"}


def test_a_place_where_one_person_brings_most_of_the_hours_is_masked_with_another() -> None:
    """20 people at Lyon, but P00 alone makes nine tenths; Paris and Lille are shared by many."""
    found = counted(
        ("Lyon", MANY, 10),
        ("Lyon", "P00", 90),
        ("Paris", MANY, 100),
        ("Lille", MANY, 200),
        ("Brest", MANY, 300),
    )
    states = printed(found)
    assert states[()] == "shown"
    assert states[(("place", "lyon"),)] == "hidden"
    assert sum(state == "hidden" for state in states.values()) == 2  # else the total gives it back


def test_hours_of_ten_people_are_masked_and_those_of_eleven_are_not() -> None:
    ten, eleven = " ".join(MANY.split()[:10]), " ".join(MANY.split()[:11])
    found = counted(("Lyon", ten, 100), ("Nice", eleven, 100), ("Paris", MANY, 100))
    states = printed(found)
    assert states[(("place", "lyon"),)] == "hidden"
    assert required(found[1], 11).keys() == {found[1].key((("place", "lyon"),))}


def test_the_audit_refuses_hours_that_the_total_gives_back() -> None:
    found = counted(("Lyon", "A", 12.5), ("Paris", MANY, 100))
    lyon = found[1].key((("place", "lyon"),))
    verdict = audit(found, {lyon}, Rules())
    assert verdict.intervals[lyon] == Interval(750, 750)  # minutes
    assert [failure.key for failure in verdict.failures] == [lyon]


def test_half_hours_and_twenty_minutes_add_up_in_whole_minutes() -> None:
    """Three times 20 minutes are an hour, though each is printed as 0.33."""
    found = counted(*((place, MANY, 1 / 3) for place in ("Lyon", "Paris", "Lille")))
    assert found[0].n(()) == 1
    assert protect(found, Rules()).passed


def test_somebody_alone_in_a_cell_knows_her_hours_and_pins_nobody_elses() -> None:
    """A alone at Lyon, B alone at Nice: with both hidden beside a printed total, A reckons B's hours."""
    found = counted(("Lyon", "A", 10), ("Nice", "B", 20), ("Brest", "C", 20), ("Paris", MANY, 400))
    hidden = {found[1].key((("place", place),)) for place in ("lyon", "nice")}
    refused = audit(found, hidden, Rules())
    assert not refused.passed
    assert protect(found, Rules()).passed


def test_months_that_nest_in_a_year_are_protected_with_it() -> None:
    frame = counted(("Lyon", MANY, 100), ("Lyon", "A", 7.25), by=("year", "quarter", "month"))
    assert protect(frame, Rules()).passed


def test_hours_and_people_of_one_filter_are_different_cells() -> None:
    hours = counted(("Lyon", MANY, 10))[0]
    assert hours.key(()).measure == "hours"
