"""Environment variables in, ``Settings`` out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from docgen.errors import Problem, SettingsInvalid

PREFIX = "DOCGEN_"
YEARS = range(1900, 2101)


def bundled_library() -> Path:
    """Return the library that came with the program: the wheel's own data, else the repository's root."""
    package = Path(__file__).resolve().parent
    packaged = package / "_library"
    return packaged if packaged.is_dir() else package.parent


def _setting(read: Callable[[str], object], purpose: str) -> dict[str, Any]:
    """Describe one setting: how its text is read and what it is for."""
    return {"read": read, "help": purpose}


def _library(text: str) -> Path:
    folder = Path(text)
    if not all((folder / part).is_dir() for part in ("clauses", "templates")):
        raise ValueError(f"в папке {text} нет папок clauses и templates")
    return folder


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError(f"файла {text} нет")
    return Path(text)


def _data(text: str) -> Path:
    if not text.strip() or Path(text).is_file():
        raise ValueError(f"{text} — не папка")
    return Path(text)


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("значение пустое")
    return text


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"{text} — не целое число от {low} до {high}")
        return int(text)

    return read


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(f"{text} — не 0 и не 1")
    return text == "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may differ from one installation to another; field ``library`` is the variable ``DOCGEN_LIBRARY``."""

    library: Path = field(
        default_factory=bundled_library,
        metadata=_setting(_library, "папка с clauses/ и templates/; без неё — библиотека из поставки"),
    )
    firm: Path | None = field(
        default=None, metadata=_setting(_file, "файл профиля фирмы (firm.yaml), если фирма не названа в заказе")
    )
    data: Path = field(
        default=Path("data"), metadata=_setting(_data, "папка, в которой форма хранит незаконченную работу")
    )
    host: str = field(default="127.0.0.1", metadata=_setting(_words, "адрес, на котором слушает служба"))
    port: int = field(default=8000, metadata=_setting(_whole(1, 65535), "порт службы"))
    workers: int = field(default=2, metadata=_setting(_whole(1, 64), "число рабочих процессов службы"))
    render_seconds: int = field(
        default=30, metadata=_setting(_whole(1, 600), "сколько секунд служба собирает один документ, не дольше")
    )
    render_mb: int = field(
        default=1024, metadata=_setting(_whole(256, 65536), "сколько МиБ памяти служба даёт сборке документов")
    )
    debug: bool = field(default=False, metadata=_setting(_switch, "1 — печатать след вызовов при ошибке самого docgen"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Return the settings that the ``DOCGEN_*`` variables give; refuse all wrong and unknown ones at once.

        >>> Settings.from_environment({"DOCGEN_PORT": "9000", "HOME": "/"}).port
        9000
        """
        given = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
        known = {variable(entry.name): entry for entry in fields(cls)}
        values: dict[str, Any] = {}
        problems = [_unknown(name, known) for name in given if name not in known]
        for name in given.keys() & known.keys():
            try:
                values[known[name].name] = known[name].metadata["read"](given[name])
            except ValueError as error:
                problems.append(Problem(name, "setting", str(error), known[name].metadata["help"]))
        if problems:
            raise SettingsInvalid(problems)
        return cls(**values)


def variable(name: str) -> str:
    """Return the environment variable of a setting.

    >>> variable("port")
    'DOCGEN_PORT'
    """
    return PREFIX + name.upper()


def _unknown(name: str, known: Mapping[str, object]) -> Problem:
    near = get_close_matches(name, known, 1)
    hint = f"возможно, {near[0]}?" if near else f"есть {', '.join(sorted(known))}"
    return Problem(name, "unknown_setting", "такой настройки нет", hint)


def iso_day(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names; ValueError, in words for the user, for any other text.

    >>> iso_day("2026-03-05")
    datetime.date(2026, 3, 5)
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"такого дня нет: {text}") from error
        if day.year not in YEARS:
            raise ValueError(f"год {day.year} вне пределов {YEARS[0]}–{YEARS[-1]}")
        return day
    raise ValueError(f"{text} — не дата вида 2026-03-05")
