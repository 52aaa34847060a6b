"""The look, Bootstrap and our own few files in, what a browser loads beside a page out: nothing from elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from docgen.service import Service

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OURS = Path(__file__).resolve().parent / "static"
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "ttf": "font/ttf"}
FACES = (
    ("Liberation Serif Look", "LiberationSerif-Regular", "normal"),
    ("Liberation Serif Look", "LiberationSerif-Bold", "bold"),
    ("Liberation Sans Look", "LiberationSans-Regular", "normal"),
)


def static(routes: Blueprint, service: Service) -> None:
    """Add the routes of stylesheets, the script and the fonts."""

    @routes.get("/static/<name>")
    def asset(name: str) -> Response:
        return _answer(_content(name, service.library.look), name)

    @routes.get("/static/fonts/<name>")
    def font(name: str) -> Response:
        if not re.fullmatch(r"Liberation[A-Za-z-]{1,40}\.ttf", name):
            raise NotFound
        path = service.library.look / "fonts" / name
        if not path.is_file():
            raise NotFound
        return _answer(path.read_bytes(), name)


def _answer(content: bytes, name: str) -> Response:
    response = Response(content, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Cache-Control"] = "no-cache"
    return response


def _content(name: str, look: Path) -> bytes:
    if name == "bootstrap.css":
        return _bootstrap()
    if name == "paper.css":
        return paper_css((look / "print.css").read_text(encoding="utf-8")).encode()
    if name not in ("form.css", "form.js", "start.js"):
        raise NotFound
    return (OURS / name).read_bytes()


@lru_cache(maxsize=1)
def _bootstrap() -> bytes:
    text = (resources.files("flask_bootstrap") / "static/bootstrap5/css/bootstrap.min.css").read_text(encoding="utf-8")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text).encode()


def paper_css(text: str) -> str:
    """Return the look of the printed page for a page inside ours: the same rules under ``.paper``, its fonts beside.

    >>> paper_css("@page { size: A4; @top-left { content: none } } body { margin: 0 } .title { color: red }")[-50:]
    '.paper {\\n & { margin: 0 } .title { color: red }\\n}\\n'
    """
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    plain = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", plain)
    plain = re.sub(r"@media (print|screen) \{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", plain)
    plain = re.sub(r"\bbody\.draft\b", "&.draft", re.sub(r"(?m)(^|\})(\s*)(?:html|body) \{", r"\1\2& {", plain))
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("fonts/{file}.ttf"); font-weight: {weight} }}\n'
        for family, file, weight in FACES
    )
    return f"{faces}.paper {{\n{plain}\n}}\n"
