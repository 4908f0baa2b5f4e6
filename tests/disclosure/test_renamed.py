"""A row that was renamed since an edition is compared all the same, or nobody is told that it was."""

from __future__ import annotations

import msgspec
import pytest
from small_tables import crossed, several_answers, where
from small_tables import one_question as plain

from avis.disclosure.former.printed import printed_tables
from avis.disclosure.former.reading import former
from avis.disclosure.former.renaming import Doubt, Followed, follow
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.disclosure.tables import protected_tables
from avis.editions.printed import PrintedTable
from avis.exhibits import Dimension, Value
from avis.findings.model import Finding, changed
from avis.settings import Formerly


def printed(*findings: Finding) -> tuple[PrintedTable, ...]:
    protected = protect(findings, Rules())
    return printed_tables(findings, protected_tables(findings, protected), Rules())


def spoken(finding: Finding, title: str = "", **labels: str) -> Finding:
    """Give the rows of a question their words in French."""
    (first, *_) = (name for cell in finding.cells for name, _ in cell.where)
    ids = dict.fromkeys(value for cell in finding.cells for _, value in cell.where)
    values = tuple(Value(id=id, label={"fr": labels.get(id, id)}) for id in ids)
    return changed(finding, dimensions=(Dimension(id=first, label={"fr": title or first}, values=values),))


def one_question(**counts: int) -> Finding:
    """A question whose rows are printed by their ids."""
    return spoken(plain(**counts))


def doubts(found: Followed) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(doubt.gone, doubt.come) for doubt in found.doubts]


def rows(tables: tuple[PrintedTable, ...]) -> set[str]:
    return {value for table in tables for cell in table.cells for _, value in cell.where}


def test_a_row_with_the_same_words_gets_the_name_of_today() -> None:
    then = spoken(one_question(jeunes=40, a60=27), a60="60 ans et plus")
    now = spoken(one_question(jeunes=40, plus60=26), plus60="60 Ans et PLUS")
    found = follow([printed(then)], [now])
    assert not found.doubts and rows(found.editions[0]) == {"jeunes", "plus60"}


def test_a_row_whose_id_differs_by_case_alone_gets_the_name_of_today() -> None:
    (table,) = printed(one_question(jeunes=40, Agees=27))
    bare = msgspec.structs.replace(table, labels={})  # an edition of before labels were kept
    found = follow([[bare]], [one_question(jeunes=40, âgées=26)])
    assert not found.doubts and rows(found.editions[0]) == {"jeunes", "âgées"}


def test_a_row_that_is_gone_while_another_came_is_doubtful() -> None:
    found = follow([printed(one_question(jeunes=40, a60=27))], [one_question(jeunes=40, agees=26)])
    assert found.doubts == (Doubt("row", "p", "q", ("a60",), ("agees",)),)


@pytest.mark.parametrize(
    "now", [{"jeunes": 40}, {"jeunes": 40, "a60": 26, "agees": 3}, {"jeunes": 9, "a60": 2}]
)
def test_a_row_that_is_only_gone_or_only_new_is_not(now: dict[str, int]) -> None:
    assert not follow([printed(one_question(jeunes=40, a60=27))], [one_question(**now)]).doubts


@pytest.mark.parametrize(
    "said",
    [
        Formerly(variable="q", value="agees", was=("a60",)),
        Formerly(variable="q", value="AGEES", was=("A60",)),
        Formerly(population="p", variable="q", value="agees", was=("a60",)),
        Formerly(variable="q", value="agees", new=True),
    ],
)
def test_what_the_evaluation_says_settles_it(said: Formerly) -> None:
    found = follow([printed(one_question(jeunes=40, a60=27))], [one_question(jeunes=40, agees=26)], [said])
    assert not found.doubts and not found.unused
    assert rows(found.editions[0]) == {"jeunes", "a60" if said.new else "agees"}


