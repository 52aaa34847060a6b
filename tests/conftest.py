"""What every test of the whole shares: the repository's own service, samples and trees."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from docgen.config import Settings
from docgen.document import Annex, Block, Clause, Document, Heading
from docgen.errors import OrderInvalid
from docgen.service import Draft, Service, build_service

settings.register_profile("docgen", deadline=None)  # a busy machine is no defect; speed is measured in benchmarks/
settings.load_profile("docgen")

ROOT = Path(__file__).resolve().parent.parent
DOCGEN = str(Path(sys.executable).with_name("docgen"))
SAMPLES = sorted((ROOT / "samples").glob("*/*.json"))


def sample_id(path: Path) -> str:
    """Return ``kind/case`` of a sample."""
    return f"{path.parent.name}/{path.stem}"


def whole(path: Path) -> Any:
    """Return a sample's JSON with the order that it is based on inside it."""
    order = json.loads(path.read_bytes())
    if isinstance(order.get("based_on"), str):
        order["based_on"] = whole(path.parent / order["based_on"])
    return order


def dumped(order: Any) -> bytes:
    """Return an order as JSON bytes; Decimal keeps its digits."""
    return json.dumps(order, ensure_ascii=False, default=_number).encode()


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{value!r} is no JSON")


def blocks_of(document: Document) -> Iterator[Block]:
    """Yield every block of a document, those of annexes too."""
    for block in document.blocks:
        yield block
        if isinstance(block, Annex):
            yield from block.blocks


def numbered(document: Document) -> list[Heading | Clause]:
    """Return the numbered blocks of the body (annexes number their own)."""
    return [block for block in document.blocks if isinstance(block, Heading | Clause)]


@pytest.fixture(autouse=True, scope="session")
def quick() -> Iterator[None]:
    """Read each YAML text once: many tests load a library, most of whose files are as they were."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "compose", lru_cache(maxsize=256)(yaml.compose))
        yield


@pytest.fixture(scope="session")
def service() -> Service:
    return build_service(Settings())


@pytest.fixture(scope="session")
def order() -> Callable[[str], Any]:
    """Give a fresh copy of a sample's JSON by its stem."""
    loaded = {path.stem: whole(path) for path in SAMPLES}
    assert len(loaded) == len(SAMPLES), "two samples have the same name"
    return lambda stem: copy.deepcopy(loaded[stem])


@pytest.fixture(scope="session")
def draft(service: Service) -> Callable[..., Draft]:
    """Give the draft of an order (a JSON object), with the samples' firm unless the order has its own."""

    def make(order: Any, **options: Any) -> Draft:
        return service.draft(dumped(order), firm=ROOT / "samples" / "firm.yaml", **options)

    return make


@pytest.fixture(params=SAMPLES, ids=sample_id)
def sample(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(scope="session")
def drafted(draft: Callable[..., Draft]) -> Callable[[Path], Draft]:
    """Give the draft of a sample, made once: it is only read."""
    return cache(lambda sample: draft(json.loads(sample.read_bytes()), folder=sample.parent))


@pytest.fixture
def made(sample: Path, drafted: Callable[[Path], Draft]) -> Draft:
    return drafted(sample)


@pytest.fixture
def said(draft: Callable[..., Draft], service: Service) -> Callable[[Any], str]:
    """Give the text of an order's document, with plain spaces."""
    return lambda order: service.write(draft(order), "txt").decode().replace("\u00a0", " ")


def problems(draft: Callable[..., Draft], order: Any) -> set[tuple[str, str]]:
    """Return (where, code) of everything that an order is refused for."""
    with pytest.raises(OrderInvalid) as raised:
        draft(order)
    return {(one.where, one.code) for one in raised.value.problems}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the number of random agreements that test_combinations assembles."""
    parser.addoption("--combinations", default="60", help="how many random agreements to assemble (test-all: 5000)")
