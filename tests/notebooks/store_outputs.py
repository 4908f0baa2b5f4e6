"""Run the notebooks on exemple-fictif and store their outputs, counts kept: what nbval compares.

Run by `make notebooks`. Keeps no time, no path and no version, so that running again changes nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run every notebook in order in a throw-away build folder and write it back, stripped."""
    os.environ |= {"AVIS_LANG": "fr", "AVIS_AS_OF": "2026-01-01"}
    with tempfile.TemporaryDirectory() as build:
        os.environ["AVIS_BUILD"] = build
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            store(path)
    return 0


def store(path: Path) -> None:
    """Execute one notebook from the repository's root and keep what is the same on every machine."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": tags} if tags else {}
        for output in cell.get("outputs", []):
            output.pop("transient", None)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    print(path.name)


if __name__ == "__main__":
    sys.exit(main())
