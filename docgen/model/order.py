"""JSON of an order in, a frozen Order out: the matter, its fee, services, term and the choices of clauses."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, Field, SerializeAsAny, create_model

from docgen.model.parties import AnyParty, Client, Firm
from docgen.model.requisites import AnyInn, CompanyInn, Ogrn, Ogrnip, PersonInn
from docgen.model.types import (
    Blankable,
    Boolean,
    Count,
    Date,
    Days,
    Identifier,
    Items,
    Line,
    Lines,
    Money,
    MonthDay,
    Parameter,
    Part,
    Percent,
    Some,
    Version,
)
from docgen.model.work import CaseEvent, Cost, Handed, IssuedAct, Payment, TimeEntry

# --- the other side, the court ---------------------------------------------------------------


class OpponentCompany(Part):
    """A company on the other side."""

    kind: Literal["company"] = Field(title="Кто это")
    name: Blankable[Line] = Field(title="Оппонент")
    inn: Blankable[CompanyInn] | None = Field(default=None, title="ИНН оппонента")
    ogrn: Blankable[Ogrn] | None = Field(default=None, title="ОГРН оппонента")


class OpponentEntrepreneur(Part):
    """An entrepreneur on the other side."""

    kind: Literal["entrepreneur"] = Field(title="Кто это")
    name: Blankable[Line] = Field(title="Оппонент")
    inn: Blankable[PersonInn] | None = Field(default=None, title="ИНН оппонента")
    ogrn: Blankable[Ogrnip] | None = Field(default=None, title="ОГРНИП оппонента")


class OpponentIndividual(Part):
    """A natural person on the other side."""

    kind: Literal["individual"] = Field(title="Кто это")
    name: Blankable[Line] = Field(title="Оппонент")
    inn: Blankable[PersonInn] | None = Field(default=None, title="ИНН оппонента")


class OpponentOther(Part):
    """Anybody else on the other side: an authority, a foreign company."""

    kind: Literal["other"] = Field(title="Кто это")
    name: Blankable[Line] = Field(title="Оппонент")
    inn: Blankable[AnyInn] | None = Field(default=None, title="ИНН оппонента")
    ogrn: Blankable[Line] | None = Field(default=None, title="Регистрационный номер оппонента")


Opponent = Annotated[
    OpponentCompany | OpponentEntrepreneur | OpponentIndividual | OpponentOther, Field(discriminator="kind")
]


class Court(Part):
    """The court and the case."""

    name: Blankable[Line] = Field(title="Суд")
    case_number: Blankable[Line] | None = Field(default=None, title="Номер дела")
    uid: Blankable[Line] | None = Field(default=None, title="УИД")
    judge: Blankable[Line] | None = Field(default=None, title="Судья")
    room: Blankable[Line] | None = Field(default=None, title="Зал")
    instance: Literal["first", "appeal", "cassation", "supreme"] | None = Field(default=None, title="Инстанция")


# --- services and dues -----------------------------------------------------------------------


class DueDate(Part):
    """By a day."""

    kind: Literal["date"] = Field(title="Как задан срок")
    on: Blankable[Date] = Field(title="Срок")


class DuePeriod(Part):
    """Within a period that runs from something."""

    kind: Literal["period"] = Field(title="Как задан срок")
    days: Blankable[Days] = Field(title="Сколько")
    unit: Literal["working_day", "calendar_day", "month"] = Field(title="Единица срока")
    from_: Blankable[Line] = Field(alias="from", title="С какого момента", description="со дня получения документов")


class EventBound(Part):
    """By an event that must come, and not later than a day (Civil Code, article 190)."""

    kind: Literal["event"] = Field(title="Как задан срок")
    event: Blankable[Line] = Field(title="Событие")
    long_stop: Blankable[Date] = Field(
        title="Не позднее", description="срок, который наступит неизбежно (ст. 190 ГК РФ)"
    )


Due = Annotated[DueDate | DuePeriod | EventBound, Field(discriminator="kind")]


class LegalService(Part):
    """One thing the firm does for the client."""

    action: Blankable[Lines] = Field(title="Действие", description="что делает исполнитель")
    deliverable: Blankable[Lines] | None = Field(default=None, title="Результат")
    due: Due | None = Field(default=None, title="Срок услуги")
    price: Blankable[Money] | None = Field(default=None, title="Цена услуги")


# --- money -----------------------------------------------------------------------------------


class Advance(Part):
    """What is paid before the work."""

    amount: Blankable[Money] = Field(title="Сумма аванса")
    days: Blankable[Days] = Field(title="Срок аванса, дней")


class FixedFee(Part):
    """One price for the whole."""

    model: Literal["fixed"] = Field(title="Модель вознаграждения")
    amount: Blankable[Money] = Field(title="Сумма вознаграждения")
    advance: Advance | None = Field(default=None, title="Аванс")
    balance_days: Blankable[Days] = Field(title="Срок окончательной оплаты, дней")


class Stage(Part):
    """A stage of the work and its price."""

    title: Blankable[Line] = Field(title="Этап")
    event: Blankable[Line] = Field(title="Событие этапа")
    event_kind: Literal["own_action", "third_party_act"] = Field(
        title="Чьё это действие", description="исполнителя или третьего лица; не исход дела"
    )
    amount: Blankable[Money] = Field(title="Цена этапа")
    days: Blankable[Days] = Field(title="Срок оплаты этапа, дней")


class StagedFee(Part):
    """A price by stages."""

    model: Literal["stages"] = Field(title="Модель вознаграждения")
    amount: Blankable[Money] = Field(title="Сумма вознаграждения")
    stages: Some[Stage] = Field(title="Этапы")
    advance: Advance | None = Field(default=None, title="Аванс")


class Rate(Part):
    """What an hour of somebody's work costs."""

    who: Blankable[Line] = Field(title="Чей час", description="партнёр, старший юрист; или фамилия и инициалы")
    rate: Blankable[Money] = Field(title="Ставка за час")


