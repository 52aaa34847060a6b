"""Every wrong order gets exactly its problems, all at once: from the service, the command line and HTTP alike."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from docgen.config import Settings
from docgen.errors import OrderInvalid
from docgen.service import Service
from docgen.web import create_app
from tests.conftest import DOCGEN, ROOT

FIRM = ROOT / "samples" / "firm.yaml"
PAPERS = {
    "power_of_attorney",
    "revocation",
    "revocation_notice",
    "act",
    "corrective_act",
    "invoice",
    "progress_report",
    "reconciliation_statement",
}
WRONG = sorted((ROOT / "tests" / "orders" / "wrong").glob("*.json"))


@pytest.fixture(params=WRONG, ids=lambda path: path.stem)
def wrong(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def expected(path: Path) -> list[list[str]]:
    """Return (pointer, code) of each problem, as written beside the order."""
    lines = path.with_suffix(".problems.txt").read_text(encoding="utf-8").splitlines()
    return [line.rsplit(" ", 1) for line in lines]


def test_there_are_thirty_wrong_orders_each_wrong_in_its_own_way() -> None:
    told = {path.stem: tuple(map(tuple, expected(path))) for path in WRONG}
    assert len(told) >= 30
    assert len(set(told.values())) == len(told)
    assert [stem for stem, problems in told.items() if not 1 <= len(problems) <= 12] == []


def test_papers_of_a_matter_are_wrong_in_several_ways_at_once() -> None:
    papers = [path for path in WRONG if json.loads(path.read_bytes()).get("kind") in PAPERS]
    assert len(papers) >= 40
    assert [path.stem for path in papers if len({code for _, code in expected(path)}) < 2] == []
    assert {json.loads(path.read_bytes())["kind"] for path in papers} == PAPERS


def test_ten_mistakes_are_ten_problems() -> None:
    told = expected(ROOT / "tests/orders/wrong/ten_mistakes.json")
    cross_field = {"account_key", "exclusive", "effective_before_signed", "stages_sum"}
    assert len(told) == 10
    assert cross_field <= {code for _, code in told}


def test_the_service_tells_exactly_the_problems_with_cures(wrong: Path, service: Service) -> None:
    with pytest.raises(OrderInvalid) as raised:
        service.draft(wrong.read_bytes(), firm=FIRM)
    problems = raised.value.problems
    assert [[problem.where, problem.code] for problem in problems] == expected(wrong)
    assert [problem for problem in problems if not problem.message or not problem.hint] == []


@pytest.fixture(scope="module")
def command_line(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Give what one run of the command line tells of each order."""
    folder = tmp_path_factory.mktemp("out")
    environment = {"DOCGEN_FIRM": str(FIRM), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = [DOCGEN, "render", *map(str, WRONG), "-o", str(folder), "--json"]
    run = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert run.returncode == 2
    assert list(folder.iterdir()) == []
    told: dict[str, list[list[str]]] = {}
    for problem in json.loads(run.stdout)["problems"]:
        told.setdefault(problem["order"], []).append([problem["where"], problem["code"]])
    return told


def test_the_command_line_tells_the_same(wrong: Path, command_line: dict[str, list[list[str]]]) -> None:
    assert command_line[str(wrong)] == expected(wrong)


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    app = create_app(Settings(firm=FIRM))
    yield app.test_client()
    app.extensions["docgen"].close()


def test_http_tells_the_same_in_one_problem_json(wrong: Path, client: FlaskClient) -> None:
    answer = client.post("/api/v1/drafts?format=pdf", data=wrong.read_bytes(), content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [[problem["where"], problem["code"]] for problem in answer.get_json()["problems"]] == expected(wrong)


def test_a_mistake_in_the_firms_file_names_its_line(service: Service, tmp_path: Path) -> None:
    spoiled = FIRM.read_text(encoding="utf-8").replace('inn: "6671482138"', 'inn: "6671482139"')
    assert spoiled != FIRM.read_text(encoding="utf-8")
    firm = tmp_path / "firm.yaml"
    firm.write_text(spoiled, encoding="utf-8")
    line = next(number for number, text in enumerate(spoiled.splitlines(), 1) if text.startswith("inn:"))
    order = (ROOT / "samples/services_agreement/company_stages.json").read_bytes()
    with pytest.raises(OrderInvalid) as raised:
        service.draft(order, firm=firm)
    found = [(problem.where, problem.code) for problem in raised.value.problems]
    assert found == [(f"firm.yaml:{line}", "check_digit")]
