"""Arguments in, documents and words out; problems become lines or one JSON object and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from docgen.cli import data, documents, russian
from docgen.cli.arguments import Parser
from docgen.cli.report import EXIT_CODES, FINE, Report
from docgen.config import Settings
from docgen.errors import DocgenError

__all__ = ["EXIT_CODES", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is fine, 2 after the user's mistakes, 1 after a bug of docgen."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks Russian letters is no bug of ours
    try:
        code = _run(given, Report(as_json="--json" in given))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130
    return code


def _run(given: Sequence[str], report: Report) -> int:
    try:
        chosen = _parser().parse_args(given)
        settings = Settings.from_environment(os.environ)
        report.debug = settings.debug
        chosen.run(chosen, settings, report)
    except DocgenError as error:
        report.refuse(error)
    except BrokenPipeError:
        raise
    except Exception as bug:  # noqa: BLE001 - the edge: whatever is not a DocgenError is a bug
        report.confess(bug)
    return report.close()


def _parser() -> Parser:
    parser = Parser(prog="docgen", description="Договоры юридической фирмы из библиотеки условий и одного заказа.")
    commands = parser.add_subparsers(title="команды", metavar="КОМАНДА", required=True, dest="КОМАНДА")
    documents.add_commands(commands)
    data.add_commands(commands)
    russian.add_commands(commands)
    return parser
