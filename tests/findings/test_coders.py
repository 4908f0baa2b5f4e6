"""Two people code the same notes: figures against published examples, and what is missing is not absent."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.findings.coders import Agreement, agree, alpha, needed

BOOK = pd.DataFrame({"code": ["attente", "trajet", "lieu"]})


def valued(*coders: str) -> np.ndarray:
    """Count the values of each unit, from one string a coder; a dot is missing."""
    kinds = sorted({value for coder in coders for value in coder} - {"."})
    return np.array([[unit.count(kind) for kind in kinds] for unit in zip(*coders, strict=True)])


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbcccedda".replace("dda", "ddd")), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "1233244125 1.".replace(" ", "")), 0.743),
        (
            (".....341211 33.3".replace(" ", ""), "1.213343.......", "..21344.211 33.4".replace(" ", "")),
            0.691,
        ),
    ],
    ids=["2011 A: binary", "2011 B: nominal", "2011 C: missing values", "three coders, most values missing"],
)
def test_alpha_is_that_of_krippendorffs_examples(coders: tuple[str, ...], expected: float) -> None:
    assert round(alpha(valued(*coders)) or 0, 3) == expected


def by_coincidences(units: list[tuple[str, ...]]) -> float | None:
    """Krippendorff (2011), in its own steps: the matrix of coincidences, then observed against expected."""
    pairs: dict[tuple[str, str], float] = {}
    for unit in units:
        there = [value for value in unit if value != "."]
        for one, other in itertools.permutations(range(len(there)), 2):
            pair = (there[one], there[other])
            pairs[pair] = pairs.get(pair, 0) + 1 / (len(there) - 1)
    of_value = {value: sum(n for pair, n in pairs.items() if pair[0] == value) for value, _ in pairs}
    everything = sum(of_value.values())
    expected = sum(of_value[one] * of_value[two] for one, two in itertools.permutations(of_value, 2))
    unlike = sum(n for (one, two), n in pairs.items() if one != two)
    return 1 - (everything - 1) * unlike / expected if expected else None


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        (("1111", "1111"), None),  # no variation: nothing to agree about
        (("1011", "...."), None),  # one coder
        (("....", "...."), None),
        (("1011", "1011"), 1.0),
        (("10", "01"), -0.5),  # always apart: 1 - 3 * 4 / 8
        (("1", "0"), 0.0),
    ],
)
def test_alpha_at_its_edges_is_as_worked_out_by_hand(coders: tuple[str, ...], expected: float | None) -> None:
    assert alpha(valued(*coders)) == expected


@given(st.lists(st.tuples(*[st.sampled_from("01.")] * 4), max_size=12))
def test_alpha_is_what_the_matrix_of_coincidences_gives(units: list[tuple[str, ...]]) -> None:
    counts = np.array([[unit.count("0"), unit.count("1")] for unit in units], dtype="int64").reshape(-1, 2)
    assert alpha(counts) == pytest.approx(by_coincidences(units))


def test_the_paragraphs_that_are_needed_are_those_of_the_published_table() -> None:
    """Krippendorff (2004, ch. 11): two coders, a value of four, smallest alpha .667, level .05: 81 units."""
    assert needed(1 / 4) == 81
    assert needed(3 / 4) == 81
    assert needed(1 / 20) > needed(1 / 10) > needed(1 / 4) > needed(1 / 2)
    assert needed(1 / 4, coders=3) > 81


def data(
    *codings: tuple[str, str, str], coders: str = "", paragraphs: int = 4, meetings: int = 1
) -> Agreement:
    """Compare codings (segment, theme, coder) of segments s1, s2… in meeting m1, then in m2."""
    ids = [(f"s{n}", "m1" if n <= paragraphs else "m2") for n in range(1, paragraphs * meetings + 1)]
    held = pd.DataFrame({"id": [f"m{n}" for n in range(1, meetings + 1)], "coders": coders})
    said = pd.DataFrame(ids, columns=["id", "meeting"]).assign(kind="speech")
    coded = pd.DataFrame(codings, columns=["segment", "theme", "coder"])
    return agree(held, said, coded, BOOK)


def test_each_code_has_its_own_figure_and_there_is_none_over_all() -> None:
    found = data(("s1", "attente", "a"), ("s1", "attente", "b"), ("s2", "trajet", "a"), ("s3", "trajet", "b"))
    codes = found.codes.set_index("code")
    assert codes.index.tolist() == ["attente", "trajet"]
    assert codes["alpha"].round(3).to_dict() == {"attente": 1.0, "trajet": -0.167}
    assert codes[["paragraphs", "put", "parted"]].values.tolist() == [[4, 1, 0], [4, 2, 2]]


def test_where_coders_part_is_listed_paragraph_by_paragraph() -> None:
    found = data(("s1", "attente", "a"), ("s1", "attente", "b"), ("s2", "trajet", "a"), ("s3", "trajet", "b"))
    assert found.parted.values.tolist() == [
        ["m1", "s2", "trajet", "a", "b"],
        ["m1", "s3", "trajet", "b", "a"],
    ]


def test_who_did_not_read_a_meeting_is_missing_there_and_not_somebody_who_found_nothing() -> None:
    both = (("s1", "attente", "a"), ("s1", "attente", "b"))
    alone = data(*both, ("s6", "attente", "a"), meetings=2)
    assert alone.codes["paragraphs"].tolist() == [4]
    assert alone.parted.empty
    read = data(*both, ("s6", "attente", "a"), meetings=2, coders="a b")
    assert read.codes["paragraphs"].tolist() == [8]
    assert read.parted["segment"].tolist() == ["s6"]


def test_codes_without_a_name_are_the_other_reading_where_one_coder_alone_signs() -> None:
    found = data(("s1", "attente", ""), ("s1", "attente", "b"), ("s2", "trajet", ""))
    assert found.parted.values.tolist() == [["m1", "s2", "trajet", "·", "b"]]


def test_codes_without_a_name_are_what_was_settled_together_where_two_sign() -> None:
    found = data(("s1", "attente", "a"), ("s1", "attente", "b"), ("s2", "trajet", ""))
    assert found.codes["code"].tolist() == ["attente"]
    assert found.parted.empty


def test_one_coder_makes_no_agreement() -> None:
    found = data(("s1", "attente", ""), ("s2", "attente", ""))
    assert found.codes.empty
    assert found.parted.empty


def test_a_passage_coded_twice_by_one_coder_counts_once() -> None:
    once = data(("s1", "attente", "a"), ("s1", "attente", "b"), ("s2", "attente", "a"))
    twice = data(
        ("s1", "attente", "a"), ("s1", "attente", "a"), ("s1", "attente", "b"), ("s2", "attente", "a")
    )
    assert once.codes.equals(twice.codes)


def test_a_code_that_stands_everywhere_has_no_figure() -> None:
    everywhere = [(f"s{n}", "attente", coder) for n in range(1, 5) for coder in "ab"]
    found = data(*everywhere)
    assert found.codes["alpha"].isna().all()
    assert found.codes["told"].tolist() == ["same"]


@pytest.mark.parametrize(("paragraphs", "told"), [(59, "few"), (60, "reliable"), (61, "reliable")])
def test_too_few_paragraphs_are_said_whatever_the_figure(paragraphs: int, told: str) -> None:
    half = [(f"s{n}", "attente", coder) for n in range(1, paragraphs // 2 + 1) for coder in "ab"]
    found = data(*half, paragraphs=paragraphs)
    assert found.codes["alpha"].tolist() == [1.0]
    assert found.codes["told"].tolist() == [told]


def test_words_that_were_taken_back_are_not_compared() -> None:
    held = pd.DataFrame({"id": ["m1"], "coders": ["a b"]})
    said = pd.DataFrame({"id": ["s1", "s2"], "meeting": "m1", "kind": "speech"})
    coded = pd.DataFrame([("s1", "attente", "a")], columns=["segment", "theme", "coder"])
    assert agree(held, said, coded, BOOK).parted["segment"].tolist() == ["s1"]
    assert agree(held, said, coded, BOOK, frozenset({"s1"})).parted.empty
