"""A gunicorn worker in, its warm writers beside it out: the hooks that ``docgen serve`` gives to gunicorn."""

from __future__ import annotations

from typing import Any


def post_worker_init(worker: Any) -> None:
    """Warm the writers up in the worker's own process: the application was made before the fork."""
    worker.wsgi.extensions["docgen"].warm()
