"""The agreement's fee and what was done in a period in, the lines of an act or an invoice out, each with its price."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from docgen.assembly.calculations import figure, part_of, repeated, rounded_up, times
from docgen.assembly.trace import Missing, Record, Rows, UnknownCondition, leaf, replaced
from docgen.errors import OrderInvalid, Problem

Lines = Iterator[Record]

INSTANCES: Mapping[str, str] = {
    "pretrial": "в досудебном порядке",
    "first": "в суде первой инстанции",
    "appeal": "в суде апелляционной инстанции",
    "cassation": "в суде кассационной инстанции",
    "supreme": "в Верховном Суде Российской Федерации",
    "enforcement": "в исполнительном производстве",
}


def billed_lines(matter: Any, facts: Any) -> Rows:
    """Return the lines that rendered work is billed by: title, unit, quantity in words, price, amount.

    ``facts`` say what was rendered: ``services``, ``stages`` (numbers), ``instances``, ``hearings``, and the period
    ``start``–``until`` of monthly fees. Amounts are rounded half-up to the kopeck in each line. Raises OrderInvalid
    with all that cannot be billed.
    """
    made = Rows(_BY_MODEL[str(matter.fee.model)](matter, facts))
    if not made:
        message = "за этот период оплачивать нечего"
        raise OrderInvalid([Problem(facts.source, "nothing_billed", message, "проверьте период и записи времени")])
    return made


def corrected_lines(matter: Any, original: Any, facts: Any) -> Rows:
    """Return the lines of an act as they should have been: by the original's facts, but for those given anew."""
    given = {name: getattr(facts, name) for name in ("services", "stages", "instances") if getattr(facts, name)}
    if not isinstance(facts.hearings, Missing):
        given["hearings"] = facts.hearings
    return billed_lines(matter, replaced(original, facts.source, **given))


def in_period(rows: Any, start: Any, until: Any) -> Rows:
    """Return the rows whose day (``on``) lies in a period, both days inclusive, in the order of days."""
    return Rows(sorted((one for one in rows if start <= one.on <= until), key=lambda one: one.on.toordinal()))


def having(rows: Any, field: str, value: str) -> Rows:
    """Return the rows in which a field has that value."""
    return Rows(one for one in rows if getattr(one, field) == value)


def paid_before(matter: Any, day: Any) -> Rows:
    """Return the payments of the fee made on a day or earlier."""
    return Rows(one for one in matter.payments if one.purpose == "fee" and one.on <= day)


def earlier_acts(matter: Any, facts: Any, day: Any) -> Any:
    """Return what acts have cost before a paper of a day: its fact ``before``, else the total of the matter's acts.

    An act with its period is earlier when that ends before the paper's own period (of a paper without one, its day);
    an act without a period when it is of the day or earlier. The paper's own number is not earlier than itself.
    """
    if not isinstance(facts.before, Missing):
        return facts.before
    start = facts.start if facts.start else None
    found = [one for one in matter.acts if one.number != facts.number and _earlier(one, start, day)]
    return leaf(sum((Decimal(one.amount) for one in found), Decimal(0)), matter.acts.source or "/matter/acts")


def _earlier(act: Any, start: Any, day: Any) -> bool:
    return bool(act.until < start if act.until and start else act.on <= day)


def planned(rows: Any, day: Any) -> Rows:
    """Return the rows whose day (``on``) is after a day, in the order of days."""
    return Rows(sorted((one for one in rows if one.on > day), key=lambda one: one.on.toordinal()))


def set_off(paid: Any, before: Any, total: Any) -> Any:
    """Return how much of what was paid goes to this total: what earlier acts have not used, at most the total."""
    return figure("set_off", lambda one, two, whole: min(max(one - two, Decimal(0)), whole), paid, before, total)


def _line(title: str, unit: str, quantity: str, price: Any, amount: Any, source: str) -> Record:
    facts = {
        "title": leaf(title, source),
        "unit": leaf(unit, source),
        "quantity": leaf(quantity, source),
        "price": price,
        "amount": amount,
    }
    return Record(facts, source)


def _whole(title: str, unit: str, price: Any, source: str) -> Record:
    return _line(title, unit, "1", price, price, source)


# --- models of fee -----------------------------------------------------------------------------


