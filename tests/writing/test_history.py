"""How one text changed, from first proposal to adoption, as a reader may follow it."""

from __future__ import annotations

from test_deliberation import SCALES, Room

from avis.exhibits import Wording
from avis.writing.chain import Log
from avis.writing.history import Step, diff, tell_histories


def told(room: Room, item: str = "s1") -> tuple[Step, ...]:
    return tell_histories([Log("mars", tuple(room.events), room.words)], SCALES).get(item, ())


def kinds(room: Room, item: str = "s1") -> list[tuple[str, int]]:
    return [(step.kind, step.version) for step in told(room, item)]


def marked(step: Step) -> str:
    signs = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}
    return "".join(signs[change.op].format(change.words) for change in step.change)


def words(text: str) -> Wording:
    return Wording(language="fr", text=text)


def test_a_text_is_told_from_proposal_to_adoption() -> None:
    room = Room().propose().translate("Open on Saturdays.").amend().vote(version=2, support=5).adopt(2)
    assert kinds(room) == [
        ("proposed", 1),
        ("translated", 1),
        ("suggested", 1),
        ("amended", 2),
        ("asked", 2),
        ("adopted", 2),
    ]
    assert {step.date for step in told(room)} == {"2024-03-15"}


def test_an_amendment_is_shown_as_what_came_and_what_went() -> None:
    amended = told(Room().propose().amend())[-1]
    assert marked(amended) == "Ouvrir [-le-][+un+] samedi[+ par mois+]."


def test_a_rejected_amendment_is_told_with_its_reason_and_changes_no_version() -> None:
    room = Room().propose()
    room("amendment_proposed", item="s1", amendment="a1", language="fr", text=words("Fermer le samedi."))
    room("amendment_rejected", item="s1", amendment="a1", reason=words("Le samedi est le seul jour libre."))
    step = told(room)[-1]
    assert (step.kind, step.version, step.about) == ("rejected", 1, "a1")
    assert step.reason is not None and step.reason.text == "Le samedi est le seul jour libre."
    assert marked(step) == "[-Ouvrir-][+Fermer+] le samedi."


def test_two_texts_that_became_one_are_told_in_the_one_that_lives() -> None:
    room = Room().propose().propose("s2", "Ouvrir le soir.")
    room("merged", items=["s1", "s2"], into="s1")
    step = told(room)[-1]
    assert (step.kind, step.about, step.version) == ("merged", "s2", 2)
    assert step.wording is not None and step.wording.text == "Ouvrir le soir."


def test_objections_and_dissents_are_told_and_how_they_ended() -> None:
    room = Room().propose().object().dissent()
    room("objection_resolved", objection="o1", how=words("Le bus passera."))
    assert [(step.kind, step.about) for step in told(room)[1:]] == [
        ("objected", "o1"),
        ("dissented", "d1"),
        ("resolved", "o1"),
    ]
    reason = told(room)[-1].reason
    assert reason is not None and reason.text == "Le bus passera."


def test_words_that_were_erased_are_told_without_them() -> None:
    room = Room().propose().object()
    room("redacted", word="w2")
    assert [step.wording and step.wording.text for step in told(room)] == ["Ouvrir le samedi.", None]


def test_where_the_words_of_a_text_are_gone_its_former_ones_are_not_told_either() -> None:
    room = Room().propose().amend()
    room("redacted", word="w2")
    assert [(step.kind, step.wording, step.change) for step in told(room)] == [
        ("proposed", None, ()),
        ("suggested", None, ()),
        ("amended", None, ()),
    ]


def test_nothing_of_a_suspended_text_is_told_and_all_of_it_again_once_it_is_resumed() -> None:
    room = Room().propose().amend()
    before = told(room)
    room("suspended", item="s1")
    assert {step.wording for step in told(room)} == {None}
    room("resumed", item="s1")
    assert told(room)[:3] == before


def test_a_suspended_dissent_is_told_without_its_words() -> None:
    room = Room().propose().dissent()
    room("suspended", item="d1")
    assert [step.wording for step in told(room) if step.about == "d1"] == [None, None]


def test_a_change_by_its_author_is_a_version_of_its_own() -> None:
    room = Room().propose()
    room("reworded", item="s1", language="fr", text=words("Ouvrir le samedi matin."))
    assert kinds(room) == [("proposed", 1), ("reworded", 2)]
    assert marked(told(room)[-1]) == "Ouvrir le samedi[+ matin+]."


def test_what_changed_nothing_is_no_step() -> None:
    room = Room().propose()
    room("amendment_accepted", item="s1", amendment="a9")
    assert kinds(room) == [("proposed", 1)]


def test_a_diff_gives_back_both_wordings() -> None:
    was, now = "Le guichet, le samedi\u202f: oui.", "Un guichet le soir\u202f!"
    changes = diff(was, now)
    assert "".join(one.words for one in changes if one.op != "added") == was
    assert "".join(one.words for one in changes if one.op != "removed") == now
