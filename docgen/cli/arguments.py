"""Command lines in, parsed arguments or the user's mistakes, both in Russian, out."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from docgen.errors import Problem, SettingsInvalid

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


def typed(read: Callable[[str], object]) -> Callable[[str], object]:
    """Let a reader that raises ValueError keep its own words: argparse drops them."""

    def typed(text: str) -> object:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return typed


def command(commands: Any, name: str, run: Callable[..., None], purpose: str) -> Parser:
    """Add a command and return its parser."""
    parser: Parser = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    parser.set_defaults(run=run)
    return parser


def json_argument(parser: Parser) -> None:
    """Add ``--json``."""
    parser.known.add_argument(
        "--json", action="store_true", help="вместо строк — один объект JSON: files, warnings, problems"
    )
