from random import Random

import msgspec
import pytest
from small_tables import WORDS, crossed, finding, key, one_question, several_answers, where

from avis.disclosure.audit import audit
from avis.disclosure.protect import Protected, protect, protected_tables
from avis.disclosure.rules import Rules
from avis.errors import AvisError
from avis.exhibits import Cell
from avis.findings.model import Finding, Relation


def hidden_in(finding: Finding, rules: Rules | None = None) -> set[str]:
    protected = protect([finding], rules or Rules())
    assert protected.passed
    return {"".join(value for _, value in found.where) or "whole" for found in protected.hidden_keys}


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert hidden_in(one_question(oui=30, non=11)) == set()


def test_a_lone_small_cell_hides_a_second_one() -> None:
    hidden = hidden_in(one_question(oui=30, non=4, autre=20))
    assert "non" in hidden and len(hidden) == 2


def test_the_total_is_the_last_to_be_hidden() -> None:
    assert "whole" not in hidden_in(one_question(oui=300, non=4, autre=200, peut_etre=100))


def test_a_zero_is_nobody_and_may_be_shown() -> None:
    assert hidden_in(one_question(oui=30, non=20, autre=0)) == set()


@pytest.mark.parametrize("n", [11, 12, 300])
def test_what_all_of_a_group_said_is_hidden_however_large_the_group(n: int) -> None:
    hidden = hidden_in(one_question(oui=n, non=0, autre=0))
    assert "oui" in hidden and len(hidden) == 2


def test_all_but_one_is_protected_as_the_one() -> None:
    assert hidden_in(several_answers(71, horaires=70)) != set()
    assert hidden_in(several_answers(71, horaires=1)) != set()
    assert hidden_in(several_answers(71, horaires=60)) == set()
    assert hidden_in(several_answers(71, horaires=61)) != set()


@pytest.mark.parametrize("ticked", [0, 71])
def test_none_or_all_of_a_group_is_hidden_where_several_answers_are_possible(ticked: int) -> None:
    assert hidden_in(several_answers(71, horaires=ticked, transport=30)) >= {"horaires"}


@pytest.mark.parametrize(("n", "shown"), [(9, 0), (10, 0), (11, 1), (12, 1)])
def test_a_small_group_has_no_table_at_all(n: int, shown: int) -> None:
    table = one_question(oui=n - 4, non=4, autre=0)
    protected = protect([table], Rules())
    assert protected.passed
    assert sum(protected.shows(table.key(cell.where)) for cell in table.cells) >= shown
    if not shown:
        assert len(protected.hidden_keys) == len(table.cells)


def test_a_count_cannot_be_had_by_subtracting_two_tables() -> None:
    """The same 40 people by sex, and by age: hiding one cell in each is not enough if they share it."""
    by_sex = one_question("sexe", telling=False, f=36, h=4)
    by_place = one_question("lieu", telling=False, ici=25, la=15)
    protected = protect([by_sex, by_place], Rules())
    assert protected.passed
    # 36 and 4 give each other away through the total, which both tables print
    assert protected.hidden_keys == {key(sexe="f"), key(sexe="h")}


def test_a_part_counted_elsewhere_is_subtracted_from_the_whole() -> None:
    """Appointments: 40 people; appointments in one place: 37. The three others are a count too."""
    whole, part = finding("tous", {(): 40}, []), finding("ici", {(): 37}, [], within=where(lieu="ici"))
    protected = protect([whole, part], Rules())
    assert protected.passed and protected.hidden_keys
    assert protect([whole, finding("ici", {(): 29}, [], within=where(lieu="ici"))], Rules()).hidden == 0


def test_minors_keep_eleven_when_adults_have_five() -> None:
    table = one_question(oui=30, non=7)
    assert hidden_in(table, Rules(5)) == set()
    assert hidden_in(msgspec.structs.replace(table, minors=True), Rules(5)) >= {"non"}


def test_a_public_figure_is_never_hidden() -> None:
    table = msgspec.structs.replace(one_question(telling=False, oui=30, non=4), public=((),))
    protected = protect([table], Rules())
    assert protected.passed
    assert protected.hidden_keys == {key(q="oui"), key(q="non")}


def test_acts_are_never_hidden() -> None:
    table = msgspec.structs.replace(one_question(oui=3, non=4), measure="acts", protect=False)
    protected = protect([table], Rules())
    (made,) = protected_tables([table], protected)
    assert protected.cells == protected.hidden == 0
    assert [cell.n for cell in made.cells] == [7, 3, 4]


def test_one_cell_with_two_results_is_an_error() -> None:
    first, second = finding("a", {(): 40}, []), finding("b", {(): 41}, [])
    with pytest.raises(AvisError) as error:
        protect([first, second], Rules())
    assert [problem.code for problem in error.value.problems] == ["DIS-001"]


