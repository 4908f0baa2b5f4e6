# ruff: noqa: E501 - tables of samples and of colour sight, kept whole
"""Every form of chart, whatever its table holds: nothing shown, nothing at all, long words, huge numbers."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import msgspec
import pytest
from given_document import LEVELS, all_charts, cell, dimension, table
from test_charts import SVG, _extent, boxes, texts

from avis.exhibits import Cell, Chart, Evidence, Table
from avis.report.charts.canvas import ACCENT, MASK, PAPER
from avis.report.charts.data import Plot, description, read_plot
from avis.report.charts.dots import TIGHT
from avis.report.charts.interactive import plotly_figure
from avis.report.charts.ordering import ordered
from avis.report.charts.scale import colours
from avis.report.charts.svg import SERIES, draw_svg

Drawn = tuple[Chart, tuple[Table, ...]]
AGREED = [
    ("oui", "d’accord", "agree"),
    ("souci", "d’accord, avec un petit souci", "agree, with a small worry"),
    ("non", "pas d’accord", "disagree"),
    ("no_answer", "sans réponse", "no answer"),
]


def reactions(id: str, title: str, counts: tuple[int | None, ...]) -> Table:
    cells = [cell(n, niveau=level[0]) for level, n in zip(AGREED, counts, strict=True)]
    return table(id, (title, title), (dimension("niveau", AGREED, ("no_answer",)),), cells)


def chart_of(form: str, *tables: Table) -> Drawn:
    ids = [one.id for one in tables]
    title = {"fr": "Un titre", "en": "A title"}
    made = Chart(id="g", table=ids[0], form=form, title=title, evidence=Evidence(rule={}), tables=tuple(ids[1:]))  # type: ignore[arg-type]  # fmt: skip
    return made, tables


AGREEMENT = chart_of(
    "agreement",
    reactions("r1", "La permanence ferme trop tôt.", (12, 11, 0, 0)),
    reactions("r2", "Nous voulons un soir par semaine.", (None, 0, 13, None)),
)
CHARTS = {chart.form: (chart, tables) for chart, tables in all_charts()} | {"agreement": AGREEMENT}


def changed(drawn: Drawn, **what: object) -> Drawn:
    """The same chart, every cell of its tables changed."""
    chart, tables = drawn
    cells = {one.id: tuple(msgspec.structs.replace(c, **what) for c in one.cells) for one in tables}
    return chart, tuple(msgspec.structs.replace(one, cells=cells[one.id]) for one in tables)


def renamed(drawn: Drawn, words: str) -> Drawn:
    """The same chart, each of its labels as long as people write them."""
    chart, tables = drawn
    text = {"fr": words, "en": words}

    def long(one: Table) -> Table:
        held = [
            msgspec.structs.replace(d, values=tuple(msgspec.structs.replace(v, label=text) for v in d.values))
            for d in one.dimensions
        ]
        return msgspec.structs.replace(one, dimensions=tuple(held), title=text)

    return chart, tuple(long(one) for one in tables)


CASES = {
    "all hidden": lambda one: changed(one, status="hidden", n=None, share=None),
    "not documented": lambda one: changed(one, status="not_documented", n=None, share=None),
    "zero": lambda one: changed(one, status="shown", n=0, share=0.0),
    "huge": lambda one: changed(one, status="shown", n=1234567.5, share=None),
    "empty": lambda one: (one[0], tuple(msgspec.structs.replace(t, cells=()) for t in one[1])),
    "long": lambda one: renamed(one, "une très longue étiquette, " * 6 + "anticonstitutionnellement" * 3),
}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", CHARTS)
def test_every_form_draws_whatever_its_table_holds(form: str, case: str, narrow: bool) -> None:
    chart, tables = CASES[case](CHARTS[form])
    svg = draw_svg(chart, tables, "fr", "p", narrow)
    left, right = _extent(svg)
    assert left >= -0.5 and right <= (272 if narrow else 640) + 0.5
    hidden = [m for row in read_plot(chart, tables, "fr").rows for m in row.marks if m.state == "hidden"]
    found = boxes(svg)
    assert not hidden or found.count(MASK) + found.count(TIGHT) >= len(hidden)
    assert "nan" not in svg and "inf" not in re.sub(r">[^<]*<", "><", svg)
    assert narrow or plotly_figure(chart, tables, "fr").data is not None


@pytest.mark.parametrize("form", CHARTS)
def test_where_all_is_hidden_no_length_tells_one_figure_from_another(form: str) -> None:
    chart, tables = CHARTS[form]
    before = changed((chart, tables), status="hidden", n=None, share=None)
    others = {mark for mark in boxes(draw_svg(*before, "fr", "p")) if mark not in (MASK, TIGHT)}
    keys = {(13.0, 13.0)}
    papers = {one for one in others if one[1] == 16.0}
    assert others - keys - papers == set()


def _told(plot: Plot) -> list[str]:
    """Every number that a chart shows, in its figures, its labels and its base."""
    words = [m.text for row in plot.rows for m in row.marks if m.state == "shown"]
    words += [row.label for row in plot.rows]
    pairs = [pair for row in plot.rows for pair in zip(plot.series, row.marks, strict=False)]
    names = [name for name, mark in pairs if mark.state != "absent"]
    return re.findall(r"\d+", " ".join([*words, *names, plot.base]))


@pytest.mark.parametrize("form", CHARTS)
def test_the_description_states_every_shown_figure_and_nothing_else(form: str) -> None:
    chart, tables = CHARTS[form]
    told = re.findall(r"\d+", description(chart, tables, "fr"))
    assert sorted(told) == sorted(_told(read_plot(chart, tables, "fr")))


# --- colours


def _linear(colour: str) -> list[float]:
    colour = colour if len(colour) == 7 else "#" + "".join(one * 2 for one in colour[1:])
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def _light(colour: str) -> float:
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


SIGHT = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
"""Machado, Oliveira & Fernandes, A physiologically-based model for simulation of color vision deficiency, 2009."""


def _seen(colour: str, kind: str) -> tuple[float, float, float]:
    """A colour as an eye of a kind sees it, in CIE Lab."""
    rgb = _linear(colour)
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in SIGHT[kind]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _apart(one: str, other: str, kind: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(_seen(one, kind), _seen(other, kind), strict=True)) ** 0.5


@pytest.mark.parametrize("better", ["", "high"])
@pytest.mark.parametrize("levels", [2, 3, 4, 5])
def test_levels_side_by_side_differ_in_grey_and_for_all_colour_sight(levels: int, better: str) -> None:
    found = colours(levels, better)  # type: ignore[arg-type]
    for one, other in pairwise(found):
        assert all(_apart(one, other, kind) >= 8 for kind in SIGHT), (one, other)
        if better == "" or levels % 2:
            assert _contrast(one, other) >= 1.15, (one, other)
    assert all(_apart(found[0], found[-1], kind) >= 20 for kind in SIGHT)


@pytest.mark.parametrize("levels", [6, 7])
def test_seven_levels_have_seven_colours(levels: int) -> None:
    assert len(set(colours(levels, "high"))) == len(set(colours(levels))) == levels


def test_every_series_stands_out_from_paper() -> None:
    assert all(_contrast(colour, PAPER) >= 3 for colour in (ACCENT, *SERIES))


# --- the same in the notebook


@pytest.mark.parametrize("form", CHARTS)
def test_the_page_and_the_notebook_show_the_same_marks(form: str) -> None:
    chart, tables = CHARTS[form]
    plot = read_plot(chart, tables, "fr")
    figure = plotly_figure(chart, tables, "fr")
    told = json.dumps(json.loads(figure.to_json()), ensure_ascii=False).replace("<br>", " ")
    drawn = texts(draw_svg(chart, tables, "fr", "p"))
    for row in plot.rows:
        assert row.label in told and row.label in drawn
        assert all(m.text in told for m in row.marks if m.state == "shown")
    hidden = sum(m.state == "hidden" for row in plot.rows for m in row.marks)
    assert told.count("masqué") == hidden and "bdata" not in told
    order = [told.index(f'"{row.label}"') for row in plot.rows if f'"{row.label}"' in told]
    assert order == sorted(order)


# --- ranks and periods


def _values(drawn: Drawn) -> list[str]:
    return [value.id for value in ordered(*drawn)[0].dimensions[0].values]


def test_bars_of_several_answers_are_ranked_with_what_is_hidden_behind() -> None:
    rows = [(id, id, id) for id in ("a", "other", "b", "c", "d", "nr")]
    counts = {"a": 3, "other": 50, "b": None, "c": 7, "d": 3, "nr": 40}
    answers = table("t", ("T", "T"), (dimension("d", rows),), [cell(n, d=id) for id, n in counts.items()], multiple=True)  # fmt: skip
    assert _values(chart_of("bars", answers)) == ["c", "a", "d", "b", "other", "nr"]
    again = ordered(*chart_of("bars", answers))
    assert ordered(chart_of("bars", *again)[0], again) == again


@pytest.mark.parametrize("more", [{"multiple": False}, {"multiple": True, "ages": True}, {"better": "high"}])
def test_scales_ages_and_single_answers_keep_their_order(more: dict[str, object]) -> None:
    ids = ("18-25", "26-59", "60+") if more.get("ages") else ("a", "b", "c")
    held = msgspec.structs.replace(
        dimension("d", [(id, id, id) for id in ids]), better=more.get("better", "")
    )
    cells = [cell(n, d=id) for n, id in enumerate(ids, start=11)]
    answers = table("t", ("T", "T"), (held,), cells, multiple=bool(more.get("multiple", True)))
    assert _values(chart_of("bars", answers)) == list(ids)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["2021", "2023"], ["2021", "2022", "2023"]),
        (["2023-11", "2024-02"], ["2023-11", "2023-12", "2024-01", "2024-02"]),
        (["2023-T3", "2024-T1"], ["2023-T3", "2023-T4", "2024-T1"]),
        (["avant", "après"], ["avant", "après"]),
        (["2023", "2021"], ["2023", "2021"]),
    ],
)
def test_a_period_that_a_table_passes_over_is_not_documented_and_not_zero(given: list[str], shown: list[str]) -> None:  # fmt: skip
    counts = table("t", ("T", "T"), (dimension("d", [(id, id, id) for id in given]),), [cell(5, d=id) for id in given])  # fmt: skip
    drawn = chart_of("columns", counts)
    assert _values(drawn) == shown
    plot = read_plot(drawn[0], ordered(*drawn), "fr")
    assert sum(row.marks[0].state == "not_documented" for row in plot.rows) == len(shown) - len(given)


def test_a_long_series_is_a_line_from_zero_that_breaks_where_nothing_is_known() -> None:
    years = [str(year) for year in range(2000, 2020)]
    cells = [cell(None if year == "2005" else int(year) - 1990, annee=year) for year in years]
    cells[9] = Cell(where=(("annee", "2009"),), status="not_documented")
    many = table("t", ("T", "T"), (dimension("annee", [(y, y, y) for y in years]),), cells)
    svg = draw_svg(*chart_of("columns", many), "fr", "p")
    words = texts(svg).split()
    assert "0" in words and "2000" in words and "masqué" in words and "documenté" in words
    lines = re.findall(r'stroke="#1f5a96" stroke-width="2" d="([^"]+)"', svg)
    assert sum(one.count("M") for one in lines) == 3
    figure = plotly_figure(*chart_of("columns", many), "fr")
    assert figure.data[0].connectgaps is False and figure.layout.yaxis.rangemode == "tozero"


def test_a_scale_with_two_ends_hangs_on_its_middle() -> None:
    levels = msgspec.structs.replace(dimension("niveau", LEVELS), better="high")
    questions = dimension("question", [("a", "Une", "One"), ("b", "Deux", "Two")])
    counts = {"a": (10, 10, 20, 30, 30), "b": (40, 20, 20, 10, 10)}
    cells = [cell(n, n / 100, question=q, niveau=str(at)) for q, row in counts.items() for at, n in enumerate(row, 1)]  # fmt: skip
    svg = draw_svg(*chart_of("likert", table("t", ("T", "T"), (questions, levels), cells)), "fr", "p")
    neutral = re.findall(r'fill="#e1e4e7" stroke="#fff"[^>]* d="([^"]+)"', svg)
    places = [(float(x), float(w)) for d in neutral for x, w in re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", d)]
    middles = {round(x + w / 2) for x, w in places}
    assert len(places) == 2 and len(middles) == 1


def test_a_grid_of_ones_and_zeros_says_it_by_dots_and_rings() -> None:
    lines, meetings = [(c, c, c) for c in "hi"], [(c, c, c) for c in "mno"]
    cells = [cell((n + m) % 2, th=t[0], me=x[0]) for n, t in enumerate(lines) for m, x in enumerate(meetings)]
    drawn = chart_of(
        "dots", table("t", ("T", "T"), (dimension("th", lines), dimension("me", meetings)), cells)
    )
    root = ET.fromstring(draw_svg(*drawn, "fr", "p"))
    radii = [node.get("r") for node in root.iter(f"{SVG}circle")]
    assert radii.count("7") == 4 and radii.count("2.5") == 4  # three of each, and one of each in the key
    assert texts(draw_svg(*drawn, "fr", "p")).split() == ["m", "n", "o", "h", "i", "oui", "non"]
