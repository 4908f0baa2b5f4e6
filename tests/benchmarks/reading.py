"""What reading costs at the largest sizes that we promise; each in a process of its own, with its memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from big_survey import write_big_survey

ROWS, COLUMNS = 50_000, 20

_SURVEY = """
from pathlib import Path
from avis.errors import Problems
from avis.settings import SurveySource
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.wave import answer_parts, read_wave
problems, (csv, form) = Problems(), map(Path, sys.argv[1:])
known = read_any_form(form, form.name, problems)
survey = read_wave([(csv, csv.name)], known, SurveySource(id="a", file=csv.name), (), problems)
cells = sum(len(part) for part in answer_parts(survey))
assert not problems.errors and cells >= 200_000 * 32, (problems.errors, cells)
"""
_CSV_BY_PANDAS = """
import pandas
frame = pandas.read_csv(sys.argv[1], sep=";", dtype=str, keep_default_na=False)
assert len(frame.melt(id_vars=["_id"])) > 0
"""
_WORKBOOK = """
from pathlib import Path
from avis.errors import Problems
from avis.files.sheets import read_sheets
problems = Problems()
(sheet,) = read_sheets(Path(sys.argv[1]), "a.xlsx", problems)
assert sheet.frame.shape == (50_000, 20) and not problems.items
"""
_BY_OPENPYXL = """
import openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
assert sum(1 for row in book.active.iter_rows(values_only=True)) == 50_001
"""
_MEASURE = """
import resource, sys, time
started = time.perf_counter()
{work}
whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(time.perf_counter() - started, max(resource.getrusage(who).ru_maxrss for who in whose) / 1024)
"""


class Cost(NamedTuple):
    """Seconds, and the memory of the largest process in MiB."""

    seconds: float
    memory: float


def cost(work: str, *arguments: Path) -> Cost:
    """Run a piece of Python in a process of its own and give what it cost."""
    command = [sys.executable, "-c", _MEASURE.format(work=work), *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = map(float, done.stdout.split()[-2:])
    return Cost(seconds, memory)


def write_workbook(path: Path) -> Path:
    """Write a log of 50 000 rows × 20 columns, of texts and numbers as people write them."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Activités")
        sheet.write_row(0, 0, [f"colonne {number}" for number in range(COLUMNS)])
        for row in range(1, ROWS + 1):
            cells = [row, f"atelier n° {row % 97}", "mairie", row % 13, 1.5 * (row % 7)]
            sheet.write_row(row, 0, (cells * 4)[:COLUMNS])
    return path


def reading_costs() -> list[tuple[str, Cost]]:
    """Measure reading a large survey and a large workbook, beside what other tools take."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv, form = write_big_survey(folder)
        size = csv.stat().st_size / 1e6
        book = write_workbook(folder / "a.xlsx")
        avis = str(Path(sys.executable).parent / "avis")
        whole = f"""
import subprocess
subprocess.run([{avis!r}, "read", sys.argv[1], "--form", sys.argv[2], "--out", sys.argv[3]], check=True,
    capture_output=True)
"""
        return [
            (f"CSV 200 000 × 32 ({size:.0f} MB) → tidy answers", cost(_SURVEY, csv, form)),
            ("  the same, avis read --out (CSV written)", cost(whole, csv, form, folder / "lu")),
            ("  pandas alone: read_csv and melt, nothing checked", cost(_CSV_BY_PANDAS, csv)),
            ("XLSX 50 000 × 20 → checked text", cost(_WORKBOOK, book)),
            ("  openpyxl, read-only", cost(_BY_OPENPYXL, book)),
        ]