def test_who_is_alone_learns_nothing_of_the_others() -> None:
    table = one_question(oui=30, non=1, autre=10, parfois=40)
    protected = protect([table], Rules())
    assert protected.passed and len(protected.hidden_keys) >= 3


def test_the_same_findings_give_the_same_choice_in_any_order() -> None:
    random = Random(7)
    tables = [
        crossed(f"t{n}", [[random.randint(0, 30) for _ in range(3)] for _ in range(3)], columns=f"c{n}")
        for n in range(1)
    ] + [one_question(oui=30, non=4, autre=20)]
    tables = [msgspec.structs.replace(tables[0], population="other"), tables[1]]
    assert protect(tables, Rules()).hidden_keys == protect(tables[::-1], Rules()).hidden_keys


def test_hidden_cells_leave_no_trace_in_the_table() -> None:
    table = msgspec.structs.replace(one_question(oui=30, non=4, autre=20), gap=WORDS, target=60)
    (made,) = protected_tables([table], protect([table], Rules()))
    hidden = [cell for cell in made.cells if cell.status == "hidden"]
    assert hidden == [Cell(where=cell.where, status="hidden") for cell in hidden] != []
    assert made.evidence.protection["fr"] and made.gap == WORDS and made.target == 60


def test_a_gap_to_the_target_is_not_told_where_the_total_is_hidden() -> None:
    table = finding("t", {(): 4}, [], gap=WORDS, target=60)
    (made,) = protected_tables([table], protect([table], Rules()))
    assert (made.cells[0].status, made.gap, made.target) == ("hidden", {}, 60)


def test_shares_stand_only_where_count_and_base_are_shown() -> None:
    table = one_question(oui=30, non=20)
    (made,) = protected_tables([table], protect([table], Rules()))
    assert [cell.share for cell in made.cells] == [None, 0.6, 0.4]
    small = one_question(oui=5, non=4)
    (made,) = protected_tables([small], protect([small], Rules()))
    assert [cell.share for cell in made.cells] == [None, None, None]


def test_a_table_too_tight_to_protect_is_withheld_rather_than_published() -> None:
    """Public margins leave no room for the inner cells: they are all hidden, and nothing else can be."""
    table = crossed("t", [[1, 12], [12, 1]])
    margins = tuple(cell.where for cell in table.cells if len(cell.where) == 1)
    table = msgspec.structs.replace(table, public=((), *margins))
    protected = protect([table], Rules())
    assert protected.passed
    assert {table.key(cell.where) for cell in table.cells if len(cell.where) == 2} == protected.hidden_keys


def test_people_of_several_years_are_at_most_the_total() -> None:
    parts = (where(year="2023"), where(year="2024"))
    table = finding("t", {(): 30, parts[0]: 28, parts[1]: 4}, [Relation(total=(), parts=parts, kind="cover")])
    protected = protect([table], Rules())
    assert protected.passed
    assert key(year="2024") in protected.hidden_keys


def big(rows: int, seed: int, population: str = "p") -> Finding:
    random = Random(seed)
    counts = [[int(random.lognormvariate(2.7, 1)) for _ in range(rows)] for _ in range(rows)]
    return crossed(population, counts, population=population)


@pytest.mark.parametrize("seed", range(3))
def test_tables_of_ten_by_ten_are_protected_and_not_emptied(seed: int) -> None:
    table = big(10, seed)
    small = sum(0 < int(cell.n or 0) < 11 for cell in table.cells)
    protected = protect([table], Rules())
    assert protected.passed
    assert protected.hidden <= small * 1.5


@pytest.mark.slow
def test_a_table_of_thirty_by_thirty_and_sixty_small_ones_are_protected() -> None:
    assert protect([big(30, 1)], Rules()).passed
    assert protect([big(4, seed, f"p{seed}") for seed in range(60)], Rules()).passed


def test_the_verdict_is_that_of_the_audit_alone() -> None:
    table = one_question(oui=30, non=4, autre=20)
    protected = protect([table], Rules())
    assert audit([table], protected.hidden_keys, Rules()).intervals == protected.audit.intervals


def test_a_breakdown_by_the_filter_itself_repeats_the_total_and_is_protected() -> None:
    """People of one place, by place: the only part is the total."""
    here = where(lieu="ici")
    table = finding("t", {(): 30, here: 30}, [Relation(total=(), parts=(here,), kind="cover")], within=here)
    assert table.key(()) == table.key(here)
    assert protect([table], Rules()).hidden == 0
    few = finding("t", {(): 3, here: 3}, [Relation(total=(), parts=(here,), kind="cover")], within=here)
    assert protect([few], Rules()).hidden_keys == {few.key(())}


def test_a_table_that_does_not_follow_the_decision_is_never_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = one_question(oui=30, non=4, autre=20)
    protected = protect([table], Rules())
    monkeypatch.setattr(Protected, "shows", lambda self, key: True)
    with pytest.raises(AvisError, match="DIS-014"):
        protected_tables([table], protected)