@pytest.mark.parametrize(
    "said",
    [
        Formerly(variable="q", value="agees", was=("a61",)),
        Formerly(variable="q", value="ages", was=("a60",)),
        Formerly(variable="r", value="agees", was=("a60",)),
        Formerly(population="autres", variable="q", value="agees", was=("a60",)),
        Formerly(variable="q", value="ages", new=True),
        Formerly(),
    ],
)
def test_a_slip_of_the_finger_settles_nothing_and_is_told(said: Formerly) -> None:
    found = follow([printed(one_question(jeunes=40, a60=27))], [one_question(jeunes=40, agees=26)], [said])
    assert doubts(found) == [(("a60",), ("agees",))] and found.unused == (0,)


def test_words_that_moved_to_another_id_are_doubtful() -> None:
    """A reader compares « oui » with « oui », the tool 1 with 1."""
    then = spoken(one_question(c1=40, c2=27), c1="oui", c2="non")
    now = spoken(one_question(c1=27, c2=39), c1="non", c2="oui")
    (doubt,) = follow([printed(then)], [now]).doubts
    assert set(doubt.gone) == set(doubt.come) == {"c1", "c2"}
    assert not follow(
        [printed(then)], [spoken(one_question(c1=39, c2=27), c1="Oui, tout à fait", c2="non")]
    ).doubts


def test_two_rows_that_would_become_one_are_doubtful() -> None:
    then = spoken(one_question(c1=40, c2=27), c1="oui", c2="Oui")
    assert doubts(follow([printed(then)], [spoken(one_question(c2=66), c2="oui")])) == [(("c1",), ("c2",))]


def test_each_edition_is_followed_and_one_declaration_names_all_that_a_row_was() -> None:
    editions = [printed(one_question(jeunes=40, **{old: 27})) for old in ("a60", "a61")]
    now = [one_question(jeunes=40, agees=26)]
    assert len(follow(editions, now).doubts) == 2
    said = Formerly(variable="q", value="agees", was=("a60", "a61"))
    found = follow(editions, now, [said])
    assert not found.doubts and [rows(one) for one in found.editions] == [{"jeunes", "agees"}] * 2


def test_a_row_may_be_new_since_one_edition_and_renamed_since_another() -> None:
    editions = [printed(one_question(jeunes=40, gone=30)), printed(one_question(jeunes=40, a60=27))]
    now = [one_question(jeunes=40, agees=26)]
    only = Formerly(variable="q", value="agees", was=("a60",))
    assert doubts(follow(editions, now, [only])) == [(("gone",), ("agees",))]
    assert not follow(editions, now, [msgspec.structs.replace(only, new=True)]).doubts


def test_the_words_of_the_evaluation_tell_what_a_spelling_was() -> None:
    """`labels: {type: {entretien: {from: [rdv]}}}` says already that these are one."""
    then, now = printed(one_question(jeunes=40, rdv=27)), [one_question(jeunes=40, entretien=26)]
    found = follow(then and [then], now, (), lambda variable, row: {"rdv": "entretien"}.get(row, row))
    assert not found.doubts and rows(found.editions[0]) == {"jeunes", "entretien"}


def test_choices_of_which_several_may_be_ticked_are_renamed_with_those_who_did_not_tick() -> None:
    said = Formerly(variable="q", value="heures", was=("horaires",))
    found = follow(
        [printed(spoken(several_answers(71, horaires=40)))], [spoken(several_answers(70, heures=40))], [said]
    )
    ((table,),) = found.editions
    assert not found.doubts and table.unprinted == (where(q="not:heures"),)
    assert table.sums[0].parts == (where(q="heures"), where(q="not:heures"))


def test_years_that_come_and_go_are_no_names() -> None:
    def by_year(**years: int) -> Finding:
        finding = one_question(**years)
        cells = tuple(
            msgspec.structs.replace(cell, where=tuple(("year", value[1:]) for _, value in cell.where))
            for cell in finding.cells
        )
        return changed(finding, cells=cells, relations=())

    assert not follow([printed(by_year(y2023=40, y2024=30))], [by_year(y2024=30, y2025=50)]).doubts


