"""What the tests of the room share: a desk with a session that has begun, and the same behind its server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served, serve
from table import Table, make_evaluation

from avis.evaluation import Evaluation


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return make_evaluation(tmp_path)


@pytest.fixture
def table(evaluation: Evaluation) -> Table:
    return Table(evaluation).begin()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(make_evaluation(tmp_path_factory.mktemp("salle"))) as served:
        yield served.begin()


@pytest.fixture(scope="module")
def key(served: Served) -> str:
    return served.join()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    with serve(make_evaluation(tmp_path)) as served:
        yield served.begin()
