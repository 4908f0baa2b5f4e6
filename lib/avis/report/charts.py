"""Charts: one description, drawn as SVG in publications, as Plotly in notebooks, told in words."""

from avis.report.chart_data import Plot, description, read_plot
from avis.report.chart_plotly import plotly_figure
from avis.report.chart_svg import draw_svg

__all__ = ["Plot", "description", "draw_svg", "plotly_figure", "read_plot"]
