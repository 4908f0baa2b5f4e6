"""Which editions that went out hold somebody's words, and where each went, as the register tells it."""

from __future__ import annotations

from avis.editions.keyed import read_key
from avis.editions.register import Edition, day_of, read_register
from avis.errors import Problems, shown
from avis.evaluation import Evaluation
from avis.i18n import Language, say, words
from avis.rights.asked import Asked
from avis.rights.recalled import editions_with
from avis.rights.withdraw import words_of


def her_editions(opened: Evaluation, asked: Asked, lang: Language) -> list[str]:
    """Say which editions hold somebody's words, and where each went: those that a withdrawal would recall.

    Words of notes, sessions and stories count, and free answers where a person is asked for. Where the
    register cannot be read whole, or its key is not here, that is said.
    """
    root, told = opened.folders.root, Problems()
    register, key = read_register(root, told), read_key(root)
    holding = editions_with(opened, asked.contributions, (text for _, text in words_of(opened, asked)))
    lines = [line for edition in holding for line in _edition(edition, lang)]
    if told.items:
        lines.append("- " + say("rights.access.unread_register", lang))
    if register and key is None:
        lines.append("- " + say("rights.access.no_key", lang))
    if not register and not told.items:
        lines.append("- " + say("rights.access.nothing_out", lang))
    return lines or ["- " + say("rights.access.in_none", lang)]


def _edition(edition: Edition, lang: Language) -> list[str]:
    issued, back = edition.issued, edition.taken_back_on
    names: dict[str, str] = words("rights", lang)["access"]["audiences"]
    audience = names.get(issued.audience, shown(issued.audience))
    facts = {"id": shown(issued.edition), "date": day_of(issued.on, lang), "audience": audience}
    lines = ["- " + say("rights.access.draft" if issued.draft else "rights.access.edition", lang, **facts)]
    for placed in edition.placed:
        facts = {"where": shown(placed.where), "date": day_of(placed.on, lang)}
        lines.append("    " + say("rights.access.placed", lang, **facts))
    if back:
        lines.append("    " + say("rights.access.taken_back", lang, date=day_of(back, lang)))
    return lines
