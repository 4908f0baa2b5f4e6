"""What to write where a number is masked: the same sentence for every hidden number, whatever it hides."""

from __future__ import annotations

from avis.exhibits import Table, Where
from avis.i18n import Language, join, pick, say


def sentence_for_hidden(table: Table, where: Where, language: Language, threshold: int = 0) -> str:
    """Give the sentence to write in the place of a hidden number, in a text or in a form that asks for it.

    It says what was counted and why its number is not given. It is the same for a number that is hidden for
    its own sake and for one that would betray another: "fewer than 11" or "a few" would be false for the
    second, and would tell the two apart. With a `threshold` it says the rule too, as a funder may ask.

    >>> from avis.exhibits import Evidence
    >>> words = {"en": "Women received"}
    >>> table = Table(id="t", subject="t", title=words, measure="people", population="p", unit={},
    ...               dimensions=(), cells=(), evidence=Evidence(rule={}))
    >>> sentence_for_hidden(table, (), "en").split(":")[0]
    'Women received'
    """
    measure = table.measure if table.measure in ("people", "attendances", "hours", "money") else "people"
    told = say(f"report.masked.{measure}", language, what=_named(table, where, language))
    return f"{told} {say('report.masked.rule', language, threshold=threshold)}" if threshold else told


def _named(table: Table, where: Where, language: Language) -> str:
    """Name a place of a table by its labels; a base or a value that has no label goes without saying."""
    known = {(one.id, value.id): value.label for one in table.dimensions for value in one.values}
    labels = [pick(known[pair], language)[0] for pair in where if pair in known]
    title = pick(table.title, language)[0]
    if not labels:
        return title
    return say("report.masked.where", language, title=title, where=join(labels, language))
