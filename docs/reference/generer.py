"""Write `erreurs.md` from the locale files: every code, what it says in French and in English.

Run it after a change of `lib/avis/locales/`: `.venv/bin/python docs/reference/generer.py`.
`tests/docs/test_reference.py` says when the page is out of date.
"""

from __future__ import annotations

from pathlib import Path

from avis.errors import ROOMS
from avis.i18n import Language, words

PAGE = Path(__file__).with_name("erreurs.md")
PARTS = ("what", "why", "do", "fate")
TITLES = {
    "CLI": "La ligne de commande",
    "CON": "Les accords",
    "DIS": "La protection",
    "DOC": "Les documents",
    "EVA": "`evaluation.yaml` et les autres fichiers YAML",
    "FIN": "Les comptes",
    "IDE": "Ce qui peut désigner quelqu’un",
    "LIN": "Les tableaux liés",
    "RED": "La relecture",
    "REL": "Les éditions",
    "RIG": "Les droits des personnes",
    "RUN": "La construction",
    "SAL": "La salle où le groupe écrit",
    "SCA": "Le dernier regard",
    "SES": "Les séances d’écriture",
    "SRC": "Les sources",
    "TXT": "Les textes du groupe",
    "VAU": "Le coffre",
}
HEAD = """\
# Les messages, code par code

<!-- Page faite par docs/reference/generer.py depuis lib/avis/locales/. Ne la corrigez pas ici. -->

Chaque message commence par un code. Il dit où, ce qui ne va pas, pourquoi, quoi faire, et ce qu’il est advenu
de la donnée. Il ne montre jamais la valeur qu’une personne a donnée. Ce qui est entre accolades change
à chaque fois{nbsp}: un nom de colonne, un nombre, un identifiant.

Each message begins with a code. The English words follow the French ones.
"""


def page() -> str:
    """Write the whole page."""
    parts = [HEAD.format(nbsp="\u00a0")]
    for letters, title in TITLES.items():
        french, english = (_entries(letters, lang) for lang in ("fr", "en"))
        parts.append(f"## {letters} · {title}\n")
        parts += [_entry(code, french[code], english[code]) for code in sorted(french)]
    return "\n".join(parts)


def _entries(letters: str, lang: Language) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = words(ROOMS[letters], lang)["errors"]
    return {code: entry for code, entry in found.items() if code.startswith(letters)}


def _entry(code: str, french: dict[str, str], english: dict[str, str]) -> str:
    return f"### {code}\n\n{_sentences(french)}\n\n*{_sentences(english)}*\n"


def _sentences(entry: dict[str, str]) -> str:
    """Join the sentences as a message does; a star, a bracket or a tick is a character here, not Markdown."""
    told = " ".join(entry[part] for part in PARTS if part in entry).replace("{{", "{").replace("}}", "}")
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in told)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
