"""What may be asked of the desk: each act with its fields, read as if somebody hostile had written it.

What is not of the form is refused whole, by a code that repeats nothing of what was sent. Words lose what
cannot be seen: signs that turn a line around or hide others would show another text than the one approved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

MOST_TEXT = 600
"""Signs of a text; what is longer is not read on a wall, nor answered with one touch."""
MOST_REASON = 300
MOST_SHORT = 120
MOST_LINES = 10
MOST_IDS = 60
MOST_PEOPLE = 500
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HASH = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[A-Za-z0-9 .-]{8,20}")
_SOUND = re.compile(r"voix/[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(?:wav|ogg|mp3|m4a|webm)")
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that nobody sees: a text of these alone would be an empty line on the wall."""
_HEAPED = 4
"""Marks on a letter at most: no script needs more, and a tower of them covers other people's texts."""
_JOINERS = "\u200c\u200d"
"""Signs that are not seen and that several scripts, and emoji, are written with."""


class Refused(Exception):
    """An act that is not done, with the code that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Answer(msgspec.Struct, kw_only=True):
    """What an act gives: whether it was done, and what it gave; `retry` means keep it and send it again."""

    ok: bool
    code: str = ""
    retry: bool = False
    given: dict[str, Any] = {}
    again: bool = False


@dataclass(frozen=True)
class Act:
    """An act that has the form it must have; `event` is the id of the event that it becomes."""

    do: str
    id: str
    by: str
    fields: dict[str, Any]
    seat: str = field(default="", repr=False)
    event: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def get(self, name: str, otherwise: Any = "") -> Any:
        """Give a field that may be missing."""
        return self.fields.get(name, otherwise)


def clean(text: str) -> str:
    r"""Write somebody's words as everybody will see them: NFC, lines kept, nothing that is not seen.

    >>> clean(" Ouvrir\u202e le\x07 samedi.\r\nToujours. ")
    'Ouvrir le samedi.\nToujours.'
    """
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    seen = "".join(sign for sign in text if sign == "\n" or sign in _JOINERS or _is_seen(sign))
    lines = [line.strip() for line in _level(unicodedata.normalize("NFC", seen)).strip().split("\n")]
    kept, rest = lines[: MOST_LINES - 1], lines[MOST_LINES - 1 :]
    return "\n".join([*kept, " ".join(rest)]).strip()


def _level(text: str) -> str:
    """Leave out the marks that would stand above or below too many others."""
    kept, heap = [], 0
    for sign in text:
        heap = heap + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if heap <= _HEAPED:
            kept.append(sign)
    return "".join(kept)


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")


Check = Callable[[Any], Any]


def _matching(pattern: re.Pattern[str]) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Refused("SAL-001")
        return value

    return check


def _words(most: int) -> Check:
    """Words of somebody: SAL-003 too long, SAL-004 nothing to be read."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise Refused("SAL-001")
        if len(value) > 4 * most:
            raise Refused("SAL-003")
        text = clean(value)
        if len(text) > most:
            raise Refused("SAL-003")
        if not any(unicodedata.category(sign)[0] in "LNS" and sign not in _BLANK for sign in text):
            raise Refused("SAL-004")
        return text

    return check


def _one_of(*names: str) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise Refused("SAL-001")
        return value

    return check


