"""CSV files and dealt quotas: what every other module of the generator uses."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

T = TypeVar("T")


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]], quoted: bool = False
) -> None:
    """Write rows as UTF-8 with `;`, Unix line ends; `quoted` puts every cell between quotes, as Kobo does."""
    out = io.StringIO()
    style: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(out, columns, restval="", delimiter=";", quoting=style, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode("utf-8"))


def deal(chance: random.Random, quotas: Mapping[T, int]) -> list[T]:
    """Give each value as often as its quota says, in random order."""
    hand = [value for value, times in quotas.items() for _ in range(times)]
    chance.shuffle(hand)
    return hand
