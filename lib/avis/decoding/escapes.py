r"""A text as it may be read: its escapes undone (`\u00e9`, `&eacute;`, `%C3%A9`, `=C3=A9`), its tags out.

Escapes stand inside escapes (a page in a notebook in a URL), so each is undone until nothing changes, a few
times at most. Every pattern is linear: a hostile text cannot make one turn for ever.
"""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

_ROUNDS = 4
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*+")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|'([0-9a-fA-F]{2})"
    r"|([0-7]{3})|u(\d{2,5})\??|([\"\\/bfnrt]))"
)
r"""JSON, JavaScript, Python, git's octal names, RTF (`\'e9`, `\u233?`)."""
_CSS = re.compile(r"\\([0-9a-fA-F]{2,6})(?:[ \t\n]|(?![0-9a-fA-F]))")
TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
"""As HTML tells one: before anything else « < » stands for itself, « 3 < 5 », « <06 12> ».

What a reading is without is looked at beside it (`avis.scanning.behind`): for both a tag is the same.
"""
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tspan|u|wbr|r|t|rPr"
    r"|w:r|w:t|w:rPr|w:b|w:i|w:proofErr|w:delText|w:ins|w:del|text:span|text:s)\b[^<>]*>"
)
"""Tags that may stand inside a word or a number; any other parts what is before from what is after."""
_BETWEEN = re.compile(r">\s*\n\s*<")
_SOFT = re.compile(r"=(?:\r?\n|[0-9A-F]{2})")
_UTF8 = re.compile("[\u00c2-\u00ef][\u0080-\u00bf](?:(?<=[\u00c2-\u00df].)|[\u0080-\u00bf])")
"""A letter whose two or three bytes were taken for letters."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_PAIRS = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def readings(text: str) -> Iterator[str]:
    r"""Give a text and all that it reads as: as it stands, unescaped, without its tags.

    >>> list(readings(r"d\u00e9j\u00e0"))[-1]
    'déjà'
    >>> list(readings("<p><b>N</b>&eacute;e</p>%C3%A9t=C3=A9"))[-1].split()
    ['Née', 'été']
    """
    given: dict[str, None] = {text: None}
    written = [text]
    if "=" in text and _SOFT.search(text):  # « ?q=1987 » is no quoted-printable, « d=C3=A9j=C3=A0 » is
        written.append(_quoted(text))
    for one in written:
        given[unescaped(one)] = None
        if is_marked_up(one):
            given[_untagged(one, "\n")] = None
            if _INLINE.search(one):
                given[_untagged(one, "\n", inside="")] = None
    yield from given


def joined(text: str) -> str:
    """Give a text whose words any tag may cut; so written, words that tags alone part run into each other.

    >>> joined("<x>Na</x>  \\n <x>dia</x>").strip()
    'Nadia'
    """
    return _untagged(_BETWEEN.sub("><", text), "", inside="")


def is_marked_up(text: str) -> bool:
    """Tell whether tags may stand in a text, escaped or not."""
    lower = text.lower()
    return "<" in text or "&lt" in lower or "\\u003c" in lower or "%3c" in lower or "\\x3c" in lower


def unescaped(text: str) -> str:
    """Undo every escape, those inside escapes too.

    >>> unescaped("%2526eacute%253B"), unescaped("&amp;eacute;")
    ('é', 'é')
    """
    for _ in range(_ROUNDS):
        before = text
        text = _once(text)
        if text == before:
            break
    return text


def _untagged(text: str, instead: str, inside: str | None = None) -> str:
    for _ in range(_ROUNDS):
        before = text
        if inside is not None:
            text = _INLINE.sub(inside, text)
        text = _once(TAG.sub(instead, text))
        if text == before:
            return text
    return text.replace("<", " ")  # tags inside tags: what stands beside them would pass for one


def _once(text: str) -> str:
    if "%" in text:
        text = _PERCENT.sub(_percent, text)
    if "\\" in text:
        text = _whole(_CSS.sub(_css, _ESCAPE.sub(_written, text)))
    if "&" in text:
        text = html.unescape(text)
    return text


def _percent(found: re.Match[str]) -> str:
    return _told(unquote_to_bytes(found[0]))


def _told(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _written(found: re.Match[str]) -> str:
    braced, wide, four, two, rtf, octal, decimal, sign = found.groups()
    digits = braced or wide or four or two or rtf
    if digits:
        code = int(digits, 16)
    elif octal:
        code = int(octal, 8)
    elif decimal:
        code = int(decimal)
    else:
        return sign if sign in '"\\/' else " "
    return chr(code) if code < 0x110000 else " "


def _css(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if 0x20 <= code < 0x110000 else " "


def _whole(text: str) -> str:
    r"""Put together letters that were written as halves (`\ud83d\ude00`) or as bytes (`\303\251`)."""
    if _SURROGATES.search(text):
        text = _PAIRS.sub(lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
        text = _SURROGATES.sub(" ", text)
    return _UTF8.sub(lambda found: _told(found[0].encode("latin-1")), text)


def _quoted(text: str) -> str:
    """Undo quoted-printable, and only there: « a=B0 » in an address is no such thing, and does no harm."""
    return re.sub(
        r"(?:=[0-9A-F]{2}|=\r?\n)+", lambda found: _told(quopri.decodestring(found[0].encode())), text
    )
