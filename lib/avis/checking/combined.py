"""What the evaluator chose to combine, held against what is counted: before any notebook runs."""

from __future__ import annotations

from collections.abc import Sequence

from avis.disclosure.combining.proposing import chosen, combine
from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.findings.model import Finding


def tell_combined(opened: Evaluation, findings: Sequence[Finding], problems: Problems) -> None:
    """Say what is wrong with `disclosure: {combine: …}`: a variable or value that no table has, and the like.

    Problems: DIS-060 to DIS-066 (see `avis.disclosure.combining.grouping.combine`).
    """
    parts = opened.settings.disclosure.combine
    if not parts:
        return
    places = [opened.place("disclosure", "combine", index) for index in range(len(parts))]
    try:
        combine(findings, chosen(parts), places)
    except AvisError as error:
        problems.extend(error.problems)
