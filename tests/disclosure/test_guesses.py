"""Ways of guessing from what is published, one test each: it works on bare tables, not on protected ones."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from small_records import Shape, agreeing_people, counted_in, crossing, some_people
from small_tables import as_printed, crossed, finding, key, one_question, where

from avis.disclosure.audit import Interval, audit, audit_tables
from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.exhibits import Cell
from avis.findings.model import Finding, Key, Ref, Relation, Stated, changed


def ref(**pairs: str) -> Ref:
    return Ref(population="p", where=where(**pairs))


def stated(table: Finding, *told: Stated) -> Finding:
    return changed(table, stated=told)


def printed(tables: list[Finding], hidden: frozenset[Key]) -> dict[Key, int]:
    return {key: int(cell.n or 0) for table in tables for key, cell in table.keyed() if key not in hidden}


def test_subtraction_across_tables() -> None:
    """By answer, and by answer without the youngest: each alone is safe, the difference is the youngest."""
    everybody = one_question("q", oui=40, non=31)
    older = changed(one_question("q", oui=37, non=31), id="older", within=where(age="18+"))
    assert audit([everybody], (), Rules()).passed and audit([older], (), Rules()).passed
    assert not audit([everybody, older], (), Rules()).passed
    protected = protect([everybody, older], Rules())
    shown = printed([everybody, older], protected.hidden_keys)
    assert protected.passed
    for answer in ("oui", "non"):
        both = {Key("p", "people", where(q=answer)), Key("p", "people", where(q=answer, age="18+"))}
        told = [shown[one] for one in both & shown.keys()]
        assert len(told) < 2 or abs(told[0] - told[1]) not in range(1, 11)


def test_subtraction_across_editions() -> None:
    then, now = one_question(oui=60, non=40), one_question(oui=60, non=44)
    before = [as_printed([then], frozenset())]
    assert audit([now], (), Rules()).passed and not audit([now], (), Rules(), before).passed
    protected = protect([now], Rules(), before)
    shown = printed([now], protected.hidden_keys)
    assert protected.passed
    assert key(q="non") not in shown and (key() not in shown or key(q="oui") not in shown)


@pytest.mark.parametrize("gone", ["oui", "non", "parfois"])
def test_before_and_after_the_withdrawal_of_one_person(gone: str) -> None:
    """Whoever compares the two editions must not find the one answer that changed."""
    answers = {"oui": 40, "non": 31, "parfois": 22}
    then = one_question(**answers)
    now = one_question(**(answers | {gone: answers[gone] - 1}))
    before = [as_printed([then], frozenset())]
    protected = protect([now], Rules(), before)
    assert protected.passed
    shown = printed([now], protected.hidden_keys)
    left = {answer for answer, n in answers.items() if shown.get(key(q=answer)) != n}
    assert len(left) > 1, "several answers may be the one that is gone"


@pytest.mark.parametrize("n", [1, 4, 7, 10])
def test_a_percentage_with_a_known_base_gives_the_count(n: int) -> None:
    """« 9 % of the 45 » is 4 people: rounded shares of a base under 100 are exact counts."""
    table = one_question(telling=False, oui=n, non=25, parfois=20 - n)
    hidden = {key(q="oui"), key(q="parfois")}
    share = round(100 * n / 45)
    low, high = (share - 0.5) * 45 / 100, (share + 0.5) * 45 / 100
    told = stated(table, Stated(terms=((ref(q="oui"), 1.0),), low=low, high=high))
    assert audit([told], hidden, Rules()).intervals[key(q="oui")] == Interval(n, n)
    assert not audit([told], hidden, Rules()).passed


def test_a_percentage_whose_base_is_hidden_too_leaves_what_it_leaves() -> None:
    """20 % of an unknown number: n ≤ 0.205 × base and n ≥ 0.195 × base, in whole people."""
    table = one_question(telling=False, oui=5, non=20)
    share = (((ref(q="oui"), 1.0), (ref(), -0.205)), ((ref(q="oui"), 1.0), (ref(), -0.195)))
    told = stated(
        table,
        Stated(terms=share[0], low=-float("inf"), high=0),
        Stated(terms=share[1], low=0, high=float("inf")),
    )
    hidden = {key(), key(q="oui"), key(q="non")}
    found = audit([told], hidden, Rules())
    assert found.passed and found.intervals[key(q="oui")].low == 0
    known = audit([told], {key(q="oui"), key(q="non")}, Rules())
    assert known.intervals[key(q="oui")] == Interval(5, 5) and not known.passed


def test_a_sentence_beside_a_table() -> None:
    """The table leaves 0 to 24; « a dozen at most said yes, ten at least » leaves 10 to 12."""
    table = one_question(telling=False, oui=10, non=14, parfois=30)
    hidden = {key(q="oui"), key(q="non")}
    assert audit([table], hidden, Rules()).passed
    told = stated(table, Stated(terms=((ref(q="oui"), 1.0),), low=10, high=12))
    found = audit([told], hidden, Rules())
    assert found.intervals[key(q="oui")] == Interval(10, 12)
    assert [failure.key for failure in found.failures] == [key(q="oui")]
    assert protect([table], Rules()).passed


def test_the_mean_of_a_scale_with_a_known_base() -> None:
    """30 people, levels 1 to 3, mean 1.1 at one decimal: no more than two or three can stand above."""
    table = one_question(telling=False, a1=28, a2=1, a3=1)
    hidden = {key(q=level) for level in ("a1", "a2", "a3")}
    assert audit([table], hidden, Rules()).passed
    terms = tuple((ref(q=f"a{level}"), float(level)) for level in (1, 2, 3))
    told = stated(table, Stated(terms=terms, low=1.05 * 30, high=1.15 * 30 - 1e-6))
    found = audit([told], hidden, Rules())
    assert found.intervals[key(q="a3")] == Interval(0, 2)
    assert found.intervals[key(q="a2")] == Interval(0, 4)
    assert not found.passed


def test_a_cyclic_set() -> None:
    """By sex and place, by place and answer, by sex and answer: margins leave room, people do not."""
    shape: Shape = {"a": 2, "b": 2, "c": 2}
    told_by_records = 0
    for seed in range(12):
        random = Random(seed)
        people = some_people(random, shape, 7, 0.3)
        tables = [crossing(people, shape, pair) for pair in ("ab", "bc", "ac")]
        protected = protect(tables, Rules(2))
        assert protected.passed
        ways = (
            agreeing_people(shape, 7, tables, protected.hidden_keys)
            if key() not in protected.hidden_keys
            else None
        )
        if ways is None:
            continue
        for table in tables:
            for one, cell in table.keyed():
                if cell.n == 1:
                    possible = counted_in(ways, shape, one.where)
                    assert possible.max() - possible.min() >= 2
                    told_by_records += 1
    assert told_by_records


def test_the_height_of_a_bar() -> None:
    """A chart is drawn from a protected table: no height, text or title in it holds the hidden counts."""
    table = one_question(oui=37, non=4, parfois=23)
    (shown,) = protected_tables([table], protect([table], Rules()))
    hidden = [cell for cell in shown.cells if cell.status == "hidden"]
    assert len(hidden) == 2
    assert all((cell.n, cell.share, cell.high) == (None, None, None) for cell in hidden)
    drawn = msgspec.json.encode(shown).decode()
    for n in {37, 4, 23} - {cell.n for cell in shown.cells}:
        assert f'"n":{n}' not in drawn


def test_a_number_left_in_a_table_that_is_handed_over() -> None:
    table = one_question(oui=37, non=4, parfois=23)
    (shown,) = protected_tables([table], protect([table], Rules()))
    assert audit_tables([table], [shown], Rules()).passed
    for left in ({"n": 4}, {"share": 0.06}, {"high": 5}):
        cells = [
            msgspec.structs.replace(cell, **left) if cell.status == "hidden" else cell for cell in shown.cells
        ]
        assert not audit_tables([table], [msgspec.structs.replace(shown, cells=tuple(cells))], Rules()).passed
    bare = tuple(Cell(where=cell.where, n=cell.n) for cell in table.cells)
    assert not audit_tables([table], [msgspec.structs.replace(shown, cells=bare)], Rules()).passed


def test_a_margin_reckoned_from_another_table() -> None:
    """The total of a line is hidden here and is the sum of printed cells there."""
    first, second = crossed("t", [[3, 20], [15, 30]], "a", "b"), crossed("u", [[11, 12], [20, 25]], "a", "c")
    lines = {key(a="0"), key(a="0", b="0"), key(), key(b="0")}
    assert audit([first], lines, Rules()).intervals[key(a="0", b="0")].high > 3
    assert audit([first, second], lines, Rules()).intervals[key(a="0", b="0")] == Interval(3, 3)


def test_a_contradiction_is_no_verdict() -> None:
    from avis.errors import AvisError

    parts = (where(q="oui"), where(q="non"))
    wrong = finding("t", {(): 40, parts[0]: 20, parts[1]: 15}, [Relation(total=(), parts=parts)])
    with pytest.raises(AvisError) as error:
        audit([wrong], (), Rules())
    assert [problem.code for problem in error.value.problems] == ["DIS-030"]
