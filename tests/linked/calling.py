"""Real calls of the command, in a process of its own or in this one."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from avis.cli import main


@dataclass(frozen=True)
class Called:
    """What a call gave."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The document of `--json`."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def codes(self) -> set[str]:
        """The codes of errors and remarks in the document of `--json`."""
        return {item["code"] for kind in ("problems", "remarks") for item in self.data[kind]}


def protect(*arguments: str | Path, lang: str = "fr") -> Called:
    """Call `avis protect` as a shell would."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setenv("AVIS_LANG", lang)
        try:
            status = main(["protect", *map(str, arguments)])
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Called(status, out.getvalue(), err.getvalue())


def table(folder: Path, name: str, *rows: str, mark: str = ",", encoding: str = "utf-8") -> Path:
    """Write a table: its header and its rows, cells parted by commas, in a dialect."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{row}\r\n" for row in rows).replace(",", mark).encode(encoding))
    return path
