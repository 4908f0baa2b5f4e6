"""The hook of `.githooks`: what people said is not committed, even by `git add -f`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8"}


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")
    command = ["git", "-C", str(folder), *who, "-c", f"core.hooksPath={ROOT / '.githooks'}", *arguments]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(command, capture_output=True, text=True, env=inherited | GIT, check=False)


def commit(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    git(folder, "init", "--quiet")
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Le guichet ferme trop tôt.\n", encoding="utf-8")
    assert git(folder, "add", "--force", "--", *names).returncode == 0
    return git(folder, "commit", "--quiet", "--message", "Try")


@pytest.mark.parametrize(
    "name",
    [
        "evaluations/a/seances/2026-03-01.mots.json",
        "ailleurs/été/seances/2026.mots.json",
        "evaluations/a/seances/.2026-03-01.urne",
        "evaluations/a/seances/.2026-03-01.salle",
        "evaluations/a/seances/voix/s1.ogg",
        "evaluations/a/build/private/notebooks/30-ateliers.ipynb",
        "evaluations/a/publications/2026-01/avis.html",
        "evaluations/a/registre.cle",
        "evaluations/exemple-fictif/seances/.2026.mots.json",
        "personnes.age",
    ],
)
def test_words_and_what_leads_to_people_are_not_committed(tmp_path: Path, name: str) -> None:
    done = commit(tmp_path, name)
    assert done.returncode == 1
    assert name in done.stderr and "Nothing was committed" in done.stderr
    assert "guichet" not in done.stderr
    assert git(tmp_path, "rev-parse", "--verify", "HEAD").returncode != 0
    assert (tmp_path / name).exists()


def test_the_fictional_side_files_and_all_else_are_committed(tmp_path: Path) -> None:
    names = (
        "evaluations/exemple-fictif/seances/2024-11-16-ecrire.mots.json",
        "evaluations/a/seances/2026-03-01.jsonl",
        "lib/build/plan.py",
        "docs/messages.md",
    )
    done = commit(tmp_path, *names)
    assert done.returncode == 0, done.stderr


def test_everything_tracked_here_passes_the_hook() -> None:
    tracked = git(ROOT, "ls-files").stdout.splitlines()
    assert len(tracked) > 500, "asked where there is no git"
    script = (ROOT / ".githooks" / "pre-commit").read_text(encoding="utf-8")
    asked = "git -c core.quotePath=false diff --cached --name-only --diff-filter=ACMRT"
    assert asked in script
    refused = subprocess.run(
        ["sh", "-c", script.replace(asked, "cat")], input="\n".join(tracked), text=True, capture_output=True
    )
    assert refused.returncode == 0, refused.stderr
