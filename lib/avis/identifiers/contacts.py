"""Ways to reach somebody: telephone, e-mail, names on networks, pages, machines, points on a map."""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.phones import find_phones

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_AT = r" {0,3}(?:[\[({<] {0,2}(?:at|arobase|arobas|chez|a|@) {0,2}[\])}>]|@| (?:at|arobase|arobas) ) {0,3}"
_DOT = r"(?: {0,3}[\[({] {0,2}(?:dot|point|\.) {0,2}[\])}] {0,2}|\.| (?:dot|point) )"
_EMAIL_SPELLED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{2,63}}(?:{_DOT}[a-z]{{2,12}}){{1,2}}\b", re.I
)
_MAIL_HOST = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{2,64}}{_AT}(?:gmail|yahoo|hotmail|outlook|icloud|orange|free|sfr|"
    rf"proton(?:mail)?|laposte|live)\b"
    rf"(?:{_DOT}[a-z]{{2,6}}\b)?",
    re.I,
)
_OFFICIAL = re.compile(
    r"(?:https?://)?(?:[\w-]{1,63}\.){0,3}"
    r"(?:gouv\.fr|un\.org|ohchr\.org|europa\.eu|coe\.int|insee\.fr|cnil\.fr|"
    r"service-public\.(?:fr|gouv\.fr)|"
    r"legifrance\.gouv\.fr|unhcr\.org|ilo\.org|doi\.org|assemblee-nationale\.fr|senat\.fr|"
    r"paris\.fr)(?:[/?#:]|$)",
    re.I,
)
"""Sites of public bodies: a page of theirs names a text, and nobody."""
_URL = re.compile(
    r"(?:https?://|hxxps?://|www\.)[^\s<>\"]{2,2000}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,3}(?:com|fr|org|net|ng|me|io|co|tv|ly|it|es|eu|info|"
    r"app|be|ch|gg)/[^\s<>\"]{1,500}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{2,63}\.){1,2}(?:com|fr|org|net|info)(?!\w|[.-]\w)",
    re.I,
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IP = re.compile(
    rf"(?<![\w.])(?:{_OCTET}\.){{3}}{_OCTET}(?![\w]|\.\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,5}(?![\w:])",
    re.I,
)
_MAP = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{4,10}[, ;]{1,3}-?\d{1,3}\.\d{4,10}(?!\d)")
_AT_NAME = re.compile(r"(?<![\w@./])@(?=[\w.]{0,29}\w)[\w][\w.]{1,29}(?<!\.)")
_NETWORKS = (
    r"insta(?:gram)?|ig|snap(?:chat|gram)?|tik ?tok|facebook|fb|messenger|whats ?app|telegram|"
    r"twitter|signal|"
    r"viber|imo|badoo|tinder|onlyfans|skype|discord|linkedin|youtube"
)
_LINK = (
    r"(?:c'est|est|is|na|on dit|sous le (?:nom|pseudo)(?: de)?|au nom de|pseudo|name|nom|"
    r"username|user|handle|"
    r"compte|account|profil|profile|page|as|id|moi c'est|my|mon|son|her|his|le|the|call(?:ed)?|"
    r"je suis|i am|i'm|"
    r"elle est|she is|ajoute(?:-moi)?|add me|me)"
)
_HANDLE = re.compile(
    rf"(?<!\w)(?:{_NETWORKS})(?!\w)(?: {{0,2}}[:=(-])?(?: {{1,2}}{_LINK}(?!\w)){{0,4}}"
    r" {0,2}[:=\"-]{0,2} {0,2}\"?"
    r"(?P<handle>@?[^\W_][\w.-]{2,30}[^\W])",
    re.I,
)
_PSEUDO = re.compile(
    r"(?<!\w)(?:pseudo(?:nyme)?|username|user name|handle|nickname on|identifiant|login)"
    r"(?: {0,2}[:=]| c'est| est| is| na|) {0,2}\"?(?P<handle>@?[^\W_][\w.-]{2,30}[^\W])",
    re.I,
)
_LOOKS_MADE = re.compile(r"[\w.-]*(?:[a-z_.-]\d|_|\d[a-z_]|[a-z]\.[a-z])[\w.-]*", re.I)
"""A name that nobody is given by parents: digits, underscores or dots within."""


_MADE = re.compile(r"(?<![\w.@/-])(?=[\w.-]{0,30}[._\d])[^\W\d_][\w.-]{2,30}\w(?![\w@/])")
_NETWORK = re.compile(rf"(?<!\w)(?:{_NETWORKS}|pseudo|username|se fait appeler)(?!\w)", re.I)
_NEAR = 40
"""Characters between a made name and the network's."""


def find_contacts(folded: Folded) -> Iterator[Found]:
    """Find what reaches somebody. Links to pages of public bodies name a text, and are left alone."""
    text = folded.text
    for pattern in (_EMAIL, _EMAIL_SPELLED, _MAIL_HOST) if _may_hold_mail(folded.lower) else ():
        for found in pattern.finditer(text):
            yield Found(*found.span(), "email", "email")
    for found in _URL.finditer(text):
        start, end = found.start(), found.start() + len(found[0].rstrip(".,;:!?)]'\""))
        if end > start and not _OFFICIAL.match(text, start, end):
            yield Found(start, end, "url", "url")
    for found in _IP.finditer(text):
        if found[0].count(":") != 2 or "::" in found[0]:
            yield Found(*found.span(), "ip", "ip")
    for found in _MAP.finditer(text):
        yield Found(*found.span(), "address", "coordinates")
    for found in _AT_NAME.finditer(text):
        yield Found(*found.span(), "handle", "handle")
    yield from _named_on_networks(text)
    yield from find_phones(folded)


def _may_hold_mail(lower: str) -> bool:
    return "@" in lower or " at " in lower or "arob" in lower or "[at" in lower or "(at" in lower


def _named_on_networks(text: str) -> Iterator[Found]:
    for found in _MADE.finditer(text):
        near = (
            text[max(0, found.start() - _NEAR) : found.start()]
            + " "
            + text[found.end() : found.end() + _NEAR]
        )
        if _LOOKS_MADE.fullmatch(found[0]) and _NETWORK.search(near):
            yield Found(*found.span(), "handle", "handle_cue")
    for pattern in (_HANDLE, _PSEUDO):
        for found in pattern.finditer(text):
            handle = found["handle"]
            if handle.startswith("@") or _LOOKS_MADE.fullmatch(handle):
                yield Found(*found.span("handle"), "handle", "handle_cue")
