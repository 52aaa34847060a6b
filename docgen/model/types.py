"""JSON values in, strict texts, days, sums and numbers of an order out, each type with its own mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    Strict,
)
from pydantic import WithJsonSchema as JsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from docgen.model.blank import Blank

MAX_LINE = 500
MAX_LINES = 5000
MAX_MONEY = Decimal(10) ** 15
_KOPECK = Decimal("0.01")
_YEARS = range(1900, 2101)

T = TypeVar("T")


def refusal(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error by which a type refuses a value: a stable code, what is wrong, the cure."""
    return PydanticCustomError(code, "{what}", {"what": message, "hint": hint})


class Part(BaseModel):
    """A part of an order: frozen, strict, with no unknown fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


# --- blanks ----------------------------------------------------------------------------------


class Fact:
    """Marks a fact that may be left blank: the type's other rules are asked only about what is given."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a Blank pass by the rules of the fact's own type."""
        (own,) = (member for member in get_args(source) if member is not Blank)
        return core_schema.no_info_wrap_validator_function(_keep_blank, handler.generate_schema(own))


def _keep_blank(value: Any, rules: Callable[[Any], Any]) -> Any:
    return value if isinstance(value, Blank) else rules(value)


Blankable = Annotated[T | Blank, Fact()]
"""A scalar fact that may be left open. Bounds stand inside: ``Blankable[Annotated[Integer, Field(ge=1)]]``."""

Items = Annotated[tuple[T, ...], Strict(False)]
"""A JSON list, kept as a tuple."""


class NotEmpty:
    """Marks a list with at least one element; pydantic's own bound counts only the elements that are right."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse an empty list once its elements are known to be right."""
        return core_schema.no_info_after_validator_function(_not_empty, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Say so in the JSON Schema."""
        return {**handler(schema), "minItems": 1}


def _not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise refusal("too_few", "список пуст", "нужен хотя бы один элемент")
    return items


Some = Annotated[tuple[T, ...], Strict(False), NotEmpty()]
"""A JSON list with at least one element."""


# --- texts -----------------------------------------------------------------------------------


def _text(limit: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not value.strip():
            raise refusal("empty", "пустая строка", "впишите значение или уберите поле")
        if value != value.strip():
            raise refusal("outer_spaces", "лишние пробелы в начале или в конце", "уберите их")
        if len(value) > limit:
            raise refusal("too_long", f"длиннее {limit} знаков (здесь {len(value)})", "сократите текст")
        return value

    return check


def _one_line(value: str) -> str:
    if "\n" in value:
        raise refusal("line_break", "перенос строки здесь не допускается", "запишите в одну строку")
    return value


Line = Annotated[str, AfterValidator(_text(MAX_LINE)), AfterValidator(_one_line)]
Lines = Annotated[str, AfterValidator(_text(MAX_LINES))]


def matching(pattern: str, code: str, message: str, hint: str) -> AfterValidator:
    """Return a rule: the whole text matches the pattern."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise refusal(code, message, hint)
        return value

    return AfterValidator(check)


Identifier = Annotated[
    str,
    matching(
        "[a-z][a-z0-9_]{0,34}",
        "identifier",
        "здесь нужно имя латинскими буквами",
        "строчные буквы, цифры и «_», до 35 знаков, первой — буква",
    ),
]

Email = Annotated[
    Line,
    matching(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+", "email", "это не адрес электронной почты", "образец: office@firma.ru"),
]

Phone = Annotated[
    Line,
    matching(r"(?=(?:[^0-9]*[0-9]){5})[0-9+(][^@]*", "phone", "это не номер телефона", "образец: +7 343 200-10-20"),
]


def _full_name(value: str) -> str:
    if re.match(r"(?:ИП|Индивидуальный предприниматель|Адвокат)\s", value, re.IGNORECASE):
        raise refusal("name_prefix", "перед фамилией лишние слова", "оставьте фамилию, имя и отчество")
    if len(value.split()) < 2 or re.search(r"\b[^\W\d_]\.", value):
        raise refusal("full_name", "нужны фамилия, имя и отчество полностью", "образец: Иванов Иван Иванович")
    return value


FullName = Annotated[Line, AfterValidator(_full_name)]


# --- days, sums, numbers ---------------------------------------------------------------------


def _day(value: Any) -> date:
    if isinstance(value, date):  # a firm's YAML file gives days as days
        return _in_years(value)
    if not isinstance(value, str):
        raise refusal("type", f"нужна дата строкой, а здесь {described(value)}", "образец: 2026-11-22")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise refusal("date", "дата записана не по образцу ГГГГ-ММ-ДД", _iso_hint(value))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refusal("date", "такого дня нет в календаре", "проверьте месяц и число") from None
    return _in_years(day)


def _in_years(day: date) -> date:
    if day.year not in _YEARS:
        raise refusal("date", f"год {day.year} вне пределов {_YEARS[0]}–{_YEARS[-1]}", "проверьте год")
    return day


def _iso_hint(value: str) -> str:
    if russian := re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})(?: ?г\.?)?", value):
        day, month, year = russian.groups()
        return f"запишите так: {year}-{month}-{day}"
    return "образец: 2026-11-22"


