"""What the room's server says when it does not do what it was asked: a code, its words, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path

from avis.errors import ROOMS
from avis.i18n import Language, say, words

STATUS = {
    "SAL-002": 403,
    "SAL-101": 403,
    "SAL-102": 403,
    "SAL-103": 403,
    "SAL-104": 403,
    "SAL-105": 429,
    "SAL-106": 413,
    "SAL-107": 400,
    "SAL-108": 404,
    "SAL-109": 405,
    "SAL-110": 409,
    "SAL-111": 415,
    "SAL-112": 500,
    "SAL-113": 507,
}
"""What each of the server's own refusals is in HTTP; one of the desk's is 409, or 507 to be sent again."""
_BY_STATUS = {404: "SAL-108", 405: "SAL-109", 413: "SAL-106", 415: "SAL-111", 500: "SAL-112"}


class Refused(Exception):
    """Something that the server does not do; `wait` tells after how many seconds it may."""

    def __init__(self, code: str, wait: int = 0) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait


def status_of(code: str, retry: bool = False) -> int:
    """Give the HTTP status of a refusal.

    >>> status_of("SAL-106"), status_of("SAL-001"), status_of("SAL-037", retry=True)
    (413, 409, 507)
    """
    return STATUS.get(code) or (507 if retry else 409)


def code_of(status: int) -> str:
    """Give the code of what the framework itself refused: most often a form that we do not know."""
    return _BY_STATUS.get(status, "SAL-112" if status >= 500 else "SAL-107")


def told(code: str, lang: Language, retry: bool = False) -> dict[str, object]:
    """Say a refusal to a page: its code, what is wrong, what to do; never what was sent.

    >>> sorted(told("SAL-108", "fr"))
    ['do', 'error', 'ok', 'retry', 'what']
    """
    entry: dict[str, str] = words(ROOMS[code.partition("-")[0]], lang)["errors"][code]
    what = " ".join(entry[part] for part in ("what", "why") if part in entry)
    do = " ".join(entry[part] for part in ("do", "fate") if part in entry)
    return {"ok": False, "error": code, "retry": retry, "what": what, "do": do}


def tell_unforeseen(error: BaseException) -> None:
    """Say on the terminal that something unforeseen happened, and where in the code; never its words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    print(say("cli.session.unforeseen", kind=type(error).__name__, place=place), file=sys.stderr, flush=True)
