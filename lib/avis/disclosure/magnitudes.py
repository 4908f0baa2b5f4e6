"""Magnitudes that people stand behind (hours, money): who contributes, how much may be read of it.

Counts ask how many people stand in a cell; magnitudes ask whose they are. The rules are in `rules`
(`is_dominated`, `has_few_contributors`); here is what follows from them for the cells of a finding, in
whole units, so that the same whole-number programs hold for counts and for hours.

Only what people stand behind comes here: a finding of hours that is protected carries its contributions.
Hours of nobody in particular (interpreting, without codes) are never masked.
"""

from __future__ import annotations

from math import ceil

from avis.disclosure.rules import may_not_be_read
from avis.findings.model import Finding, Key, ref_key

UNITS = {"hours": 60, "money": 1}
"""Whole units in one hour, in one euro: minutes and euros. The one place where halves become whole.

A sum of hours is counted in minutes and printed with two decimals (`findings.tally`): half a hundredth of
an hour is 18 seconds, so rounding what is printed gives back the very minutes.
"""


def is_magnitude(measure: str) -> bool:
    """Tell whether a measure adds up amounts rather than people or acts."""
    return measure in UNITS


def units(n: float, measure: str) -> int:
    """Write a count or an amount in whole units.

    >>> units(12, "people"), units(1.33, "hours"), units(2.5, "hours"), units(99.6, "money")
    (12, 80, 150, 100)
    """
    return round(n * UNITS.get(measure, 1))


def width_of(total: float, largest: float, measure: str) -> int:
    """Give how far apart, in whole units, the lowest and the highest possible amount must be.

    As far as the largest contribution: then nobody can tell whether that person brought anything at all.
    For a cell that one person makes alone this asks for 0 to her amount, and more than the literature: the
    two levels of a (1, 85 %) rule together are 2 × (largest / 0.85 − total), at most 35 % of the total.
    Never more than the total, else no interval that begins at nothing would do.

    >>> width_of(40, 36, "hours"), width_of(40, 0.25, "hours"), width_of(0.001, 0.001, "hours")
    (2160, 15, 0)
    """
    return min(ceil(largest * UNITS[measure] - 1e-6), units(total, measure))


def is_far(low: float, high: float, n: float, largest: float) -> bool:
    """Tell whether what may be deduced of an amount leaves open all that its largest contributor brought.

    All in one unit. `low` and `high` are what agrees with everything published, `n` the amount itself.

    >>> is_far(0, 36, 40, 36), is_far(5, 40, 40, 36)
    (True, False)
    """
    return high - low >= min(largest, n)


def required(finding: Finding, threshold: int) -> dict[Key, int]:
    """Give the amounts of a finding that may not be read, each with the width that it must keep.

    Beside the cells with their contributions: unprinted amounts (a difference to an earlier edition, a
    rest), of which nobody kept whose they are. Where one person alone may have made such a rest, it is
    taken for hers, and must keep its whole width.
    """
    if not (finding.protect and is_magnitude(finding.measure)):
        return {}
    told = {finding.key(one.where): one for one in finding.contributions}
    most = max((one.largest for one in finding.contributions), default=0.0)
    found = dict[Key, int]()
    for latent in finding.latent:
        if not latent.harmless:
            key = ref_key(latent.cell, finding.measure)
            hers = latent.owed or latent.n <= most
            found[key] = width_of(latent.n, latent.n, finding.measure) if hers else 0
    found |= dict.fromkeys((key for key, _ in finding.keyed()), 0)  # without contributions, it is nobody's
    amounts = {key: cell.n or 0 for key, cell in finding.keyed()}
    amounts |= {ref_key(latent.cell, finding.measure): latent.n for latent in finding.latent}
    for key, one in told.items():
        if key in amounts and may_not_be_read(amounts[key], one.people, one.largest, threshold):
            found[key] = width_of(amounts[key], one.largest, finding.measure)
    return {key: width for key, width in sorted(found.items()) if width}
