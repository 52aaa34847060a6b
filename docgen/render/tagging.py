"""WeasyPrint's tagged PDF in, tags as a reader of PDF/UA expects them out.

Running feet and the watermark become artifacts (WeasyPrint leaves them as content outside the tree, its issue
1836), heads of tables say that they head a column, and elements without content go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]

CELLS = ("/TH", "/TD")

Element = dict[str, Any]


def tidy(pdf: Any) -> None:
    """Mend the tags of a PDF that is about to be written."""
    root = next(element for element in pdf.objects if _type(element) == "/StructTreeRoot")
    objects = {_number(element.reference): element for element in pdf.objects}
    reached = set(_reached(objects, root))
    _mark_artifacts(pdf, objects, objects[_number(root["ParentTree"])]["Nums"], reached)
    for element in pdf.objects:
        if _type(element) == "/StructElem" and element["S"] == "/TH":
            element["A"]["Scope"] = "/Column"


def _type(element: Any) -> object:
    return element.get("Type") if isinstance(element, dict) else None


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _reached(objects: dict[int, Any], element: Element) -> Iterator[int]:
    """Yield the numbers of the elements below one; those that turn out empty are taken out on the way."""
    kept = []
    for kid in element["K"]:
        child = objects[_number(kid)] if isinstance(kid, bytes) else None
        if _type(child) == "/StructElem" and child is not None:
            yield from _reached(objects, child)
            if not child["K"] and child["S"] not in CELLS:
                continue
            yield _number(kid)
        kept.append(kid)
    element["K"][:] = kept


def _mark_artifacts(pdf: Any, objects: dict[int, Any], numbers: list[Any], reached: set[int]) -> None:
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in (element for element in pdf.objects if _type(element) == "/Page"):
        mine = owners[page["StructParents"]]
        lost = {place for place, owner in enumerate(mine) if _number(owner) not in reached}
        mine[:] = ["null" if place in lost else owner for place, owner in enumerate(mine)]
        stream = objects[_number(page["Contents"])].stream
        for place, operand in enumerate(stream):
            if isinstance(operand, dict) and operand.get("MCID") in lost:
                stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
