"""Debian's Liberation fonts in, the look's own (untracked) font folder out; standard library only."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

FACES = (
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
)
LICENCE = "LICENCE-liberation.txt"
SYSTEM_FONTS = Path("/usr/share/fonts/truetype")
SYSTEM_LICENCES = Path("/usr/share/doc")
PACKAGES = ("liberation", "liberation2")  # Debian has used both names for the folder


def package_files() -> dict[str, Path]:
    """Return where each wanted file stands in the Debian package; a file that is missing is left out."""
    places = [(face, SYSTEM_FONTS / package / face) for package in PACKAGES for face in FACES]
    places += [(LICENCE, SYSTEM_LICENCES / f"fonts-{package}" / "copyright") for package in PACKAGES]
    return {name: path for name, path in reversed(places) if path.is_file()}


def main() -> int:
    """Copy what is not there yet; return 1, and say what to install, when the package is missing."""
    target = Path(__file__).parent / "fonts"
    sources = package_files()
    missing = [name for name in (*FACES, LICENCE) if name not in sources]
    if missing:
        names = ", ".join(missing)
        print(f"нет файлов {names}: установите их командой apt-get install fonts-liberation", file=sys.stderr)
        return 1
    target.mkdir(exist_ok=True)
    for name, source in sources.items():
        if not (target / name).is_file() or (target / name).read_bytes() != source.read_bytes():
            shutil.copyfile(source, target / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
