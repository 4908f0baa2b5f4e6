"""Long work: somebody waits, stops it, or asks more than can be searched."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from calling import protect, table

from avis.cli.waiting import Waiting


def cube(folder: Path, *sizes: int) -> Path:
    """Write a table of small counts over several criteria, with all totals."""
    counts = np.random.default_rng(1).poisson(7, sizes)
    rows = []
    for at in product(*([*range(size), None] for size in sizes)):
        n = counts[tuple(slice(None) if one is None else one for one in at)].sum()
        rows.append(",".join([*("Total" if one is None else f"v{one}" for one in at), str(n)]))
    return table(folder, "cube.csv", ",".join([*"abcdef"[: len(sizes)], "n"]), *rows)


def test_what_takes_long_is_said_beside_the_results_and_a_stop_leaves_nothing(tmp_path: Path) -> None:
    asked = [
        "protect",
        str(cube(tmp_path, 3, 4, 2, 5, 3)),
        "--json",
        "--exact",
        "--out",
        str(tmp_path / "out"),
    ]
    code = "from avis.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    with subprocess.Popen(  # a run in the background hands down that interrupts are not heard
        [sys.executable, "-c", listening + code, *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as called:
        assert called.stderr is not None
        said = called.stderr.readline()
        called.send_signal(signal.SIGINT)
        out, _ = called.communicate(timeout=120)
    assert said.strip() and called.returncode == 130
    assert out == "" and not (tmp_path / "out").exists()


def test_nothing_is_said_of_what_is_quick(tmp_path: Path) -> None:
    assert protect(table(tmp_path, "t.csv", "a,n", "x,30", "y,40", "Total,70")).err == ""


def test_what_begins_late_is_said_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", err := io.StringIO())
    monkeypatch.setattr("avis.cli.waiting.PATIENCE", 0.05)
    with Waiting() as waiting:
        waiting.now("one")
        assert err.getvalue() == ""
        time.sleep(0.3)
        waiting.now("two")
    assert err.getvalue() == "one\ntwo\n"


def test_a_search_that_would_be_too_long_hides_all_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cube(tmp_path, 3, 4, 2, 3)
    found = protect(path, "--json").data
    assert found["hidden"] < found["cells"] and "LIN-044" not in {one["code"] for one in found["remarks"]}
    monkeypatch.setattr("avis.disclosure.choosing.choice.MOST_WORK", 1e4)
    monkeypatch.setattr("avis.disclosure.choosing.choice.QUICK", 0)
    monkeypatch.setattr("avis.disclosure.choosing.choice.AT_LEAST", 0)
    cut = protect(path, "--json")
    assert cut.data["hidden"] == cut.data["cells"] and cut.data["passed"] and "LIN-044" in cut.codes
