"""Charts: one description, drawn as SVG in publications and told in words; notebooks take `chart_plotly`."""

from avis.report.chart_data import Plot, description, read_plot
from avis.report.chart_svg import draw_svg

__all__ = ["Plot", "description", "draw_svg", "read_plot"]
