"""The three walls of the house, and what start-up may load."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = (
    *("pandas", "numpy", "plotly", "matplotlib", "papermill", "nbconvert"),
    *("nbformat", "IPython", "typst", "highspy", "jsonschema"),
)


PLANTED = {
    "a report that reads a session log": ("report/figures.py", "from avis.writing import chain"),
    "a text that reads drafts": ("writing/roles.py", "import avis.writing.drafting"),
    "a text that reaches consent through another": ("writing/typography.py", "from avis import consent"),
    "a document that reaches sources through another": ("steps/documents.py", "import avis.steps.survey"),
    "a source that knows what was found": ("files/kinds.py", "import avis.findings.model"),
    "a table that knows the room": ("tables.py", "import avis.writing.items"),
    "a module without a place": ("somewhere.py", ""),
    "a module without a place in a room": ("writing/somewhere.py", ""),
    "a reader without a place in its room": ("sources/somewhere.py", ""),
    "a file that knows a survey": ("files/kinds.py", "import avis.sources.surveys.form"),
    "a scan that reads a source": ("scanning/wanted.py", "import avis.sources.codes"),
    "an audit that knows how cells were chosen": (
        "disclosure/deducing/knowledge.py",
        "import avis.disclosure.choosing.pool",
    ),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(root / "lib"), "COLUMNS": "300"}
    return subprocess.run(
        [linter, "--no-cache"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_who_may_import_whom_is_held_indirect_imports_included() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_import_is_refused(what: str, tmp_path: Path) -> None:
    name, line = PLANTED[what]
    package = tmp_path / "lib" / "avis"
    shutil.copytree(ROOT / "lib" / "avis", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    before = (package / name).read_text(encoding="utf-8") if (package / name).exists() else ""
    (package / name).write_text(f"{before}\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    assert "BROKEN" in done.stdout
    assert name.removesuffix(".py").replace("/", ".") in done.stdout


def test_what_is_out_of_date_is_an_error_in_our_code_alone() -> None:
    for module in ("avis", "avis.files.sheets"):
        with pytest.raises(DeprecationWarning):
            warnings.warn_explicit("old", DeprecationWarning, "x.py", 1, module=module)
    for module in ("pandas.core", "avisos", "tests.avis"):
        warnings.warn_explicit("old", DeprecationWarning, "x.py", 1, module=module)


def test_exporting_a_document_loads_neither_plotly_nor_pandas() -> None:
    script = "import sys, avis.report.exporters; print([n for n in ('plotly', 'pandas') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "code", ["import avis", "import avis.cli; avis.cli.make_parser()", "import avis.pipeline.plan"]
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    script = f"import sys; {code}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {
        path.name: count
        for path in (ROOT / "lib").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_no_lock_names_a_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert text.count("--hash=sha256:") > text.count("==")


def test_no_two_test_files_share_a_name() -> None:
    """pytest imports them by their base name, and takes the one for the other."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))