def _number(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise Refused("SAL-001")
        return value

    return check


def _several(check: Check, least: int = 1) -> Check:
    def check_all(value: Any) -> list[Any]:
        if not isinstance(value, list) or not least <= len(value) <= MOST_IDS:
            raise Refused("SAL-001")
        found = [check(one) for one in value]
        if len(set(found)) < len(found):
            raise Refused("SAL-001")
        return found

    return check_all


def _table(keys: Check, values: Check) -> Check:
    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or len(value) > MOST_IDS:
            raise Refused("SAL-001")
        return {keys(key): values(one) for key, one in value.items()}

    return check


def _yes(value: Any) -> bool:
    """Her second yes: without it nothing of hers is counted (SAL-005)."""
    if value is not True:
        raise Refused("SAL-005")
    return True


NAME, LANGUAGE, DAY, CODE = (_matching(one) for one in (_NAME, _LANGUAGE, _DAY, _CODE))
TEXT, REASON, SHORT = _words(MOST_TEXT), _words(MOST_REASON), _words(MOST_SHORT)
VERSION, PEOPLE = _number(1, 10_000), _number(0, MOST_PEOPLE)
KIND = _one_of("statement", "recommendation")
AUDIENCE = _one_of("public", "funder", "members")
Form = Mapping[str, Check]
"""The fields of an act; one that ends in `?` may be missing."""

_PROPOSE: Form = {
    "question": NAME,
    "kind": KIND,
    "language": LANGUAGE,
    "text": TEXT,
    "from?": NAME,
    "confirmed": _yes,
}
_AMEND: Form = {"item": NAME, "language": LANGUAGE, "text": TEXT, "confirmed": _yes}
_OBJECT: Form = {
    "item": NAME,
    "version": VERSION,
    "language": LANGUAGE,
    "text": REASON,
    "confirmed": _yes,
}
_AMENDMENT: Form = {"item": NAME, "amendment": NAME}
_SLIP: Form = {"slip?": CODE}

PHONE: Mapping[str, Form] = {
    "propose": _PROPOSE,
    "amend": _AMEND,
    "react": {"round?": NAME, "item": NAME, "version": VERSION, "level": NAME},
    "object": _OBJECT,
    "dissent": _AMEND,
    "call": {"what": _one_of("stop", "talk")},
    "mine": {"code": CODE},
    "approve_words": {"code": CODE, "item": NAME, "language": LANGUAGE},
    "change": {"code": CODE, "item?": NAME, "language": LANGUAGE, "text": TEXT, "confirmed": _yes},
    "suspend": {"code": CODE},
    "resume": {"code": CODE},
    "withdraw": {"code": CODE, "confirmed": _yes},
    "quotes": {"card": CODE},
    "approve_quote": {"card": CODE, "quote": NAME, "audience": AUDIENCE, "language": LANGUAGE},
    "revoke_quote": {"card": CODE, "quote": NAME},
}
"""What a phone may do."""

LEAD: Mapping[str, Form] = {
    "open_session": {
        "date": DAY,
        "languages": _several(LANGUAGE),
        "scale": NAME,
        "present": PEOPLE,
        "place?": SHORT,
    },
    "resume_session": {"name": NAME},
    "limits_read": {"language": LANGUAGE, "hash": _matching(_HASH)},
    "present": {"n": PEOPLE},
    "open_round": {"items": _several(NAME), "present": PEOPLE, "paper": PEOPLE},
    "close_round": {},
    "pile": {"item": NAME, "version": VERSION, "counts": _table(NAME, PEOPLE)},
    "show": {
        "what": _one_of("nothing", "join", "limits", "texts", "round", "results", "history", "edition"),
        "items?": _several(NAME, least=0),
    },
    "propose": {**_PROPOSE, **_SLIP},
    "amend": {**_AMEND, **_SLIP},
    "object": {**_OBJECT, **_SLIP},
    "dissent": {**_AMEND, **_SLIP},
    "translate": {"item": NAME, "version": VERSION, "language": LANGUAGE, "text": TEXT},
    "approve_words": {"item": NAME, "language": LANGUAGE},
    "accept_amendment": _AMENDMENT,
    "reject_amendment": {**_AMENDMENT, "reason?": REASON, "language?": LANGUAGE},
    "withdraw_amendment": _AMENDMENT,
    "stand_alone": {**_AMENDMENT, "kind?": KIND},
    "group": {"items": _several(NAME), "into": NAME},
    "merge": {"items": _several(NAME), "into": NAME},
    "resolve_objection": {"objection": NAME, "language?": LANGUAGE, "text?": REASON},
    "set_addressee": {"item": NAME, "addressee": _table(_one_of("fr", "en"), SHORT)},
    "publish_counts": {"item": NAME},
    "adopt": {"item": NAME, "version": VERSION},
    "adopt_edition": {},
    "answered": {"n": _number(1, 10_000)},
    "close_session": {},
    "audio_kept": {
        "item": NAME,
        "language": LANGUAGE,
        "sha256": _matching(_HASH),
        "file": _matching(_SOUND),
    },
}
"""What the facilitator may do."""


def read(raw: Mapping[str, Any], by: str, seat: str = "") -> Act:
    """Read what a page sent as an act.

    Errors (`Refused`): SAL-001 not of the form, SAL-002 the facilitator's alone, SAL-003 too long, SAL-004
    nothing to be read, SAL-005 without her second yes.
    """
    forms = LEAD if by == "lead" else PHONE
    do, id = raw.get("do"), raw.get("id")
    if not isinstance(do, str) or not isinstance(id, str) or not _ID.fullmatch(id):
        raise Refused("SAL-001")
    if do not in forms:
        raise Refused("SAL-002" if do in LEAD else "SAL-001")
    return Act(do, id, by, _fields(raw, forms[do]), seat)


def _fields(raw: Mapping[str, Any], form: Form) -> dict[str, Any]:
    known = {name.removesuffix("?"): check for name, check in form.items()}
    if not raw.keys() <= known.keys() | {"id", "do"}:
        raise Refused("SAL-001")
    found = {}
    for name, check in known.items():
        if raw.get(name) is not None:
            found[name] = check(raw[name])
        elif name in form:
            raise Refused("SAL-005" if check is _yes else "SAL-001")
    return found