class Timekeeping(Part):
    """How time is counted: in steps of so many minutes, rounded up by entry or by the month's total."""

    step_minutes: Literal[1, 5, 6, 10, 15, 30, 60] = Field(title="Шаг учёта времени, минут")
    rounding: Literal["entry", "total"] = Field(
        title="Что округляется", description="каждая запись (entry) или итог за месяц (total), вверх до целого шага"
    )


class HourlyFee(Part):
    """A price by the hour, paid monthly."""

    model: Literal["hourly"] = Field(title="Модель вознаграждения")
    rates: Some[Rate] = Field(title="Ставки")
    time: Timekeeping = Field(title="Учёт времени")
    cap: Blankable[Money] | None = Field(
        default=None, title="Предел вознаграждения", description="сверх него — только с письменного согласия клиента"
    )
    advance: Advance | None = Field(default=None, title="Аванс")
    days: Blankable[Days] = Field(title="Срок оплаты за месяц, рабочих дней")


class InstancePrice(Part):
    """What the conduct of a case in one instance costs."""

    instance: Literal["pretrial", "first", "appeal", "cassation", "supreme", "enforcement"] = Field(
        title="Инстанция", description="досудебный порядок, суды по порядку, исполнительное производство"
    )
    amount: Blankable[Money] = Field(title="Цена ведения дела в инстанции")
    hearings: Blankable[Count] | None = Field(default=None, title="Сколько заседаний входит в цену")


class InstancesFee(Part):
    """A price for each instance, and for each hearing beyond those included."""

    model: Literal["instances"] = Field(title="Модель вознаграждения")
    instances: Some[InstancePrice] = Field(title="Инстанции")
    extra_hearing: Blankable[Money] | None = Field(default=None, title="Цена заседания сверх включённых")
    days: Blankable[Days] = Field(title="Срок оплаты инстанции, рабочих дней")


