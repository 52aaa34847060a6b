"""Spreadsheet files in, the data of a matter as one JSON object out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from docgen.cli.arguments import command
from docgen.cli.report import Report
from docgen.config import Settings
from docgen.errors import Problem, SettingsInvalid, UnknownName


def _import(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.library.sheets import load_sheets, read_files  # heavy: not for --help
    from docgen.model import write_json

    if chosen.list is not None and len(chosen.files) > 1:
        message, hint = "список назван один, а файлов несколько", "загрузите файлы по одному или уберите --list"
        raise SettingsInvalid([Problem("--list", "argument", message, hint)])
    sheets = load_sheets(settings.library)
    if chosen.list is not None and sheets.named(chosen.list) is None:
        message = f"нет списка {chosen.list}"
        raise UnknownName([Problem("--list", "unknown_list", message, f"есть: {sheets.names()}")])
    imported = read_files(chosen.files, sheets, chosen.list)
    report.warnings += [("", warning) for warning in imported.warnings]
    print(write_json(imported.lists, indent=2))


def add_commands(commands: Any) -> None:
    """Add the command that reads spreadsheets."""
    purpose = "прочитать данные дела (время, расходы, платежи, акты, события, документы) из CSV и XLSX"
    parser = command(commands, "import", _import, purpose)
    parser.wanted.add_argument(
        "files", metavar="ФАЙЛ", nargs="+", type=Path, help="файл CSV или XLSX с названиями столбцов в первой строке"
    )
    parser.known.add_argument(
        "--list", metavar="СПИСОК", help="что в файле, если этого не говорит его имя: Время, Расходы, Платежи и т. д."
    )
