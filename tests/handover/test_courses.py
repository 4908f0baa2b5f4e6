"""How a text came about: what leaves the room is what was agreed; what was not taken leaves as a reason."""

from __future__ import annotations

import pytest

from avis.exhibits import Change, Wording
from avis.handover.courses import changes_of, origin_of, stand_alone
from avis.handover.spoken import make_statements
from avis.settings import Scale, ScaleLevel
from avis.writing.deliberation import Deliberation
from avis.writing.history import Step, diff
from avis.writing.items import Item

SCALES = {"accord": Scale(version=1, levels=(ScaleLevel(id="oui", label={"fr": "Oui"}),))}
FIRST, NOW = "Ouvrir le samedi, près de la gare.", "Ouvrir le samedi et le dimanche."


def words(text: str, language: str = "fr") -> Wording:
    return Wording(language=language, text=text, original=True)


def item(id: str = "s1", text: str = NOW, origin: str = "", **more: object) -> Item:
    given = {"wordings": (words(text),), "adopted_version": 1, "adopted_on": "2024-12-14", "scale": "accord"}
    return Item(id, "statement", "q1", origin=origin, **(given | more))  # type: ignore[arg-type]


def step(kind: str, **more: object) -> Step:
    return Step(kind, 1, "2024-11-16", **more)  # type: ignore[arg-type]


AMENDED = step("amended", wording=words(NOW), change=diff(FIRST, NOW), about="a1")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "nothing"),
        ("at09-01", "quote"),
        ("quote:at09-01", "quote"),
        ("theme:horaires", "theme"),
        ("figure:apres.attente", "figure"),
        ("amendment:r2-a1", "amendment"),
    ],
)
def test_a_text_says_what_it_was_proposed_from(written: str, told: str) -> None:
    assert origin_of(item(origin=written)) == told


def test_of_an_amendment_only_words_that_still_stand_leave_the_room() -> None:
    (change,) = changes_of(item(), [AMENDED], {})
    assert change == Change(kind="amended", added=(words("et le dimanche"),), removed=True)
    assert "gare" not in repr(change)


def test_words_that_a_later_step_took_out_again_are_not_told() -> None:
    (change,) = changes_of(item(text="Ouvrir le samedi."), [AMENDED], {})
    assert change.added == () and change.removed


def test_a_word_alone_is_not_told_for_it_tells_nothing() -> None:
    made = step("reworded", wording=words("Ouvrir tôt."), change=diff("Ouvrir tard.", "Ouvrir tôt."))
    (change,) = changes_of(item(text="Ouvrir tôt."), [made], {})
    assert (change.kind, change.added) == ("reworded", ())


def test_another_wording_that_was_not_taken_leaves_as_its_reason_alone() -> None:
    refused = words("Fermer le samedi.")
    made = step(
        "rejected",
        wording=refused,
        change=diff(NOW, refused.text),
        about="a1",
        reason=words("C’est le seul jour."),
    )
    (change,) = changes_of(item(), [made], {})
    assert change == Change(kind="rejected", why=(words("C’est le seul jour."),))
    assert "Fermer" not in repr(change)


def test_one_that_stands_by_itself_leads_to_the_text_that_it_became() -> None:
    held = {"s1": item(), "s2": item("s2", origin="amendment:a1")}
    stands = stand_alone(Deliberation(items=held))
    (change,) = changes_of(held["s1"], [step("rejected", about="a1")], stands)
    assert change.stands == "s2"
    waiting = {"s2": item("s2", origin="amendment:a1", adopted_version=0)}
    assert stand_alone(Deliberation(items=waiting)) == {}


def test_answers_of_two_texts_that_became_one_are_told_once() -> None:
    steps = [step("merged", about="s2"), step("merged", about="s3"), step("resolved", reason=words("Oui."))]
    assert [change.kind for change in changes_of(item(), steps, {})] == ["merged", "resolved"]


def test_what_changed_an_objection_or_a_dissent_is_not_told_as_a_change_of_the_text() -> None:
    assert changes_of(item(), [step("reworded", about="d1"), step("translated"), step("adopted")], {}) == ()


def test_the_words_of_a_change_are_for_the_members_alone() -> None:
    for change in changes_of(item(), [AMENDED, step("rejected", reason=words("Non."))], {}):
        assert change.audiences == ("members",)


def test_how_it_came_about_stands_with_the_adoption_and_never_a_day() -> None:
    steps = (step("proposed"), step("reworded"), AMENDED)
    held = item(origin="quote:at09-01", merged=("s7",))
    (made,) = make_statements(Deliberation(items={"s1": held}), SCALES, (), {"s1": steps})
    assert (made.adoption.origin, made.adoption.reworded, made.adoption.merged) == ("quote", 1, 1)
    assert made.adoption.month == "2024-12" and "2024-11-16" not in repr(made)


def test_a_suspended_text_does_not_leave_and_neither_do_its_changes() -> None:
    held = Deliberation(items={"s1": item(held_back=frozenset({"s1"}))})
    assert make_statements(held, SCALES, (), {"s1": (AMENDED,)}) == ()
