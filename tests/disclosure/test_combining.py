"""Lines put together rather than hidden: sums are right, nothing leaks, and what is nonsense is refused."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from small_tables import WORDS, crossed, finding, key, one_question, several_answers, where

from avis.disclosure.audit import audit
from avis.disclosure.combining.proposing import Combination, combine, propose
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.disclosure.tables import protected_tables
from avis.errors import AvisError
from avis.exhibits import Cell, Dimension, Value
from avis.findings.model import Finding, Relation, changed

LABEL = {"fr": "les deux", "en": "both"}


def ages(**counts: int) -> Finding:
    """Ages in bands, `a15` for those from 15 on: the whole is their sum."""
    parts = tuple(where(age_band=band[1:]) for band in counts)
    cells = {(): sum(counts.values()), **dict(zip(parts, counts.values(), strict=True))}
    return finding("ages", cells, [Relation(total=(), parts=parts)])


def merged(*values: str, variable: str = "age_band", population: str = "") -> Combination:
    return Combination(variable, values, "+".join(values), LABEL, population)


def refused(findings: list[Finding], *combinations: Combination) -> list[str]:
    with pytest.raises(AvisError) as raised:
        combine(findings, combinations)
    return [problem.code for problem in raised.value.problems]


def test_the_new_line_is_the_sum_of_those_it_stands_for_and_takes_the_place_of_the_first() -> None:
    (combined,) = combine([ages(a15=4, a18=11, a25=25)], [merged("15", "18")])
    assert [(c.where, c.n) for c in combined.cells] == [
        ((), 40),
        (where(age_band="15+18"), 15),
        (where(age_band="25"), 25),
    ]
    assert [v.id for v in combined.dimensions[0].values] == ["15+18", "25"]
    assert combined.dimensions[0].values[0].label == LABEL
    assert "sur une seule ligne" in combined.evidence.rule["fr"]


def test_what_had_to_be_hidden_is_shown_once_it_is_combined() -> None:
    table = ages(a15=4, a18=11, a25=25)
    assert len(protect([table], Rules()).hidden_keys) == 2
    combined = combine([table], [merged("15", "18")])
    again = protect(combined, Rules())
    assert again.passed and not again.hidden_keys
    (printed,) = protected_tables(combined, again)
    assert [cell.n for cell in printed.cells] == [40, 15, 25]


def test_a_combination_that_is_still_small_is_hidden() -> None:
    again = protect(combine([ages(a15=4, a18=3, a25=25, a35=30)], [merged("15", "18")]), Rules())
    assert again.passed and key(age_band="15+18") in again.hidden_keys


def test_every_table_of_the_population_that_breaks_down_by_it_follows_margins_included() -> None:
    one = crossed("one", [[4, 5, 30], [11, 12, 40]], rows="sex", columns="age_band")
    two = ages(a0=15, a1=17, a2=70)
    other = changed(two, id="other", population="elsewhere")
    combined = combine([one, two, other], [merged("0", "1", population="p")])
    table = {cell.where: cell.n for cell in combined[0].cells}
    assert table[where(sex="0", age_band="0+1")] == 9
    assert table[where(sex="1", age_band="0+1")] == 23
    assert table[where(age_band="0+1")] == 32 == combined[1].n(where(age_band="0+1"))
    assert combined[2] == other
    everywhere = combine([one, two, other], [merged("0", "1")])
    assert everywhere[2].n(where(age_band="0+1")) == 32
    again = protect(combined, Rules())
    assert again.passed and audit(combined, again.hidden_keys, Rules()).passed


def test_protecting_again_after_any_combination_passes_the_audit_and_every_solution_says_so() -> None:
    """Brute force: over all tables that agree with what is shown, small counts range over five and more."""
    table = crossed("t", [[2, 3, 6], [1, 5, 1]], rows="sex", columns="age_band")
    combined = combine([table], [merged("0", "1")])
    again = protect(combined, Rules(5))
    assert again.passed
    shown = {c.where: c.n for c in combined[0].cells if combined[0].key(c.where) not in again.hidden_keys}
    possible: list[set[int]] = [set() for _ in range(4)]
    for cells in product(range(19), repeat=4):
        (a, b), (c, d) = cells[:2], cells[2:]
        told = {
            (): a + b + c + d,
            where(sex="0"): a + b,
            where(sex="1"): c + d,
            where(age_band="0+1"): a + c,
            where(age_band="2"): b + d,
            where(sex="0", age_band="0+1"): a,
            where(sex="0", age_band="2"): b,
            where(sex="1", age_band="0+1"): c,
            where(sex="1", age_band="2"): d,
        }
        if all(told[at] == n for at, n in shown.items()):
            for at, n in enumerate(cells):
                possible[at].add(n)
    truths = (5, 6, 6, 1)
    for at, n in enumerate(truths):
        if 0 < n < 5:
            assert max(possible[at]) - min(possible[at]) >= 5


def test_what_one_edition_printed_of_the_single_lines_still_counts_once_they_are_combined() -> None:
    """12 and 14 were printed; 25 together today tells that one person left, whatever the lines are called."""
    before = [ages(a15=12, a18=14, a25=40)]
    today = combine([ages(a15=11, a18=14, a25=40)], [merged("15", "18")])
    plain = protect(today, Rules())
    assert plain.passed and not plain.hidden_keys
    assert not audit(today, (), Rules(), [before]).passed
    assert protect(today, Rules(), [before]).passed


def test_a_table_filtered_by_a_value_that_was_combined_stays_tied_to_the_new_line() -> None:
    """14 in both bands and 11 of the first: 3 are left, and only arithmetic across the tables says it."""
    own = finding("own", {(): 14}, [], within=where(age_band="15", place="lyon"))
    tables = [ages(a15=15, a18=20, a25=40), own]
    combined = combine(tables, [merged("15", "18")])
    rest = [latent.n for latent in combined[1].latent]
    assert rest == [1]


def test_scales_keep_their_colours_only_where_both_sides_stay_alike() -> None:
    scale = ages(a1=20, a2=20, a3=20, a4=20, a5=20)
    table = changed(
        scale,
        chart="likert",
        dimensions=(Dimension(id="age_band", label=WORDS, values=scale.dimensions[0].values, better="high"),),
    )
    (low,) = combine([table], [merged("1", "2")])
    assert (low.dimensions[0].better, low.chart) == ("neither", "likert")
    (both,) = combine([table], [merged("1", "2"), merged("4", "5")])
    assert (both.dimensions[0].better, both.chart) == ("high", "likert")
    (ends,) = combine([table], [merged("1", "5")])
    assert (ends.dimensions[0].better, ends.chart) == ("", "bars")


def test_values_are_meant_as_tables_print_them_too() -> None:
    table = ages(a15=4, a18=11, a25=25)
    values = (Value(id="15", label={"fr": "15 à 17 ans"}), *table.dimensions[0].values[1:])
    table = changed(table, dimensions=(Dimension(id="age_band", label=WORDS, values=values),))
    (combined,) = combine([table], [Combination("age_band", ("15 à 17 ans", "18"))])
    assert combined.cells[1].where == where(age_band="15+18")
    assert combined.dimensions[0].values[0].label["fr"] == "15 à 17 ans ou mots"


def test_all_that_is_wrong_is_said_at_once() -> None:
    table = ages(a15=4, a18=11, a25=25)
    silent = Value(id="x", label=WORDS, role="status")
    values = (*table.dimensions[0].values, silent)
    table = changed(table, dimensions=(Dimension(id="age_band", label=WORDS, values=values),))
    codes = refused(
        [table],
        Combination("age_bnad", ("15", "18")),
        Combination("age_band", ("15", "19")),
        Combination("age_band", ("18", "x")),
    )
    assert codes == ["DIS-060", "DIS-061", "DIS-063"]
    assert refused([table], merged("15", "18"), merged("18", "25")) == ["DIS-065"]
    assert refused([table], Combination("age_band", ("15", "18"), "25")) == ["DIS-066"]
    assert refused([table], Combination("age_band", ("15", "15"))) == ["DIS-064"]


def test_a_word_that_is_nearly_right_is_proposed() -> None:
    with pytest.raises(AvisError, match="age_band"):
        combine([ages(a15=4, a18=11)], [Combination("age_bnad", ("15", "18"))])


def test_lines_on_which_one_person_may_stand_twice_are_never_added() -> None:
    assert refused([several_answers(40, bus=20, train=15)], merged("bus", "train", variable="q")) == [
        "DIS-062"
    ]
    years = ages(a2023=30, a2024=20)
    years = changed(
        years,
        cells=(Cell(n=45), *years.cells[1:]),
        relations=(Relation(total=(), parts=years.relations[0].parts, kind="cover"),),
    )
    assert refused([years], merged("2023", "2024")) == ["DIS-062"]


def test_proposals_say_truly_how_many_counts_come_back_and_the_best_comes_first() -> None:
    tables = [ages(a15=4, a18=13, a25=25, a35=30), one_question(oui=30, non=42)]
    protected = protect(tables, Rules())
    found = propose(tables, protected, Rules())
    assert found and found == propose(tables, protected, Rules())
    assert [p.given_back for p in found] == sorted((p.given_back for p in found), reverse=True)
    for proposal in found:
        again = protect(combine(tables, [proposal.combination]), Rules())
        before = protected.cells - protected.hidden
        assert again.passed and again.cells - again.hidden - before == proposal.given_back > 0
    assert found[0].combination.values == ("15", "18")


@pytest.mark.parametrize("seed", range(25))
def test_random_tables_that_cross_in_a_cycle_are_safe_after_any_combination(seed: int) -> None:
    draw = Random(seed)
    people = [
        (draw.choices("0123", [4, 3, 2, 1])[0], draw.choice("012"), draw.choice("01"))
        for _ in range(draw.randint(30, 90))
    ]

    def table(i: int, j: int, rows: int, columns: int) -> Finding:
        held = [
            [(p[i], p[j]) for p in people].count((str(a), str(b)))
            for a in range(rows)
            for b in range(columns)
        ]
        lines = [held[at : at + columns] for at in range(0, len(held), columns)]
        return crossed(f"t{i}{j}", lines, rows="abc"[i], columns="abc"[j])

    tables = [table(0, 1, 4, 3), table(1, 2, 3, 2), table(0, 2, 4, 2)]
    wanted = [Combination("a", tuple(sorted(draw.sample("0123", draw.choice([2, 3])))))]
    wanted += [Combination("b", ("0", "1"))] if seed % 2 else []
    combined = combine(tables, wanted)
    for one, other in zip(tables, combined, strict=True):
        assert sum(cell.n or 0 for cell in one.cells) == sum(cell.n or 0 for cell in other.cells)
    protected = protect(combined, Rules(5))
    assert protected.passed and audit(combined, protected.hidden_keys, Rules(5)).passed


def test_nothing_is_proposed_where_nothing_is_hidden() -> None:
    tables = [ages(a15=40, a18=13, a25=25)]
    assert propose(tables, protect(tables, Rules()), Rules()) == []


def test_in_large_sets_the_tables_that_lose_most_are_tried_and_the_proposal_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = [[1, 1], [15, 15], [14, 16], [20, 20]]
    tables = [crossed(f"t{q}", counts, rows="age_band", columns=f"q{q}") for q in range(3)]
    protected = protect(tables, Rules())
    assert all(proposal.whole for proposal in propose(tables, protected, Rules()))
    monkeypatch.setattr("avis.disclosure.combining.proposing.MOST_TRIED", 20)
    found = propose(tables, protected, Rules())
    assert found and not any(proposal.whole for proposal in found)
    assert found[0].combination.values == ("0", "1")
    again = protect(combine(tables, [found[0].combination]), Rules())
    assert again.passed and again.cells - again.hidden > protected.cells - protected.hidden
