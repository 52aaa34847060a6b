"""What happened in a matter: time, costs, payments, events, documents handed over; acts and reports are made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from docgen.model.types import Blankable, Count, Date, Integer, Line, Lines, Money, Part


class TimeEntry(Part):
    """Some minutes of somebody's work on a day."""

    on: Date = Field(title="Дата работы")
    who: Line = Field(title="Кто работал", description="как в списке специалистов или в ставках")
    minutes: Annotated[Integer, Field(ge=1, le=1440)] = Field(title="Сколько минут")
    what: Lines = Field(title="Что сделано")
    service: Count | None = Field(default=None, title="Номер услуги договора")


class Cost(Part):
    """Money spent on the matter: paid for the client as an agent, or the firm's own expense to be reimbursed."""

    on: Date = Field(title="Дата расхода")
    what: Line = Field(title="За что заплачено")
    amount: Money = Field(title="Сумма расхода")
    document: Line = Field(title="Подтверждающий документ", description="платёжное поручение № 41 от 03.12.2026")
    kind: Literal["agency", "own"] = Field(
        title="Чей это расход",
        description="agency — от имени и за счёт клиента (пошлина, тариф), вне цены и НДС; own — исполнителя",
    )


class Payment(Part):
    """What the client has paid."""

    on: Date = Field(title="Дата платежа")
    number: Blankable[Line] = Field(title="Номер платёжного документа")
    amount: Money = Field(title="Сумма платежа")
    payer: Line | None = Field(default=None, title="Кто заплатил", description="если не сам клиент")
    purpose: Literal["fee", "expenses"] = Field(title="Назначение", description="вознаграждение или деньги на расходы")


class CaseEvent(Part):
    """Something that happened in the case."""

    on: Date = Field(title="Дата события")
    what: Line = Field(title="Событие")
    result: Line | None = Field(default=None, title="Итог события")


class Handed(Part):
    """A document that was handed over."""

    on: Date = Field(title="Дата передачи")
    name: Line = Field(title="Название документа")
    kind: Literal["original", "copy"] = Field(title="Подлинник или копия")
    sheets: Count | None = Field(default=None, title="Сколько листов")
    to: Literal["client", "firm"] = Field(title="Кому передан", description="клиенту или исполнителю")


class IssuedAct(Part):
    """An act that both sides have signed."""

    on: Date = Field(title="Дата акта")
    number: Line = Field(title="Номер подписанного акта")
    amount: Money = Field(title="Сумма акта")
    start: Date | None = Field(default=None, title="Период акта с")
    until: Date | None = Field(default=None, title="Период акта по")


DATA: dict[str, type[Part]] = {
    "time": TimeEntry,
    "costs": Cost,
    "payments": Payment,
    "acts": IssuedAct,
    "events": CaseEvent,
    "handed": Handed,
}
"""The lists of a matter's data and what each is a list of."""
