"""Themes side by side, in their order, in their languages: for those who hold the notes."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from avis.findings.coders import agree
from avis.findings.cooccurrence import otherwise, pair_themes, saturate, speak_of
from avis.findings.presence import in_order, place_codes, said_in

BOOK = pd.DataFrame({"code": ["attente", "trajet", "lieu"]})
HELD = in_order(
    pd.DataFrame(
        {
            "id": ["m2", "m1", "m3"],
            "date": ["2024-03", "2024-01", "2024-05"],
            "absent_fr": ["", "Le soir.", ""],
            "absent_en": "",
        }
    )
)
SAID = pd.DataFrame(
    {
        "id": ["s1", "s2", "s3", "s4"],
        "meeting": ["m1", "m1", "m2", "m3"],
        "language": ["fr", "en", "en", "fr"],
        "kind": "speech",
    }
)


def coded() -> pd.DataFrame:
    rows = [
        ("s1", "attente", "a", False),
        ("s1", "trajet", "a", False),
        ("s2", "attente", "a", True),
        ("s3", "trajet", "a", False),
        ("s3", "trajet", "b", False),
        ("s3", "attente", "b", False),
        ("s4", "inconnu", "a", False),
    ]
    codings = pd.DataFrame(rows, columns=["segment", "theme", "coder", "against"])
    return place_codes(HELD, SAID, codings, BOOK)


def test_two_themes_stand_together_in_a_paragraph_and_in_a_meeting() -> None:
    assert pair_themes(coded()).values.tolist() == [["attente", "trajet", 2, 2]]


def test_each_meeting_says_how_many_themes_were_new_and_who_was_absent() -> None:
    found = saturate(HELD, coded())
    assert found[["meeting", "paragraphs", "themes", "new", "so_far"]].values.tolist() == [
        ["m1", 2, 2, 2, 2],
        ["m2", 1, 2, 0, 2],
        ["m3", 0, 0, 0, 2],
    ]
    assert found["absent_fr"].tolist() == ["Le soir.", "", ""]


def test_a_theme_is_counted_by_meeting_in_each_language() -> None:
    assert speak_of(coded()).values.tolist() == [
        ["attente", "en", 2],
        ["attente", "fr", 1],
        ["trajet", "en", 1],
        ["trajet", "fr", 1],
    ]


def test_where_somebody_said_otherwise_is_listed_by_paragraph() -> None:
    assert otherwise(coded()).values.tolist() == [["attente", 1, "s2"]]


def test_nothing_coded_makes_empty_tables_with_their_columns() -> None:
    nothing = coded().iloc[:0]
    assert pair_themes(nothing).columns.tolist() == ["theme", "other", "paragraphs", "meetings"]
    assert otherwise(nothing).columns.tolist() == ["theme", "meetings", "segments"]
    assert saturate(HELD, nothing)["so_far"].tolist() == [0, 0, 0]


@pytest.mark.slow
def test_fifty_thousand_paragraphs_are_compared_in_about_a_second() -> None:
    n, chance = 50_000, np.random.default_rng(1)
    book = pd.DataFrame({"code": [f"t{i}" for i in range(40)]})
    held = pd.DataFrame({"id": [f"m{i}" for i in range(200)], "date": "2024-01", "coders": "a b"})
    held = held.assign(absent_fr="", absent_en="")
    said = pd.DataFrame({"id": [f"s{i}" for i in range(n)], "meeting": [f"m{i % 200}" for i in range(n)]})
    said = said.assign(language="fr", kind="speech")
    rows = {
        "segment": said["id"].to_numpy()[chance.integers(0, n, 2 * n)],
        "theme": [f"t{i}" for i in chance.integers(0, 40, 2 * n)],
        "coder": np.where(chance.random(2 * n) < 0.5, "a", "b"),
        "against": False,
    }
    codings = pd.DataFrame(rows)
    start = time.process_time()
    found = place_codes(in_order(held), said_in(said), codings, book)
    pair_themes(found), saturate(held, found), speak_of(found)
    shown = time.process_time() - start
    agree(held, said, codings, book)
    assert shown < 2
    assert time.process_time() - start < 6
