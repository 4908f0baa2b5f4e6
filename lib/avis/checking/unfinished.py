"""What the model of an evaluation left to be written, and nobody wrote yet."""

from __future__ import annotations

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.folders import passages, read_regular
from avis.marked import MOST_BYTES

SIGNS = ("[à compléter]", "[to be completed]")
"""What stands before every text of the model that is to be replaced; a draft shows it."""


def tell_unfinished(opened: Evaluation, problems: Problems) -> None:
    """Tell the lines that still bear a sign of the model: settings, method, texts (warning EVA-036)."""
    root, method = opened.folders.root, opened.file(opened.settings.sources.method)
    files = [
        root / "evaluation.yaml",
        *([method] if method else []),
        *passages(opened.folders.texts, "*.md", Problems()),
    ]
    for path in sorted(files):
        text = read_regular(path, MOST_BYTES).decode("utf-8", "replace") if path.is_file() else ""
        for number, line in enumerate(text.splitlines(), 1):
            if any(sign in line for sign in SIGNS) and not line.lstrip().startswith("#"):
                problems.warn("EVA-036", Place(opened.name(path), line=number))