Date = Annotated[date, PlainValidator(_day), JsonSchema({"type": "string", "format": "date"})]


def described(value: Any) -> str:
    """Return what kind of JSON value it is, in Russian."""
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true или false"),
        ((int, Decimal), "число"),
        (str, "строка"),
        (date, "дата"),
        (list, "список"),
        (dict, "объект"),
        ((Blank, type(None)), "пропуск"),
    )
    return next(name for kind, name in names if isinstance(value, kind))


def _number(value: Any, what: str, sample: str) -> Decimal:
    if isinstance(value, str):
        raise refusal("type", f"{what}, а здесь строка", f"уберите кавычки; образец: {sample}")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refusal("type", f"{what}, а здесь {described(value)}", f"образец: {sample}")
    return Decimal(value)


def _money(value: Any) -> Decimal:
    amount = _number(value, "нужна сумма числом", "150000.50")
    if amount < 0:
        raise refusal("negative", "сумма меньше нуля", "впишите сумму без минуса")
    if amount > MAX_MONEY:
        raise refusal("too_big", "сумма больше 10 в 15-й степени рублей", "проверьте число знаков")
    if amount != (exact := amount.quantize(_KOPECK)):
        raise refusal("kopecks", "в сумме больше двух знаков после точки", "округлите до копеек")
    return abs(exact)


Money = Annotated[
    Decimal, PlainValidator(_money), JsonSchema({"type": "number", "minimum": 0, "maximum": int(MAX_MONEY)})
]
"""Roubles with exactly two decimals; zero included."""


def _decimal(value: Any) -> Decimal:
    return _number(value, "нужно число", "0.1")


Number = Annotated[Decimal, PlainValidator(_decimal), JsonSchema({"type": "number"})]


def _percent(value: Any) -> Decimal:
    percent = _number(value, "нужны проценты числом", "33.33")
    if not 0 < percent <= 100:
        raise refusal("out_of_bounds", f"допускается больше 0 и до 100, а здесь {percent}", "впишите долю в процентах")
    return percent


Percent = Annotated[
    Decimal, PlainValidator(_percent), JsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100})
]

def _version(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value != 1:
        raise refusal("choice", f"нужна 1, а здесь {described(value)}", "версия заказа — целое число 1")
    return value


Version = Annotated[int, PlainValidator(_version), JsonSchema({"const": 1})]

Integer = Annotated[int, Strict(), Field(ge=-(10**15), le=10**15)]
Boolean = Annotated[bool, Strict()]
Days = Annotated[int, Strict(), Field(ge=1, le=3650)]
Count = Annotated[int, Strict(), Field(ge=0, le=100)]
MonthDay = Annotated[int, Strict(), Field(ge=1, le=28)]
Year = Annotated[int, Strict(), Field(ge=_YEARS[0], le=_YEARS[-1])]


def choice(values: Sequence[str]) -> Any:
    """Return the type of one of the words.

    >>> choice(["joint", "shares"])
    typing.Literal['joint', 'shares']
    """
    return Literal[tuple(values)]


Scalar: TypeAlias = str | int | Decimal | bool


_line_rules = (_text(MAX_LINE), _one_line)


def _scalar(value: Any) -> Scalar:
    if isinstance(value, str):
        for rule in _line_rules:
            value = rule(value)
    if isinstance(value, str | int | Decimal):
        return value
    raise refusal("type", f"нужно одно значение, а здесь {described(value)}", "впишите строку, число, true или false")


Parameter = Annotated[Scalar, PlainValidator(_scalar), JsonSchema({"type": ["string", "number", "boolean"]})]
"""A clause parameter's value; the clause itself says which type it must have."""
