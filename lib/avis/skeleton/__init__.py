"""`avis new`: the skeleton of an evaluation, commented, that builds at once on invented examples."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import Place, fail
from avis.folders import cannot_write

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.sources.reading.model import Recognised

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
SIGN = "[à compléter]"
MINORS_UNKNOWN = (
    "minors: all                # none (aucun), some (certains), all (tous). Tant qu'on ne sait pas : all."
)
"""Unknown ages count as minors' (see DOMAIN, "Minors")."""


def create(slug: str, here: Path, files: Sequence[Recognised] = (), before: Evaluation | None = None) -> Path:
    """Write a new evaluation `slug` under `evaluations/` where there is one, else here.

    With files, it holds copies of them instead of the model's invented examples; with an evaluation before
    it, the recommendations of that one. Errors: CLI-003 the name does not fit, CLI-004 the folder exists,
    EVA-061 the evaluation before was never built.
    """
    name = Path(slug).name
    if not SLUG.fullmatch(name) or ".." in Path(slug).parts:
        raise fail("CLI-003", Place(slug))
    shelf = here / "evaluations"
    folder = (shelf if shelf.is_dir() and name == slug else here) / slug
    if folder.exists():
        raise fail("CLI-004", Place(str(folder)))
    model = Path(__file__).parent / "modele"
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:  # a copy that fails leaves no half evaluation
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(model, scratch, ignore=ignored, dirs_exist_ok=True)
        (scratch / "gitignore").rename(scratch / ".gitignore")
        if files:
            _fill(scratch, files)
        if before is not None:
            _go_on(scratch, folder, before)
        _assess(scratch)
        scratch.rename(folder)
    except OSError as error:
        raise cannot_write(folder, error) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _go_on(scratch: Path, folder: Path, before: Evaluation) -> None:
    """Name the evaluation before, and bring what its avis asked into `suites.csv`."""
    import os

    from avis.evaluation import open_evaluation
    from avis.skeleton.carrying import carry

    settings = scratch / "evaluation.yaml"
    text = settings.read_text(encoding="utf-8")
    path = Path(os.path.relpath(before.folders.root, folder)).as_posix()
    named = (
        f"# L'évaluation d'avant : ce que demandait son avis continue ici.\nfollows: {json.dumps(path)}\n\n"
    )
    text = text.replace("# Qui a demandé", f"{named}# Qui a demandé", 1)
    settings.write_text(text, encoding="utf-8")
    if not carry(open_evaluation(scratch)):
        return  # no table was written: naming one would be the first error of a new evaluation
    told = "\n  follow_up: sources/suites.csv          # ce qu'il est advenu des préconisations d'avant"
    text = re.sub(r"(?m)^sources:.*", lambda found: found[0] + told, text, count=1)
    settings.write_text(text, encoding="utf-8")


def _assess(folder: Path) -> None:
    """Write the drafts of the impact assessment and of the register's sheet from what is known so far."""
    from avis.errors import Problems
    from avis.evaluation import check_evaluation, check_rest
    from avis.folders import Folders
    from avis.rights.assessment import write_drafts

    folders = Folders(folder)
    opened = check_evaluation(folders, Problems())
    write_drafts(opened if opened is not None else check_rest(folders, Problems())[0])


def _fill(folder: Path, files: Sequence[Recognised]) -> None:
    """Put real files in the place of the invented ones, and say so in `evaluation.yaml`."""
    from avis.skeleton.counted import look_at_logs
    from avis.skeleton.proposal import indicators_part, labels_part, period_part, place_files, sources_part

    shutil.rmtree(folder / "sources")
    placed = place_files(files)
    for item in placed:
        target = folder / item.place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(item.file.path, target)
        target.chmod(0o600)
    settings = folder / "evaluation.yaml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"\n  fictional: true.*", "", text)
    text = re.sub(r"(?m)^minors: none.*", MINORS_UNKNOWN, text)
    logs = [(item.file.path, item.place) for item in placed if item.kind == "activities"]
    seen = look_at_logs(logs)
    indicators = indicators_part(seen.types, seen.counted) if logs else "indicators: []"
    text = _with_part(text, "indicators", "\n".join(filter(None, (indicators, labels_part(seen.types)))))
    text = re.sub(r"(?m)^period: .*", lambda _: period_part(seen.years), text)
    settings.write_text(_with_part(text, "sources", sources_part(placed)), encoding="utf-8")
    for passage in (folder / "textes").glob("*.md"):
        words = passage.read_text(encoding="utf-8")
        passage.write_text(_without_roles(words), encoding="utf-8")


def _with_part(text: str, key: str, part: str) -> str:
    """Put a part of YAML where another of that key stands, up to the next blank line."""
    return re.sub(rf"(?ms)^{key}:.*?(?=\n\n|\Z)", lambda _: part.rstrip(), text)


def _without_roles(text: str) -> str:
    """The model's figures are those of its invented log: a sentence that names one goes."""
    kept = [line for line in text.split("\n") if "{chiffre}`" not in line and "{tableau}`" not in line]
    return "\n".join(kept).rstrip() + f"\n\n{SIGN} Écrivez ici.\n"
