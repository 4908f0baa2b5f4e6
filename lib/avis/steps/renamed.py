"""Names that may have changed since an edition: told with every build, and why no edition goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from avis.disclosure.former.renaming import Doubt, Followed, follow
from avis.editions.printed import PrintedTable
from avis.errors import Problem, Problems
from avis.evaluation import Evaluation
from avis.findings.model import Finding
from avis.sources.labels import meant
from avis.spelling import suggest

DOUBTS = {"row": "DIS-056", "variable": "DIS-057", "people": "DIS-058"}
"""What is told of each kind of name; an edition is refused with all of them."""
UNUSED = "DIS-059"
_MOST = 6


def follow_names(
    opened: Evaluation,
    editions: Sequence[Sequence[PrintedTable]],
    findings: Sequence[Finding],
    problems: Problems,
) -> Followed:
    """Write former editions in the names of today, by what they printed and by what the evaluation says.

    Remarks: DIS-056 rows, DIS-057 variables, DIS-058 people that may have been renamed; DIS-059 a line of
    `formerly` that names nothing.
    """
    settings = opened.settings
    found = follow(
        editions,
        findings,
        settings.disclosure.formerly,
        lambda variable, value: meant(settings.labels, variable, value),
    )
    for number in found.unused:
        problems.warn(UNUSED, opened.place("disclosure", "formerly", number))
    for doubt in found.doubts:
        problems.warn(DOUBTS[doubt.kind], opened.place("disclosure", "formerly"), **_facts(doubt))
    return found


def doubts_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give the problems for which an edition does not go out, each once."""
    return tuple(dict.fromkeys(item for item in problems if item.code in DOUBTS.values()))


def refuse_doubts(doubts: Iterable[Problem], problems: Problems) -> None:
    """Refuse what a build only remarked: DIS-056 to DIS-058, as errors."""
    for item in doubts:
        problems.add(item.code, item.place, **dict(item.facts))


def _facts(doubt: Doubt) -> dict[str, str]:
    """Name what is gone and what has come, with the two lines that settle it, ready to be copied."""
    come = doubt.come[0]
    gone = suggest(come, doubt.gone).get("hint", doubt.gone[0])
    names = {
        "row": {"variable": doubt.variable, "value": come},
        "variable": {"variable": come},
        "people": {"population": come},
    }[doubt.kind]
    said = ", ".join(f"{key}: {_quoted(name)}" for key, name in names.items())
    return {
        "variable": doubt.variable,
        "people": doubt.people,
        "gone": _listed(doubt.gone),
        "come": _listed(doubt.come),
        "renamed": f"- {{{said}, was: [{_quoted(gone)}]}}",
        "new": f"- {{{said}, new: true}}",
    }


def _quoted(name: str) -> str:
    """Write a name as YAML reads it, whatever stands in it."""
    return json.dumps(name, ensure_ascii=False)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (", …" if len(names) > _MOST else "")
