"""The primary rules, each with its source: which counts may not be read from what is published.

Every rule is a named function of counts and a threshold, tested at −1, 0 and +1. `protect` and
`audit` both speak these words, and agree on nothing else.

One rule needs no function. A structural zero (a status that the form cannot give, and that nobody has) is
`Finding.public`: bound to 0 and known to all. It is never masked, and no count can hide behind it (Hundepohl
et al., Statistical Disclosure Control, 2012, 4.2.1); `findings.distribution` says which they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from avis.errors import Place, Problems
from avis.exhibits import Words
from avis.periods import is_day
from avis.settings import DEFAULT_THRESHOLD, Disclosure

LOWEST_THRESHOLD = 5
"""The lowest that a written decision may choose: DREES's rule for data that are not of health."""

DECISION = Place("evaluation.yaml", field="disclosure")
"""Where the decision on the threshold stands."""

MINORS_THRESHOLD = 11
"""Counts of minors keep it, whatever was decided for adults."""

DOMINANCE = 0.85
"""Part of an amount (hours, money) from which one contributor makes it: the rule of INSEE."""


@dataclass(frozen=True)
class Rules:
    """The threshold of an evaluation, and who decided it where it is not the default.

    >>> Rules().threshold_for(minors=True), Rules(5).threshold_for(minors=True), Rules(5).threshold_for(False)
    (11, 11, 5)
    """

    threshold: int = DEFAULT_THRESHOLD
    decision: Words | None = None

    def threshold_for(self, minors: bool) -> int:
        """Give the threshold of a count; minors keep 11."""
        return max(self.threshold, MINORS_THRESHOLD) if minors else self.threshold


def rules_for(settings: Disclosure, place: Place = DECISION) -> Rules:
    """Read the evaluation's decision; every problem at once.

    Errors: DIS-002 a lower threshold without who, when and why; DIS-003 under 5.
    """
    problems = Problems()
    if settings.threshold < LOWEST_THRESHOLD:
        problems.add("DIS-003", place, threshold=settings.threshold, lowest=LOWEST_THRESHOLD)
    lowered = settings.threshold < DEFAULT_THRESHOLD
    if lowered and not (settings.decided_by and is_day(settings.decided_on) and settings.reason):
        problems.add("DIS-002", place, threshold=settings.threshold, default=DEFAULT_THRESHOLD)
    problems.raise_errors()
    if not lowered:
        return Rules(settings.threshold)
    told = {
        lang: f"{settings.decided_by.get(lang, '')}, {settings.decided_on} — {settings.reason.get(lang, '')}"
        for lang in sorted({*settings.decided_by, *settings.reason})
    }
    return Rules(settings.threshold, told)


def is_small_count(n: float, threshold: int) -> bool:
    """Frequency: 1 to threshold − 1 people. Nobody (0) is not a person; see `tells_of_all`.

    Source: INSEE, guide du secret statistique: no result on fewer than 11 people (tax sources).

    >>> [is_small_count(n, 11) for n in (0, 1, 10, 11)]
    [False, True, True, False]
    """
    return 0 < n < threshold


def tells_of_all(part: float, total: float) -> bool:
    """Unanimity: one telling part holds the whole group, however large (all 12 said yes).

    Source: the group disclosure of Hundepohl et al., Statistical Disclosure Control (2012), 5.2.

    >>> [tells_of_all(part, 12) for part in (0, 11, 12)], tells_of_all(0, 0)
    ([False, False, True], False)
    """
    return part == total > 0


def is_small_group(total: float, threshold: int) -> bool:
    """A group as a whole: under the threshold nothing of it is shown, its zeros included.

    >>> [is_small_group(n, 11) for n in (0, 10, 11)]
    [False, True, False]
    """
    return is_small_count(total, threshold)


def is_dominated(total: float, largest: float) -> bool:
    """Dominance: one contributor brings 85 % or more of an amount; who reads it reads about her.

    Source: the (n, k) rule of Hundepohl et al. (2012), 4.2.2, with n = 1; INSEE, guide du secret
    statistique: k = 85 %. INSEE masks above 85 %; at 85 % exactly, ours masks too.

    >>> [is_dominated(100, largest) for largest in (84, 85, 86)], is_dominated(0, 0)
    ([False, True, True], False)
    """
    return total > 0 and largest >= DOMINANCE * total - 1e-9


def has_few_contributors(people: int, threshold: int) -> bool:
    """Few contributors: an amount that fewer people than the threshold stand behind.

    >>> [has_few_contributors(people, 11) for people in (0, 1, 10, 11)]
    [False, True, True, False]
    """
    return is_small_count(people, threshold)


def may_not_be_read(total: float, people: int, largest: float, threshold: int) -> bool:
    """Magnitudes: an amount of few contributors, or of which one brings most. Nothing is nobody's.

    >>> [may_not_be_read(100, *case, 11) for case in ((20, 84), (20, 85), (10, 20), (11, 20))]
    [False, True, True, False]
    """
    return total > 0 and (is_dominated(total, largest) or has_few_contributors(people, threshold))


def is_wide(low: float, high: float, threshold: int) -> bool:
    """Protection: what may be deduced of a count leaves at least `threshold` steps open.

    Counts are never negative, so such an interval always reaches the threshold: nobody can conclude
    that fewer people stand there. And it is never narrow: neither "9 to 11" nor "1 to 11" is enough
    for 11, although both reach it. This is the safer side of the two conditions in Fischetti & Salazar
    (2001), which ask for an upper and a lower distance from the true value: ours do not depend on it,
    so that the width tells nothing of the value either.

    >>> is_wide(0, 11, 11), is_wide(1, 11, 11), is_wide(0, 10, 11)
    (True, False, False)
    """
    return high - low >= threshold
