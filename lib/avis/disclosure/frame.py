"""All that a reader has at hand beside the findings of today: earlier editions, and who must be one person.

`protect` and `audit` both begin here, and part: what follows from it each of them reckons by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from avis.disclosure.editions import Editions, earlier
from avis.disclosure.joint.latent import joint
from avis.errors import Problem
from avis.findings.model import Finding, Key


@dataclass(frozen=True)
class Frame:
    """Findings that print nothing and tie counts together, and the counts that are known without today's."""

    findings: tuple[Finding, ...]
    known: frozenset[Key]
    remarks: tuple[Problem, ...] = ()
    """What could not be tied (DIS-031, DIS-032)."""


NOTHING = Frame((), frozenset())

_LAST: list[tuple[tuple[tuple[Finding, ...], ...], Frame]] = []
"""The last frame, with what it was made of: the audit asks again after each round of hiding."""


def frame(findings: Sequence[Finding], published: Editions = ()) -> Frame:
    """Give what stands beside the findings of today: counts of earlier editions, who moved since, records."""
    asked = (tuple(findings), *map(tuple, published))
    if not _LAST or _LAST[0][0] != asked:
        _LAST[:] = [(asked, _framed(findings, published))]
    return _LAST[0][1]


def _framed(findings: Sequence[Finding], published: Editions) -> Frame:
    before = earlier(findings, published)
    records = joint((*findings, *before.findings))
    return Frame((*before.findings, *records.findings), before.known, records.remarks)
