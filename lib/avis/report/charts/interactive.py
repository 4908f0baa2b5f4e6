"""Charts for notebooks: the same rows, order, words and colours as the drawn ones, as a Plotly figure.

The template is a few lines of our own: Plotly's default one adds some 750 lines of JSON to every figure.
A hidden figure is a hatched square of one size with its word: markers are sized in pixels, not in data.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from avis.exhibits import Chart, Table
from avis.i18n import Language
from avis.report.charts.canvas import ACCENT, FACES, HAIR, INK, PAPER, QUIET, SIZE, wrap
from avis.report.charts.data import Mark, Plot, read_plot
from avis.report.charts.dots import present
from avis.report.charts.periods import FEWEST
from avis.report.charts.scale import below, colours
from avis.report.charts.svg import FAINT, SERIES
from avis.report.charts.unshown import GRIDS, MASKED, plain, unshown

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FACES, "size": SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 16, "r": 90, "t": 56, "b": 32},
        "xaxis": {"showgrid": False, "zeroline": True, "zerolinecolor": QUIET, "showticklabels": False},
        "yaxis": {"showgrid": False, "automargin": True},
    }
)


def plotly_figure(
    chart: Chart, tables: tuple[Table, ...], language: Language, floor: float = 0.0
) -> go.Figure:
    """Give a chart as a Plotly figure, from protected tables alone; `floor` as for SVG. Errors: DOC-005."""
    plot = read_plot(chart, tables, language, floor)
    figure = go.Figure(layout={"template": TEMPLATE, "title": {"text": plain(plot.title), "x": 0}})
    if plot.form == "likert":
        _likert(figure, plot)
    elif plot.form == "change" or plot.form in GRIDS:
        _points(figure, plot)
    elif plot.form == "planned":
        _planned(figure, plot)
    elif plot.form == "columns" and not plot.series and len(plot.rows) >= FEWEST:
        _periods(figure, plot)
    elif plot.form == "columns" and not plot.series:
        _columns(figure, plot)
    else:
        _bars(figure, plot)
    return figure


def _labels(plot: Plot) -> list[str]:
    return ["<br>".join(map(plain, wrap(row.label, 230))) for row in plot.rows]


def _marks(plot: Plot, number: int) -> list[Mark]:
    return [row.marks[number] for row in plot.rows]


def _sizes(marks: list[Mark], plot: Plot) -> list[float | None]:
    return [m.size(plot.by_share) if m.state == "shown" else None for m in marks]


def _texts(marks: list[Mark]) -> list[str]:
    return [plain(m.text) if m.state == "shown" else "" for m in marks]


def _bars(figure: go.Figure, plot: Plot) -> None:
    labels = _labels(plot)
    for number, name in enumerate(plot.series or ("",)):
        marks = _marks(plot, number)
        fills = [FAINT if row.quiet else SERIES[number % len(SERIES)] for row in plot.rows]
        figure.add_bar(
            y=labels,
            x=_sizes(marks, plot),
            text=_texts(marks),
            name=plain(name),
            orientation="h",
            textposition="outside",
            cliponaxis=False,
            marker={"color": fills},
            hoverinfo="y+text",
        )
    unshown(figure, plot, labels)
    figure.update_layout(
        barmode="group", bargap=0.4, showlegend=bool(plot.series), height=_height(labels, _lines(plot))
    )
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=labels)


def _planned(figure: go.Figure, plot: Plot) -> None:
    """What was done as a bar, what was planned as a frame around it; each row has its own scale."""
    labels = _labels(plot)
    tops = [max(mark.size(False) for mark in row.marks) or 1.0 for row in plot.rows]
    looks = ({"color": "rgba(0,0,0,0)", "line": {"color": INK, "width": 1.5}}, {"color": ACCENT})
    for number in (1, 0):
        marks = _marks(plot, number)
        sizes = _sizes(marks, plot)
        figure.add_bar(
            y=labels,
            x=[None if size is None else size / top for size, top in zip(sizes, tops, strict=True)],
            text=_texts(marks),
            hovertext=_texts(marks),
            name=plain(plot.series[number]),
            orientation="h",
            width=0.28 if number else 0.4,
            textposition="none",
            marker=looks[number],
            hoverinfo="y+name+text",
        )
    for label, row in zip(labels, plot.rows, strict=True):
        words = f"{plot.series[1]} {row.marks[1].text} · {plot.series[0]} {row.marks[0].text}"
        figure.add_annotation(
            text=plain(words), x=0, y=label, yshift=32, xanchor="left", showarrow=False, font={"size": 12}
        )
    masked = [label for label, row in zip(labels, plot.rows, strict=True) if row.marks[1].state == "hidden"]
    if masked:
        figure.add_scatter(y=masked, x=[0] * len(masked), mode="markers", marker=MASKED, showlegend=False)
    figure.update_layout(barmode="overlay", height=_height(labels, 2 * len(labels)), showlegend=True)
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=labels)


def _periods(figure: go.Figure, plot: Plot) -> None:
    """A line from zero, which breaks where a figure is hidden or was not documented."""
    marks, labels = _marks(plot, 0), [plain(row.label) for row in plot.rows]
    figure.add_scatter(
        x=labels,
        y=_sizes(marks, plot),
        text=_texts(marks),
        mode="lines+markers",
        connectgaps=False,
        line={"color": ACCENT, "width": 2},
        marker={"color": ACCENT, "size": 7},
        cliponaxis=False,
        hoverinfo="x+text",
    )
    unshown(figure, plot, labels, upright=True)
    figure.update_layout(showlegend=False, height=380)
    figure.update_xaxes(type="category", showticklabels=True, categoryorder="array", categoryarray=labels)
    figure.update_yaxes(showticklabels=True, showgrid=True, gridcolor=HAIR, rangemode="tozero")


def _height(labels: list[str], bars: int) -> int:
    """Room for every line of every label: rows are all as tall as the tallest."""
    tallest = max((label.count("<br>") + 1 for label in labels), default=1)
    return 110 + max(len(labels) * (tallest * 19 + 12), bars * 40)


def _lines(plot: Plot) -> int:
    return len(plot.rows) * max(len(plot.series), 1)


def _columns(figure: go.Figure, plot: Plot) -> None:
    marks, labels = _marks(plot, 0), ["<br>".join(map(plain, wrap(row.label, 90))) for row in plot.rows]
    figure.add_bar(
        x=labels,
        y=_sizes(marks, plot),
        text=_texts(marks),
        textposition="outside",
        cliponaxis=False,
        marker={"color": [FAINT if row.quiet else ACCENT for row in plot.rows]},
        hoverinfo="x+text",
    )
    unshown(figure, plot, labels, upright=True)
    figure.update_layout(showlegend=False, height=380)
    figure.update_xaxes(type="category", showticklabels=True, categoryorder="array", categoryarray=labels)
    figure.update_yaxes(showticklabels=False, rangemode="tozero")


def _likert(figure: go.Figure, plot: Plot) -> None:
    """Stack the levels from lowest to highest, on either side of the middle where the scale has two ends."""
    labels, fills = _labels(plot), colours(len(plot.series), plot.better)
    for number, name in enumerate(plot.series):
        marks = _marks(plot, number)
        starts = [
            sum(m.size(plot.by_share) for m in row.marks[:number]) - below(row, plot) for row in plot.rows
        ]
        figure.add_bar(
            y=labels,
            x=_sizes(marks, plot),
            base=starts,
            text=[text.rsplit("(", 1)[-1].rstrip(")") for text in _texts(marks)],
            hovertext=_texts(marks),
            name=plain(f"{number + 1}. {name}"),
            orientation="h",
            textposition="inside",
            textangle=0,
            constraintext="none",
            insidetextanchor="middle",
            marker={"color": fills[number], "line": {"color": PAPER, "width": 1}},
            hoverinfo="y+name+text",
        )
    unshown(figure, plot, labels)
    figure.update_layout(
        barmode="overlay", height=_height(labels, 2 * len(labels)) + 60, legend={"orientation": "h"}
    )
    figure.update_layout(legend={"traceorder": "normal"})
    told = [row.label for row in plot.rows] != [plot.title]
    figure.update_yaxes(autorange="reversed", showticklabels=told)


def _points(figure: go.Figure, plot: Plot) -> None:
    labels = _labels(plot)
    for number, name in enumerate(plot.series):
        marks = _marks(plot, number)
        sizes = _sizes(marks, plot)
        grid = plot.form in GRIDS
        if not grid and number:
            _joined(figure, plot, labels)
        figure.add_scatter(
            y=labels,
            x=[plain(name)] * len(labels) if grid else sizes,
            text=_texts(marks),
            name=plain(name),
            mode="markers" if grid and present(plot) else "markers+text",
            textposition="bottom center" if grid else "top center",
            cliponaxis=False,
            marker=_dots(sizes, plot) if grid else _rings(number),
            hoverinfo="y+name+text",
        )
    unshown(figure, plot, labels)
    figure.update_layout(showlegend=plot.form == "change", height=140 + 60 * len(plot.rows))
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=labels)
    if plot.form in GRIDS:
        figure.update_xaxes(type="category", showticklabels=True, side="top", automargin=True)


def _rings(number: int) -> dict[str, Any]:
    """Hollow before, full after."""
    fill = ACCENT if number else PAPER
    return {"color": fill, "line": {"color": ACCENT, "width": 2}, "opacity": 1, "size": 13}


def _dots(sizes: list[float | None], plot: Plot) -> dict[str, Any]:
    """Surfaces that follow the figures; a dot or a small ring where a grid says only if it is so."""
    if not present(plot):
        wide = [26 * ((size or 0) / plot.top) ** 0.5 for size in sizes]
        return {"color": ACCENT, "line": {"color": ACCENT, "width": 2}, "opacity": 1, "size": wide}
    return {
        "color": [ACCENT if size else PAPER for size in sizes],
        "line": {"color": [ACCENT if size else QUIET for size in sizes], "width": 2},
        "opacity": 1,
        "size": [0 if size is None else 14 if size else 5 for size in sizes],
    }


def _joined(figure: go.Figure, plot: Plot, labels: list[str]) -> None:
    """Draw a line from before to after, where both are shown."""
    for label, row in zip(labels, plot.rows, strict=True):
        if len(row.marks) == 2 and all(mark.state == "shown" for mark in row.marks):
            ends = [mark.size(plot.by_share) for mark in row.marks]
            line = {"color": ACCENT, "width": 3}
            figure.add_shape(
                type="line", x0=ends[0], x1=ends[1], y0=label, y1=label, line=line, layer="below"
            )
