"""LaTeX as reference managers write it → plain text: accents, signs, and no command left over."""

from __future__ import annotations

import re
import unicodedata

# fmt: off
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "r": "\u030a", "k": "\u0328", "d": "\u0323",
    "b": "\u0331",
}
# fmt: on
"""The combining character of each accent command (The LaTeX Companion, "Accents")."""
# fmt: off
_SIGNS = {
    "oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "th": "þ", "textquoteright": "’", "textquoteleft": "‘",
    "textquotesingle": "'", "textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«",
    "guillemotright": "»", "og": "«\u00a0", "fg": "\u00a0»", "textendash": "–", "textemdash": "—",
    "textellipsis": "…", "ldots": "…", "dots": "…", "textdegree": "°", "textordmasculine": "º", "No": "N°",
    "no": "n°", "textnumero": "№", "textsection": "§", "S": "§", "P": "¶", "euro": "€", "texteuro": "€",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbackslash": "\\",
    "textbar": "|", "textless": "<", "textgreater": ">", "textbullet": "•", "textperiodcentered": "·",
    "textbraceleft": "{", "textbraceright": "}", "textcopyright": "©", "textregistered": "®",
    "texttrademark": "™", "slash": "/",
    "ier": "er", "ieme": "e", "up": "",
}
# fmt: on
_SPACES = {" ": " ", "\n": " ", "\\": " ", ",": "\u202f", "~": " ", ";": " ", ":": " "}
_TOKEN = re.compile(r"\\([A-Za-z]+)[ \t\n]*|\\(.)|---?|``|''|.", re.S)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0"}
_DROPPED = "{}$"
# Zotero and Better BibTeX write a lone brace as a brace and a phantom of the other one.
_PHANTOM = re.compile(r"\\vphantom\s*\{?\\[{}]\}?")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}")
_ADDRESS_ESCAPE = re.compile(r"\\([_%&#~$\\{}])(?:\{\})?")
_VERBATIM = re.compile(r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}")


def to_text(latex: str) -> str:
    r"""Write LaTeX as plain text, composed (NFC), runs of spaces as one.

    >>> to_text(r"L{\textquoteright}acc{\`e}s \`a l'\emph{\'Egalit\'e}, 10~\% \& \oe uvres")
    "L’accès à l'Égalité, 10\xa0% & œuvres"
    """
    if "\\" not in latex and not any(mark in latex for mark in ("{", "}", "~", "--", "``", "''", "$")):
        return _spaced(latex)
    out: list[str] = []
    accent = ""
    for token in _TOKEN.finditer(_HREF.sub("", _PHANTOM.sub("", latex))):
        word, sign = token[1], token[2]
        if (word or sign) in _ACCENTS:
            accent = _ACCENTS[word or sign]
            continue
        text = _plain(token[0], word, sign)
        if token[0] == "}":
            accent = ""  # an accent on nothing
        if text and accent:
            text, accent = _accented(text, accent), ""
        out.append(text)
    return _spaced("".join(out))


def _plain(whole: str, word: str | None, sign: str | None) -> str:
    if word:
        return _SIGNS.get(word, "")
    if sign:
        return _SPACES.get(sign, sign if sign in "&%$#_{}" else "")
    return "" if whole in _DROPPED else _LIGATURES.get(whole, whole)


def _accented(text: str, accent: str) -> str:
    first = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
    return first + accent + text[1:]


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def to_address(latex: str) -> str:
    r"""Write an address as it is typed into a browser: escapes are undone, nothing else is touched.

    >>> to_address(r"\url{https://example.org/a\_b?c=1\&d--e}")
    'https://example.org/a_b?c=1&d--e'
    """
    bare = _VERBATIM.sub(r"\1", latex).replace("{\\textasciitilde}", "~").replace("\\textasciitilde", "~")
    unescaped = _ADDRESS_ESCAPE.sub(r"\1", bare)
    return "".join(unescaped.strip().strip("{}<>").split())
