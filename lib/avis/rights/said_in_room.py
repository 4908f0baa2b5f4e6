"""What somebody brought in a session, told to whoever holds its return code: her words, as she brought them.

A text of the group is nobody's alone: by a person's code or a number it is not told, since nothing says whose
it is. The code does, and only of what she brought herself.
"""

from __future__ import annotations

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.i18n import Language, date, say
from avis.rights.asked import Asked
from avis.writing.bodies import BRINGS
from avis.writing.chain import Event, Log
from avis.writing.deliberation import read_logs

_WORDS = BRINGS | {"reworded": "item"}
"""Events whose words are those of who brought them, and the field with the id."""


def her_texts(opened: Evaluation, asked: Asked, lang: Language, unread: Problems) -> list[str]:
    """Give what carries her return code, by session: what it is, its day, its words; none without a code."""
    if asked.by != "code":
        return []
    ids = set(asked.contributions)
    return [line for log in read_logs(opened, unread) for line in _of_log(log, ids, lang)]


def _of_log(log: Log, ids: set[str], lang: Language) -> list[str]:
    lines = []
    for event in log.events:
        id = str(event.body.get(_WORDS.get(event.type, ""), ""))
        if id in ids:
            lines.append("- " + say(f"rights.access.brings.{event.type}", lang, id=id, date=_day(log, lang)))
            lines += [f"    {line}" for line in _words(log, event, lang)]
    return lines


def _words(log: Log, event: Event, lang: Language) -> list[str]:
    word = log.words.get(event.body["text"]["word"])
    return word.text.splitlines() if word else [say("rights.access.no_words", lang)]


def _day(log: Log, lang: Language) -> str:
    """The day of the session; the minute at which she spoke is nobody's business."""
    opened = (event.body["date"] for event in log.events if event.type == "session_opened")
    return date(next(opened), lang)
