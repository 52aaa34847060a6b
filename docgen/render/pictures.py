"""Pictures of a Word file: an element for the text out, the parts that hold the bytes and say where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from docgen.render.package import CONTENT_TYPES
from docgen.render.wordml import w

RELATIONS = "word/_rels/document.xml.rels"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
EMU = 36000  # in a millimetre


def picture(number: int, words: str, side: int) -> etree._Element:
    """Return a run with the square picture of that number (from 1), ``side`` in mm; ``words`` tell what it shows."""
    inline, a, pic = f"{{{DRAWING}/wordprocessingDrawing}}", f"{{{DRAWING}/main}}", f"{{{DRAWING}/picture}}"
    size = str(side * EMU)
    frame = etree.Element(f"{inline}inline", nsmap={"wp": f"{DRAWING}/wordprocessingDrawing"})
    for edge in ("distT", "distB", "distL", "distR"):
        frame.set(edge, "0")
    etree.SubElement(frame, f"{inline}extent", cx=size, cy=size)
    etree.SubElement(frame, f"{inline}docPr", id=str(number), name=f"QR {number}", descr=words)
    graphic = etree.SubElement(frame, f"{a}graphic", nsmap={"a": f"{DRAWING}/main"})
    data = etree.SubElement(graphic, f"{a}graphicData", uri=f"{DRAWING}/picture")
    shown = etree.SubElement(data, f"{pic}pic", nsmap={"pic": f"{DRAWING}/picture"})
    named = etree.SubElement(shown, f"{pic}nvPicPr")
    etree.SubElement(named, f"{pic}cNvPr", id=str(number), name=f"QR {number}", descr=words)
    etree.SubElement(named, f"{pic}cNvPicPr")
    fill = etree.SubElement(shown, f"{pic}blipFill")
    etree.SubElement(fill, f"{a}blip", {f"{{{OFFICE}}}embed": _relation(number)}, nsmap={"r": OFFICE})
    etree.SubElement(etree.SubElement(fill, f"{a}stretch"), f"{a}fillRect")
    shape = etree.SubElement(shown, f"{pic}spPr")
    place = etree.SubElement(shape, f"{a}xfrm")
    etree.SubElement(place, f"{a}off", x="0", y="0")
    etree.SubElement(place, f"{a}ext", cx=size, cy=size)
    etree.SubElement(etree.SubElement(shape, f"{a}prstGeom", prst="rect"), f"{a}avLst")
    return w("r", w("drawing", frame))


def pictured(parts: Mapping[str, bytes], pictures: Sequence[bytes]) -> dict[str, bytes]:
    """Return the parts that change when PNG pictures are added to a Word file."""
    if not pictures:
        return {}
    relations, types = etree.fromstring(parts[RELATIONS]), etree.fromstring(parts[CONTENT_TYPES])
    changed: dict[str, bytes] = {}
    for number, content in enumerate(pictures, start=1):
        changed[f"word/media/picture{number}.png"] = content
        attributes = {"Id": _relation(number), "Type": f"{OFFICE}/image", "Target": f"media/picture{number}.png"}
        etree.SubElement(relations, f"{{{PACKAGE}/relationships}}Relationship", attributes)
    if not any(one.get("Extension") == "png" for one in types):
        default = etree.Element(f"{{{PACKAGE}/content-types}}Default", Extension="png", ContentType="image/png")
        types.insert(0, default)
    roots = {RELATIONS: relations, CONTENT_TYPES: types}
    return changed | {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in roots.items()
    }


def _relation(number: int) -> str:
    return f"rIdPicture{number}"
