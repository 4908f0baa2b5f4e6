"""Charts: what they show, what they never show, and that both renderers tell the same."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import msgspec
import pytest
from given_document import all_charts, cell, dimension, table
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import AvisError
from avis.exhibits import Chart, Evidence, Table
from avis.i18n import LANGUAGES, Language
from avis.report.charts import svg as chart_svg
from avis.report.charts.canvas import MASK, width_of, wrap
from avis.report.charts.data import Better, Row, description, read_plot
from avis.report.charts.dots import TIGHT
from avis.report.charts.interactive import plotly_figure
from avis.report.charts.scale import colours
from avis.report.charts.svg import draw_svg

CHARTS = {chart.form: (chart, tables) for chart, tables in all_charts()}
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> str:
    """All drawn words in one line; a label that was wrapped is whole again."""
    return " ".join(node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text"))


def boxes(svg: str) -> list[tuple[float, float]]:
    """Width and height of every rectangle that is drawn, from left to right."""
    found = re.findall(r"M([-\d.]+) [-\d.]+h([\d.]+)v([\d.]+)h-", svg)
    return [(float(wide), float(tall)) for _, wide, tall in sorted(found, key=lambda one: float(one[0]))]


def inherited(root: ET.Element) -> list[tuple[ET.Element, dict[str, str]]]:
    """Every line of words with what it and the groups around it say of its look."""
    found: list[tuple[ET.Element, dict[str, str]]] = []

    def go(node: ET.Element, look: dict[str, str]) -> None:
        look = look | node.attrib
        if node.tag == f"{SVG}text":
            found.append((node, look))
        for child in node:
            go(child, look)

    go(root, {})
    return found


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("form", CHARTS)
def test_every_label_and_every_figure_is_written(form: str, narrow: bool) -> None:
    chart, tables = CHARTS[form]
    plot = read_plot(chart, tables, "fr")
    words = texts(draw_svg(chart, tables, "fr", "p", narrow))
    for row in plot.rows:
        assert row.label in words
        for mark in row.marks:
            wanted = mark.text.rsplit("(", 1)[-1].rstrip(")") if form == "likert" else mark.text
            assert wanted in words, (row.label, mark)
    assert all(name in words for name in plot.series)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("form", CHARTS)
def test_a_hidden_figure_is_a_box_of_one_size_and_a_word(form: str, narrow: bool) -> None:
    chart, tables = CHARTS[form]
    marks = [m for row in read_plot(chart, tables, "fr").rows for m in row.marks]
    hidden = [m for m in marks if m.state == "hidden"]
    svg = draw_svg(chart, tables, "fr", "p", narrow)
    assert hidden and all(m.value is None and m.share is None and m.text == "masqué" for m in hidden)
    assert boxes(svg).count(MASK) == len(hidden)
    assert texts(svg).count("masqué") == len(hidden)


def test_zero_hidden_and_not_documented_look_different() -> None:
    rows = [("a", "Zéro", "Zero"), ("b", "Caché", "Hidden")]
    given_table = table("t", ("T", "T"), (dimension("d", rows),), [cell(0, d="a"), cell(None, d="b")])
    chart = msgspec.structs.replace(CHARTS["bars"][0], table="t")
    svg = draw_svg(chart, (given_table,), "fr", "p")
    assert boxes(svg).count(MASK) == 1
    assert "Zéro 0" in texts(svg) and "Caché masqué" in texts(svg)
    assert "non documenté" in texts(draw_svg(*CHARTS["columns"], "fr", "p"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", CHARTS)
def test_the_description_says_every_figure_and_no_hidden_one(form: str, lang: Language) -> None:
    chart, tables = CHARTS[form]
    plot, told = read_plot(chart, tables, lang), description(chart, tables, lang)
    for row in plot.rows:
        assert row.label in told
        assert all(mark.text in told for mark in row.marks)
    masked = sum(mark.state == "hidden" for row in plot.rows for mark in row.marks)
    assert told.count({"fr": "masqué", "en": "suppressed"}[lang]) == masked
    assert told.endswith({"fr": "96 femmes qui ont répondu.", "en": "96 women who answered."}[lang])


@pytest.mark.parametrize("form", CHARTS)
def test_the_svg_stands_under_a_strict_policy_and_beside_another(form: str) -> None:
    chart, tables = CHARTS[form]
    one, two = (draw_svg(chart, tables, "fr", prefix) for prefix in ("a", "b"))
    root = ET.fromstring(one)
    assert not [
        node
        for node in root.iter()
        if "style" in node.attrib or node.tag in (f"{SVG}style", f"{SVG}metadata")
    ]
    assert (
        root.get("role") == "img" and root.get("aria-labelledby") == "a-t a-d" and root.get("width") is None
    )
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    assert ids and all(str(id).startswith("a-") for id in ids)
    assert ids.isdisjoint({node.get("id") for node in ET.fromstring(two).iter() if node.get("id")})
    chart_svg._painted.cache_clear()  # what is kept would be the same in any case
    assert one == draw_svg(chart, tables, "fr", "a")
    assert len(one) < 12_000


def test_words_that_look_like_formulas_or_code_are_drawn_as_they_are() -> None:
    label = "$x_1^2$ & <b>«\u202f100\u202f%\u202f»</b> \\frac"
    given_table = table("t", ("T", "T"), (dimension("d", [("a", label, label)]),), [cell(3, d="a")])
    chart = msgspec.structs.replace(CHARTS["bars"][0], table="t")
    assert label in texts(draw_svg(chart, (given_table,), "fr", "p"))


def test_a_chart_without_its_table_is_refused() -> None:
    with pytest.raises(AvisError, match="DOC-005"):
        draw_svg(CHARTS["bars"][0], (), "fr", "p")


def test_lengths_follow_the_figures() -> None:
    svg = draw_svg(*CHARTS["bars"], "fr", "p")
    lengths = sorted((w for w, h in boxes(svg) if h == 20.0), reverse=True)
    assert [round(w / lengths[0] * 51) for w in lengths] == [51, 44, 27, 12, 0][: len(lengths)]


def test_rows_keep_the_order_of_the_table_and_statuses_are_quiet() -> None:
    rows = read_plot(*CHARTS["bars"], "fr").rows
    assert [row.label for row in rows][-2:] == ["Autre", "Sans réponse"]
    assert [row.quiet for row in rows] == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("form", "becomes"), [("likert", "likert"), ("change", "bars"), ("dots", "bars"), ("planned", "bars")]
)
def test_a_form_that_its_table_cannot_fill_is_drawn_as_bars(form: str, becomes: str) -> None:
    chart = Chart(id="g", table="annees", form=form, title={"fr": "t", "en": "t"}, evidence=Evidence(rule={}))  # type: ignore[arg-type]
    tables = CHARTS["columns"][1]
    assert read_plot(chart, tables, "fr").form == becomes
    assert "27" in texts(draw_svg(chart, tables, "fr", "p"))


def test_too_many_columns_or_meetings_for_a_phone_become_rows() -> None:
    years = [(str(y), f"janvier à décembre {y}", str(y)) for y in range(2000, 2012)]
    many = table("t", ("T", "T"), (dimension("annee", years),), [cell(5, annee=y[0]) for y in years])
    chart = msgspec.structs.replace(CHARTS["columns"][0], table="t")
    narrow, wide = (ET.fromstring(draw_svg(chart, (many,), "fr", "p", narrow)) for narrow in (True, False))
    heights = [float(str(root.get("viewBox")).split()[3]) for root in (narrow, wide)]
    assert min(heights) > 350


@pytest.mark.parametrize("narrow", [False, True])
def test_many_meetings_are_numbered_and_told_in_a_key(narrow: bool) -> None:
    lines = [("h", "Horaires", "Hours"), ("i", "Interprètes", "Interpreters")]
    meetings = [(f"m{n}", f"septembre 20{n}", f"September 20{n}") for n in range(10, 21)]
    cells = [
        cell(None if t == "i" and m[0] == "m12" else 1, theme=t, rencontre=m[0])
        for t in "hi"
        for m in meetings
    ]
    many = table("t", ("T", "T"), (dimension("theme", lines), dimension("rencontre", meetings)), cells)
    chart = msgspec.structs.replace(CHARTS["dots"][0], table="t")
    svg = draw_svg(chart, (many,), "fr", "p", narrow)
    words = texts(svg).replace("\u00a0", " ")
    assert all(f"{n}. {m[1]}" in words for n, m in enumerate(meetings, start=1))
    assert words.count("masqué") == 1 and boxes(svg).count(TIGHT) == 2  # one in its place, one in the key
    assert max(_extent(svg)) <= (272 if narrow else 640)


def _extent(svg: str) -> tuple[float, float]:
    """The widest reach of words on a sheet, told in the face that the PDF uses."""
    left, right = 0.0, 0.0
    for node, look in inherited(ET.fromstring(svg)):
        x, size, bold = float(look["x"]), float(look["font-size"]), look.get("font-weight") == "700"
        wide = width_of(node.text or "", size, bold)
        shift = {"middle": wide / 2, "end": wide}.get(look.get("text-anchor", ""), 0.0)
        left, right = min(left, x - shift), max(right, x - shift + wide)
    return left, right


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("form", CHARTS)
def test_no_word_runs_over_the_edge(form: str, narrow: bool) -> None:
    left, right = _extent(draw_svg(*CHARTS[form], "fr", "p", narrow))
    assert left >= -0.5 and right <= (272 if narrow else 640) + 0.5


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(alphabet="abcéÉœ-’12", min_size=1, max_size=40), min_size=1, max_size=8),
    st.floats(30, 300),
)
def test_wrapping_loses_no_letter_and_fits(words: list[str], room: float) -> None:
    text = " ".join(words)
    lines = wrap(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= room or len(line) == 1 for line in lines)


def test_a_scale_of_one_question_does_not_say_its_title_twice() -> None:
    title = ("Temps d’attente", "Waiting time")
    levels = [(str(n), f"niveau {n}", f"level {n}") for n in range(1, 6)]
    given_table = table(
        "t", title, (dimension("d", levels),), [cell(n, n / 15, d=str(n)) for n in range(1, 6)]
    )
    chart = msgspec.structs.replace(CHARTS["likert"][0], table="t", title={"fr": title[0], "en": title[1]})
    svg = draw_svg(chart, (given_table,), "fr", "p")
    assert title[0] not in texts(svg) and title[0] in svg
    assert "33\u202f%" in texts(svg)


@pytest.mark.parametrize("better", ["", "high", "low", "neither"])
@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6, 7])
def test_a_scale_has_a_colour_a_level_with_different_ends(levels: int, better: Better) -> None:
    found = colours(levels, better)
    assert len(found) == levels and found[0] != found[-1]


def _fills(better: Better) -> list[str]:
    levels = msgspec.structs.replace(
        dimension("d", [(str(n), str(n), str(n)) for n in "1234"]), better=better
    )
    cells = [cell(n, n / 10, d=str(n)) for n in range(1, 5)]
    chart = msgspec.structs.replace(CHARTS["likert"][0], table="t")
    svg = draw_svg(chart, (table("t", ("T", "T"), (levels,), cells),), "fr", "p")
    return [node for node in re.findall(r'fill="(#\w{6})"', svg) if node in colours(4, better)]


def test_blue_stands_at_the_better_end_of_a_scale_and_nowhere_where_none_is_better() -> None:
    assert _fills("high")[:4] == _fills("low")[:4][::-1] == colours(4, "high")
    assert _fills("neither")[:4] == _fills("")[:4] == colours(4)
    assert not set(colours(4)[:-1]) & set(colours(4, "high"))


def test_a_share_is_as_long_beside_hidden_ones_as_where_all_are_shown() -> None:
    levels = dimension("d", [(str(n), str(n), str(n)) for n in "1234"])
    whole = [cell(n, n / 100, d=str(at)) for at, n in enumerate((10, 20, 30, 40), start=1)]
    masked = [cell(None, None, d="1"), cell(None, None, d="2"), *whole[2:]]
    chart = msgspec.structs.replace(CHARTS["likert"][0], table="t")
    sheets = [(table("t", ("T", "T"), (levels,), cells),) for cells in (whole, masked)]
    drawn = [[wide for wide, tall in boxes(draw_svg(chart, t, "fr", "p")) if tall == 24] for t in sheets]
    assert drawn[0][2:] == drawn[1] == [192, 256]


def test_a_row_without_a_share_puts_all_rows_of_its_chart_on_one_scale_of_counts() -> None:
    rows = [("oui", "Oui", "Yes"), ("non", "Non", "No"), ("nr", "Ne sait pas", "Does not know")]
    moments = dimension("moment", [("before", "avant", "before"), ("after", "après", "after")])
    cells = [
        *(cell(n, n / 47, d=d, moment=m) for d, m, n in [("oui", "before", 18), ("oui", "after", 36)]),
        *(cell(n, n / 47, d=d, moment=m) for d, m, n in [("non", "before", 29), ("non", "after", 11)]),
        *(cell(11, None, d="nr", moment=m) for m in ("before", "after")),
    ]
    chart = msgspec.structs.replace(CHARTS["change"][0], table="t", tables=())
    given_tables = (table("t", ("T", "T"), (dimension("d", rows), moments), cells),)
    assert not read_plot(chart, given_tables, "fr").by_share
    dots = _dots(draw_svg(chart, given_tables, "fr", "p"))
    assert len(dots) == 6 and dots[-2] == dots[-1] == dots[2] > 20  # 11 stands where the other 11 stands


def _dots(svg: str) -> list[float]:
    """Where the dots of a chart stand: row by row."""
    found = [
        (float(node.get("cy", "0")), float(node.get("cx", "0")))
        for node in ET.fromstring(svg).iter(f"{SVG}circle")
    ]
    return [x for _, x in sorted(found)]


@pytest.mark.parametrize("form", CHARTS)
def test_the_notebook_shows_the_same_rows_and_words_in_few_lines(form: str) -> None:
    chart, tables = CHARTS[form]
    plot = read_plot(chart, tables, "fr")
    figure = plotly_figure(chart, tables, "fr")
    told = json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)
    plain = re.sub(r"<br>", " ", told)
    assert all(row.label in plain for row in plot.rows)
    assert all(mark.text in plain for row in plot.rows for mark in row.marks)
    assert len(json.dumps(figure.layout.template.to_plotly_json())) < 1000
    drawn = [
        value
        for trace in figure.data
        if trace.type == "bar"
        for value in (trace.y if form == "columns" else trace.x)
    ]
    hidden = sum(mark.state != "shown" for row in plot.rows for mark in row.marks)
    if form not in ("change", "dots"):
        assert drawn.count(None) == hidden


def test_words_of_a_label_are_never_read_as_html_by_plotly() -> None:
    label = "<a href='https://example.org'>x</a>"
    given_table: Table = table("t", ("T", "T"), (dimension("d", [("a", label, label)]),), [cell(3, d="a")])
    chart = msgspec.structs.replace(CHARTS["bars"][0], table="t")
    assert "&lt;a<br>href" in plotly_figure(chart, (given_table,), "fr").data[0].y[0]


def test_a_row_of_the_plot_is_frozen() -> None:
    with pytest.raises(AttributeError):
        Row("x", ()).label = "y"  # type: ignore[misc]
