"""Places counted in UTF-16, in code points or with other line ends, with and without words to prove them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.sources.coding.offsets import SHORTEST, Placed, Span, place_spans

TEXT = "Été 🌍 à Nîmes.\r\nDeuxième ligne 👩🏽‍🦱 avec l’accent é.\r\nFin cé\u0301dille 🇫🇷🇧🇪."
QUOTES = ("🌍 à Nîmes", "Deuxième", "👩🏽‍🦱 avec", "accent é", "Fin")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def spans(text: str, count: object = len, words: str | None = "") -> list[Span]:
    found = []
    for quote in QUOTES:
        at = text.index(quote)
        start, end = count(text[:at]), count(text[: at + len(quote)])  # type: ignore[operator]
        found.append(Span(start, end, quote if words is None else words))
    return found


def quotes(text: str, placed: tuple[tuple[int, int] | None, ...]) -> list[str]:
    return [text[one[0] : one[1]] if one else "" for one in placed]


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\r\n", "\n")])
@pytest.mark.parametrize("count", [len, units])
@pytest.mark.parametrize("words", ["", None])
def test_whole_words_tell_how_places_were_counted(text: str, count: object, words: str | None) -> None:
    placed = place_spans(text, spans(text, count, words))
    assert quotes(text, placed.spans) == list(QUOTES)
    assert (placed.unproved > 0) == (words == "")  # without words, it is told


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [(0, 1, False), (0, 2, True), (1, 2, False), (2, 3, False), (2, 6, True), (2, 5, False), (6, 7, False)],
)
def test_no_end_stands_inside_a_character_as_people_see_it(start: int, end: int, whole: bool) -> None:
    text = "e\u0301👩🏽‍🦱🇫🇷"
    placed = place_spans(text, [Span(start, end)], units=("points",))
    assert (placed.spans[0] is not None) == whole


def test_the_first_flag_ends_where_the_second_begins() -> None:
    text = "🇫🇷🇧🇪"
    assert [place_spans(text, [Span(0, n)], ("points",)).spans[0] for n in (1, 2, 3, 4)] == [
        *(None, (0, 2)),
        *(None, (0, 4)),
    ]


@pytest.mark.parametrize("title", ["accent", "ligne", "eux", "Selection", "x"])
def test_a_short_title_that_stands_in_the_text_does_not_replace_true_words(title: str) -> None:
    placed = place_spans(TEXT, spans(TEXT, words=title), titled=True)
    assert quotes(TEXT, placed.spans) == list(QUOTES)


@pytest.mark.parametrize(("length", "kept"), [(-1, True), (0, False), (1, False)])
def test_words_of_the_shortest_length_that_stand_elsewhere_are_a_quotation(length: int, kept: bool) -> None:
    words = "abcdefghijklmnopq"[: SHORTEST + length]
    placed = place_spans(f"ici {words} là", [Span(0, 3, words)], titled=True)
    assert (placed.spans[0] is not None) == kept
    assert placed.unproved == kept  # what is kept is said to be unproved


def test_part_of_a_word_is_no_quotation() -> None:
    text, span = "ici incontestablement là", Span(0, 3, "contestablement")
    assert place_spans(text, [span], titled=True) == Placed(((0, 3),), 1)
    assert place_spans(text, [span]).spans == (None,)  # a tool that keeps the words gives no titles


def test_a_short_quotation_is_still_found_elsewhere_where_the_others_are_in_place() -> None:
    text = "les bus ne passent plus dans ma rue"
    sure = [Span(8, 18, "ne passent"), Span(24, 28, "dans")]
    assert place_spans(text, [*sure, Span(0, 3, "bus")], titled=True).spans == ((8, 18), (24, 28), None)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["mot", "é", "e\u0301t", "😀", "👩🏽‍🦱", "🇫🇷", "l’eau", "12"]),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([len, units]),
    st.data(),
)
def test_words_with_a_place_come_back_or_are_told(
    parts: list[str], count: object, data: st.DataObject
) -> None:
    text, at = " ".join(parts), data.draw(st.integers(0, len(parts) - 1))
    start = len(" ".join([*parts[:at], ""])) if at else 0
    words = parts[at]
    span = Span(count(text[:start]), count(text[: start + len(words)]), words)  # type: ignore[operator]
    placed = place_spans(text, [span], titled=data.draw(st.booleans()))
    found = placed.spans[0]
    assert found is None or text[found[0] : found[1]] == words or placed.unproved
