"""An association's look on a page: colours and faces over those of the sheet, and its logo."""

from __future__ import annotations

from markupsafe import Markup

from avis.i18n import Language, pick
from avis.look import Look

LOGO = """.logo { display: block; max-height: 5.5rem; max-width: 14rem; margin: 0 0 1.6rem; }
@media (prefers-color-scheme: dark) { .logo { background: #fdfcf9; padding: .6rem; } }"""
"""A logo is drawn for paper: on a dark page it keeps a light ground."""


def override(look: Look) -> str:
    """Give the rules to append to the style sheet; nothing for the house's own look.

    Colours and names of faces come checked (`#rrggbb`, letters and spaces): nothing in them ends a rule.

    >>> override(Look(accent_dark="#9ec5f2"))
    '@media (prefers-color-scheme: dark) { :root { --accent: #9ec5f2; } }'
    """
    day = {"--accent": look.accent, "--wash": look.wash, "--text": _faces(look), "--voice": _faces(look)}
    rules = [_root(day), _media("(prefers-color-scheme: dark)", {"--accent": look.accent_dark})]
    if look.wash:  # the dark page and paper keep their own ground
        rules.append(_media("(prefers-color-scheme: dark)", {"--wash": "#1c2631"}))
    if look.accent:
        rules.append(_media("print", {"--accent": look.accent, "--wash": "#fff"}))
    if look.logo is not None:
        rules.append(LOGO)
    return "\n".join(rule for rule in rules if rule)


def _faces(look: Look) -> str:
    named = ", ".join(f'"{face}"' for face in look.faces)
    return f"{named}, system-ui, sans-serif" if named else ""


def _root(values: dict[str, str]) -> str:
    told = "; ".join(f"{name}: {value}" for name, value in values.items() if value)
    return f":root {{ {told}; }}" if told else ""


def _media(query: str, values: dict[str, str]) -> str:
    root = _root(values)
    return f"@media {query} {{ {root} }}" if root else ""


def logo(look: Look, language: Language) -> Markup:
    """Give the logo as a picture that fetches nothing, with its words; nothing where there is none."""
    if look.logo is None:
        return Markup("")
    words = pick(look.logo.alt, language)[0]
    return Markup('<img class="logo" src="data:{};base64,{}" alt="{}">').format(
        look.logo.kind, look.logo.data, words
    )
