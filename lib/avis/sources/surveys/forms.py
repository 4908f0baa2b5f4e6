"""A form, whatever tool wrote it."""

from __future__ import annotations

from pathlib import Path

from avis.errors import Problems
from avis.sources.surveys.form import Form
from avis.sources.surveys.xlsform import read_form


def read_any_form(path: Path, name: str, problems: Problems) -> Form:
    """Read a form by the reader that its content needs; see the readers for their errors."""
    return read_form(path, name, problems)
