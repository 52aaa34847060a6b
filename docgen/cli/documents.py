"""Orders and the library in, documents, checks and explanations out: the commands that go through the service."""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from docgen.cli.arguments import Parser, command, json_argument, typed
from docgen.cli.report import Report, printable, progress
from docgen.config import Settings, iso_day
from docgen.errors import DocgenError, LibraryInvalid, OrderInvalid, Problem, SettingsInvalid, UnknownName

THREADS = 4

if TYPE_CHECKING:
    from docgen.service import Draft, Service


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


def _diff_library(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.library import differences, load_library

    before, after = (load_library(_folder(path)) for path in (chosen.before, chosen.after))
    if problems := [*before.problems, *after.problems]:
        raise LibraryInvalid(problems)
    found = differences(before, after)
    for difference in found:
        for line in difference.lines():
            print(printable(line))
    if not found:
        print("библиотеки одинаковы")


def _folder(path: Path) -> Path:
    if not (path / "clauses").is_dir():
        message = "это не библиотека: нет папки clauses"
        raise SettingsInvalid([Problem(str(path), "library", message, "назовите папку с clauses/ и templates/")])
    return path


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
    if chosen.month and not chosen.package:
        raise SettingsInvalid([Problem("--month", "argument", "месяц бывает у набора", "добавьте --package month")])
    for order in chosen.orders:
        with _one_order(report, order):
            if chosen.package:
                _render_package(service, order, formats, chosen, settings, report)
            else:
                _render_order(service, order, formats, chosen, settings, report)


def _render_order(
    service: Service,
    order: Path,
    formats: Sequence[str],
    chosen: argparse.Namespace,
    settings: Settings,
    report: Report,
) -> None:
    progress(str(order))
    draft = _draft(service, order, chosen, settings)
    report.warnings += [(report.order, warning) for warning in draft.warnings]
    for name in formats:
        progress(f"{order} {name}")
        target = _target(chosen.output, draft, order, name)
        if str(target) in report.files:
            message = f"файл {target} уже сделан из другого заказа этого запуска"
            raise SettingsInvalid([Problem(str(target), "same_file", message, "переименуйте один из заказов")])
        _write(report, target, service.write(draft, name))


def _render_package(
    service: Service,
    source: Path,
    formats: Sequence[str],
    chosen: argparse.Namespace,
    settings: Settings,
    report: Report,
) -> None:
    """Write a package into a folder of its own: the cover list, each paper and its order, numbered as they stand."""
    from docgen.model import write_json
    from docgen.packages import make_package

    made = make_package(
        service,
        read_file(source),
        chosen.package,
        firm=settings.firm or find_firm(source),
        day=chosen.date,
        month=chosen.month,
        folder=source.parent,
    )
    folder = (chosen.output or Path()) / source.stem / chosen.package
    for place, paper in enumerate([made.cover, *made.papers]):
        stem = f"{place:02}_{paper.draft.name}"
        for name in formats:
            progress(f"{stem} {name}")
            _write(report, folder / f"{stem}.{name}", service.write(paper.draft, name))
        if place:
            _write(report, folder / f"{stem}.json", f"{write_json(paper.order, 2)}\n".encode())
    report.warnings += [(report.order, warning) for warning in made.exceptions]
    if made.problems:
        raise OrderInvalid(made.problems)


def _write(report: Report, target: Path, content: bytes) -> None:
    write_file(target, content)
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
    program = [sys.executable, "-m", "gunicorn", "docgen.web:from_environment()", "--preload", "--no-control-socket"]
    hooks = ["--config", "python:docgen.web.server", "--bind", _address(settings), "--log-level", "warning"]
    # Threads only wait for the writers' processes, so that a page is answered while a document is being written. A
    # document has its own limit; gunicorn's stays above it.
    timeout = ["--timeout", str(settings.render_seconds + 30)]
    workers = ["--worker-class", "gthread", "--workers", str(settings.workers), "--threads", str(THREADS)]
    os.execv(sys.executable, [*program, *hooks, *workers, *timeout])


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


# --- files ---------------------------------------------------------------------------------


def _draft(service: Service, order: Path, chosen: argparse.Namespace, settings: Settings) -> Draft:
    source = read_file(order)
    firm = settings.firm or find_firm(order)
    return service.draft(source, firm=firm, day=chosen.date, blanks=chosen.blanks, folder=order.parent)


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


# --- arguments -----------------------------------------------------------------------------


def _setting(name: str) -> Callable[[str], object]:
    return typed(next(entry.metadata["read"] for entry in fields(Settings) if entry.name == name))


def _month(text: str) -> date:
    """Return the first day of a month."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        raise ValueError(f"{text} — не месяц вида 2026-12")
    return iso_day(f"{text}-01")


def _formats(text: str) -> tuple[str, ...]:
    """Return the names in a comma-separated list, each once."""
    return tuple(dict.fromkeys(text.split(",")))


def add_commands(commands: Any) -> None:
    """Add the commands that make documents, check and explain."""
    command(commands, "kinds", _kinds, "перечислить виды документов")
    command(commands, "schema", _schema, "напечатать JSON-схему заказа").wanted.add_argument(
        "kind", metavar="ВИД", help="вид документа, см. docgen kinds"
    )
    _render_arguments(command(commands, "render", _render, "сделать документы из заказов"))
    json_argument(command(commands, "check", _check, "проверить библиотеку условий целиком"))
    compare = command(commands, "diff-library", _diff_library, "показать, что изменилось между двумя библиотеками")
    compare.wanted.add_argument("before", metavar="БЫЛО", type=Path, help="папка прежней библиотеки")
    compare.wanted.add_argument("after", metavar="СТАЛО", type=Path, help="папка новой библиотеки")
    explain = command(commands, "explain", _explain, "объяснить каждое условие и каждое значение документа")
    explain.wanted.add_argument("order", metavar="ЗАКАЗ.json", type=Path, help="файл заказа")
    _draft_arguments(explain)
    serve = command(commands, "serve", _serve, "запустить службу HTTP")
    serve.known.add_argument("--host", metavar="АДРЕС", type=_setting("host"), help="адрес (иначе DOCGEN_HOST)")
    serve.known.add_argument("--port", metavar="ПОРТ", type=_setting("port"), help="порт (иначе DOCGEN_PORT)")


def _render_arguments(render: Parser) -> None:
    render.wanted.add_argument("orders", metavar="ЗАКАЗ.json", type=Path, nargs="+", help="файлы заказов")
    render.known.add_argument(
        "-o", "--output", metavar="ПАПКА", type=Path, help="писать в ПАПКА/вид/заказ.формат (иначе — в текущую папку)"
    )
    render.known.add_argument(
        "--format", metavar="ФОРМАТЫ", type=_formats, help="форматы через запятую: docx,pdf,html,txt (иначе — все)"
    )
    render.known.add_argument(
        "--package", metavar="НАБОР", help="сделать из файла дела набор документов с этим именем и опись"
    )
    render.known.add_argument(
        "--month", metavar="ГГГГ-ММ", type=typed(_month),
        help="месяц, который закрывает набор (иначе — последний закончившийся)"
    )
    _draft_arguments(render)
    json_argument(render)


def _draft_arguments(parser: Parser) -> None:
    parser.known.add_argument(
        "--date", metavar="ГГГГ-ММ-ДД", type=typed(iso_day), help="дата документа (иначе — из заказа, иначе сегодня)"
    )
    parser.known.add_argument("--blanks", action="store_true", help="null в заказе печатать пустой строкой для записи")
