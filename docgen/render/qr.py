"""A text in, its QR code out: an SVG for pages, a PNG for Word; byte mode, UTF-8, level M (ГОСТ Р 56042-2014)."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

BORDER = 4  # modules of quiet zone
SCALE = 8  # pixels of a module in the PNG
SVG_URL = "data:image/svg+xml;base64,"


def svg_url(payload: str) -> str:
    """Return the code as a data: URL of an SVG without a size of its own."""
    buffer = BytesIO()
    _code(payload).save(buffer, kind="svg", border=BORDER, xmldecl=False, omitsize=True, nl=False)
    return SVG_URL + base64.b64encode(buffer.getvalue()).decode()


def png(payload: str) -> bytes:
    """Return the code as a PNG."""
    buffer = BytesIO()
    _code(payload).save(buffer, kind="png", border=BORDER, scale=SCALE)
    return buffer.getvalue()


def _code(payload: str) -> Any:
    import segno  # loaded by those who need it

    return segno.make_qr(payload, error="m", mode="byte", encoding="utf-8", boost_error=False, eci=False)
