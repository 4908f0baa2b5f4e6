"""The same page with charts that answer a finger or a mouse: Plotly inside, once, and nothing from elsewhere.

For those who ask for it. Text, tables and drawn charts are those of the page without script, which it stays
where scripts are refused, and on paper. What a chart holds is what its table shows: protected figures alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import plotly

from avis.report import outline
from avis.report.charts.accent import own_colour
from avis.report.charts.canvas import ACCENT
from avis.report.charts.interactive import plotly_figure
from avis.report.document import Document, Picture, Timeline
from avis.report.html.page import render_html

LIBRARY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
STARTER = Path(__file__).parent / "templates" / "interactive.js"
_FIGURE = re.compile(r'<figure class="picture" id="([^"]+)">')
_POLICY = re.compile(r"(default-src 'none'; )(style-src [^;]+)")
_SHEETS = re.compile(r'getElementById\("([0-9a-f]{64})"\)')
_EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""Of no bytes: Plotly makes a style sheet without words and fills it by rules, which no policy refuses."""


def render_interactive(document: Document) -> str:
    """Give a document as one HTML page whose charts are drawn by Plotly too, the same bytes every time.

    One script is allowed, by its hash: the library, the protected figures, what puts them in place.
    Errors: those of `render_html`.
    """
    page = render_html(document)
    library = LIBRARY.read_text(encoding="utf-8")
    script = f"{_without_maps(library)}\n{library}\n{_starter(document, page)}"
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = _POLICY.sub(rf"\1script-src 'sha256-{digest}'; \2 {_EMPTY}", page, count=1)
    head, end, tail = page.rpartition("</body>")
    return f"{head}<script>{script}</script>\n{end}{tail}"


def _without_maps(library: str) -> str:
    """Take the place of the style sheet of maps, which no chart of ours has and the policy would refuse."""
    ids = json.dumps(sorted(set(_SHEETS.findall(library))))
    return (
        f"{ids}.forEach(function (id) {{ var mark = document.createElement('meta'); "
        "mark.id = id; document.head.appendChild(mark); });"
    )


def _starter(document: Document, page: str) -> str:
    """Give what puts charts in place; words inside it can neither end the script nor begin another."""
    told = json.dumps(_figures(document, page), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    told = told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return STARTER.read_text(encoding="utf-8").replace("CHARTS", told)


def _figures(document: Document, page: str) -> list[dict[str, Any]]:
    """Give each chart with the anchor of its place and its words for those who do not see it."""
    drawn = [node for node in outline.walk(document) if isinstance(node, Picture | Timeline)]
    return [
        {"id": anchor, "told": f"{node.title}. {node.description}", "figure": _figure(node, document)}
        for anchor, node in zip(_FIGURE.findall(page), drawn, strict=True)
        if isinstance(node, Picture)
    ]


def _figure(picture: Picture, document: Document) -> dict[str, Any]:
    figure = plotly_figure(picture.chart, picture.tables, document.language, picture.floor)
    figure.update_layout(title=None, margin={"t": 24})
    told = str(figure.to_json())
    own = own_colour(document.look) if picture.chart.form != "likert" else ""
    made: dict[str, Any] = json.loads(told.replace(f'"{ACCENT}"', f'"{own}"') if own else told)
    return made
