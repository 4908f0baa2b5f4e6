"""The audit is checked against the list of every table that agrees with what is shown."""

import itertools

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import agreeing, count_in, crossed, finding, key, one_question, several_answers, where

from avis.disclosure.audit import audit, audit_tables
from avis.disclosure.deducing import deduction
from avis.disclosure.deducing.group import Group
from avis.disclosure.deducing.numbered import Numbered
from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.findings.model import Key, Link, Ref, Relation

THREE = Rules(3)
MOST = 9


@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_intervals_are_those_of_every_agreeing_table(counts: list[int], data: st.DataObject) -> None:
    table = crossed("t", [counts[:2], counts[2:]])
    cells = {cell.where: int(cell.n or 0) for cell in table.cells}
    hidden = data.draw(st.sets(st.sampled_from(sorted(cells)[1:])))  # the whole stays shown
    shown = {at: n for at, n in cells.items() if at not in hidden}
    tables = agreeing((2, 2), shown, "a", "b", max(16, sum(counts)))
    found = audit([table], {table.key(at) for at in hidden}, THREE)
    for at in hidden:
        possible = count_in(tables, at, "a", "b")
        interval = found.intervals[table.key(at)]
        assert (interval.low, interval.high) == (possible.min(), possible.max())


def test_two_tables_with_a_shared_margin_are_deduced_together() -> None:
    """Each table alone hides two cells in a line; together the margin that one hides, the other shows."""
    first, second = one_question("a", x=20, y=2, z=30), one_question("a", x=20, y=2, z=30)
    second = msgspec.structs.replace(
        second,
        id="merged",
        cells=(*second.cells[:1], finding("m", {where(a="xy"): 22}, []).cells[0], second.cells[3]),
        relations=(
            Relation(total=(), parts=(where(a="xy"), where(a="z"))),
            Relation(total=(), parts=(where(a="xy"), where(a="z"))),
        ),
    )
    first = msgspec.structs.replace(
        first,
        links=(
            Link(
                total=Ref(population="p", where=where(a="xy")),
                parts=(Ref(population="p", where=where(a="x")), Ref(population="p", where=where(a="y"))),
            ),
        ),
    )
    assert not audit([first, second], {key(a="y")}, Rules()).passed
    assert audit([first, second], {key(a="y"), key(a="x")}, Rules()).passed


def test_a_small_count_that_is_shown_is_refused() -> None:
    found = audit([one_question(oui=30, non=4)], set(), Rules())
    assert [failure.key for failure in found.failures] == [key(q="non")]


@pytest.mark.parametrize(("n", "passes"), [(10, False), (11, True), (12, True)])
def test_the_threshold_itself_may_be_shown(n: int, passes: bool) -> None:
    assert audit([one_question(oui=30, non=n)], set(), Rules()).passed is passes


def test_a_lone_hidden_cell_is_refused_because_the_total_gives_it() -> None:
    found = audit([one_question(oui=30, non=4, autre=20)], {key(q="non")}, Rules())
    assert found.intervals[key(q="non")].low == found.intervals[key(q="non")].high == 4
    assert not found.passed


@pytest.mark.parametrize(("other", "passes"), [(6, False), (7, False), (8, True)])
def test_two_hidden_cells_must_leave_room_for_the_threshold(other: int, passes: bool) -> None:
    """3 + 8 = 11: each may be anything from 0 to 11."""
    table = one_question(oui=30, non=3, autre=other)
    assert audit([table], {key(q="non"), key(q="autre")}, Rules()).passed is passes


def test_the_share_of_who_did_not_tick_is_refused_too() -> None:
    """70 of 71 ticked: the one who did not is known by subtraction, though no table prints her."""
    assert not audit([several_answers(71, horaires=70)], set(), Rules()).passed
    assert audit([several_answers(81, horaires=70)], set(), Rules()).passed


def test_nothing_published_means_no_limit() -> None:
    table = one_question(oui=3, non=4)
    found = audit([table], {table.key(cell.where) for cell in table.cells}, Rules())
    assert found.passed
    assert found.intervals[key(q="oui")].high == float("inf")


def test_somebody_alone_in_her_cell_must_not_pin_another() -> None:
    """Lines of 1 and 11 hidden together: whoever is the one person knows the other cell exactly."""
    table = one_question(oui=30, non=1, autre=10)
    found = audit([table], {key(q="non"), key(q="autre")}, Rules())
    assert [(f.key, f.known_by) for f in found.failures] == [(key(q="autre"), key(q="non"))]


def test_what_public_figures_already_tell_is_not_held_against_us() -> None:
    table = msgspec.structs.replace(one_question(telling=False, oui=3, non=5), public=((),))
    hidden = {key(q="oui"), key(q="non")}
    assert audit([table], hidden, Rules()).passed
    assert not audit([table], {key(q="oui")}, Rules()).passed


def test_a_line_that_is_listed_because_somebody_stands_in_it_is_at_least_one() -> None:
    table = msgspec.structs.replace(one_question(telling=False, ici=4, la=20, ailleurs=30), occurring=True)
    found = audit([table], {key(q="ici"), key(q="la")}, Rules())
    assert (found.intervals[key(q="ici")].low, found.intervals[key(q="ici")].high) == (1, 23)


def test_the_audit_reads_the_tables_and_finds_a_number_left_in_a_hidden_cell() -> None:
    finding = one_question(oui=30, non=4, autre=20)
    protected = protect([finding], Rules())
    (table,) = protected_tables([finding], protected)
    assert audit_tables([finding], [table], Rules()).passed
    marked = [
        msgspec.structs.replace(cell, share=0.07) if cell.status == "hidden" else cell for cell in table.cells
    ]
    traced = msgspec.structs.replace(table, cells=tuple(marked))
    assert not audit_tables([finding], [traced], Rules()).passed


