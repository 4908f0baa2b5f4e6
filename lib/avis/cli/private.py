"""What commands about people share: an evaluation that opens in any state, a text that git never follows."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avis.errors import Problems
    from avis.evaluation import Evaluation


def open_anyway(evaluation: str, wrong: Problems, bare: bool = False) -> Evaluation:
    """Open an evaluation though something in it is wrong or gone: help waits for no repair.

    What is wrong in `evaluation.yaml` is added to `wrong`; `bare` takes a folder that has none any more.
    Errors: EVA-001 not found.
    """
    from avis.errors import AvisError, Problems
    from avis.evaluation import check_evaluation, check_rest
    from avis.folders import Folders, find

    try:
        folders = find(evaluation)
    except AvisError:
        if not bare or not Path(evaluation).is_dir():
            raise
        folders = Folders(Path(evaluation).resolve())
    opened = check_evaluation(folders, wrong)
    return opened if opened is not None else check_rest(folders, Problems())[0]


def git_would_follow(path: Path) -> bool:
    """Tell whether git would follow a file there; where git is not installed, a repository is enough."""
    from avis.folders import in_repository

    folder = next((one for one in path.absolute().parents if one.is_dir()), Path.cwd())
    if not in_repository(folder):
        return False
    command = ["git", "-C", str(folder), "check-ignore", "--quiet", str(path.absolute())]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode != 0
    except OSError:
        return True
