"""Paris lies in Île-de-France: what the table of places hides, that of areas does not give back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from logs import indicator, log, n, persons, published

from avis.disclosure.audit import audit
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.errors import AvisError
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.settings import Label

LABELS = {
    "place": {
        "paris": Label(fr="Paris", within="ile-de-france"),
        "nanterre": Label(fr="Nanterre", within="ile-de-france"),
        "lyon": Label(fr="Lyon"),
        "lille": Label(fr="Lille"),
        "ile-de-france": Label(fr="Île-de-France"),
    }
}
PLACES = ("paris", "nanterre", "lyon", "lille")
IN = {"paris": "ile-de-france", "nanterre": "ile-de-france", "lyon": "lyon", "lille": "lille"}


def counted(rows: pd.DataFrame, measure: str, count: str, labels: object = LABELS) -> dict[str, Finding]:
    wanted = indicator(measure=measure, count=count, by=("place", "area"))
    found = count_indicators(
        rows,
        persons(),
        published(),
        [wanted],
        "2023",
        "2024",
        "none",
        labels=labels,  # type: ignore[arg-type]
    )
    return {finding.id.removeprefix("rendez-vous").removeprefix("-"): finding for finding in found}


def attended(**places: int) -> pd.DataFrame:
    return log(
        *({"period_start": "2023-02", "place": place, "participants": m} for place, m in places.items())
    )


def came(**places: str) -> pd.DataFrame:
    rows = ({"period_start": "2023-02", "place": p, "person_codes": codes} for p, codes in places.items())
    return log(*rows)


def test_an_area_counts_what_lies_in_its_places() -> None:
    found = counted(attended(paris=4, nanterre=20, lyon=30), "attendances", "participants")
    assert n(found["area"], area="ile-de-france") == 24
    assert n(found["area"], area="lyon") == 30  # a place that lies in no other is its own area
    assert found["area"].dimensions[0].values[0].label["fr"] == "Île-de-France"


def test_a_person_of_two_places_of_an_area_is_one_person_there() -> None:
    found = counted(came(paris="A B", nanterre="B C"), "people", "person_codes")
    assert n(found["area"], area="ile-de-france") == 3


def test_an_area_that_the_list_does_not_have_is_told_with_the_one_that_was_meant() -> None:
    wrong = {"place": {"paris": Label(within="ile-de-frence"), "ile-de-france": Label()}}
    with pytest.raises(AvisError, match="FIN-043") as refused:
        counted(attended(paris=4), "attendances", "participants", wrong)
    assert dict(refused.value.problems[0].facts)["hint"] == "ile-de-france"


def test_an_area_minus_its_other_place_is_refused_by_the_audit() -> None:
    """4 at Paris hidden with 5 at Lyon; Île-de-France 24 and Nanterre 20 printed."""
    found = counted(attended(paris=4, nanterre=20, lyon=5, lille=40), "attendances", "participants")
    paris, lyon = (found["place"].key((("place", place),)) for place in ("paris", "lyon"))
    also = found["area"].key((("area", "lyon"),))
    verdict = audit(list(found.values()), {paris, lyon, also}, Rules())
    assert verdict.intervals[paris].low == verdict.intervals[paris].high == 4
    assert paris in {failure.key for failure in verdict.failures}


@pytest.mark.parametrize("seed", range(10))
def test_no_small_count_of_a_place_is_found_again_through_its_area(seed: int) -> None:
    """Every four counts that agree with both tables are listed."""
    most, rules = 12, Rules(3)
    counts = np.random.default_rng(seed).integers(1, 8, size=4)
    given = dict(zip(PLACES, map(int, counts), strict=True))
    found = list(counted(attended(**given), "attendances", "participants").values())
    protected = protect(found, rules)
    assert protected.passed
    every = np.array(list(product(range(1, most + 1), repeat=4)))  # a place is listed where somebody came
    for finding in found:
        for key, cell in finding.keyed():
            if key not in protected.hidden_keys:
                inside = [_lies(place, dict(cell.where)) for place in PLACES]
                every = every[every[:, inside].sum(axis=1) == cell.n]
    assert (every == counts).all(axis=1).any()
    for column, m in enumerate(counts):
        if m < 3:
            assert np.ptp(every[:, column]) >= 3, PLACES[column]


def _lies(place: str, where: dict[str, str]) -> bool:
    return where.get("place", place) == place and where.get("area", IN[place]) == IN[place]


def test_people_of_places_and_areas_are_protected_together() -> None:
    many = " ".join(f"P{number}" for number in range(30))
    found = list(
        counted(came(paris="A B P1 P2", nanterre=many, lyon=many), "people", "person_codes").values()
    )
    protected = protect(found, Rules())
    assert protected.passed
    place, area = found[1], found[2]
    assert place.key((("place", "paris"),)) in protected.hidden_keys
    # 32 in Île-de-France and 30 at Nanterre would tell of the two who came to Paris alone
    shown = {key for one in (place, area) for key, _ in one.keyed()} - protected.hidden_keys
    assert not {area.key((("area", "ile-de-france"),)), place.key((("place", "nanterre"),))} <= shown
