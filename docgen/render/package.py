"""The parts of a Word file in, its bytes out: the same bytes in any process and on any day."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from docgen.document import Document
from docgen.render.layout import locale

CONTENT_TYPES = "[Content_Types].xml"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TERMS = "http://purl.org/dc/terms/"
NAMESPACES = {
    "cp": CORE,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": TERMS,
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of the parts: content types first (as readers expect), the rest by name, dated 1980."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return buffer.getvalue()


def core_properties(document: Document) -> bytes:
    """Return docProps/core.xml: the document's own properties and day, nothing of the machine that made it.

    Written here and not through python-docx, which refuses a subject of more than 255 characters.
    """
    root = etree.Element(f"{{{CORE}}}coreProperties", nsmap=NAMESPACES)
    midnight = f"{document.day.isoformat()}T00:00:00Z"
    for prefix, name, text in (
        ("dc", "title", document.title),
        ("dc", "subject", document.subject),
        ("dc", "creator", document.author),
        ("cp", "lastModifiedBy", document.author),
        ("cp", "revision", "1"),
        ("dcterms", "created", midnight),
        ("dcterms", "modified", midnight),
        ("dc", "language", locale(document)),
    ):
        child = etree.SubElement(root, f"{{{NAMESPACES[prefix]}}}{name}")
        child.text = text
        if prefix == "dcterms":
            child.set(f"{{{NAMESPACES['xsi']}}}type", "dcterms:W3CDTF")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