def _numbered(rows: Any, numbers: Any, what: str) -> Iterator[Any]:
    """Yield the rows of those numbers (from 1); refuse every number that no row has."""
    strange = [number for number in numbers if not 0 < number <= len(rows)]
    hint = f"в договоре есть номера от 1 до {len(rows)}"
    told = [Problem(one.source, "unknown_row", f"{what} № {one} нет", hint) for one in strange]
    told += repeated(numbers)
    if told:
        raise OrderInvalid(told)
    return (rows[number - 1] for number in numbers)


def _fixed(matter: Any, facts: Any) -> Lines:
    rendered = list(_numbered(matter.services, facts.services, "услуги") if facts.services else matter.services)
    unpriced = [one for one in rendered if isinstance(one.price, Missing)]
    if not unpriced:
        for one in rendered:
            yield _whole(str(one.action), "услуга", one.price, one.source)
    elif len(rendered) == len(matter.services):
        actions = "; ".join(str(one.action) for one in matter.services)
        yield _whole(actions, "услуга", matter.fee.amount, matter.fee.source)
    else:
        message = "цена этой услуги отдельно не указана"
        hint = "укажите цену услуги в договоре или включите в акт все услуги"
        raise OrderInvalid(Problem(f"{one.source}/price", "not_priced", message, hint) for one in unpriced)


def _stages(matter: Any, facts: Any) -> Lines:
    if not facts.stages:
        message = "не сказано, какие этапы завершены"
        raise OrderInvalid([Problem(facts.stages.source, "required", message, "укажите номера этапов: [1, 2]")])
    for one in _numbered(matter.fee.stages, facts.stages, "этапа"):
        event = str(one.event)
        yield _whole(f"{one.title}: {event[:1].lower()}{event[1:]}", "этап", one.amount, one.source)


def _instances(matter: Any, facts: Any) -> Lines:
    prices = {str(one.instance): one for one in matter.fee.instances}
    strange = [one for one in facts.instances if str(one) not in prices]
    message, hint = "цены этой инстанции в договоре нет", "в договоре: " + ", ".join(prices)
    told = [Problem(one.source, "not_priced", message, hint) for one in strange]
    told += repeated(facts.instances)
    if told:
        raise OrderInvalid(told)
    for name in facts.instances:
        one = prices[str(name)]
        yield _whole(f"Ведение дела {INSTANCES[str(name)]}", "инстанция", one.amount, one.source)
    if facts.hearings and isinstance(matter.fee.extra_hearing, Missing):
        raise UnknownCondition(matter.fee.extra_hearing.source)  # advice tells that it has no price
    if facts.hearings:
        price, title = matter.fee.extra_hearing, "Участие в заседаниях сверх включённых в цену инстанции"
        quantity = str(facts.hearings)
        yield _line(title, "заседание", quantity, price, times(price, facts.hearings), "/facts/hearings")


def _period(facts: Any) -> tuple[Any, Any]:
    """Return the period; of one that ends before it starts nothing can be said (advice tells it)."""
    absent = [one for one in (facts.start, facts.until) if isinstance(one, Missing)]
    if absent:
        message, hint = "период не указан", "при помесячной оплате укажите первый и последний день"
        raise OrderInvalid(Problem(one.source, "required", message, hint) for one in absent)
    if facts.until < facts.start:
        raise UnknownCondition(facts.until.source)
    return facts.start, facts.until


def _hourly(matter: Any, facts: Any) -> Lines:
    entries = in_period(matter.time, *_period(facts))
    groups: dict[str, list[Any]] = {str(rate.who): [] for rate in matter.fee.rates}
    rated = _rated(matter)
    found = {who: _rates_of(rated, who) for who in {str(one.who) for one in entries}}
    strange: list[Any] = []
    for entry in entries:
        rates = found[str(entry.who)]
        (groups[rates[0]] if len(rates) == 1 else strange).append(entry)
    if strange:
        raise OrderInvalid(_not_priced(one.who, rated) for one in strange)
    for rate in matter.fee.rates:
        minutes = billed_time(groups[str(rate.who)], matter.fee.time)
        if minutes:
            title = f"Юридические услуги по учтённому времени ({rate.who})"
            yield _line(title, "час", _hours(minutes), rate.rate, part_of(rate.rate, minutes, 60), rate.source)


