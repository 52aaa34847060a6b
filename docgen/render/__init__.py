"""A document tree and a look folder in, the bytes of one file out; one module here is one format."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from docgen.document import Document
from docgen.render.failure import RenderError
from docgen.render.fonts import covers
from docgen.render.styles import roles, style_name

__all__ = ["FORMATS", "RenderError", "covers", "marked", "roles", "style_name", "write"]

FORMATS = ("docx", "html", "pdf", "txt")


def write(document: Document, format: str, look: Path) -> bytes:
    """Return the document as a file of the given format (one of FORMATS), dressed by the look folder."""
    if format not in FORMATS:
        raise ValueError(f"no writer for {format}")
    content: bytes = import_module(f"{__name__}.{format}").write(document, look)
    return content


def marked(document: Document, look: Path) -> str:
    """Return the document's blocks as HTML with the source of every value and the id of every clause, for a preview."""
    from docgen.render import html  # loaded by those who need it

    return html.marked(document, look)
