"""What a notebook shows of a step: its views, never the fields that hold what people said."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

import pandas as pd
import pytest

from avis.steps.activities import Activities
from avis.steps.protection import Shielded
from avis.steps.survey import Surveys
from avis.steps.views import View, Viewed
from avis.steps.workshops import Workshops


@pytest.mark.parametrize("shown", [Activities, Surveys, Workshops, Shielded])
def test_no_generated_repr_prints_the_fields_of_a_step(shown: type) -> None:
    """A step shows what it wrote for people: a page of its own, or the views that all steps have."""
    own = "def __repr__" in inspect.getsource(shown)
    assert own or shown.__repr__ is Viewed.__repr__
    assert "_repr_html_" in dir(shown)


def test_views_follow_each_other_and_fields_stay_unseen() -> None:
    @dataclass(frozen=True, repr=False)
    class Seen(Viewed):
        words: str

        def views(self) -> list[View]:
            return [View("Un", pd.DataFrame()), View("Deux", pd.DataFrame({"n": [12]}))]

    seen = Seen("ce que quelqu'un a dit")
    for told in (repr(seen), seen._repr_html_()):
        assert told.index("Un") < told.index("Deux") and "12" in told
        assert "quelqu'un" not in told


def test_words_begin_on_the_left_numbers_end_on_the_right_and_what_is_pointed_at_is_no_colour_alone() -> None:
    told = View("Un", pd.DataFrame({"mots": ["mon amie ⟦Ombeline⟧ & moi"], "n": [12]}))._repr_html_()
    assert '<td style="text-align: left">mon amie <mark>⟦Ombeline⟧</mark> &amp; moi</td>' in told
    assert '<th style="text-align: right">n</th>' in told and '<td style="text-align: right">12</td>' in told
