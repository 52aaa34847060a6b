"""A traced fact in, the traced words a contract prints for it out: the filters and functions of clause texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from inspect import signature
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from docgen.assembly.filling import fill, filling_of
from docgen.assembly.trace import Blanked, Missing
from docgen.document import Blank, Inline, Ref, Value
from docgen.errors import Problem
from docgen.language import (
    CASES,
    Form,
    amount,
    cardinal,
    count,
    date_text,
    decline_name,
    decline_phrase,
    digits,
    infer_sex,
    initials,
)
from docgen.language.capitals import small_start
from docgen.language.organisations import organisation_gender
from docgen.library import (
    ANY,
    DATE,
    DECIMAL,
    INTEGER,
    SCALAR,
    TEXT,
    Argument,
    Call,
    Record,
    Shape,
    Vocabulary,
)

BLANK_NAME = "_" * 33
BLANK_INITIALS = "_" * 14
BLANK_SUM = "_" * 19
BLANK_FIGURES = "_" * 12
BLANK_DATE = "«____» __________ 20__ г.".replace(" ", "\u00a0")
BLANK_WORD = "_" * 16


def _printed(context: Context, value: Any, make: Callable[[Any], str], blank: str) -> Inline | Missing:
    """Return the words for a fact, a rule for a blank, or the missing fact itself (which is a problem)."""
    if isinstance(value, Missing):
        return value
    if isinstance(value, Blanked):
        return Blank(blank, value.source)
    plain = value.text if isinstance(value, Value) else value  # what another filter has printed
    return Value(make(plain), getattr(value, "source", "count"))


def _certain(context: Context, form: Form, source: str, subject: str) -> str:
    """Return a declined form; a guess leaves a warning that shows the form and how to override it."""
    if not form.certain:
        message = f"форма «{form.text}» от «{subject}» — догадка: {form.note}"
        hint = "проверьте и при необходимости впишите форму сами (name_forms, position_forms, text_forms)"
        filling_of(context).warnings.append(Problem(source, "guessed_form", message, hint))
    return form.text


@pass_context
def _money(context: Context, value: Any, case: Any = "nomn") -> Any:
    return _printed(context, value, lambda sum_: amount(Decimal(sum_), case=case), BLANK_SUM)


@pass_context
def _sum(context: Context, value: Any) -> Any:
    return _printed(context, value, lambda sum_: digits(Decimal(sum_)), BLANK_FIGURES)


@pass_context
def _date(context: Context, value: Any) -> Any:
    return _printed(context, value, lambda day: date_text(day, "long_g"), BLANK_DATE)


@pass_context
def _date_words(context: Context, value: Any, case: Any = "nomn") -> Any:
    style: Any = {"nomn": "words_nom", "gent": "words_gent"}[case]
    return _printed(context, value, lambda day: date_text(day, style), BLANK_DATE)


@pass_context
def _date_short(context: Context, value: Any) -> Any:
    return _printed(context, value, lambda day: date_text(day, "short"), BLANK_DATE)


@pass_context
def _date_iso(context: Context, value: Any) -> Any:
    return _printed(context, value, lambda day: str(day.isoformat()), BLANK_DATE)


@pass_context
def _count(context: Context, value: Any, noun: str, case: Any = "nomn") -> Any:
    return _printed(context, value, lambda number: count(int(number), noun, case), BLANK_WORD)


@pass_context
def _number(context: Context, value: Any) -> Any:
    return _printed(context, value, _plain_number, BLANK_WORD)


def _plain_number(number: int | Decimal) -> str:
    """Return a number in digits with a decimal comma.

    >>> _plain_number(Decimal("0.10")), _plain_number(10)
    ('0,10', '10')
    """
    return str(int(number)) if isinstance(number, int) else format(number, "f").replace(".", ",")


@pass_context
def _words(context: Context, value: Any, case: Any = "nomn", gender: Any = "m") -> Any:
    return _printed(context, value, lambda number: cardinal(int(number), case, gender), BLANK_WORD)


@pass_context
def _lower_first(context: Context, value: Any) -> Any:
    return _printed(context, value, small_start, BLANK_WORD)


@pass_context
def _upper_first(context: Context, value: Any) -> Any:
    return _printed(context, value, lambda text: text[:1].upper() + text[1:], BLANK_WORD)


# --- people and offices ----------------------------------------------------------------------


@pass_context
def _person(context: Context, person: Any, case: Any) -> Any:
    words = filling_of(context).words

    def decline(name: Any) -> str:
        typed = getattr(person.name_forms, case)
        if typed:
            return str(typed)
        sex = str(person.sex) if person.sex else None
        return _certain(context, decline_name(str(name), case, sex, words), name.source, str(name))

    return _printed(context, person.name, decline, BLANK_NAME)


@pass_context
def _initials(context: Context, person: Any) -> Any:
    return _printed(context, person.name, lambda name: initials(str(name)), BLANK_INITIALS)


@pass_context
def _position(context: Context, person: Any, case: Any) -> Any:
    return _printed(
        context, person.position, lambda text: _phrase_form(context, text, person.position_forms, case), BLANK_WORD
    )


def _phrase_form(context: Context, text: Any, forms: Any, case: Any) -> str:
    typed = getattr(forms, case)
    if typed:
        return str(typed)
    return _certain(context, decline_phrase(str(text), case, filling_of(context).words), text.source, str(text))


@pass_context
def _basis(context: Context, basis: Any, case: Any) -> Any:
    return _printed(context, basis.text, lambda text: _phrase_form(context, text, basis.text_forms, case), BLANK_WORD)


@pass_context
def _agree(context: Context, person: Any, masculine: str, feminine: str, neuter: str) -> str:
    """Return the word that agrees with a natural person's sex or an organisation's gender."""
    if str(person.kind or "") in ORGANISATIONS:
        return {"m": masculine, "f": feminine, "n": neuter}[organisation_gender(str(person.name))]
    sex = str(person.sex) if person.sex else infer_sex(str(person.name)) if isinstance(person.name, str) else None
    if sex is None:
        why = "пол по имени не определяется" if isinstance(person.name, str) else "имя — пропуск, и пол неизвестен"
        message = f"{why}, а слова с ним согласуются"
        problem = Problem(f"{person.source}/sex", "sex_unknown", message, 'укажите "sex": "m" или "f"')
        filling_of(context).problems.append(problem)
        return masculine
    return feminine if sex == "f" else masculine


ORGANISATIONS = frozenset({"company", "budget_institution", "foreign_company"})

# --- functions -------------------------------------------------------------------------------


@pass_context
def _ref(context: Context, target: str) -> Ref:
    return Ref(target)


@pass_context
def _has(context: Context, target: str) -> bool:
    return target in filling_of(context).present


@pass_context
def _phrase(context: Context, identifier: str, **given: Any) -> str:
    names = {**context.get_all(), **given}
    return fill(context.environment, filling_of(context).phrases[identifier], names).strip()


FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": _money,
    "sum": _sum,
    "date": _date,
    "date_words": _date_words,
    "date_short": _date_short,
    "date_iso": _date_iso,
    "count": _count,
    "number": _number,
    "words": _words,
    "lower_first": _lower_first,
    "upper_first": _upper_first,
    "person": _person,
    "initials": _initials,
    "position": _position,
    "basis": _basis,
    "agree": _agree,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {"ref": _ref, "has": _has, "phrase": _phrase}


_ON: Mapping[str, Shape] = {
    "money": DECIMAL,
    "sum": DECIMAL,
    "date": DATE,
    "date_words": DATE,
    "date_short": DATE,
    "date_iso": DATE,
    "count": INTEGER,
    "number": DECIMAL,
    "words": INTEGER,
    "lower_first": TEXT,
    "upper_first": TEXT,
    "person": Record({"name": TEXT, "name_forms": ANY}),
    "initials": Record({"name": TEXT}),
    "position": Record({"position": TEXT, "position_forms": ANY}),
    "basis": Record({"text": TEXT, "text_forms": ANY}),
    "agree": Record({"name": TEXT}),
}
"""What each filter can print, for the library's check."""

_WORDS_OF = {"case": CASES, "gender": ("m", "f", "n")}


def vocabulary(calculations: Mapping[str, Call], advice: Mapping[str, Call]) -> Vocabulary:
    """Return what texts may call, with what each call takes and gives, for the library's check."""
    return Vocabulary(
        {name: Call(SCALAR, _takes(made), _ON.get(name, ANY)) for name, made in FILTERS.items()}, calculations, advice
    )


def _takes(made: Callable[..., Any]) -> tuple[Argument, ...]:
    """Return the arguments of a filter behind the context and the value that it stands on."""
    return tuple(
        Argument(one.name, words=_WORDS_OF.get(one.name, ()), optional=one.default is not one.empty)
        for one in [*signature(made).parameters.values()][2:]
    )
