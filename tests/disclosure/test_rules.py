import pytest
from small_tables import key, one_question, several_answers, where

from avis.disclosure.audit import audit
from avis.disclosure.protect import protect
from avis.disclosure.rules import (
    Rules,
    is_small_count,
    is_small_group,
    is_wide,
    rules_for,
    tells_of_all,
)
from avis.errors import AvisError
from avis.findings.model import Finding, Key, changed
from avis.settings import Disclosure

DECIDED = {"decided_by": {"fr": "le conseil"}, "decided_on": "2024-03-15", "reason": {"fr": "petit groupe"}}


def codes(error: pytest.ExceptionInfo[AvisError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize(("n", "small"), [(0, False), (1, True), (10, True), (11, False), (12, False)])
def test_one_to_ten_people_are_a_small_count(n: int, small: bool) -> None:
    assert is_small_count(n, 11) is small


@pytest.mark.parametrize(("part", "tells"), [(0, False), (11, False), (12, True)])
def test_all_of_a_group_tells_of_each(part: int, tells: bool) -> None:
    assert tells_of_all(part, 12) is tells


def test_nobody_in_a_group_of_nobody_tells_nothing() -> None:
    assert not tells_of_all(0, 0)


@pytest.mark.parametrize(("total", "small"), [(0, False), (10, True), (11, False)])
def test_a_group_under_the_threshold_is_small_as_a_whole(total: int, small: bool) -> None:
    assert is_small_group(total, 11) is small


@pytest.mark.parametrize(
    ("low", "high", "wide"), [(0, 10, False), (0, 11, True), (1, 11, False), (1, 12, True)]
)
def test_an_interval_is_wide_from_the_threshold_on(low: int, high: int, wide: bool) -> None:
    assert is_wide(low, high, 11) is wide


def test_the_default_is_eleven_and_needs_no_decision() -> None:
    assert rules_for(Disclosure()) == Rules(11)


def test_a_higher_threshold_needs_no_decision() -> None:
    assert rules_for(Disclosure(threshold=12)).threshold == 12


@pytest.mark.parametrize("missing", sorted(DECIDED))
def test_a_lower_threshold_needs_who_when_and_why(missing: str) -> None:
    told = {name: value for name, value in DECIDED.items() if name != missing}
    with pytest.raises(AvisError) as error:
        rules_for(Disclosure(threshold=10, **told))  # type: ignore[arg-type]
    assert codes(error) == ["DIS-002"]


def test_the_day_of_the_decision_must_be_a_day() -> None:
    with pytest.raises(AvisError) as error:
        rules_for(Disclosure(threshold=10, **(DECIDED | {"decided_on": "bientôt"})))  # type: ignore[arg-type]
    assert codes(error) == ["DIS-002"]


@pytest.mark.parametrize("threshold", [5, 6, 10])
def test_a_decision_may_go_down_to_five(threshold: int) -> None:
    rules = rules_for(Disclosure(threshold=threshold, **DECIDED))  # type: ignore[arg-type]
    assert rules.threshold == threshold
    assert rules.decision is not None and "2024-03-15" in rules.decision["fr"]


@pytest.mark.parametrize("threshold", [4, 0, -1])
def test_no_decision_may_go_under_five(threshold: int) -> None:
    with pytest.raises(AvisError) as error:
        rules_for(Disclosure(threshold=threshold, **DECIDED))  # type: ignore[arg-type]
    assert codes(error) == ["DIS-003"]


def test_minors_keep_eleven_whatever_was_decided() -> None:
    assert Rules(5).threshold_for(minors=True) == 11
    assert Rules(20).threshold_for(minors=True) == 20
    assert Rules(5).threshold_for(minors=False) == 5


def protected_keys(*findings: Finding) -> frozenset[Key]:
    protected = protect(findings, Rules())
    assert protected.passed
    return protected.hidden_keys


def test_a_category_that_everybody_ticked_and_one_that_nobody_ticked_are_both_hidden() -> None:
    """Of 40 who answered, nobody ticked C: that says of each that she did not."""
    asked = several_answers(40, a=40, b=20, c=0)
    hidden = protected_keys(asked)
    assert {key(q="a"), key(q="c")} <= hidden


@pytest.mark.parametrize(("ticked", "is_hidden"), [(0, True), (1, True), (20, False), (39, True), (40, True)])
def test_a_choice_of_several_is_hidden_near_none_and_near_all(ticked: int, is_hidden: bool) -> None:
    asked = several_answers(40, a=ticked, b=20)
    assert (key(q="a") in protected_keys(asked)) is is_hidden


def test_the_only_answer_that_was_given_is_hidden_and_so_is_that_nobody_gave_the_other() -> None:
    """40 of 40 said yes: a printed 0 beside it would say so."""
    hidden = protected_keys(one_question("q", oui=40, non=0))
    assert {key(q="oui"), key(q="non")} <= hidden


def test_a_zero_among_several_answers_that_were_given_is_nobody_and_is_shown() -> None:
    hidden = protected_keys(one_question("q", oui=40, non=30, autre=0))
    assert key(q="autre") not in hidden


def test_nothing_hides_behind_a_structural_zero() -> None:
    """5 said no; "refused" is an answer that the form cannot give: hiding its zero would protect nobody."""
    asked = one_question("q", oui=40, non=5, refused=0)
    structural = changed(asked, public=(where(q="refused"),))
    hidden = protected_keys(structural)
    assert key(q="refused") not in hidden and key(q="oui") in hidden
    unsafe = audit([structural], {key(q="non"), key(q="refused")}, Rules())
    assert unsafe.intervals[key(q="non")].low == unsafe.intervals[key(q="non")].high == 5


def test_a_small_group_shows_nothing_of_itself_not_even_its_zeros() -> None:
    hidden = protected_keys(one_question("q", telling=False, oui=6, non=4, autre=0))
    assert {key(q=answer) for answer in ("oui", "non", "autre")} <= hidden
