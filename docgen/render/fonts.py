"""A look's font folder in, the code points that all its faces can print out."""

from __future__ import annotations

from functools import cache, reduce
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from docgen.errors import LibraryInvalid, Problem


@cache
def covers(look: Path) -> frozenset[int]:
    """Return the code points for which every face of the look's fonts has a glyph."""
    return reduce(frozenset.__and__, (_characters(face) for face in faces(look)))


@cache
def faces(look: Path) -> tuple[Path, ...]:
    """Return the look's font files; they are copied at set-up, so that their absence is a mistake of the set-up."""
    found = tuple(sorted((look / "fonts").glob("*.ttf")))
    if not found:
        where = f"templates/{look.name}/fonts"
        hint = "установите пакет fonts-liberation и выполните make demo (или python copy_fonts.py в папке вида)"
        raise LibraryInvalid([Problem(where, "fonts_missing", "в папке нет шрифтов", hint)])
    return found


def _characters(face: Path) -> frozenset[int]:
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())
