"""A role in, the name of its Word style out; the look's shell in, the roles it can show out."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from docgen.errors import LibraryInvalid, Problem
from docgen.render.wordml import WORD, attribute, child, children

BUILT_IN = {"title": "Title", "body": "Body Text", "section": "heading 1"}
ROLES = {name: role for role, name in BUILT_IN.items()}


def style_name(role: str) -> str:
    """Return the name that the role's style has in Word.

    >>> style_name("section"), style_name("annex_title")
    ('heading 1', 'annex title')
    """
    return BUILT_IN.get(role, role.replace("_", " "))


def roles(look: Path) -> frozenset[str]:
    """Return the roles that the Word shell of a look can show."""
    return frozenset(ROLES.get(name, name.replace(" ", "_")) for name in style_ids(shell_part(look, "word/styles.xml")))


@cache
def style_ids(styles: bytes) -> dict[str, str]:
    """Return the named paragraph and table styles of a styles.xml: ids by name (Word may change ids)."""
    return {
        attribute(child(style, "name"), "val"): attribute(style, "styleId")
        for style in children(etree.fromstring(styles), "style")
        if attribute(style, "type") in ("paragraph", "table") and style.get(f"{{{WORD}}}default") is None
    }


@cache
def list_numbers(styles: bytes) -> dict[str, str]:
    """Return the ids of the lists that the styles of a styles.xml belong to, by the styles' ids."""
    root = etree.fromstring(styles)
    path = "/".join(f"{{{WORD}}}{step}" for step in ("pPr", "numPr", "numId"))
    numbers = ((attribute(style, "styleId"), style.find(path)) for style in children(root, "style"))
    return {style: attribute(number, "val") for style, number in numbers if number is not None}


def shell_part(look: Path, name: str) -> bytes:
    """Return one part of the look's Word shell as it lies on disk."""
    try:
        with zipfile.ZipFile(look / "shell.docx") as package:
            return package.read(name)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise shell_broken(look, f"не читается {name}: {error}") from error


def shell_broken(look: Path, what: str) -> LibraryInvalid:
    """Return the mistake of a look whose shell.docx cannot be used."""
    hint = "верните прежний файл или сделайте его заново: python make_shell.py в той же папке"
    return LibraryInvalid([Problem(f"templates/{look.name}/shell.docx", "shell_broken", what, hint)])
