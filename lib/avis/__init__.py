"""avis: a Jupyter workbench for participatory evaluation and research."""

import sys

# jupyterlab brings rfc3987_syntax, which jsonschema loads to check IRIs: one second in every process,
# kernels included, for a check that nothing here asks for. Absent, jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__version__ = "0.1.0"
