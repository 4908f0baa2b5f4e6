"""A form, whatever tool wrote it."""

from __future__ import annotations

from pathlib import Path

from avis.errors import Problems
from avis.files.opening import open_file
from avis.files.sheets import grids_of
from avis.sources.surveys.codebooks import is_codebook, read_survey_codebook
from avis.sources.surveys.form import Form, empty_form
from avis.sources.surveys.lss import read_lss
from avis.sources.surveys.xlsform import read_form


def read_any_form(path: Path, name: str, problems: Problems) -> Form:
    """Read a form by the reader that its content needs; see the readers for their errors."""
    opened = open_file(path, name, problems)
    if opened is None:
        return empty_form()
    if opened.kind in ("lss", "lsa"):
        return read_lss(opened, problems)
    told = Problems()
    grids = grids_of(opened, told)
    if is_codebook(grids):
        problems.extend(told)
        return read_survey_codebook(grids, name, problems)
    return read_form(path, name, problems)
