"""What two people decide of words, weighed at every build: who signed, on what, in which order."""

from __future__ import annotations

import pytest
from given_review import END, PHONE, START, WORDS, decided, signed, weighed
from hypothesis import given
from hypothesis import strategies as st

from avis.identifiers.people import Known, words_of
from avis.redaction.reviewed import Choice, printed

GENERAL = decided("generalise", replacement="mon numéro")


def test_words_that_nobody_reread_are_not_printed() -> None:
    reviewed = weighed()
    assert (reviewed.words, reviewed.open) == ({}, {"a1": "unread"})


def test_one_reader_is_not_enough_and_two_are() -> None:
    assert weighed(GENERAL, *signed("Ada")).open == {"a1": "one_reader"}
    assert weighed(GENERAL, *signed("Ada", "Bea")).open == {}


@pytest.mark.parametrize(
    "again",
    ["Ada Roy", "ADA ROY", " ada\u00a0 roy ", "Ada Roy.", "A. R.", "AR", "Ada", "Ada R.", "Roy Ada", "A."],
)
def test_the_same_person_twice_is_one_reader(again: str) -> None:
    assert weighed(GENERAL, *signed("Ada Roy", again)).open == {"a1": "one_reader"}
    assert weighed(GENERAL, *signed(again, "Ada Roy")).open == {"a1": "one_reader"}


@pytest.mark.parametrize("other", ["Béa Roy", "B. R.", "Ada Lune", "Alix Roy", "Adama Roy"])
def test_two_people_whose_names_are_near_are_two_readers(other: str) -> None:
    assert weighed(GENERAL, *signed("Ada Roy", other)).open == {}


def test_replaced_words_stand_in_square_brackets_so_that_a_reader_sees_they_are_not_hers() -> None:
    reviewed = weighed(GENERAL, *signed("Ada", "Bea"))
    assert reviewed.words == {"a1": "Appelle-moi au [mon numéro], le soir."}
    assert PHONE not in repr(reviewed)


def test_a_flag_that_nobody_decided_on_stays_open_whoever_signed() -> None:
    reviewed = weighed(*signed("Ada", "Bea"))
    assert reviewed.open == {"a1": "open_flag"}
    assert [(flag.start, flag.end, flag.kind) for flag in reviewed.flags["a1"]] == [(START, END, "phone")]


def test_what_is_kept_is_printed_as_it_is() -> None:
    assert weighed(decided("keep"), *signed("Ada", "Bea")).words == {"a1": WORDS}


def test_a_decision_on_another_kind_or_another_place_settles_nothing() -> None:
    for other in (decided("keep", kind="email"), decided("keep", start=START + 1)):
        assert weighed(other, *signed("Ada", "Bea")).open == {"a1": "open_flag"}


def test_a_place_that_a_person_saw_herself_is_replaced_too() -> None:
    seen = decided("generalise", start=0, end=11, kind="autre", replacement="Appelez")
    assert weighed(GENERAL, seen, *signed("Ada", "Bea")).words["a1"].startswith("[Appelez] au [mon")


def test_changed_words_are_to_be_reread_and_nothing_decided_before_is_applied() -> None:
    reviewed = weighed(GENERAL, *signed("Ada", "Bea"), words=WORDS + " Merci.")
    assert reviewed.open == {"a1": "changed"}
    assert reviewed.drafted == {"a1": WORDS + " Merci."}


def test_spaces_that_change_are_no_change_of_words() -> None:
    assert weighed(decided("keep"), *signed("Ada", "Bea"), words=WORDS).open == {}
    assert weighed(*signed("Ada", "Bea", words="Oui  merci."), words="Oui merci.").open == {}


@pytest.mark.parametrize(("day", "reason"), [("2025-01-09", "unread"), ("2025-01-11", None)])
def test_a_signature_before_the_last_decision_was_for_other_printed_words(
    day: str, reason: str | None
) -> None:
    assert weighed(*signed("Ada", "Bea", on=day), GENERAL).open.get("a1") == reason