def test_a_question_under_another_name_is_doubtful_unless_its_words_are_the_same() -> None:
    then = spoken(one_question(oui=40, non=27), "Venir")

    def renamed(title: str) -> Finding:
        return spoken(plain("r", oui=40, non=26), title)

    found = follow([printed(then)], [renamed("Partir")])
    assert found.doubts == (Doubt("variable", "p", "", ("q",), ("r",)),)
    found = follow([printed(then)], [renamed("VENIR")])
    ((table,),) = found.editions
    assert (
        not found.doubts and table.id == "r" and {name for c in table.cells for name, _ in c.where} == {"r"}
    )
    for said in (Formerly(variable="r", was=("q",)), Formerly(variable="r", new=True)):
        assert not follow([printed(then)], [renamed("Partir")], [said]).doubts


def test_another_question_with_other_answers_is_no_renamed_one() -> None:
    asked = spoken(plain("r", jamais=30, parfois=30), "Partir")
    assert not follow([printed(spoken(plain("q", oui=40, non=27), "Venir"))], [asked]).doubts


def test_people_under_another_name_are_doubtful() -> None:
    then, now = one_question(oui=40, non=27), changed(one_question(oui=40, non=26), population="av")
    found = follow([printed(then)], [now])
    assert found.doubts == (Doubt("people", "", "", ("p",), ("av",)),)
    ((table,),) = follow([printed(then)], [now], [Formerly(population="av", was=("p",))]).editions
    assert table.population == "av"
    assert not follow([printed(then)], [now], [Formerly(population="av", new=True)]).doubts
    assert not follow([printed(then)], [then, now]).doubts


def test_a_session_in_another_room_is_no_renamed_session() -> None:
    rooms = [changed(one_question(oui=40, non=27), population=f"room.{n}") for n in (1, 2)]
    assert not follow([printed(rooms[0])], [rooms[1]]).doubts


def test_the_people_who_moved_in_a_renamed_row_are_protected() -> None:
    """One left: without the name of before, 27 there and 26 here tell whose row it was."""

    def without_whole(finding: Finding) -> Finding:
        return changed(finding, cells=finding.cells[1:], relations=(), base=None)

    then, now = (without_whole(one_question(a18=40, **{name: n})) for name, n in (("a60", 27), ("agees", 26)))
    said = Formerly(variable="q", value="agees", was=("a60",))
    hidden = []
    for declared in ((), (said,)):
        found = follow([printed(then)], [now], declared)
        protected = protect([now], Rules(), former(found.editions, [now], Rules()).editions)
        assert protected.passed
        hidden.append(now.key(where(q="agees")) in protected.hidden_keys)
    assert hidden == [False, True]


def test_the_words_are_kept_in_one_order_whatever_that_of_the_languages() -> None:
    """Counted just now or read back, the same table gives the same bytes."""
    words = ({"fr": "oui", "en": "yes"}, {"en": "yes", "fr": "oui"})
    made = [
        changed(plain(a=40), dimensions=(Dimension(id="q", label=one, values=(Value(id="a", label=one),)),))
        for one in words
    ]
    assert msgspec.json.encode(printed(made[0])) == msgspec.json.encode(printed(made[1]))


def test_in_a_crossed_table_every_place_and_sum_is_renamed() -> None:
    said = [Formerly(variable="a", value="2", was=("1",)), Formerly(variable="c", was=("b",))]
    then, now = crossed("t", [[30, 31], [32, 33]]), crossed("u", [[30, 31], [0, 0], [32, 33]], columns="c")
    ((table,),) = follow([printed(spoken(then))], [now], said).editions
    assert {name for cell in table.cells for name, _ in cell.where} == {"a", "c"}
    assert where(a="2", c="0") in {cell.where for cell in table.cells}
    assert (where(a="2"), (where(a="2", c="0"), where(a="2", c="1"))) in [
        (s.total, s.parts) for s in table.sums
    ]
