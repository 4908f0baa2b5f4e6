"""`avis new`: the skeleton of an evaluation, commented, that builds at once on invented examples."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from avis.errors import Place, fail

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def create(slug: str, here: Path) -> Path:
    """Write a new evaluation `slug` under `evaluations/` where there is one, else here.

    Errors: CLI-003 the name does not fit, CLI-004 the folder exists.
    """
    name = Path(slug).name
    if not SLUG.fullmatch(name) or ".." in Path(slug).parts:
        raise fail("CLI-003", Place(slug))
    shelf = here / "evaluations"
    folder = (shelf if shelf.is_dir() and name == slug else here) / slug
    if folder.exists():
        raise fail("CLI-004", Place(str(folder)))
    model = Path(__file__).parent / "modele"
    shutil.copytree(model, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "gitignore").rename(folder / ".gitignore")
    return folder
