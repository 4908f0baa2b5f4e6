"""nbval runs the stored notebooks in real kernels and compares every output; one changed output fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def run_nbval(paths: list[Path], build: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AVIS_BUILD": str(build), "AVIS_LANG": "fr", "AVIS_AS_OF": "2026-01-01"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-cell-timeout=120",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    options = ["-p", "no:xdist", "-o", "addopts=", "--rootdir", str(ROOT), "--nbval-current-env"]
    return subprocess.run(
        [*command, *options, *map(str, paths)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_every_stored_output_is_what_a_kernel_gives_today(tmp_path: Path) -> None:
    done = run_nbval(NOTEBOOKS, tmp_path)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.slow
def test_a_changed_output_is_seen(tmp_path: Path) -> None:
    (tmp_path / "evaluations").symlink_to(ROOT / "evaluations")  # a kernel starts beside its notebook
    changed = tmp_path / "10-activites.ipynb"
    shutil.copy(ROOT / "notebooks" / "10-activites.ipynb", changed)
    notebook = nbformat.read(changed, as_version=4)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert last.outputs, "the last cell says what it kept"
    last.outputs[0]["text"] = "autre chose\n"
    nbformat.write(notebook, changed)
    done = run_nbval([changed], tmp_path / "build")
    assert done.returncode == 1
    assert "1 failed, 3 passed" in done.stdout
    assert "autre chose" in done.stdout