def test_on_one_day_the_order_of_the_rows_decides() -> None:
    assert weighed(GENERAL, *signed("Ada", "Bea")).open == {}
    assert weighed(*signed("Ada", "Bea"), GENERAL).open == {"a1": "unread"}


def test_of_two_decisions_on_one_place_the_later_one_holds() -> None:
    later = decided("generalise", by="Bea", on="2025-01-11", replacement="un numéro")
    assert "[un numéro]" in weighed(later, GENERAL, *signed("Ada", "Bea", on="2025-01-12")).words["a1"]


@pytest.mark.parametrize(
    "wrong",
    [
        decided("generalise", replacement="07 98 76 54 32"),
        decided("generalise", end=len(WORDS) + 1, replacement="mon numéro"),
    ],
)
def test_what_identifies_or_leaves_the_words_is_refused_and_nothing_is_printed(
    wrong: dict[str, object],
) -> None:
    reviewed = weighed(wrong, *signed("Ada", "Bea"))
    assert reviewed.open == {"a1": "open_flag"}
    assert [choice.refused for choice in reviewed.choices["a1"]] == [True]


def test_two_replacements_on_the_same_words_are_refused() -> None:
    over = decided("generalise", start=START - 3, end=END - 2, replacement="là")
    assert weighed(GENERAL, over, *signed("Ada", "Bea")).open == {"a1": "open_flag"}


def test_a_pseudonym_may_look_like_a_name_but_not_repeat_the_one_it_hides() -> None:
    words = "Maintenant, quand mon amie Ombeline me demande, je sais."
    start = words.index("Ombeline")
    place = {"start": start, "end": start + 8, "kind": "name", "words": words}
    for replacement, reason in (("Acacia", None), ("Ombeline D.", "open_flag")):
        row = decided("pseudonym", replacement=replacement, **place)  # type: ignore[arg-type]
        reviewed = weighed(row, *signed("Ada", "Bea", words=words), words=words)
        assert reviewed.open.get("a1") == reason


def test_a_name_of_the_register_reopens_what_was_decided_without_it() -> None:
    words = "Demande à Blandine, elle sait."
    start = words.index("Blandine")
    known = Known({words_of("Blandine"): ("K7M2",)})
    place = {"start": start, "end": start + 8, "words": words}
    without = decided("keep", kind="name", **place)  # type: ignore[arg-type]
    given = decided("keep", kind="known_person", **place)  # type: ignore[arg-type]
    both = signed("Ada", "Bea", words=words)
    assert weighed(without, *both, words=words, known=known).open == {"a1": "open_flag"}
    assert weighed(given, *both, words=words, known=known).open == {}
    assert weighed(given, *both, words=words).open == {}, "a build without the key asks nothing again"


@pytest.mark.parametrize("words", ["La médiatrice m’a dit de venir.", "The mediator told me to come."])
@pytest.mark.parametrize(("mediators", "flagged"), [(0, False), (1, True), (2, False)])
def test_where_there_is_one_mediator_words_that_speak_of_her_are_flagged(
    words: str, mediators: int, flagged: bool
) -> None:
    reviewed = weighed(*signed("Ada", "Bea", words=words), words=words, mediators=mediators)
    assert [flag.kind for flag in reviewed.flags.get("a1", ())] == (["mediator"] if flagged else [])


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4))
def test_nothing_between_replacements_is_lost(text: str, places: list[tuple[int, int]]) -> None:
    choices, at = [], 0
    for gap, length in places:
        if at + gap + length <= len(text):
            choices.append(Choice(at + gap, at + gap + length, "name", "pseudonym", "§"))
            at += gap + length
    kept = [
        text[a:b]
        for a, b in zip([0, *(c.end for c in choices)], [*(c.start for c in choices), None], strict=True)
    ]
    assert printed(text, choices) == "[§]".join(kept)
