"""The tutorial and the guide of roles, done as they say: what is written there is what happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from avis.errors import Problems, tell
from avis.sealing import load
from avis.writing.text import read_passages

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs" / "tutoriel" / "premier-avis.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guides" / "ecrire-un-texte.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)


def avis(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AVIS_LANG": "fr", "AVIS_AS_OF": "2026-01-01"}
    environment.pop("AVIS_BUILD", None)
    command = [sys.executable, "-m", "avis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the model has no « {old} » any more"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_tutorial_ends_with_a_draft_and_meets_the_problems_that_it_tells(tmp_path: Path) -> None:
    assert avis("new", "mon-premier-avis", cwd=tmp_path).returncode == 0
    here = tmp_path / "mon-premier-avis"
    checked = avis("check", cwd=here).stdout
    assert "0 problème" in checked
    assert set(re.findall(r"[A-Z]{3}-\d{3}", checked)) == {"EVA-036", "RIG-051"}
    assert avis("build", cwd=here).returncode == 0
    page = here / "build" / "brouillon" / "avis.public.fr.html"
    assert page.is_file()
    assert "qui a animé la rencontre" in page.read_text(encoding="utf-8")

    log, text = here / "sources" / "activites.csv", here / "textes" / "10-q1.fr.md"
    replace(log, "13/05/2024", "31/06/2024")
    told = avis("check", cwd=here).stdout
    assert "SRC-017 sources/activites.csv, ligne 6, « date »" in told
    assert "31/06" not in told

    (yaml,), (csv,) = blocks("yaml"), blocks("csv")
    last = "    where: {type: atelier}\n"
    replace(here / "evaluation.yaml", last, f"{last}{yaml}")
    log.write_text(csv, encoding="utf-8")
    first, mended = blocks("markdown")
    header = text.read_text(encoding="utf-8").partition("\n\n")[0]
    text.write_text(f"{header}\n\n{first}", encoding="utf-8")
    told = avis("check", cwd=here).stdout
    assert "TXT-020" in told
    assert "TXT-035" in told
    assert "TXT-013" not in told
    refused = avis("build", cwd=here)
    assert refused.returncode == 1
    assert "TXT-015" in refused.stderr
    told = avis("check", cwd=here).stdout
    assert "TXT-015" in told
    assert "TXT-035" not in told

    text.write_text(f"{header}\n\n{mended}", encoding="utf-8")
    assert avis("build", cwd=here).returncode == 0
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))
    assert "Personnes reçues en rendez-vous" in words
    assert "masqué" in words


def test_every_role_of_the_guide_finds_its_exhibit_in_the_example(tmp_path: Path) -> None:
    environment = os.environ | {"AVIS_BUILD": str(tmp_path), "AVIS_LANG": "fr", "AVIS_AS_OF": "2026-01-01"}
    command = [sys.executable, "-m", "avis.cli", "build", "evaluations/exemple-fictif", "--to", "html"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    exhibits = load(tmp_path / "exemple-fictif" / "private" / "exhibits.json")
    roles = list(dict.fromkeys(re.findall(r"`` (\{\w+\}`[^`]+`) ``", GUIDE)))
    assert len(roles) > 10
    texts = tmp_path / "textes"
    texts.mkdir()
    body = "\n\n".join(["---\nplace: introduction\n---", *roles])
    (texts / "01-essai.fr.md").write_text(body, encoding="utf-8")
    problems = Problems()
    read_passages(texts, "fr", exhibits, problems)
    assert not problems.items, tell(problems, "fr")
