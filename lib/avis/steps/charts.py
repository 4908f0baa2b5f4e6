"""Charts in notebooks: drawn by Plotly from protected tables, the same description as in the documents."""

from __future__ import annotations

import json

from IPython.display import display

from avis.exhibits import Chart, Table
from avis.i18n import language, pick
from avis.report.charts.interactive import plotly_figure
from avis.report.compose.axes import in_order
from avis.steps.protection import Handed


def show_charts(handed: Handed) -> None:
    """Show every chart that the documents may hold; what is hidden there is hidden here."""
    lang = language()
    tables = {item.id: item for item in handed.exhibits.exhibits if isinstance(item, Table)}
    for chart in handed.exhibits.exhibits:
        if isinstance(chart, Chart):
            drawn = in_order(chart, tuple(tables[id] for id in (chart.table, *chart.tables)), handed.exhibits)
            figure = json.loads(plotly_figure(chart, drawn, lang).to_json())
            told = pick(chart.title, lang)[0]
            display({"application/vnd.plotly.v1+json": figure, "text/plain": told}, raw=True)  # type: ignore[no-untyped-call]
