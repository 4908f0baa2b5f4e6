"""Charts: one description (`data`), drawn as SVG in publications (`svg`) and by Plotly in notebooks."""
