"""The Word shell in, its parts with marks where the document's own words belong out.

docxtpl sees nothing of the document but whether it is a draft: the words are grafted in afterwards, because
docxtpl's post-processing changes text without a word (it turns ``{_{`` into ``{{``).
"""

from __future__ import annotations

import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from docgen.render.styles import shell_broken

BODY = "docgen-body"
FOOT = "docgen-foot"
DOCUMENT = "word/document.xml"

Parts = MappingProxyType[str, bytes]


def filled(look: Path, *, draft: bool) -> Parts:
    """Return the shell's parts by name; the file is read again when it has changed."""
    try:
        changed = (look / "shell.docx").stat().st_mtime_ns
    except OSError as error:
        raise shell_broken(look, f"нет файла: {error}") from error
    return _filled(look, changed, draft)


@lru_cache(maxsize=8)
def _filled(look: Path, changed: int, draft: bool) -> Parts:
    template = DocxTemplate(look / "shell.docx")
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    rendered = BytesIO()
    try:
        template.render({"body": BODY, "foot": FOOT, "draft": draft}, environment, autoescape=True)
        template.save(rendered)
    except (TemplateError, zipfile.BadZipFile, ValueError) as error:
        raise shell_broken(look, f"не заполняется: {error}") from error
    with zipfile.ZipFile(rendered) as package:
        return MappingProxyType({name: package.read(name) for name in package.namelist()})
