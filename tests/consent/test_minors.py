"""A minor’s consent: her own yes and an authority; unknown age is a minor."""

from __future__ import annotations

import pandas as pd
import pytest
from ledgers import ledger, verdict

from avis.consent.minors import Minors, minors_of

YOUNG = {"minor": "yes", "own_yes": "yes", "authority": "child_protection"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (YOUNG, "granted"),
        (YOUNG | {"own_yes": ""}, "not_own_yes"),
        (YOUNG | {"own_yes": "no"}, "not_own_yes"),
        (YOUNG | {"authority": ""}, "no_authority"),
        (YOUNG | {"own_yes": "", "authority": ""}, "not_own_yes"),
        ({"minor": "", "own_yes": "", "authority": ""}, "not_own_yes"),
        ({"minor": "no"}, "granted"),
        ({"minor": "", "person": "A1"}, "granted"),
        ({"minor": "yes", "person": "A1"}, "not_own_yes"),
        ({"minor": "no", "person": "B2"}, "not_own_yes"),
    ],
)
def test_a_minors_consent_needs_her_own_yes_and_an_authority(row: dict[str, str], reason: str) -> None:
    known = Minors("some", adults=frozenset({"A1"}), declared=frozenset({"B2"}))
    assert verdict(ledger(row), minors=known)[3] == reason


def test_where_all_are_minors_so_is_everybody_and_where_there_are_none_only_who_is_declared() -> None:
    adult = Minors("all", adults=frozenset({"A1"}))
    assert verdict(ledger({"person": "A1", "minor": "no"}), minors=adult)[3] == "not_own_yes"
    assert verdict(ledger({"person": "?"}), minors=Minors("none"))[3] == "granted"
    assert verdict(ledger({"minor": "yes"}), minors=Minors("none"))[3] == "not_own_yes"


def test_a_person_is_found_however_her_code_is_spelled() -> None:
    known = Minors("some", adults=frozenset({"P-01"}))
    assert verdict(ledger({"person": " p\u201101"}), minors=known)[3] == "granted"


def test_an_age_band_that_ends_before_eighteen_declares_a_minor() -> None:
    persons = pd.DataFrame({"code": ["A1", "B2", "C3"], "age_band": ["15-17", "18-25", ""]})
    persons = persons.assign(
        minor=[True, False, True], minor_declared=pd.array([None, False, None], "boolean")
    )
    known = minors_of("none", persons)
    assert (known.declared, known.adults) == ({"A1"}, {"B2"})
