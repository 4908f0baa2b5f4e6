"""Run the command line as a user does, and read everything that a draft holds."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Draft:
    """A published file, as bytes and as everything that can be read out of it."""

    path: Path
    data: bytes

    @property
    def text(self) -> str:
        """The words that a reader finds, spaces made plain."""
        if self.path.suffix == ".pdf":
            raw = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(self.data)).pages)
        else:
            raw = re.sub(r"<[^>]+>", " ", self.data.decode("utf-8"))
        return re.sub(r"\s+", " ", raw)

    @property
    def everything(self) -> str:
        """Raw bytes, and for a PDF its text, its metadata and every stream unpacked."""
        found = [self.data.decode("latin-1"), self.text]
        if self.path.suffix == ".pdf":
            reader = PdfReader(io.BytesIO(self.data))
            found.append(str(reader.metadata))
            for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
                item = reader.get_object(number)
                if hasattr(item, "get_data"):
                    found.append(item.get_data().decode("latin-1"))
        else:
            found.append(self.data.decode("utf-8"))
        return "\n".join(found)


def run_avis(
    *arguments: str, build: Path, cwd: Path = ROOT, lang: str = "fr"
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, with drafts in a throw-away folder."""
    environment = os.environ | {"AVIS_BUILD": str(build), "AVIS_LANG": lang, "AVIS_AS_OF": "2026-01-01"}
    command = [sys.executable, "-m", "avis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def drafts(folder: Path) -> dict[str, Draft]:
    """Read all drafts of a build folder by name."""
    return {path.name: Draft(path, path.read_bytes()) for path in sorted(folder.rglob("brouillon/*"))}


def built_drafts(slug: str, build: Path) -> dict[str, Draft]:
    done = run_avis("build", f"evaluations/{slug}", "--lang", "all", build=build)
    assert done.returncode == 0, done.stderr
    return drafts(build / slug)
