"""HTTP requests in, calls of the service out: ``create_app(settings)`` is the whole face."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider

from docgen.config import Settings
from docgen.errors import LibraryInvalid
from docgen.service import Service, build_service
from docgen.web.api import BODY_LIMIT, api
from docgen.web.errors import answer_every_error
from docgen.web.pages import pages
from docgen.workers import Limits, Writers

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
log = logging.getLogger(__name__)


def create_app(settings: Settings) -> Flask:
    """Return the WSGI application over the settings' library; raises LibraryInvalid when that is broken."""
    writers = Writers(Limits(settings.render_seconds, settings.render_mb))
    service = build_service(settings, writers.write)
    if problems := service.check():
        raise LibraryInvalid(problems)
    app = Flask(__name__, static_folder=None)
    app.json = _Json(app)
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_LIMIT
    app.register_blueprint(api(service, settings))
    app.register_blueprint(pages(service, settings))
    answer_every_error(app)
    app.after_request(_finish)
    app.extensions["docgen"] = Running(service, writers)
    return app


@dataclass(frozen=True, slots=True)
class Running:
    """What stands behind an application, in its ``extensions["docgen"]``."""

    service: Service
    writers: Writers

    def warm(self) -> None:
        """Start the writers' processes; called where requests will be answered, after the last fork."""
        self.writers.warm(self.service.library.look)

    def close(self) -> None:
        """End them; without this call they end with the application or with its process."""
        self.writers.close()


def from_environment() -> Flask:
    """Return the application that ``docgen serve`` starts, with docgen's own log on stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    ours = logging.getLogger("docgen")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
    return create_app(Settings.from_environment(os.environ))


class _Json(DefaultJSONProvider):
    ensure_ascii = False
    sort_keys = False


def _finish(response: Response) -> Response:
    """Close the response to strangers and log it: no query, no body, nobody's name."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    log.info("%s %s %s", request.method, quote(request.path), response.status_code)
    return response