def _rated(matter: Any) -> dict[str, str]:
    """Return whose rate each has: agreed names and positions, and specialists by their own or their position's."""
    known = {str(rate.who).casefold(): str(rate.who) for rate in matter.fee.rates}
    people = {str(one.name): known.get(str(one.position).casefold()) for one in matter.firm.specialists}
    own = {name: known.get(name.casefold(), rate) for name, rate in people.items()}
    return {who: who for who in known.values()} | {name: rate for name, rate in own.items() if rate}


def _rates_of(rated: Mapping[str, str], who: str) -> list[str]:
    """Return the rates that a name may have: one, if it is written as agreed or only one person has such initials."""
    exact = [rate for name, rate in rated.items() if name.casefold() == who.casefold()]
    return exact[:1] or [rate for name, rate in rated.items() if _letters(who) in _short_forms(name)]


def _short_forms(name: str) -> Iterator[str]:
    """Yield a full name as surname and initials, the letters alone, in either order.

    >>> list(_short_forms("Карпов Илья Дмитриевич"))
    ['карповид', 'идкарпов', 'карпови', 'икарпов']
    """
    surname, *given = _letters(name, keep=" ").split() or [""]
    initials = "".join(one[0] for one in given)
    for some in (initials, initials[:1]):
        if some:
            yield from (surname + some, some + surname)


def _letters(name: str, keep: str = "") -> str:
    return re.sub(rf"[^\w{keep}-]", "", name.replace("\u00a0", " ").casefold().replace("ё", "е"))


def _not_priced(who: Any, rated: Mapping[str, str]) -> Problem:
    message = f"нет ставки для того, кто работал: {who}"
    if len(_rates_of(rated, str(who))) > 1:
        message = f"неясно, чья ставка: «{who}» — так можно назвать нескольких"
    hint = "напишите полностью или фамилию с инициалами (Карпов И. Д.); ставка есть у таких: " + ", ".join(rated)
    return Problem(who.source, "not_priced", message, hint)


def billed_time(entries: Any, rule: Any) -> int:
    """Return the minutes billed for entries: each or their total rounded up to the agreed step."""
    minutes = [int(one.minutes) for one in entries]
    step = int(rule.step_minutes)
    return rounded_up(sum(minutes), step) if rule.rounding == "total" else sum(rounded_up(one, step) for one in minutes)


def _hours(minutes: int) -> str:
    """Return minutes as an act counts them.

    >>> _hours(150), _hours(60), _hours(20)
    ('2 ч 30 мин', '1 ч', '20 мин')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} ч" if hours else "", f"{rest} мин" if rest else "") if part)


def _subscription(matter: Any, facts: Any) -> Lines:
    start, until = _period(facts)
    days, served = calendar.monthrange(start.year, start.month)[1], (until - start).days + 1
    if (start.year, start.month) != (until.year, until.month):
        message, hint = "период акта должен лежать внутри одного месяца", "сделайте акт за каждый месяц"
        raise OrderInvalid([Problem(until.source, "not_one_month", message, hint)])
    fee = matter.fee.amount
    if served == days:
        yield _whole("Абонентское обслуживание за месяц", "месяц", fee, matter.fee.source)
    else:
        share = part_of(fee, served, days)
        quantity = f"{served} из {days} дней"
        yield _line("Абонентское обслуживание за часть месяца", "месяц", quantity, fee, share, matter.fee.source)
    if matter.fee.hours:
        minutes = billed_time(in_period(matter.time, start, until), matter.fee.time)
        over = minutes - 60 * int(matter.fee.hours)
        if over > 0:
            rate = matter.fee.over_rate
            title = "Услуги сверх включённых часов"
            yield _line(title, "час", _hours(over), rate, part_of(rate, over, 60), rate.source)


_BY_MODEL: Mapping[str, Callable[[Any, Any], Lines]] = {
    "fixed": _fixed,
    "stages": _stages,
    "instances": _instances,
    "hourly": _hourly,
    "subscription": _subscription,
}

BILLING: Mapping[str, Callable[..., Any]] = {
    one.__name__: one
    for one in (billed_lines, corrected_lines, earlier_acts, in_period, planned, having, paid_before, set_off)
}
"""What texts of acts, invoices and reports may call by name."""
