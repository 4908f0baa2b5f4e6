import pytest

from avis.disclosure.rules import (
    Rules,
    is_small_count,
    is_small_group,
    is_wide,
    rules_for,
    tells_of_all,
)
from avis.errors import AvisError
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
