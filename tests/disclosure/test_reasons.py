"""Every hidden count has a reason, and the right one: it is what an evaluator acts upon."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import as_printed, crossed, finding, key, one_question, where

from avis.disclosure.protect import protect
from avis.disclosure.reasons import Reason, explain
from avis.disclosure.rules import Rules
from avis.exhibits import Cell
from avis.findings.model import Contribution, Finding, Relation, changed


def reasons(*findings: Finding, published: list[list[Finding]] | None = None) -> dict[str, Reason]:
    editions = published or []
    protected = protect(findings, Rules(), editions)
    assert protected.passed
    told = explain(findings, protected, editions)
    assert told.keys() == protected.hidden_keys
    return {"".join(value for _, value in found.where) or "whole": reason for found, reason in told.items()}


def test_a_small_count_is_hidden_for_its_own_sake_and_another_because_it_would_betray_it() -> None:
    told = reasons(one_question(oui=30, non=4, autre=20))
    assert told["non"] == Reason("few")
    (other,) = [reason for name, reason in told.items() if name != "non"]
    assert other == Reason("reckoned", key(), key(q="non"))


def test_a_whole_group_on_one_line_is_told_as_such_however_large_it_is() -> None:
    told = reasons(one_question(oui=40, non=0, autre=0))
    assert told["oui"] == Reason("all")
    assert {reason.kind for name, reason in told.items() if name != "oui"} == {"reckoned"}


def test_every_line_of_a_small_group_is_hidden_for_the_group_its_zeros_included() -> None:
    table = crossed("t", [[3, 0, 4], [30, 25, 40]], rows="sex", columns="answer")
    told = reasons(table)
    assert told["00"].kind == told["20"].kind == "few"
    assert told["10"] == Reason("group")


def hours(*parts: tuple[float, int, float]) -> Finding:
    """Hours of some teams: the sum, how many people, the most that one of them gave."""
    ats = [where(team=str(number)) for number in range(len(parts))]
    total = sum(n for n, _, _ in parts)
    table = finding("h", {}, [Relation(total=(), parts=tuple(ats))], measure="hours")
    cells = (Cell(n=total), *(Cell(where=at, n=n) for at, (n, _, _) in zip(ats, parts, strict=True)))
    behind = [Contribution(where=at, people=p, largest=m) for at, (_, p, m) in zip(ats, parts, strict=True)]
    whole = Contribution(where=(), people=sum(p for _, p, _ in parts), largest=max(m for *_, m in parts))
    return changed(table, cells=cells, contributions=(whole, *behind))


def test_an_amount_is_hidden_for_whoever_made_most_of_it_or_because_few_stand_behind_it() -> None:
    told = reasons(hours((100, 20, 90), (300, 40, 20), (200, 5, 50), (500, 60, 30)))
    assert told["0"] == Reason("one_person")
    assert told["2"] == Reason("few_behind")


def test_what_only_an_earlier_edition_makes_dangerous_is_told_as_such() -> None:
    before = one_question(oui=31, non=25, autre=20)
    today = one_question(oui=30, non=25, autre=20)
    assert reasons(today) == {}
    told = reasons(today, published=[list(as_printed([before], frozenset()))])
    assert told and {reason.kind for reason in told.values()} <= {"edition", "reckoned"}
    assert "edition" in {reason.kind for reason in told.values()}


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_count_of_any_table_is_without_a_reason_and_small_ones_say_so(
    counts: list[list[int]],
) -> None:
    table = crossed("t", counts)
    protected = protect([table], Rules())
    told = explain([table], protected)
    assert told.keys() == protected.hidden_keys
    for found, cell in table.keyed():
        if found in told and 0 < (cell.n or 0) < 11:
            assert told[found].kind == "few"
        elif found in told:
            assert told[found].kind != "few"