def test_a_cell_hidden_in_one_table_and_shown_in_another_is_shown() -> None:
    finding = one_question(oui=30, non=4, autre=20)
    twin = msgspec.structs.replace(finding, id="twin")
    protected = protect([finding, twin], Rules())
    tables = protected_tables([finding, twin], protected)
    assert audit_tables([finding, twin], tables, Rules()).passed
    betrayed = msgspec.structs.replace(tables[1], cells=finding.cells)
    assert not audit_tables([finding, twin], [tables[0], betrayed], Rules()).passed


def brute_values(
    first: list[list[int]], second: list[list[int]], hidden: frozenset[Key], known: Key | None = None
) -> dict[Key, set[int]]:
    """Every value that each cell may have, by listing all pairs of tables that share the margin a.

    `known` is the cell of somebody who knows that she is alone in it.
    """
    one, two = crossed("one", first, "a", "b"), crossed("two", second, "a", "c")
    cells = {cell.where: int(cell.n or 0) for cell in (*one.cells, *two.cells)}
    shown = {at: n for at, n in cells.items() if one.key(at) not in hidden or one.key(at) == known}
    left, right = agreeing((2, 2), shown, "a", "b", MOST), agreeing((2, 2), shown, "a", "c", MOST)
    margins = [set(map(tuple, tables.sum(axis=2))) for tables in (left, right)]
    shared = margins[0] & margins[1]
    left = left[[tuple(m) in shared for m in left.sum(axis=2)]]
    right = right[[tuple(m) in shared for m in right.sum(axis=2)]]
    found = {}
    for table, rows, columns, source in ((left, "a", "b", one), (right, "a", "c", two)):
        for cell in source.cells:
            found[source.key(cell.where)] = set(
                np.unique(count_in(table, cell.where, rows, columns)).tolist()
            )
    return found


@st.composite
def linked_tables(draw: st.DrawFn) -> tuple[list[list[int]], list[list[int]]]:
    """Two tables of the same people by a × b and by a × c."""
    first = [[draw(st.integers(0, 4)) for _ in range(2)] for _ in range(2)]
    second = [[part := draw(st.integers(0, sum(line))), sum(line) - part] for line in first]
    return first, second


@given(linked_tables())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_after_protection_no_small_count_can_be_deduced(
    tables: tuple[list[list[int]], list[list[int]]],
) -> None:
    first, second = tables
    findings = [crossed("one", first, "a", "b"), crossed("two", second, "a", "c")]
    protected = protect(findings, THREE)
    assert protected.passed
    possible = brute_values(first, second, protected.hidden_keys)
    for table in findings:
        for cell_key, cell in table.keyed():
            if 0 < int(cell.n or 0) < 3:
                values = possible[cell_key]
                assert cell_key in protected.hidden_keys
                assert max(values) - min(values) >= 3
                assert max(values) >= 3


@given(linked_tables())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_after_protection_nobody_alone_can_pin_another(
    tables: tuple[list[list[int]], list[list[int]]],
) -> None:
    first, second = tables
    findings = [crossed("one", first, "a", "b"), crossed("two", second, "a", "c")]
    protected = protect(findings, THREE)
    counts = {key: int(cell.n or 0) for table in findings for key, cell in table.keyed()}
    alone = [key for key in sorted(protected.hidden_keys) if counts[key] == 1]
    for one in alone[:2]:
        possible = brute_values(first, second, protected.hidden_keys, known=one)
        # her own cell may be one with another by construction: a line with one possible column
        others = [key for key, n in counts.items() if 0 < n < 3 and key != one]
        assert all(len(possible[key]) > 1 for key in others)


def test_intervals_of_linked_tables_are_whole_numbers() -> None:
    """In three dimensions a linear program alone may stop at halves; people are whole."""
    faces = itertools.product("01", repeat=3)
    counts = {where(a=a, b=b, c=c): 1 + (a == b == c) for a, b, c in faces}
    relations, margins = [], {}
    for x, y in (("a", "b"), ("a", "c"), ("b", "c")):
        for i, j in itertools.product("01", repeat=2):
            at = where(**{x: i, y: j})
            parts = tuple(cell for cell in counts if set(at) <= set(cell))
            margins[at] = sum(counts[part] for part in parts)
            relations.append(Relation(total=at, parts=parts))
    table = finding("cube", {**counts, **margins}, relations)
    found = audit([table], {table.key(at) for at in counts}, Rules(3))
    assert all(float(i.low).is_integer() and float(i.high).is_integer() for i in found.intervals.values())


def test_asked_again_the_audit_looks_only_where_another_cell_is_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = [crossed(name, [[20, 30], [40, 50]], population=name) for name in "pqr"]
    hidden = {key for table in tables for key, cell in table.keyed() if len(cell.where) == 2}
    looked, group = list[int](), deduction.Group

    def counted(numbered: Numbered, columns: tuple[int, ...]) -> Group:
        looked.append(len(columns))
        return group(numbered, columns)

    monkeypatch.setattr(deduction, "Group", counted)
    first = audit(tables, hidden, THREE)
    again = audit(tables, hidden | {tables[0].key(where(a=value)) for value in "01"}, THREE)
    assert looked == [4, 4, 4, 6]
    others = [key for key in hidden if key.population != "p"]
    assert [first.intervals[key] for key in others] == [again.intervals[key] for key in others]
    assert audit(tables, hidden, THREE) == first
