"""What pyxform says of a form: a remark, asked for on demand; it is never needed to read answers.

Run as a module it reads a form on standard input, under limits, and writes its verdict as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from avis.errors import Place, Problems
from avis.files.apart import run_apart
from avis.files.limits import limit

LONGEST = 300
"""Characters of a verdict that are shown."""


def pyxform_verdict(path: Path, name: str, problems: Problems) -> None:
    """Ask pyxform, where it is installed, whether it would take a form. Remark: SRC-254, with its first line.

    A form that it cannot judge within the limits of time and memory gives no remark: it is no verdict.
    """
    said = run_apart("avis.sources.surveys.verdict", path.read_bytes(), Place(name), Problems())
    if isinstance(said, str) and said:
        problems.warn("SRC-254", Place(name), verdict=said)


def judge(data: bytes) -> str:
    """Give the first line of pyxform's refusal; "" where it takes the form, or is not installed."""
    try:
        from pyxform.errors import PyXFormError
        from pyxform.xls2xform import convert
    except ImportError:
        return ""
    try:
        convert(xlsform=data)
    except PyXFormError as error:
        lines = str(error).strip().splitlines()
        return " ".join(lines[0].split())[:LONGEST] if lines else ""
    return ""


def main(arguments: list[str]) -> int:
    """Judge standard input under the limits given: memory in bytes, seconds."""
    data = sys.stdin.buffer.read()
    limit(int(arguments[0]), int(arguments[1]))
    sys.stdout.write(json.dumps(judge(data)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
