"""What the papers of the room share: its drawings, the ones that the phones show, and how a paper is set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from avis.evaluation import Evaluation
from avis.i18n import LANGUAGES, Language, say
from avis.report.outline import language_tag, tidy
from avis.report.pdf.paper import own_faces, with_data
from avis.rights.wording import TEMPLATES as SLIPS

TEMPLATES = Path(__file__).parent / "templates"
SYMBOLS = Path(__file__).parents[1] / "page" / "icons.svg"
_SYMBOL = re.compile(r'<symbol id="i-(?P<name>[\w-]+)">(?P<lines>.*?)</symbol>', re.DOTALL)
_ROUND = 'fill="none" stroke="#000" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'


class Said(TypedDict):
    """Words with the language that they are in; `name` is the language's own name in French or English."""

    language: str
    text: str
    name: str


@cache
def pictos() -> dict[str, str]:
    """Give the drawings by name, as SVG in black: those of the pages, so that paper and phone look alike."""
    found = {match["name"]: match["lines"] for match in _SYMBOL.finditer(SYMBOLS.read_text(encoding="utf-8"))}
    drawn = {
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {_ROUND}>{lines}</svg>'
        for name, lines in found.items()
    }
    return drawn | {"scissors": (SLIPS / "pictos" / "scissors.svg").read_text(encoding="utf-8")}


def own_languages(languages: tuple[str, ...]) -> tuple[Language, ...]:
    """Give those languages in which the workbench has words of its own; both where there is none.

    >>> own_languages(("pcm", "en")), own_languages(("bin",))
    (('en',), ('fr', 'en'))
    """
    return tuple(lang for lang in LANGUAGES if lang in languages) or LANGUAGES


def said(key: str, languages: tuple[str, ...], /, **facts: str) -> list[Said]:
    """Say our own words in each language asked for that we have, in the order asked for."""
    ours = sorted(own_languages(languages), key=lambda one: languages.index(one) if one in languages else 0)
    return [spoken(lang, say(f"room.cards.{key}", lang, **facts)) for lang in ours]


def spoken(language: str, text: str, name: str = "") -> Said:
    """Put words beside their language, without what no PDF may hold."""
    return {"language": language_tag(language).split("-")[0], "text": tidy(text), "name": name}


def paper(template: str, evaluation: Evaluation, title: str, language: str, **more: Any) -> str:
    """Give the Typst source of a paper that stands alone."""
    view: Mapping[str, Any] = {
        "title": tidy(f"{title} · {evaluation.settings.organisation.name}"),
        "organisation": tidy(evaluation.settings.organisation.name),
        "language": language_tag(language).split("-")[0],
        "pictos": pictos(),
        "faces": own_faces(),
        **more,
    }
    parts = [(TEMPLATES / f"{name}.typ").read_text(encoding="utf-8") for name in ("commun", template)]
    return with_data(view, "\n".join(parts))
