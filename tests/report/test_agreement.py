"""Agreement of adopted texts: drawn where the session published its counts, told in words elsewhere."""

from __future__ import annotations

import msgspec
from given_compose import AGREED, RICH, STATEMENT

from avis.exhibits import Exhibits
from avis.report.charts.data import read_plot
from avis.report.compose import compose_avis
from avis.report.document import Block, Paragraph, Picture
from avis.report.outline import plain


def avis(*counts: tuple[str, int | None]) -> tuple[Block, ...]:
    """The avis of the rich evaluation, its statement with these counts."""
    adoption = msgspec.structs.replace(AGREED, counts=counts)
    changed = msgspec.structs.replace(STATEMENT, adoption=adoption)
    held = tuple(changed if item.id == "s1" and item == STATEMENT else item for item in RICH.exhibits)
    given: Exhibits = msgspec.structs.replace(RICH, exhibits=held)
    return compose_avis(given, (), "fr", "public").blocks


def pictures(blocks: tuple[Block, ...]) -> list[Picture]:
    return [block for block in blocks if isinstance(block, Picture) and block.chart.form == "agreement"]


def words(blocks: tuple[Block, ...]) -> str:
    return " ".join(plain(block.content) for block in blocks if isinstance(block, Paragraph))


def test_published_counts_are_drawn_level_by_level_with_what_is_hidden() -> None:
    (picture,) = pictures(avis(("oui", 12), ("non", None), ("no_answer", 0)))
    plot = read_plot(picture.chart, picture.tables, "fr")
    assert plot.series == ("d’accord", "non", "sans réponse")
    assert [mark.text for mark in plot.rows[0].marks] == ["12", "masqué", "0"]
    assert [mark.value for mark in plot.rows[0].marks] == [12.0, None, 0.0]
    assert "d’accord 12" in picture.description and "non masqué" in picture.description


def test_the_table_behind_says_the_same() -> None:
    (picture,) = pictures(avis(("oui", 12), ("non", None)))
    told = [[plain(slot.content) for slot in row] for row in picture.grid.rows]
    assert told == [["d’accord", "12"], ["non", "masqué"]]
    assert [(group.label, group.rows) for group in picture.grid.groups] == [("L’accueil ferme trop tôt.", 2)]


def test_texts_without_counts_stay_in_words() -> None:
    assert not pictures(avis()) and "n’a pas publié de nombres" not in words(avis())
    assert "Pour 1 autre texte, le groupe n’a pas publié de nombres" in words(avis(("oui", 12)))


def test_where_every_count_is_hidden_nothing_is_drawn() -> None:
    assert not pictures(avis(("oui", None), ("non", None)))


def test_a_level_that_was_not_counted_is_no_zero() -> None:
    (picture,) = pictures(avis(("non", 15)))
    plot = read_plot(picture.chart, picture.tables, "fr")
    assert [mark.state for mark in plot.rows[0].marks] == ["absent", "shown"]
