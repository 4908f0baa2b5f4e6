"""All that a reader has at hand beside the findings of today: earlier editions, and who must be one person.

`protect` and `audit` both begin here, and part: what follows from it each of them reckons by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from avis.disclosure.editions import Editions, earlier
from avis.findings.model import Finding, Key


@dataclass(frozen=True)
class Frame:
    """Findings that print nothing and tie counts together, and the counts that are known without today's."""

    findings: tuple[Finding, ...]
    known: frozenset[Key]


NOTHING = Frame((), frozenset())


def frame(findings: Sequence[Finding], published: Editions = ()) -> Frame:
    """Give what stands beside the findings of today: counts of earlier editions, and who moved since."""
    before = earlier(findings, published)
    return Frame(before.findings, before.known)
