"""What the tests of the readers share: an evaluation's folder made of a few files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from avis.evaluation import Evaluation
from avis.folders import Folders
from avis.marked import Marked
from avis.settings import Organisation, Period, Settings, Sources

Association = Callable[..., Evaluation]


@pytest.fixture
def association(tmp_path: Path) -> Association:
    """Make an evaluation from `{path: text or bytes}` and the settings of its sources."""

    def make(files: dict[str, str | bytes], **sources: object) -> Evaluation:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        settings = Settings(
            title={"fr": "Essai", "en": "Trial"},
            organisation=Organisation(name="Association Exemple", fictional=True),
            period=Period(start="2023", end="2024"),
            status="finished",
            sources=Sources(**sources),  # type: ignore[arg-type]
        )
        return Evaluation(Folders(tmp_path), settings, Marked("evaluation.yaml", {}, {}))

    return make
