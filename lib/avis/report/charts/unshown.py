"""What a Plotly figure says of figures that are not shown: a sign of one size and a word, never a length."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from avis.report.charts.canvas import HAIR, QUIET
from avis.report.charts.data import Mark, Plot

GRIDS = ("dots", "agreement")
"""Forms that are a grid of dots."""
MASKED = {"symbol": "hash-open", "size": 14, "color": QUIET, "line": {"color": HAIR, "width": 2}}
"""The sign of a hidden figure, sized in pixels and not in data."""


def plain(text: str) -> str:
    """Make words safe in a Plotly label, which reads a little HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unshown(figure: go.Figure, plot: Plot, labels: list[str], upright: bool = False) -> None:
    """Say what is hidden, not documented or not asked, without any length."""
    if plot.series and plot.form not in GRIDS:
        return _beside(figure, plot, labels)
    for number, name in enumerate(plot.series or ("",)):
        found = [
            (label, m)
            for label, m in zip(labels, (row.marks[number] for row in plot.rows), strict=True)
            if _missing(m)
        ]
        if not found:
            continue
        at: list[Any] = [plain(name) if plot.form in GRIDS else 0] * len(found)
        places = [label for label, _ in found]
        side = "bottom center" if plot.form in GRIDS else "top center" if upright else "middle right"
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
    room = 220 if plot.masked or any(_missing(m) for row in plot.rows for m in row.marks) else 90
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
    figure.update_layout(margin={"r": room}, legend={"orientation": "h", "y": -0.08})
