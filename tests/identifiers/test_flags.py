"""What is flagged in lines of fictional notes, how well, and where: offsets lead back to the words."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import measure, read_lines

from avis.i18n import LANGUAGES
from avis.identifiers.flags import find_flags
from avis.identifiers.folding import fold_with_offsets
from avis.identifiers.model import KINDS
from avis.identifiers.people import Known, words_of

HERE = Path(__file__).parent
SETS = ("corpus", "held_out", "held_out_2", "held_out_3")
LINES = [line.text for name in SETS for line in read_lines(HERE / f"{name}.txt")]
INVISIBLE = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad")
ALIKE = str.maketrans("aeopcxyAEOPCXMTHBK", "аеорсхуАЕОРСХМТНВК")
"""Latin letters and those of Cyrillic that look like them."""


def told(text: str, known: Known | None = None) -> list[tuple[str, str, bool]]:
    flags = find_flags(text, known) if known else find_flags(text)
    return [(text[flag.start : flag.end], flag.kind, flag.asked) for flag in flags]


@pytest.mark.parametrize("name", SETS)
def test_nearly_all_identifiers_are_flagged_and_nearly_nothing_else(name: str) -> None:
    met = measure(HERE / f"{name}.txt")
    assert met.recall >= 0.97, met.missed
    assert met.precision >= 0.95, met.extra


def test_the_corpora_hold_what_they_claim() -> None:
    assert len(LINES) > 250
    assert sum(not line.marks for line in read_lines(HERE / "corpus.txt")) >= 35


@pytest.mark.parametrize(
    "text",
    [
        "It was a blessing, a joy to hear.",
        "I have faith in the law.",
        "We rest on Sunday.",
        "La foi, la grâce, la victoire.",
        "Grâce à la notice, tout est clair.",
        "the joy of cooking together",
    ],
)
def test_an_ordinary_word_that_is_also_a_name_is_left_where_it_cannot_be_one(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["I came with Blessing", "Joy told me so", "Faith m'a dit oui", "on a vu Claire hier"]
)
def test_it_is_asked_and_not_decided_where_it_may_be_one(text: str) -> None:
    (flag,) = find_flags(text)
    assert flag.kind == "name" and flag.asked
    assert "aussi un prénom" in flag.told_why("fr") and "also a first name" in flag.told_why("en")


def test_a_wrong_check_digit_is_flagged_all_the_same_and_a_right_one_is_certain() -> None:
    right, wrong = find_flags("FR1420041010050500013M02606"), find_flags("FR1520041010050500013M02606")
    assert [(flag.kind, flag.certainty) for flag in right + wrong] == [
        ("iban", "certain"),
        ("iban", "likely"),
    ]


def test_ages_become_bands_that_never_cross_eighteen_and_dates_their_month() -> None:
    texts = ("j'ai 17 ans", "j'ai 18 ans", "le 12 mars 2021 on a crié")
    told_so = [find_flags(text)[0].told_suggestion("fr") for text in texts]
    assert told_so == ["« [âge : 15-17 ans] »", "« [âge : 18-25 ans] »", "le mois seulement : 2021-03"]


def test_every_flag_has_a_reason_and_something_to_put_instead_in_both_languages() -> None:
    for text in LINES:
        for flag in find_flags(text):
            assert flag.kind in KINDS
            for lang in LANGUAGES:
                assert flag.told_why(lang) and flag.told_suggestion(lang)
                shown = flag.told_suggestion(lang)
                assert flag.kind == "age" or text[flag.start : flag.end] not in shown  # an age gives its band


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.sampled_from((" ", "\n", "\r\n", " \u00a0"))
)
def test_flags_are_sorted_and_never_lie_over_each_other(lines: list[str], between: str) -> None:
    text = between.join(lines)
    flags = find_flags(text)
    assert flags == sorted(flags)
    assert all(0 <= flag.start < flag.end <= len(text) for flag in flags)
    assert all(a.end <= b.start for a, b in pairwise(flags))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LINES), st.sampled_from(INVISIBLE), st.data())
def test_an_invisible_character_hides_nothing_and_moves_offsets_by_one(
    text: str, unseen: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(text)))
    plain = [(text[f.start : f.end], f.kind) for f in find_flags(text)]
    changed = text[:place] + unseen + text[place:]
    assert [
        (
            changed[f.start : f.end].replace(unseen, "", 1)
            if unseen in changed[f.start : f.end]
            else changed[f.start : f.end],
            f.kind,
        )
        for f in find_flags(changed)
    ] == plain or unseen in text


@pytest.mark.parametrize("text", [line for line in LINES if line.isascii()][:60])
def test_letters_that_look_alike_hide_nothing(text: str) -> None:
    spans = [(flag.start, flag.end, flag.kind) for flag in find_flags(text)]
    assert [(flag.start, flag.end, flag.kind) for flag in find_flags(text.translate(ALIKE))] == spans


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_a_way_back_for_every_character(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.text) == len(folded.lower) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(0 <= flag.start < flag.end <= len(text) for flag in find_flags(text))


def test_the_register_is_found_in_any_spelling() -> None:
    known = Known(
        {words_of("Amina"): ("P1",), words_of("Marie-Claire"): ("P2",)}, {words_of("Les Tanneurs"): ("",)}
    )
    text = "l'amina, AMINA's, А\u200bmina, marie claire, Marieclaire, aux LES TANNEURS"
    flags = [flag for flag in find_flags(text, known) if flag.kind.startswith("known")]
    assert [text[flag.start : flag.end] for flag in flags] == [
        *("amina", "AMINA", "А\u200bmina", "marie claire", "Marieclaire", "LES TANNEURS")
    ]
    assert [dict(flag.facts).get("code") for flag in flags] == ["P1", "P1", "P1", "P2", "P2", None]


def test_a_name_of_the_register_that_is_a_word_is_asked_in_lower_case() -> None:
    known = Known({words_of("Joy"): ("P1",)})
    assert told("a real joy", known) == [("joy", "known_person", True)]
    assert told("with Joy", known) == [("Joy", "known_person", False)]


def test_a_letter_less_or_more_than_in_the_register_is_asked() -> None:
    known = Known({words_of("Ombeline"): ("P1",)})
    assert told("on a vu ombelline", known) == [("ombelline", "known_person", True)]


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a@",
            "1",
            "0 ",
            "06 ",
            "Aa ",
            "a.",
            "-",
            "née le ",
            "rue de la ",
            "12 rue Aa ",
            "http://",
            "n° ",
            "zero ",
        ),
        *(
            "FR76 ",
            "écrou n° ",
            "insta ",
            '"',
            "Madame ",
            " ",
            "1.",
            "Aa-",
            "mars 3 ",
            "1 a b c ",
            "a at b ",
            "l'",
        ),
        *("e\u0301", "\n"),
    ],
)
def test_no_text_costs_more_than_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        find_flags((piece * length)[:length])
        return time.process_time() - start

    seconds(1_000)
    most = max(12 * seconds(10_000), 0.5)
    # A machine that does other things is slow once; what costs its length squared is slow each time.
    assert any(seconds(40_000) < most for _ in range(5))
