"""Who counts as a minor when a consent is judged, and what a minor's consent needs.

Declared a minor, or of unknown age: a minor. Her own yes is needed, and the recorded authority, a role and
never a name (French civil code, art. 371-1 and 388-2; GDPR, recital 38). Nothing here asks anybody to
contact a parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from avis.sources.codes import person_code
from avis.sources.registers import ends_before_adult

Among = Literal["none", "some", "all"]


@dataclass(frozen=True, repr=False)
class Minors:
    """What is known of ages: how many of the people are minors, and whose age was declared, by code."""

    among: Among
    adults: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()

    def hold(self, ledger: pd.DataFrame) -> pd.Series[bool]:
        """Tell which rows of a ledger (columns contribution, person, minor, granted_on) are a minor's.

        Who is declared a minor in one place is one, whatever else is said. Unknown ages are minors' unless
        the evaluation says that there are none; where all are minors, so is everybody.

        >>> ledger = pd.DataFrame({"person": ["a1", "B2", "C3", ""], "minor": ["", "", "no", ""]})
        >>> ledger = ledger.assign(contribution=["w1", "w2", "w3", "w4"], granted_on="2024-01-10")
        >>> Minors("some", adults=frozenset({"A1"})).hold(ledger).tolist()
        [False, True, False, True]
        >>> Minors("none", declared=frozenset({"B2"})).hold(ledger).tolist()
        [False, True, False, False]
        """
        if self.among == "all":
            return pd.Series(True, index=ledger.index)
        codes = ledger["person"].map({code: person_code(code) for code in ledger["person"].unique()})
        declared = _declared_in(ledger, codes) | codes.isin(self.declared)
        if self.among == "none":
            return declared
        return declared | ~((ledger["minor"] == "no") | codes.isin(self.adults))


def _declared_in(ledger: pd.DataFrame, codes: pd.Series[str]) -> pd.Series[bool]:
    """Tell which rows the ledger declares a minor's: by themselves, or by another on these words or person.

    A row that says "no" is believed where it was granted after the last one that says "yes": people come of
    age.
    """
    declared = ledger["minor"] == "yes"
    days = ledger["granted_on"].astype("object")
    by_key = [(key, declared & (key != "")) for key in (ledger["contribution"], codes)]
    for key, said in by_key:
        last = dict(sorted(zip(key[said], days[said], strict=True), key=lambda pair: pair[1]))
        later = days.to_numpy() > key.map(lambda one, last=last: last.get(one, "")).to_numpy(dtype=object)
        declared |= key.isin(list(last)) & ~((ledger["minor"] == "no") & later)
    return declared


NO_MINORS = Minors("none")


def minors_of(among: Among, persons: pd.DataFrame) -> Minors:
    """Gather what the settings and the persons' table (see `read_persons`) say of ages.

    >>> persons = pd.DataFrame({"code": ["A1", "B2", "C3"], "minor": [False, True, True]})
    >>> known = minors_of("some", persons.assign(minor_declared=[False, None, True]))
    >>> sorted(known.adults), sorted(known.declared)
    (['A1'], ['C3'])
    """
    if persons.empty:
        return Minors(among)
    said = persons["minor_declared"].astype("boolean")
    # a band that ends before 18 declares a minor too, whatever the column says (SRC-037)
    young = ends_before_adult(persons["age_band"]) if "age_band" in persons else False
    declared = said.fillna(False).astype("bool") | young
    adults = ~persons["minor"].astype("bool")
    return Minors(among, frozenset(persons.loc[adults, "code"]), frozenset(persons.loc[declared, "code"]))
