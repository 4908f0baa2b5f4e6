"""What `avis check` says of `portefeuille.yaml`, beside the evaluations: themes need a name."""

from __future__ import annotations

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.portfolios import NAME, check_themes, read_shelf


def tell_shelved(opened: Evaluation, problems: Problems) -> None:
    """Tell what is wrong in `portefeuille.yaml`, and which themes of this evaluation have no name there.

    Nothing where there is no such file: not every evaluation stands in a portfolio. Errors: EVA-192,
    and those of `read_shelf`.
    """
    evaluations = opened.folders.root.parent
    if not (evaluations / NAME).is_file():
        return
    shelf = read_shelf(evaluations, problems)
    if shelf is not None:
        themes = opened.settings.themes
        check_themes(shelf, themes, [opened.place("themes", at) for at in range(len(themes))], problems)
