"""What was made, each by its name, so that what two projects share is counted once."""

from __future__ import annotations

from avis.errors import Place, Problems
from avis.exhibits import Words
from avis.findings.model import Finding
from avis.settings import Indicator


def made(indicator: Indicator) -> tuple[tuple[str, Words], ...]:
    """Give the id and the name of each thing that an indicator names.

    >>> made(Indicator(id="films", label={"fr": "films"}, measure="productions"))
    ()
    """
    return tuple((item.id, item.label) for item in indicator.items)


def check_made(indicator: Indicator, finding: Finding, problems: Problems) -> None:
    """Hold the names against the number: FIN-050 an exact number that is not that of the names.

    Where the number is not exact ("at least three"), more may exist than is named, or fewer be named.
    """
    cell = finding.cell(())
    if not indicator.items or cell is None or cell.n is None or cell.qualifier != "exact":
        return
    if cell.n != len(indicator.items):
        place = Place("evaluation.yaml", field=indicator.id)
        problems.add("FIN-050", place, named=len(indicator.items), counted=f"{cell.n:g}")
