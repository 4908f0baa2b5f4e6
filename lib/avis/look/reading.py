"""`charte.yaml`: where it lies, what is read of it, what is said where it is wrong."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.folders import lies_within, read_regular
from avis.look.colours import EASY, INK, LEAST, NIGHTS, PAPERS, SOFT, contrast, mixed, nearest, weakest
from avis.look.logos import MOST, clean_logo
from avis.look.model import Logo, Look
from avis.marked import Marked, load_yaml
from avis.schema import check_document

NAME = "charte.yaml"
PALE = 0.93
"""How much white there is in the ground of frames that an accent gives by itself."""


def charter(root: Path) -> Path | None:
    """Find the look of an evaluation: in its folder, else in the one around it, for all of them."""
    return next((folder / NAME for folder in (root, root.parent) if (folder / NAME).exists()), None)


def read_look(root: Path) -> Look:
    """Read the look of an evaluation; the house's own where there is none.

    Errors: those of `check_look`, all at once.
    """
    problems = Problems()
    look = check_look(root, problems)
    problems.raise_errors()
    return look


def look_digest(root: Path) -> str:
    """Hash what decides the look: the charter, its logo, its fonts; empty where there is no charter."""
    path = charter(root)
    if path is None:
        return ""
    marked = load_yaml(path, NAME, Problems())
    data = marked.data if marked is not None and isinstance(marked.data, dict) else {}
    logo, folder = data.get("logo"), data.get("fonts")
    named = logo.get("file") if isinstance(logo, dict) else None
    found = [path, *(path.parent / name for name in (named,) if isinstance(name, str))]
    if isinstance(folder, str) and lies_within(path.parent / folder, path.parent):
        found += sorted((path.parent / folder).rglob("*"))  # Typst looks into folders of folders
    kept = [file for file in found if file.is_file() and lies_within(file, path.parent)]
    told = (f"{file.name} {sha256(file.read_bytes()).hexdigest()}" for file in kept)
    return sha256("\n".join(told).encode()).hexdigest()


def check_look(root: Path, problems: Problems) -> Look:
    """Read the look of an evaluation and tell all that is wrong with it.

    Errors: those of the YAML and of its schema (EVA-002 to EVA-015), EVA-070 a colour that cannot be read,
    EVA-071 a file outside the charter's folder or that is not there, EVA-072 to EVA-074 the logo.
    """
    path = charter(root)
    if path is None:
        return Look()
    before = len(problems.errors)
    marked = load_yaml(path, NAME, problems)
    if marked is None:
        return Look()
    data = check_document(marked, "charte", problems)
    if len(problems.errors) > before:
        return Look()
    colours = _colours(data.get("colours", {}), marked, problems)
    return Look(
        **colours,
        faces=tuple(data.get("faces", ())),
        fonts=_fonts(data, path.parent, marked, problems),
        logo=_logo(data.get("logo"), path.parent, marked, problems),
        signs=data.get("names", {}),
    )


def _colours(given: dict[str, str], marked: Marked, problems: Problems) -> dict[str, str]:
    """Check the colours that are given, and find those that follow from the accent."""
    given = {name: colour.lower() for name, colour in given.items()}
    accent = given.get("accent", "")
    wash = given.get("wash") or (mixed(accent, "#ffffff", PALE) if accent else "")
    dark = given.get("accent_dark") or (nearest(accent, NIGHTS, "#ffffff", EASY) if accent else "")
    if "wash" in given and not _carries(wash):
        _tell("wash", wash, contrast(SOFT, wash), _lighter(wash), marked, problems)
    elif accent and weakest(accent, (*PAPERS, wash)) < LEAST:
        grounds = (*PAPERS, wash)
        _tell(
            "accent", accent, weakest(accent, grounds), nearest(accent, grounds, "#000000"), marked, problems
        )
    if dark and weakest(dark, NIGHTS) < LEAST:
        _tell("accent_dark", dark, weakest(dark, NIGHTS), nearest(dark, NIGHTS, "#ffffff"), marked, problems)
    return {"accent": accent, "accent_dark": dark, "wash": wash}


def _carries(wash: str) -> bool:
    return contrast(SOFT, wash) >= LEAST and contrast(INK, wash) >= LEAST


def _lighter(wash: str) -> str:
    steps = (mixed(wash, "#ffffff", step / 100) for step in range(101))
    return next(step for step in steps if _carries(step))


def _tell(name: str, colour: str, found: float, passing: str, marked: Marked, problems: Problems) -> None:
    place = marked.place(("colours", name))
    problems.add("EVA-070", place, colour=colour, found=f"{found:.1f}", least=f"{LEAST}", passing=passing)


def _fonts(data: Any, folder: Path, marked: Marked, problems: Problems) -> str:
    """Give the folder of fonts, by its whole path."""
    if "fonts" not in data:
        return ""
    path = folder / data["fonts"]
    if not lies_within(path, folder) or not path.is_dir():
        problems.add("EVA-071", marked.place(("fonts",)))
        return ""
    return str(path.resolve())


def _logo(given: Any, folder: Path, marked: Marked, problems: Problems) -> Logo | None:
    if given is None:
        return None
    place: Place = marked.place(("logo", "file"))
    path = folder / given["file"]
    if not lies_within(path, folder):
        problems.add("EVA-071", place)
        return None
    try:
        data = read_regular(path, MOST)
    except OSError:
        problems.add("EVA-071", place)
        return None
    return clean_logo(data, given["alt"], place, problems)
