"""The hand-made trees in, the files that every writer makes of them out, each made once."""

from __future__ import annotations

import pytest

from docgen.render import write
from tests.render.files import spoiled, through_libreoffice
from tests.render.trees import LOOK, TREES


def _files(format: str) -> dict[str, bytes]:
    return {name: write(tree(), format, LOOK) for name, tree in TREES.items()}


@pytest.fixture(scope="session")
def word_files() -> dict[str, bytes]:
    files = _files("docx")
    return files | {"spoiled": spoiled(files["whole"])}


@pytest.fixture(scope="session")
def pdf_files() -> dict[str, bytes]:
    return _files("pdf")


@pytest.fixture(scope="session")
def from_word(word_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """LibreOffice's PDFs of the Word files."""
    return through_libreoffice(word_files, tmp_path_factory.mktemp("libreoffice"))
