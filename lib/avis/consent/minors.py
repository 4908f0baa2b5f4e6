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

    def hold(self, rows: pd.DataFrame) -> pd.Series[bool]:
        """Tell which rows of a ledger (columns person, minor) are a minor's.

        Who is declared a minor in one place is one, whatever else is said. Unknown ages are minors' unless
        the evaluation says that there are none; where all are minors, so is everybody.

        >>> rows = pd.DataFrame({"person": ["a1", "B2", "C3", ""], "minor": ["", "", "no", ""]})
        >>> Minors("some", adults=frozenset({"A1"})).hold(rows).tolist()
        [False, True, False, True]
        >>> Minors("none", declared=frozenset({"B2"})).hold(rows).tolist()
        [False, True, False, False]
        """
        if self.among == "all":
            return pd.Series(True, index=rows.index)
        codes = rows["person"].map({code: person_code(code) for code in rows["person"].unique()})
        declared = (rows["minor"] == "yes") | codes.isin(self.declared)
        if self.among == "none":
            return declared
        return declared | ~((rows["minor"] == "no") | codes.isin(self.adults))


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
