"""The three pages as they are sent: one HTML each, style and script inside, and nothing that asks elsewhere.

What the markers in `page/*.html` mean is written at the head of `page/common.js`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGES = ("phone", "wall", "lead")
HOME = Path(__file__).parent / "page"
_STYLE = re.compile(r"<!-- style ([a-z_. ]+) -->")
_ICONS = "<!-- icons -->"
_WORDS = "<!-- words -->"
_SCRIPTS = re.compile(r'(?:<script src="[a-z_]+\.js"></script>\s*)+')
_SCRIPT = re.compile(r'src="([a-z_]+\.js)"')
_SAID_TO_US = re.compile(r"(?m)^[ \t]*(?:(?://.*|/\*[^*]*\*/[ \t]*)?\n)?")
_SPACES = {
    # A comma or a semicolon that ends a list goes. Strings, templates and patterns stay.
    # After `)` and `}` a line may end a statement: it stays a line.
    "script": re.compile(
        r"""("(?:[^"\\\n]|\\.)*"|`[^`]*`|/(?![ *])(?:\\.|\[[^\]\n]*\]|[^/\\\n\[])+/)"""
        r"""|,\s*(?=[)\]])|[,;]\s*(?=\})|\s*(?:(=>|&&|\|\||[=?:,;({<>])\s*|([)}])[ ]*|(\+)[ ](?![+]))"""
    ),
    "style": re.compile(r"""("[^"\n]*")|;\s*(?=\})|(?<=[\s(,-])0(?=\.\d)|\s*(?:([{};,]|:(?= ))\s*)(\Z)?"""),
}
"""What may lie between two signs, by kind of part: a page weighs less than 60 kB."""


@dataclass(frozen=True)
class Page:
    """A page and what a browser is told about it: which style and which scripts are ours, by their hash."""

    html: bytes
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    def policy(self, host: str) -> str:
        """Give the content security policy of the page as it is sent to a host.

        >>> Page(b"", scripts=("abc=",)).policy("192.168.1.5:8731").split("; ")[2]
        "script-src 'sha256-abc='"
        """
        return "; ".join(
            (
                "default-src 'none'",
                f"style-src {_listed(self.styles)}",
                f"script-src {_listed(self.scripts)}",
                f"connect-src 'self' ws://{host}",
                "media-src 'self' blob:",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            )
        )


EMPTY = Page(b'<!doctype html>\n<html lang="fr"><meta charset="utf-8"><title>Notes</title></html>\n')
"""What somebody sees who left quickly."""


def _listed(hashes: tuple[str, ...]) -> str:
    return " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"


def make_page(name: str, words: Mapping[str, Any], home: Path = HOME) -> Page:
    """Put a page together from its parts: `phone`, `wall` or `lead`, with the words of its first language."""
    styles: list[str] = []
    scripts: list[str] = []
    html = (home / f"{name}.html").read_text(encoding="utf-8")
    # Words first: a text of an association is then never taken for one of our markers.
    parts = html.partition(_WORDS)
    head, tail = (_assembled(part, home, styles, scripts) for part in (parts[0], parts[2]))
    return Page(f"{head}{_data(words)}{tail}".encode(), tuple(styles), tuple(scripts))


def _assembled(html: str, home: Path, styles: list[str], scripts: list[str]) -> str:
    if _ICONS in html:
        html = html.replace(_ICONS, (home / "icons.svg").read_text(encoding="utf-8").replace("\n", ""))
    html = _STYLE.sub(lambda found: _inside("style", found[1].split(), home, styles), html)
    return _SCRIPTS.sub(lambda found: _inside("script", _SCRIPT.findall(found[0]), home, scripts), html)


def _inside(tag: str, names: list[str], home: Path, hashes: list[str]) -> str:
    """Put files into one element; comments that have a line of their own, and indents, are for us alone."""
    content = "".join(_SAID_TO_US.sub("", (home / name).read_text(encoding="utf-8")) for name in names)
    content = _SPACES[tag].sub(lambda found: "".join(part or "" for part in found.groups()), content)
    hashes.append(base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii"))
    return f"<{tag}>{content}</{tag}>"


def _data(words: Mapping[str, Any]) -> str:
    """Write words as data of the page: no `<` in them can end the element."""
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="words">{said}</script>'
