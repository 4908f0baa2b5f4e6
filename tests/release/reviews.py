"""What two people and a board write by hand before a release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from avis.cli import main


def sign(evaluation: Path, printed: str) -> None:
    """Do what two people and a board do by hand: their names, in the lines that the command printed."""
    names = iter(["Première Lectrice", "Second Lecteur", "Le bureau"])
    told = printed[printed.index("readings:") :]
    (evaluation / "revue.yaml").write_text(
        re.sub(r'by: ""', lambda _: f"by: {next(names)}", told), encoding="utf-8"
    )


_REVIEWS: dict[str, str] = {}


def reviewed(evaluation: Path, capsys: pytest.CaptureFixture[str], lang: str = "fr") -> None:
    """Be told what to write, and write it; told once, since the fictional evaluation is always the same."""
    path = evaluation / "revue.yaml"
    if lang not in _REVIEWS:
        assert main(["release", str(evaluation), "--lang", lang]) == 1
        sign(evaluation, capsys.readouterr().out)
        _REVIEWS[lang] = path.read_text(encoding="utf-8")
    path.write_text(_REVIEWS[lang], encoding="utf-8")
