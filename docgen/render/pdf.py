"""The tree in, a tagged PDF out (PDF/A-3a and PDF/UA-1 at once): the page of html.py, laid out by WeasyPrint."""

from __future__ import annotations

import atexit
import logging
import threading
import warnings
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from docgen.document import Document
from docgen.render import html
from docgen.render.failure import RenderError
from docgen.render.fonts import faces
from docgen.render.hyphens import tempered
from docgen.render.qr import SVG_URL
from docgen.render.tagging import tidy

FAMILIES = {"Liberation Serif Look", "Liberation Sans Look"}  # as pdf.css names them
VARIANT = "pdf/a-3a"
WATERMARK = "watermark.svg"
LOOK = "file:///look/"  # stands for the look's folder, so that no file depends on where that lies
ACCESSIBLE = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
</rdf:RDF>"""

_alone = threading.Lock()  # fonts are shared by the process (WeasyPrint leaks otherwise), and threads gain nothing


def write(document: Document, look: Path) -> bytes:
    """Return the document as a PDF; whatever WeasyPrint has to complain of is an error here."""
    source = html.write(document, look).decode()
    with _alone, _silence():
        configuration, fonts = _fonts(look)
        try:
            page = HTML(string=source, base_url=LOOK, url_fetcher=_LookFetcher(look))
            laid = tempered(lambda: page.render(font_config=configuration, stylesheets=[fonts], pdf_variant=VARIANT))
            content: bytes = laid.write_pdf(
                finisher=_finish, pdf_variant=VARIANT, xmp_metadata=[BytesIO(ACCESSIBLE)]
            )
        except FatalURLFetchingError as error:  # no Exception in WeasyPrint: it would fell the whole process
            raise RenderError(str(error)) from error
    return content


@cache
def _fonts(look: Path) -> tuple[Any, Any]:
    """Return the process's font configuration of a look, and the sheet that names its faces and its watermark."""
    configuration = FontConfiguration()
    sheet = (look / "pdf.css").read_text(encoding="utf-8")
    return configuration, CSS(string=sheet, font_config=configuration, base_url=LOOK, url_fetcher=_LookFetcher(look))


atexit.register(_fonts.cache_clear)  # while the interpreter still stands: a font configuration cleans up after itself


class _LookFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the look's fonts and its watermark, and nothing else from anywhere: no other file, no network."""

    def __init__(self, look: Path) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self._files = {f"{LOOK}fonts/{face.name}": face for face in faces(look)}
        self._files[f"{LOOK}{WATERMARK}"] = look / WATERMARK

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a file of the look, or the picture of a QR code that stands in the page itself."""
        if url.startswith(SVG_URL):
            return URLFetcherResponse(url, b64decode(url.removeprefix(SVG_URL)), {"Content-Type": "image/svg+xml"})
        if url not in self._files:
            raise FatalURLFetchingError(f"a page may not fetch {url}")
        kind = "image/svg+xml" if url.endswith(".svg") else "font/ttf"
        return URLFetcherResponse(url, self._files[url].read_bytes(), {"Content-Type": kind})


def _finish(document: Any, pdf: Any) -> None:
    """Refuse a page for which the system lent a font (its letters would not be the look's); mend the tags."""
    if foreign := sorted({font.family for font in document.fonts.values()} - FAMILIES):
        raise RenderError(f"fonts that the look does not have: {', '.join(foreign)}")
    tidy(pdf)


@contextmanager
def _silence() -> Iterator[None]:
    """Turn what this thread's libraries log while inside into an error."""
    said: list[str] = []
    # WeasyPrint 70 leaves its colour profile's file to the garbage collector: a process with -W error would stumble.
    with warnings.catch_warnings(), _listening(said):
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)
        yield
    if said:
        raise RenderError("; ".join(said))


@contextmanager
def _listening(said: list[str]) -> Iterator[None]:
    handler = _Listener(said)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


class _Listener(logging.Handler):
    """Writes down the warnings of the thread that made it."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._said = said
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message of our own thread."""
        if record.thread == self._thread:
            self._said.append(record.getMessage())