class SubscriptionFee(Part):
    """A monthly fee for being at hand (Civil Code, article 429.4): hours inside it and over it."""

    model: Literal["subscription"] = Field(title="Модель вознаграждения")
    amount: Blankable[Money] = Field(title="Абонентская плата за месяц")
    pay_day: Blankable[MonthDay] = Field(title="До какого числа месяца платится")
    hours: Blankable[Count] | None = Field(default=None, title="Сколько часов в месяц входит в плату")
    over_rate: Blankable[Money] | None = Field(default=None, title="Цена часа сверх включённых")
    time: Timekeeping | None = Field(default=None, title="Учёт времени")


class Success(Part):
    """A premium for a result; whether it is lawful, the library's advice tells."""

    share: Blankable[Percent] | None = Field(default=None, title="Премия, %")
    amount: Blankable[Money] | None = Field(default=None, title="Премия, сумма")
    base: Blankable[Line] | None = Field(
        default=None, title="От чего считается", description="«фактически полученной Доверителем суммы»"
    )
    event: Blankable[Line] = Field(title="За какой результат", description="что должно наступить")
    days: Blankable[Days] = Field(title="Срок выплаты премии, рабочих дней")


Fee = Annotated[
    FixedFee | StagedFee | HourlyFee | InstancesFee | SubscriptionFee, Field(discriminator="model")
]


class Expenses(Part):
    """Who pays the duties and expenses, and how."""

    mode: Literal["client_direct", "via_firm"] = Field(title="Порядок оплаты расходов")
    approval_limit: Blankable[Money] | None = Field(default=None, title="Без согласования до")
    deposit: Blankable[Money] | None = Field(default=None, title="Аванс на расходы")


SignedPart = Literal["purpose", "clients", "services", "fee", "success", "expenses", "term"]

# --- term, channels, matter ------------------------------------------------------------------

Until = Annotated[DueDate | EventBound, Field(discriminator="kind")]


class Term(Part):
    """How long the agreement is in force."""

    from_: Blankable[Date] | None = Field(default=None, alias="from", title="Начало срока")
    until: Until = Field(title="Окончание срока")


class Channel(Part):
    """Where messages of one side go."""

    kind: Literal["email", "edo", "post", "courier", "portal", "messenger"] = Field(title="Канал")
    side: Literal["firm", "client"] = Field(title="Чей канал")
    address: Blankable[Line] = Field(title="Адрес канала")
    person: Blankable[Line] | None = Field(default=None, title="Кто отвечает")


class Signed(Part):
    """How the signed text differs from the order: the other side's pen, a protocol of disagreements."""

    differs: Some[SignedPart] = Field(title="Что подписано иначе", description="части дела: fee, term, services")
    note: Lines = Field(title="Что подписано на самом деле", description="значения и где лежит скан")


