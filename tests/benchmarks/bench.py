"""`make bench`: what things cost here, side by side in one run, as medians and ratios.

Seconds differ from machine to machine, ratios hold. Nothing here gates a test.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from protection import main as protection
from reading import reading_costs
from searching import searching_costs

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
EXAMPLE = "evaluations/exemple-fictif"
COUNTING = ("10-activites", "20-questionnaire", "30-ateliers", "40-protection")
RUNS = int(os.environ.get("AVIS_BENCH_RUNS", "5"))


def median(work: Callable[[Path], object], runs: int = RUNS) -> float:
    """Give the median time of some work, each time in an empty build folder, in seconds."""
    taken = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["AVIS_BUILD"] = folder
            started = time.perf_counter()
            work(Path(folder))
            taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def run(*command: str | Path) -> None:
    """Run a command from the repository's root, quietly; a failure ends the bench."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True)


def by_jupyter(folder: Path) -> None:
    """Do it as a Jupyter user does: papermill then nbconvert, one command after the other."""
    for name in COUNTING:
        run(
            BIN / "papermill",
            f"notebooks/{name}.ipynb",
            folder / f"{name}.ipynb",
            "-p",
            "evaluation",
            EXAMPLE,
        )
    for document in ("50-avis", "80-fiche"):
        for language in ("fr", "en"):
            output = folder / f"{document}.{language}.ipynb"
            given = ("-p", "evaluation", EXAMPLE, "-p", "langue", language)
            run(BIN / "papermill", f"notebooks/{document}.ipynb", output, *given)
            for kind in ("avis_html", "avis_pdf"):
                run(BIN / "jupyter", "nbconvert", "--to", kind, output)


def by_avis(_: Path) -> None:
    """Do it by one command."""
    run(BIN / "avis", "build", EXAMPLE, "--lang", "all", "--force")


def unchanged() -> float:
    """Give the time of a build when nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AVIS_BUILD"] = folder
        by_avis(Path(folder))
        taken = []
        for _ in range(RUNS):
            started = time.perf_counter()
            run(BIN / "avis", "build", EXAMPLE, "--lang", "all")
            taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def searching() -> str:
    """Tell what the last search of all documents costs."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AVIS_BUILD"] = folder
        by_avis(Path(folder))
        size, search, words = searching_costs(next(Path(folder).glob("*/brouillon")))
    return f"The last search, {size:.1f} MB: {search:.2f} s, {search / words:.1f} × words in the bytes alone"


def crowded() -> str:
    """Tell what a room full of phones waits for; it brings its own server and clients."""
    command = [sys.executable, ROOT / "tests" / "room" / "crowd.py"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    """Measure and print one table."""
    os.environ |= {"AVIS_AS_OF": "2026-01-01", "AVIS_LANG": "fr"}
    rows = [
        ("avis --help", median(lambda _: run(BIN / "avis", "--help"))),
        ("avis build, nothing changed", unchanged()),
        ("avis build --force", built := median(by_avis)),
        ("papermill, then jupyter nbconvert", plain := median(by_jupyter)),
    ]
    print(f"exemple-fictif, all documents, two languages, HTML and PDF; medians of {RUNS}\n")
    for name, seconds in rows:
        print(f"{name:40} {seconds:8.2f} s")
    print(f"\navis build = {built / plain:.2f} × papermill and nbconvert\n")
    print("Reading, once each, in a process of its own\n")
    for name, (seconds, memory) in reading_costs():
        print(f"{name:55} {seconds:8.2f} s {memory:8.0f} MiB")
    print(f"\n{searching()}\n")
    print(f"{crowded()}\n")
    return protection()


if __name__ == "__main__":
    sys.exit(main())
