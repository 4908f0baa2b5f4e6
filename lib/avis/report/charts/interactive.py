"""Charts for notebooks: the same rows, order, words and colours as the drawn ones, as a Plotly figure.

The template is a few lines of our own: Plotly's default one adds some 750 lines of JSON to every figure.
A hidden figure is a hatched square of one size with its word: markers are sized in pixels, not in data.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from avis.exhibits import Chart, Table
from avis.i18n import Language
from avis.report.charts.canvas import ACCENT, HAIR, INK, PAPER, QUIET, wrap
from avis.report.charts.data import Mark, Plot, read_plot
from avis.report.charts.scale import colours
from avis.report.charts.svg import FAINT, SERIES

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "DejaVu Sans, Verdana, system-ui, sans-serif", "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 16, "r": 90, "t": 56, "b": 32},
        "xaxis": {"showgrid": False, "zeroline": True, "zerolinecolor": QUIET, "showticklabels": False},
        "yaxis": {"showgrid": False, "automargin": True},
    }
)


def plotly_figure(chart: Chart, tables: tuple[Table, ...], language: Language) -> go.Figure:
    """Give a chart as a Plotly figure, from protected tables alone. Errors: DOC-005."""
    plot = read_plot(chart, tables, language)
    figure = go.Figure(layout={"template": TEMPLATE, "title": {"text": plain(plot.title), "x": 0}})
    if plot.form == "likert":
        _likert(figure, plot)
    elif plot.form in ("change", "dots"):
        _points(figure, plot)
    elif plot.form == "columns" and not plot.series:
        _columns(figure, plot)
    else:
        _bars(figure, plot)
    return figure


def plain(text: str) -> str:
    """Make words safe in a Plotly label, which reads a little HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
        colour = (FAINT, ACCENT)[number] if plot.form == "planned" else SERIES[number % len(SERIES)]
        fills = [FAINT if row.quiet else colour for row in plot.rows]
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
    _unshown(figure, plot, labels)
    figure.update_layout(
        barmode="group", bargap=0.4, showlegend=bool(plot.series), height=_height(labels, _lines(plot))
    )
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=labels)


def _height(labels: list[str], bars: int) -> int:
    """Room for every line of every label: rows are all as tall as the tallest."""
    tallest = max(label.count("<br>") + 1 for label in labels)
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
    _unshown(figure, plot, labels, upright=True)
    figure.update_layout(showlegend=False, height=380)
    figure.update_xaxes(type="category", showticklabels=True, categoryorder="array", categoryarray=labels)
    figure.update_yaxes(showticklabels=False)


def _likert(figure: go.Figure, plot: Plot) -> None:
    """Stack the levels from lowest to highest."""
    labels, fills = _labels(plot), colours(len(plot.series), plot.better)
    for number, name in enumerate(plot.series):
        marks = _marks(plot, number)
        starts = [sum(m.size(plot.by_share) for m in row.marks[:number]) for row in plot.rows]
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
    _unshown(figure, plot, labels)
    figure.update_layout(
        barmode="overlay", height=_height(labels, 2 * len(labels)) + 60, legend={"orientation": "h"}
    )
    figure.update_layout(legend={"traceorder": "normal"})
    figure.update_yaxes(autorange="reversed")


def _points(figure: go.Figure, plot: Plot) -> None:
    labels = _labels(plot)
    for number, name in enumerate(plot.series):
        marks = _marks(plot, number)
        sizes = _sizes(marks, plot)
        grid = plot.form == "dots"
        figure.add_scatter(
            y=labels,
            x=[plain(name)] * len(labels) if grid else sizes,
            text=_texts(marks),
            name=plain(name),
            mode="markers+text",
            textposition="bottom center" if grid else "top center",
            cliponaxis=False,
            marker={
                "color": ACCENT if grid or number else PAPER,
                "line": {"color": ACCENT, "width": 2},
                "opacity": 1,
                "size": [26 * ((size or 0) / plot.top) ** 0.5 for size in sizes] if grid else 13,
            },
            hoverinfo="y+name+text",
        )
    _unshown(figure, plot, labels)
    figure.update_layout(showlegend=plot.form == "change", height=140 + 60 * len(plot.rows))
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=labels)
    if plot.form == "dots":
        figure.update_xaxes(type="category", showticklabels=True, side="top")


def _unshown(figure: go.Figure, plot: Plot, labels: list[str], upright: bool = False) -> None:
    """Say what is hidden, not documented or not asked, without any length."""
    if plot.series and plot.form != "dots":
        return _beside(figure, plot, labels)
    for number, name in enumerate(plot.series or ("",)):
        found = [(label, m) for label, m in zip(labels, _marks(plot, number), strict=True) if _missing(m)]
        if not found:
            continue
        at: list[Any] = [plain(name) if plot.form == "dots" else 0] * len(found)
        places = [label for label, _ in found]
        side = "bottom center" if plot.form == "dots" else "top center" if upright else "middle right"
        figure.add_scatter(
            x=places if upright else at,
            y=at if upright else places,
            mode="markers+text",
            text=[plain(m.text) for _, m in found],
            textposition=side,
            marker={
                "symbol": ["hash-open" if m.state == "hidden" else "line-ew" for _, m in found],
                "size": 14,
                "color": QUIET,
                "line": {"color": HAIR, "width": 2},
            },
            cliponaxis=False,
            showlegend=False,
            hoverinfo="text",
        )


def _missing(mark: Mark) -> bool:
    return mark.state not in ("shown", "absent")


def _beside(figure: go.Figure, plot: Plot, labels: list[str]) -> None:
    """Say at the right of a row which of its series are not shown: in a group there is no room inside."""
    for label, row in zip(labels, plot.rows, strict=True):
        pairs = zip(plot.series, row.marks, strict=True)
        told = [plain(f"{name}\u00a0: {mark.text}") for name, mark in pairs if _missing(mark)]
        if told:
            figure.add_annotation(
                text="<br>".join(told),
                xref="paper",
                x=1.02,
                xanchor="left",
                y=label,
                showarrow=False,
                align="left",
                font={"color": QUIET, "size": 12},
                bordercolor=QUIET,
                borderpad=3,
            )
    figure.update_layout(margin={"r": 220}, legend={"orientation": "h", "y": -0.08})
