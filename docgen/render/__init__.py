"""A document tree and a look folder in, the bytes of one file out; one module here is one format."""

from __future__ import annotations

import re
import zlib
from importlib import import_module
from pathlib import Path

from docgen.document import Document
from docgen.render.failure import RenderError
from docgen.render.fonts import covers
from docgen.render.styles import roles, style_name

__all__ = ["FORMATS", "RenderError", "covers", "marked", "page_count", "roles", "style_name", "write"]

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


def page_count(content: bytes) -> int:
    """Return how many pages a PDF of ours has: the root of its page tree stands in a packed stream of objects."""
    packed = re.finditer(rb"/Type\s*/ObjStm.*?stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    objects = b" ".join([content, *(zlib.decompress(one.group(1)) for one in packed)])
    trees = re.findall(rb"<<(?:(?!<<|>>).)*?/Type\s*/Pages\b(?:(?!<<|>>).)*?>>", objects, re.DOTALL)
    counts = [int(one) for tree in trees for one in re.findall(rb"/Count\s+([0-9]+)", tree)]
    if not counts:
        raise RenderError("the PDF has no page tree that could be read")
    return max(counts)
