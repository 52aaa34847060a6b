"""Arguments in, calls of the service and files out; problems become lines or one JSON object and an exit code."""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from docgen.config import Settings, iso_day
from docgen.errors import DocgenError, LibraryInvalid, OrderInvalid, Problem, SettingsInvalid, UnknownName

if TYPE_CHECKING:
    from docgen.service import Draft, Service

FINE, BUG, MISTAKES = 0, 1, 2
EXIT_CODES: dict[type[DocgenError], int] = {
    LibraryInvalid: MISTAKES,
    OrderInvalid: MISTAKES,
    SettingsInvalid: MISTAKES,
    UnknownName: MISTAKES,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is fine, 2 after the user's mistakes, 1 after a bug of docgen."""
    given = list(sys.argv[1:] if arguments is None else arguments)
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


# --- what is told ------------------------------------------------------------------------------


@dataclass
class Report:
    """Files, warnings and problems of one run, told on stdout and stderr as lines or as one JSON object."""

    as_json: bool
    debug: bool = False
    several: bool = False
    order: str = ""
    files: list[str] = field(default_factory=list)
    warnings: list[tuple[str, Problem]] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    code: int = FINE

    def refuse(self, error: DocgenError) -> None:
        """Take in the user's mistakes."""
        self.problems += [(self.order, problem) for problem in error.problems]
        self.code = max(self.code, EXIT_CODES[type(error)])

    def confess(self, bug: Exception) -> None:
        """Take in a bug: a short message, the trace only with ``DOCGEN_DEBUG=1``."""
        if self.debug:
            sys.excepthook(type(bug), bug, bug.__traceback__)
        message = f"ошибка самого docgen: {type(bug).__name__}"
        hint = "сообщите разработчикам; DOCGEN_DEBUG=1 покажет след вызовов"
        self.problems.append((self.order, Problem(self.order or "docgen", "bug", message, hint)))
        self.code = BUG

    def close(self) -> int:
        """Tell everything; return the exit code."""
        _progress()
        if self.as_json:
            told = {"files": self.files, "warnings": self._records(self.warnings)}
            print(json.dumps({**told, "problems": self._records(self.problems)}, ensure_ascii=False, indent=2))
        else:
            self._lines()
        return self.code

    def _records(self, problems: list[tuple[str, Problem]]) -> list[dict[str, str]]:
        return [({"order": order} if self.several else {}) | problem.as_dict() for order, problem in problems]

    def _lines(self) -> None:
        for file in self.files:
            print(printable(file))
        for mark, problems in (("предупреждение: ", self.warnings), ("", self.problems)):
            for order, problem in problems:
                prefix = f"{order}: " if self.several and order else ""
                print(printable(f"{mark}{prefix}{problem.line()}"), file=sys.stderr)


def printable(text: str) -> str:
    r"""Return the text as one line that cannot steer a terminal.

    >>> printable("ООО «А»\x1b[2J")
    'ООО «А»\\x1b[2J'
    """
    return "".join(c if c.isprintable() or c == "\u00a0" else ascii(c)[1:-1] for c in text)


def _progress(text: str = "") -> None:
    """Show what is being done on a terminal; nothing in a pipe."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{printable(text)[:78]}", end="", file=sys.stderr, flush=True)


# --- commands ----------------------------------------------------------------------------------


def _service(settings: Settings) -> Service:
    from docgen.service import build_service  # heavy: not for --help

    return build_service(settings)


def _whole_service(settings: Settings) -> Service:
    """Return the service; refuse a broken library, once for all orders of the run."""
    service = _service(settings)
    if problems := service.check():
        raise LibraryInvalid(problems)
    return service


def _kinds(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    for kind in _service(settings).kinds():
        print(f"{kind.id}\t{kind.title}")


def _schema(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    print(json.dumps(_service(settings).schema(chosen.kind), ensure_ascii=False, indent=2))


def _check(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    _whole_service(settings)
    if not report.as_json:
        print("библиотека в порядке")


def _explain(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    service = _service(settings)
    draft = _draft(service, chosen.order, chosen, settings)
    report.warnings += [("", warning) for warning in draft.warnings]
    print(service.explain(draft))


def _render(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.render import FORMATS

    formats = chosen.format or FORMATS
    if strange := [name for name in formats if name not in FORMATS]:
        hint = f"есть {', '.join(FORMATS)}"
        raise UnknownName(Problem("--format", "unknown_format", f"нет формата {name}", hint) for name in strange)
    service = _whole_service(settings)
    report.several = len(chosen.orders) > 1
    for order in chosen.orders:
        with _one_order(report, order):
            _render_order(service, order, formats, chosen, settings, report)


def _render_order(
    service: Service,
    order: Path,
    formats: Sequence[str],
    chosen: argparse.Namespace,
    settings: Settings,
    report: Report,
) -> None:
    _progress(str(order))
    draft = _draft(service, order, chosen, settings)
    report.warnings += [(report.order, warning) for warning in draft.warnings]
    for name in formats:
        _progress(f"{order} {name}")
        target = _target(chosen.output, draft, order, name)
        if str(target) in report.files:
            message = f"файл {target} уже сделан из другого заказа этого запуска"
            raise SettingsInvalid([Problem(str(target), "same_file", message, "переименуйте один из заказов")])
        write_file(target, service.write(draft, name))
        report.files.append(str(target))


@contextmanager
def _one_order(report: Report, order: Path) -> Iterator[None]:
    """Let the mistakes of one order keep nobody from the next."""
    report.order = str(order)
    try:
        yield
    except DocgenError as error:
        report.refuse(error)
    report.order = ""


def _serve(chosen: argparse.Namespace, settings: Settings, report: Report) -> NoReturn:
    asked = {name: getattr(chosen, name) for name in ("host", "port") if getattr(chosen, name) is not None}
    settings = replace(settings, **asked)
    _whole_service(settings)  # its mistakes are told here, in lines, before any worker starts
    _check_address(settings)
    # Synchronous workers: a writer takes a whole core, and a stuck one is killed after the timeout.
    program = [sys.executable, "-m", "gunicorn", "docgen.web:from_environment()", "--preload", "--no-control-socket"]
    bounds = ["--worker-class", "sync", "--workers", str(settings.workers), "--timeout", "60"]
    os.execv(sys.executable, [*program, *bounds, "--bind", _address(settings), "--log-level", "warning"])


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _check_address(settings: Settings) -> None:
    try:
        socket.create_server((settings.host, settings.port), family=_family(settings)).close()
    except (OSError, UnicodeError) as error:
        message = f"адрес {_address(settings)} занять нельзя"
        hint = "остановите того, кто его занял, или задайте --host и --port"
        raise SettingsInvalid([Problem("serve", "address", message, hint)]) from error


def _family(settings: Settings) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in settings.host else socket.AF_INET


# --- files -------------------------------------------------------------------------------------


def _draft(service: Service, order: Path, chosen: argparse.Namespace, settings: Settings) -> Draft:
    source = read_file(order)
    firm = settings.firm or find_firm(order)
    return service.draft(source, firm=firm, day=chosen.date, blanks=chosen.blanks)


def find_firm(order: Path) -> Path | None:
    """Return the ``firm.yaml`` beside the order or, inside a folder ``samples``, in a folder above it."""
    folders = [order.resolve().parent]
    names = [folder.name for folder in (folders[0], *folders[0].parents)]
    if "samples" in names:
        folders += list(folders[0].parents)[: names.index("samples")]
    return next((folder / "firm.yaml" for folder in folders if (folder / "firm.yaml").is_file()), None)


def read_file(path: Path) -> bytes:
    """Return the bytes of the user's file."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise SettingsInvalid([_file_problem(path, "unreadable", "файл не читается", error)]) from error


def write_file(path: Path, content: bytes) -> None:
    """Put the bytes into the file, whole or not at all; folders on the way are made."""
    part = path.with_name(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsInvalid([_file_problem(path, "unwritable", "файл не записывается", error)]) from error


def _file_problem(path: Path, code: str, message: str, error: OSError | ValueError) -> Problem:
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "его нет",
        IsADirectoryError: "это папка",
        NotADirectoryError: "на пути к нему стоит файл, а не папка",
        FileExistsError: "на пути к нему стоит файл, а не папка",
        PermissionError: "нет прав",
    }
    reason = reasons.get(type(error), str(error))
    return Problem(str(path), code, f"{message}: {reason}", "проверьте путь и права доступа")


def _target(output: Path | None, draft: Draft, order: Path, extension: str) -> Path:
    if output is not None:
        return output / draft.kind / f"{order.stem}.{extension}"
    if Path(draft.name).name != draft.name:
        raise ValueError(f"a draft's name is no file name: {draft.name!r}")
    return Path(f"{draft.name}.{extension}")


# --- arguments ---------------------------------------------------------------------------------

# argparse speaks English; its sentences, as patterns, in the user's language.
RUSSIAN = (
    (r"the following arguments are required: (.+)", r"не хватает: \1"),
    (r"unrecognized arguments: (.+)", r"лишнее: \1"),
    (r"expected one argument", "нужно значение"),
    (r"expected at least one argument", "нужно хотя бы одно значение"),
    (r"ignored explicit argument (.+)", r"значение \1 здесь не нужно"),
    (r"invalid choice: (.+?) \(choose from .+\)", r"нет такой команды: \1"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Russian and raises the family's exception."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.wanted = self.add_argument_group("аргументы")
        self.known = self.add_argument_group("параметры")
        self.known.add_argument("-h", "--help", action="help", help="показать эту справку")

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments: where (the argument's name, else the program), what, what to do."""
        named = re.fullmatch(r"argument (?P<name>[^:]+): (?P<text>.*)", message, re.DOTALL)
        where, text = (named["name"], named["text"]) if named else (self.prog, message)
        for pattern, russian in RUSSIAN:
            text = re.sub(pattern, russian, text, flags=re.DOTALL)
        raise SettingsInvalid([Problem(where, "argument", text, f"справка: {self.prog} --help")])

    def format_usage(self) -> str:
        """Return the usage line."""
        return super().format_usage().replace("usage: ", "вызов: ", 1)

    def format_help(self) -> str:
        """Return the whole help."""
        return super().format_help().replace("usage: ", "вызов: ", 1)


def _typed(read: Callable[[str], object]) -> Callable[[str], object]:
    """Let a reader that raises ValueError keep its own words: argparse drops them."""

    def typed(text: str) -> object:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return typed


def _setting(name: str) -> Callable[[str], object]:
    return _typed(next(entry.metadata["read"] for entry in fields(Settings) if entry.name == name))


def _formats(text: str) -> tuple[str, ...]:
    """Return the names in a comma-separated list, each once."""
    return tuple(dict.fromkeys(text.split(",")))


def _parser() -> Parser:
    parser = Parser(prog="docgen", description="Договоры юридической фирмы из библиотеки условий и одного заказа.")
    commands = parser.add_subparsers(title="команды", metavar="КОМАНДА", required=True, dest="КОМАНДА")
    _command(commands, "kinds", _kinds, "перечислить виды документов")
    _command(commands, "schema", _schema, "напечатать JSON-схему заказа").wanted.add_argument(
        "kind", metavar="ВИД", help="вид документа, см. docgen kinds"
    )
    _render_arguments(_command(commands, "render", _render, "сделать документы из заказов"))
    _json_argument(_command(commands, "check", _check, "проверить библиотеку условий целиком"))
    explain = _command(commands, "explain", _explain, "объяснить каждое условие и каждое значение документа")
    explain.wanted.add_argument("order", metavar="ЗАКАЗ.json", type=Path, help="файл заказа")
    _draft_arguments(explain)
    serve = _command(commands, "serve", _serve, "запустить службу HTTP")
    serve.known.add_argument("--host", metavar="АДРЕС", type=_setting("host"), help="адрес (иначе DOCGEN_HOST)")
    serve.known.add_argument("--port", metavar="ПОРТ", type=_setting("port"), help="порт (иначе DOCGEN_PORT)")
    return parser


def _command(commands: Any, name: str, run: Callable[..., None], purpose: str) -> Parser:
    parser: Parser = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _render_arguments(render: Parser) -> None:
    render.wanted.add_argument("orders", metavar="ЗАКАЗ.json", type=Path, nargs="+", help="файлы заказов")
    render.known.add_argument(
        "-o", "--output", metavar="ПАПКА", type=Path, help="писать в ПАПКА/вид/заказ.формат (иначе — в текущую папку)"
    )
    render.known.add_argument(
        "--format", metavar="ФОРМАТЫ", type=_formats, help="форматы через запятую: docx,pdf,html,txt (иначе — все)"
    )
    _draft_arguments(render)
    _json_argument(render)


def _draft_arguments(parser: Parser) -> None:
    parser.known.add_argument(
        "--date", metavar="ГГГГ-ММ-ДД", type=_typed(iso_day), help="дата документа (иначе — из заказа, иначе сегодня)"
    )
    parser.known.add_argument("--blanks", action="store_true", help="null в заказе печатать пустой строкой для записи")


def _json_argument(parser: Parser) -> None:
    parser.known.add_argument(
        "--json", action="store_true", help="вместо строк — один объект JSON: files, warnings, problems"
    )
