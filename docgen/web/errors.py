"""Exceptions in, the one error shape out: application/problem+json (RFC 9457) with every problem in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from http import HTTPStatus
from uuid import uuid4

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from docgen.errors import (
    DocgenError,
    LibraryInvalid,
    OrderInvalid,
    Problem,
    RenderFailed,
    SettingsInvalid,
    UnknownName,
    trace,
)
from docgen.workers import WriterBug

STATUSES: dict[type[DocgenError], int] = {
    LibraryInvalid: 500,
    OrderInvalid: 422,
    RenderFailed: 503,
    SettingsInvalid: 500,
    UnknownName: 404,
}
TITLES = {
    404: "Не найдено",
    405: "Метод не подходит",
    413: "Слишком большой запрос",
    415: "Тип содержимого не подходит",
    422: "Заказ выполнить нельзя",
    500: "Ошибка сервера",
    503: "Документ собрать не удалось",
}
PROBLEMS = {
    404: Problem("request", "not_found", "нет такого адреса", "адреса перечислены в README"),
    405: Problem("request", "method", "по этому адресу так обращаться нельзя", "годные методы — в заголовке Allow"),
    413: Problem("body", "too_large", "тело запроса больше 2 МиБ", "пришлите заказ короче"),
    415: Problem("Content-Type", "media_type", "тело запроса не JSON", "укажите Content-Type: application/json"),
    500: Problem("server", "internal", "docgen не смог выполнить запрос", "назовите администратору номер из instance"),
}
log = logging.getLogger(__name__)


def answer_every_error(app: Flask) -> None:
    """Make the application answer every exception in the one shape."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DocgenError, _mistakes)
    app.register_error_handler(Exception, _bug)


def _mistakes(error: DocgenError) -> Response:
    status = STATUSES[type(error)]
    told = f"{type(error).__name__} {[(problem.where, problem.code) for problem in error.problems]}"
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _ours(told)
    if status > HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error(told)
    return problem_response(status, error.problems)


def _http(error: HTTPException) -> Response:
    """Answer werkzeug's own refusals, keeping their headers (``Allow``)."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    fallback = Problem("request", "bad_request", "запрос не разобран", "проверьте запрос")
    response = problem_response(status, [PROBLEMS.get(status, fallback)])
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _bug(error: Exception) -> Response:
    """Log where it happened but not its message, which may quote somebody's data."""
    return _ours(_trace(error))


def log_bug(error: Exception) -> str:
    """Log a bug without anybody's data; return the number to look it up by."""
    number = f"urn:uuid:{uuid4()}"
    log.error("%s %s", number, _trace(error))
    return number


def _trace(error: Exception) -> str:
    return error.trace if isinstance(error, WriterBug) else trace(error)


def _ours(what: str) -> Response:
    number = f"urn:uuid:{uuid4()}"
    log.error("%s %s", number, what)
    return problem_response(500, [PROBLEMS[500]], number)


def problem_response(status: int, problems: Iterable[Problem], instance: str = "") -> Response:
    """Return the error response: status, title, the problems in lines and as records."""
    problems = tuple(problems)
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": "\n".join(problem.line() for problem in problems),
        **({"instance": instance} if instance else {}),
        "problems": [problem.as_dict() for problem in problems],
    }
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")
