"""The room on paper: cards, ballots, the group's scale, a tally, and two pages to hold in the hand.

For a room without phones, without electricity or by choice: what was done on paper is entered later, through
the same log. No paper bears a person's code, a return code or a secret of the session. Slips with return
codes are not made here but by `avis consent --slips`: they hold codes, and are erased once printed.
"""

from __future__ import annotations

from pathlib import Path

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.folders import write_whole
from avis.report.pdf.paper import compile_pdf
from avis.room.cards.pictures import own_languages
from avis.room.cards.reading import danger_page, limits_page, run_page
from avis.room.cards.scale import ballots, pile_labels, wall_scale
from avis.room.cards.tally import tally_sheet
from avis.room.cards.texts import standing, text_cards
from avis.room.wording import read_limits
from avis.writing.deliberation import deliberate

__all__ = ["print_cards"]


def print_cards(evaluation: Evaluation, languages: tuple[str, ...], out: Path) -> list[Path]:
    """Write the papers of the room as PDFs into a folder, and give their paths in the order of a meeting.

    Cards, ballots and labels bear all `languages` at once: a ballot in a language of its own would tell who
    filled it in. Without any session yet there are blank cards; without a scale, no ballots. What is wrong in
    a log is not told here but by `avis check`: a room waits for its paper. Several scales are numbered.
    Errors: EVA-022 and SRC-041 of the limits, DOC-006 where Typst refuses, RUN-010 to RUN-012.
    """
    written = []
    for name, source in _sources(evaluation, languages).items():
        path = out / f"{name}.pdf"
        write_whole(path, compile_pdf(source))
        written.append(path)
    return written


def _sources(evaluation: Evaluation, languages: tuple[str, ...]) -> dict[str, str]:
    """Give the Typst source of each paper by the name of its file."""
    texts, limits = standing(deliberate(evaluation, Problems())), read_limits(evaluation)
    ours = own_languages(languages)
    made = {f"deroulement.{lang}": run_page(evaluation, lang) for lang in ours}
    made |= {f"danger-present.{lang}": danger_page(evaluation, lang) for lang in ours}
    for lang in languages:
        if lang in limits:
            made[f"limites.{lang}"] = limits_page(evaluation, lang, limits[lang])
    made["cartes-textes"] = text_cards(evaluation, texts, languages)
    scales = evaluation.settings.scales
    for number, (id, scale) in enumerate(scales.items(), start=1):
        end = f"-{number}" if len(scales) > 1 else ""
        made[f"bulletins{end}"] = ballots(evaluation, id, scale, languages)
        made[f"etiquettes-des-piles{end}"] = pile_labels(evaluation, id, scale, languages)
        made[f"echelle-au-mur{end}"] = wall_scale(evaluation, id, scale, languages)
        for lang in ours:
            made[f"comptage{end}.{lang}"] = tally_sheet(evaluation, id, scale, texts, lang)
    return made
