"""What was made is named, so that a portfolio counts once what two projects share."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from logs import log, persons

from avis.errors import AvisError
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.settings import Indicator, Item

EPISODES = tuple(Item(id=f"true-talk-2-{n}", label={"fr": f"Épisode {n}"}) for n in range(6, 11))


def counted(items: tuple[Item, ...], **figure: Any) -> Finding:
    row = {"id": "episodes", "value": 5.0, "value_max": None, "qualifier": "exact", "measure": "productions"}
    indicator = Indicator(
        id="episodes", label={"fr": "épisodes"}, measure="productions", count="figure", figure="episodes",
        items=items,
    )  # fmt: skip
    figures = pd.DataFrame([row | figure])
    (found,) = count_indicators(log(), persons(), figures, [indicator], "2022", "2024", "all")
    return found


def test_the_names_of_what_was_made_go_with_the_number() -> None:
    assert [id for id, _ in counted(EPISODES).items] == [item.id for item in EPISODES]


@pytest.mark.parametrize("n", [4, 6])
def test_an_exact_number_is_the_number_of_its_names(n: int) -> None:
    with pytest.raises(AvisError, match="FIN-050"):
        counted(EPISODES, value=float(n))


def test_at_least_so_many_may_be_more_than_are_named() -> None:
    assert len(counted(EPISODES[:3], qualifier="at_least").items) == 3


def test_a_figure_of_an_earlier_project_says_so_in_its_evidence() -> None:
    found = counted((), earlier_fr="2018–2019", earlier_en="2018–2019")
    assert found.earlier == {"fr": "2018–2019", "en": "2018–2019"}
    assert "projet antérieur (2018–2019)" in found.evidence.rule["fr"]


def test_a_figure_of_this_project_has_no_earlier_one() -> None:
    assert counted((), earlier_fr="").earlier == {}