class Matter(Part):
    """Who agrees with whom about what, for how much and until when."""

    number: Blankable[Line] = Field(title="Номер документа")
    place: Blankable[Line] = Field(title="Место составления", description="г. Екатеринбург")
    purpose: Literal["business", "consumer"] = Field(
        title="Цель", description="для предпринимательской деятельности или для личных нужд"
    )
    signed_on: Blankable[Date] | None = Field(default=None, title="Дата подписания")
    effective_on: Blankable[Date] | None = Field(default=None, title="Действует с", description="п. 2 ст. 425 ГК РФ")
    signed: Signed | None = Field(
        default=None, title="Подписано в иной редакции", description="если подписанный текст не такой, как здесь"
    )
    firm: Firm = Field(title="Исполнитель")
    clients: Some[Client] = Field(title="Клиенты")
    obligation: Literal["joint", "shares"] | None = Field(
        default=None, title="Обязанность клиентов", description="солидарная или в долях; только при нескольких клиентах"
    )
    payer: AnyParty | None = Field(default=None, title="Плательщик")
    beneficiary: AnyParty | None = Field(default=None, title="Выгодоприобретатель")
    opponents: Items[Opponent] = Field(default=(), title="Оппоненты")
    services: Some[LegalService] = Field(title="Услуги")
    court: Court | None = Field(default=None, title="Суд и дело")
    proceedings: (
        Literal["civil", "arbitration", "administrative", "administrative_offence", "criminal", "enforcement"] | None
    ) = Field(default=None, title="Вид судопроизводства")
    fee: Fee = Field(title="Вознаграждение")
    success: Success | None = Field(default=None, title="Премия за результат")
    expenses: Expenses | None = Field(default=None, title="Расходы")
    term: Term = Field(title="Срок договора")
    channels: Items[Channel] = Field(default=(), title="Каналы связи")
    time: Items[TimeEntry] = Field(default=(), title="Учёт времени")
    costs: Items[Cost] = Field(default=(), title="Расходы и платежи за клиента")
    payments: Items[Payment] = Field(default=(), title="Платежи клиента")
    acts: Items[IssuedAct] = Field(default=(), title="Подписанные акты")
    events: Items[CaseEvent] = Field(default=(), title="События дела")
    handed: Items[Handed] = Field(default=(), title="Переданные документы")


# --- the order -------------------------------------------------------------------------------


class Addition(Part):
    """A special term and the clause it stands after."""

    after: Identifier = Field(title="После какого условия")
    text: Lines = Field(title="Текст особого условия")


class Choices(Part):
    """Which clauses the order changes, leaves out or adds; ``preset`` is the kind's set of them to start from."""

    preset: Identifier = Field(default="standard", title="Объём документа", description="short, standard, full")
    omit: Items[Identifier] = Field(default=(), title="Исключить условия")
    choose: dict[Identifier, Identifier] = Field(default={}, title="Выбрать варианты условий")
    parameters: dict[Identifier, dict[Identifier, Blankable[Parameter]]] = Field(default={}, title="Параметры условий")
    replace: dict[Identifier, Lines] = Field(default={}, title="Заменить текст условий")
    add: Items[Addition] = Field(default=(), title="Добавить условия")


class Order(Part):
    """One order: one document to make. ``facts`` has the fields of the kind of document."""

    schema_: Version = Field(alias="schema", title="Версия заказа")
    kind: Identifier = Field(title="Вид документа")
    date: Date | None = Field(default=None, title="Дата документа")
    language: Literal["ru"] = Field(default="ru", title="Язык")
    draft: Boolean = Field(default=False, title="Проект")
    based_on: Any = Field(
        default=None, title="Исходный заказ", description="заказ документа, который этот документ меняет или исполняет"
    )
    matter: Matter = Field(title="Дело")
    facts: SerializeAsAny[BaseModel] = Field(title="Сведения для этого вида документа")
    clauses: Choices = Field(default=Choices(), title="Условия")


ALL_PARTS = frozenset(name for name, info in Matter.model_fields.items() if info.is_required())


@cache
def order_type(facts: type[BaseModel], needs: frozenset[str] = ALL_PARTS) -> type[Order]:
    """Return the order whose ``facts`` are of the given model; its matter may lack what is not in ``needs``."""
    fields: dict[str, Any] = {"facts": (facts, Field(title="Сведения для этого вида документа"))}
    if needs != ALL_PARTS:
        fields["matter"] = (_matter_type(needs), Field(title="Дело"))
    return create_model("Order", __base__=Order, **fields)


def _matter_type(needs: frozenset[str]) -> type[Matter]:
    types = get_type_hints(Matter, include_extras=True)
    spare: dict[str, Any] = {}
    for name in sorted(ALL_PARTS - needs):
        info = Matter.model_fields[name]
        spare[name] = (types[name] | None, Field(default=None, title=info.title, description=info.description))
    return create_model("Matter", __base__=Matter, **spare)
