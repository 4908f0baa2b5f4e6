"""The YAML that the guides show can be copied: it reads, and no comma or question mark cuts a text in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SAMPLES = [
    pytest.param(block, id=f"{path.name}:{text[: found.start()].count(chr(10)) + 1}")
    for path in sorted((ROOT / "docs").rglob("*.md"))
    for text in [path.read_text(encoding="utf-8")]
    for found in re.finditer(r"(?ms)^```yaml\n(.*?)^```", text)
    for block in [found[1]]
]


def empty(node: object, path: str = "") -> Iterator[str]:
    """The keys without a value: what a comma outside quotes leaves behind."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [f"{path}.{key}"] if value is None else empty(value, f"{path}.{key}")
    elif isinstance(node, list):
        for item in node:
            yield from empty(item, path)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_reads_as_it_is_meant(sample: str) -> None:
    assert list(empty(yaml.safe_load(sample))) == []
