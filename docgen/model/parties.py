"""JSON of a party in, one of the kinds of party out: who takes part, who signs for them, where their money lives."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from docgen.model.requisites import (
    AccountNumber,
    AnyInn,
    Bik,
    CompanyInn,
    DivisionCode,
    Iban,
    Kpp,
    Ogrn,
    Ogrnip,
    Okpo,
    PassportNumber,
    PassportSeries,
    PersonInn,
    Snils,
    Swift,
    TreasuryAccount,
)
from docgen.model.types import (
    Blankable,
    Boolean,
    Count,
    Date,
    Email,
    FullName,
    Identifier,
    Items,
    Line,
    Part,
    Percent,
    Phone,
    Some,
    Year,
)

# --- people ----------------------------------------------------------------------------------


class CaseForms(Part):
    """Declined forms typed by a person; they win over guesses."""

    gent: Line | None = Field(default=None, title="Родительный падеж", description="кого? чего?")
    datv: Line | None = Field(default=None, title="Дательный падеж", description="кому? чему?")
    accs: Line | None = Field(default=None, title="Винительный падеж", description="кого? что?")
    ablt: Line | None = Field(default=None, title="Творительный падеж", description="кем? чем?")
    loct: Line | None = Field(default=None, title="Предложный падеж", description="о ком? о чём?")


class Declined(Part):
    """What the grammar of a natural person's name needs."""

    sex: Literal["m", "f"] | None = Field(
        default=None, title="Пол", description="если не указан, определяется по имени"
    )
    name_forms: CaseForms | None = Field(
        default=None, title="Формы имени", description="если программа склоняет неверно"
    )


class Contact(Declined):
    """The person to write and call to, who may not be a signatory."""

    name: Blankable[Line] = Field(title="Имя контактного лица")
    position: Blankable[Line] | None = Field(default=None, title="Должность контактного лица")
    phone: Blankable[Phone] | None = Field(default=None, title="Телефон контактного лица")
    email: Blankable[Email] | None = Field(default=None, title="Электронная почта контактного лица")


class Passport(Part):
    """A passport of a citizen of Russia."""

    series: Blankable[PassportSeries] = Field(title="Серия паспорта", description="образец: 45 10")
    number: Blankable[PassportNumber] = Field(title="Номер паспорта")
    issued_by: Blankable[Line] = Field(title="Кем выдан паспорт")
    issued_on: Blankable[Date] = Field(title="Дата выдачи паспорта")
    code: Blankable[DivisionCode] = Field(title="Код подразделения", description="образец: 660-001")


class IdentityDocument(Part):
    """What proves who a person is where there is no Russian passport."""

    kind: Literal["birth_certificate", "foreign_passport", "residence_permit", "other"] = Field(
        title="Вид документа",
        description="свидетельство о рождении, паспорт иностранца, вид на жительство, иной документ",
    )
    title: Blankable[Line] | None = Field(default=None, title="Название иного документа")
    number: Blankable[Line] = Field(title="Серия и номер документа")
    issued_by: Blankable[Line] = Field(title="Кем выдан документ")
    issued_on: Blankable[Date] = Field(title="Дата выдачи документа")


class Representative(Declined):
    """Who acts for a minor or an incapable client."""

    name: Blankable[FullName] = Field(title="Фамилия, имя, отчество представителя")
    relation: Literal["mother", "father", "guardian", "curator", "adopter"] = Field(
        title="Кем приходится", description="мать, отец, опекун, попечитель, усыновитель"
    )
    birth_date: Blankable[Date] | None = Field(default=None, title="Дата рождения представителя")
    passport: Passport = Field(title="Паспорт представителя")
    address: Blankable[Line] | None = Field(default=None, title="Адрес представителя")
    document: Blankable[Line] | None = Field(
        default=None, title="Документ о представительстве", description="свидетельство о рождении, акт об опеке"
    )


# --- signing ---------------------------------------------------------------------------------


class Basis(Part):
    """What a signatory's authority rests on."""

    kind: Literal["charter", "power_of_attorney", "registration", "court_order", "order", "law", "other"] = Field(
        title="Основание полномочий",
        description="устав, доверенность, запись о регистрации, определение суда, приказ, закон, иное",
    )
    number: Blankable[Line] | None = Field(default=None, title="Номер основания")
    on: Blankable[Date] | None = Field(default=None, title="Дата основания")
    court: Blankable[Line] | None = Field(default=None, title="Суд")
    text: Blankable[Line] | None = Field(default=None, title="Основание словами")
    text_forms: CaseForms | None = Field(default=None, title="Формы основания")


class Signatory(Declined):
    """A person who signs for a party."""

    name: Blankable[FullName] = Field(title="Фамилия, имя, отчество подписанта")
    position: Blankable[Line] = Field(title="Должность подписанта", description="генеральный директор, представитель")
    position_forms: CaseForms | None = Field(default=None, title="Формы должности")
    basis: Basis = Field(title="Основание полномочий")


class ManagingContract(Part):
    """The contract by which a managing company runs the company."""

    number: Blankable[Line] = Field(title="Номер договора управления")
    on: Blankable[Date] = Field(title="Дата договора управления")


class ManagingCompany(Part):
    """The company that acts as the sole executive body of another."""

    name: Blankable[Line] = Field(title="Наименование управляющей организации")
    short_name: Blankable[Line] = Field(title="Краткое наименование управляющей организации")
    inn: Blankable[CompanyInn] = Field(title="ИНН управляющей организации")
    ogrn: Blankable[Ogrn] = Field(title="ОГРН управляющей организации")
    contract: ManagingContract = Field(title="Договор управления")
    signatories: Some[Signatory] = Field(title="Подписанты управляющей организации")


class Represented(Part):
    """A party that acts through signatories, who sign jointly, or through a managing company."""

    signatories: Some[Signatory] | None = Field(default=None, title="Подписанты")
    head: Signatory | None = Field(
        default=None, title="Руководитель", description="подписывает доверенности, если договор подписывает не он"
    )
    managing: ManagingCompany | None = Field(default=None, title="Управляющая организация")
    seal: Boolean = Field(default=False, title="Есть печать")


# --- money -----------------------------------------------------------------------------------


class Account(Part):
    """A bank or treasury account."""

    bank: Blankable[Line] = Field(title="Банк")
    bik: Blankable[Bik] = Field(title="БИК")
    account: Blankable[AccountNumber] = Field(title="Расчётный счёт")
    correspondent: Blankable[AccountNumber] | None = Field(
        default=None, title="Корреспондентский счёт", description="не нужен казначейскому счёту (начинается с 03)"
    )


class ForeignAccount(Part):
    """An account in a bank of another country: by IBAN, or by a number where the country has none."""

    bank: Blankable[Line] = Field(title="Иностранный банк")
    swift: Blankable[Swift] = Field(title="SWIFT банка")
    iban: Blankable[Iban] | None = Field(default=None, title="Счёт IBAN")
    account: Blankable[Line] | None = Field(default=None, title="Номер счёта", description="если в стране нет IBAN")


class Treasury(Part):
    """Where the treasury keeps a budget institution's money."""

    account: Blankable[TreasuryAccount] = Field(title="Казначейский счёт")
    personal_account: Blankable[Line] = Field(title="Лицевой счёт")
    bank: Blankable[Line] = Field(title="Банк и орган казначейства")
    bik: Blankable[Bik] = Field(title="БИК органа казначейства")
    name: Blankable[Line] | None = Field(default=None, title="Получатель")
    single_account: Blankable[AccountNumber] | None = Field(
        default=None, title="Единый казначейский счёт", description="начинается с 40102"
    )


# --- kinds of party --------------------------------------------------------------------------


class Party(Part):
    """What every party has."""

    kind: str = Field(title="Кто это")
    name: Blankable[Line] = Field(title="Полное наименование")
    address: Blankable[Line] = Field(title="Адрес")
    postal_address: Blankable[Line] | None = Field(default=None, title="Почтовый адрес")
    email: Blankable[Email] | None = Field(default=None, title="Электронная почта")
    phone: Blankable[Phone] | None = Field(default=None, title="Телефон")
    accounts: Items[Account] = Field(default=(), title="Счета")
    contact: Contact | None = Field(default=None, title="Контактное лицо")


class NaturalPerson(Declined, Party):
    """A party who is a human being."""

    name: Blankable[FullName] = Field(title="Фамилия, имя, отчество")


class LegalEntity(Represented, Party):
    """What Russian legal entities have."""

    short_name: Blankable[Line] = Field(title="Краткое наименование")
    inn: Blankable[CompanyInn] = Field(title="ИНН")
    kpp: Blankable[Kpp] = Field(title="КПП")
    ogrn: Blankable[Ogrn] = Field(title="ОГРН")
    okpo: Blankable[Okpo] | None = Field(default=None, title="ОКПО")


class Company(LegalEntity):
    """A Russian company."""

    kind: Literal["company"] = Field(title="Кто это")


class BudgetInstitution(LegalEntity):
    """An institution paid through the treasury."""

    kind: Literal["budget_institution"] = Field(title="Кто это")
    treasury: Treasury = Field(title="Казначейские реквизиты")


class ForeignCompany(Party):
    """A company of another country."""

    kind: Literal["foreign_company"] = Field(title="Кто это")
    short_name: Blankable[Line] = Field(title="Краткое наименование")
    country: Blankable[Line] = Field(title="Страна регистрации")
    registration_number: Blankable[Line] = Field(title="Регистрационный номер")
    tax_id: Blankable[Line] | None = Field(default=None, title="Налоговый номер")
    active_in_russia: Boolean = Field(title="Действует в России", description="через филиал или представительство")
    signatories: Some[Signatory] = Field(title="Подписанты")
    foreign_accounts: Items[ForeignAccount] = Field(default=(), title="Счета в иностранных банках")


class Entrepreneur(NaturalPerson):
    """An individual entrepreneur."""

    kind: Literal["entrepreneur"] = Field(title="Кто это")
    inn: Blankable[PersonInn] = Field(title="ИНН")
    ogrnip: Blankable[Ogrnip] = Field(title="ОГРНИП")
    okpo: Blankable[Okpo] | None = Field(default=None, title="ОКПО")
    registered_on: Blankable[Date] | None = Field(default=None, title="Дата регистрации")
    signatories: Some[Signatory] | None = Field(
        default=None, title="Подписанты", description="если подписывает не сам предприниматель"
    )
    seal: Boolean = Field(default=False, title="Есть печать")


class SelfEmployed(NaturalPerson):
    """A person who pays the tax on professional income."""

    kind: Literal["self_employed"] = Field(title="Кто это")
    inn: Blankable[PersonInn] = Field(title="ИНН")
    passport: Passport | None = Field(default=None, title="Паспорт")
    birth_date: Blankable[Date] | None = Field(default=None, title="Дата рождения")


class Individual(NaturalPerson):
    """A natural person."""

    kind: Literal["individual"] = Field(title="Кто это")
    birth_date: Blankable[Date] = Field(title="Дата рождения")
    passport: Passport | None = Field(default=None, title="Паспорт")
    document: IdentityDocument | None = Field(
        default=None, title="Иной документ, удостоверяющий личность", description="если паспорта гражданина России нет"
    )
    inn: Blankable[PersonInn] | None = Field(default=None, title="ИНН")
    snils: Blankable[Snils] | None = Field(default=None, title="СНИЛС", description="образец: 112-233-445 95")
    representative: Representative | None = Field(
        default=None, title="Законный представитель", description="обязателен, если клиенту нет 18 лет"
    )


AnyParty = Annotated[
    Company | BudgetInstitution | ForeignCompany | Entrepreneur | SelfEmployed | Individual,
    Field(discriminator="kind"),
]

# --- clients ---------------------------------------------------------------------------------


class Sharing(Part):
    """What a client has beside a party's facts."""

    share: Blankable[Percent] | None = Field(
        default=None, title="Доля, %", description="только когда клиенты отвечают в долях"
    )


class ClientCompany(Company, Sharing):
    """A company as a client."""


class ClientBudgetInstitution(BudgetInstitution, Sharing):
    """A budget institution as a client."""


class ClientForeignCompany(ForeignCompany, Sharing):
    """A foreign company as a client."""


class ClientEntrepreneur(Entrepreneur, Sharing):
    """An entrepreneur as a client."""


class ClientSelfEmployed(SelfEmployed, Sharing):
    """A self-employed person as a client."""


class ClientIndividual(Individual, Sharing):
    """A natural person as a client."""


Client = Annotated[
    ClientCompany
    | ClientBudgetInstitution
    | ClientForeignCompany
    | ClientEntrepreneur
    | ClientSelfEmployed
    | ClientIndividual,
    Field(discriminator="kind"),
]

# --- the firm --------------------------------------------------------------------------------


class TaxEntry(Part):
    """From which day the firm pays tax by which profile."""

    from_: Date = Field(alias="from", title="Действует с")
    profile: Identifier = Field(title="Налоговый профиль", description="имя из таблицы НДС")


class Diploma(Part):
    """A diploma of higher legal education."""

    number: Blankable[Line] = Field(title="Номер диплома")
    institution: Blankable[Line] = Field(title="Кем выдан диплом")
    year: Blankable[Year] = Field(title="Год диплома")


class AdvocateStatus(Part):
    """A specialist's entry in the register of advocates."""

    registry_number: Blankable[Line] = Field(title="Номер в реестре адвокатов")
    chamber: Blankable[Line] = Field(title="Адвокатская палата")


class Specialist(Declined):
    """A person who renders the services."""

    name: Blankable[FullName] = Field(title="Фамилия, имя, отчество специалиста")
    birth_date: Blankable[Date] | None = Field(default=None, title="Дата рождения специалиста")
    passport: Passport | None = Field(default=None, title="Паспорт специалиста", description="для доверенностей")
    address: Blankable[Line] | None = Field(default=None, title="Адрес специалиста")
    position: Blankable[Line] = Field(title="Должность специалиста")
    position_forms: CaseForms | None = Field(default=None, title="Формы должности")
    education: Blankable[Line] | None = Field(default=None, title="Образование")
    diploma: Diploma | None = Field(default=None, title="Диплом")
    experience_years: Blankable[Count] | None = Field(default=None, title="Стаж, лет")
    advocate: AdvocateStatus | None = Field(default=None, title="Статус адвоката")


class Letterhead(Part):
    """What the firm prints at the head of its papers."""

    lines: Some[Line] = Field(title="Строки бланка")


class Executor(Party):
    """What the firm has beside a party's facts."""

    accounts: Some[Account] = Field(title="Счета")
    tax: Some[TaxEntry] = Field(title="Налоговый режим по датам")
    specialists: Items[Specialist] = Field(default=(), title="Специалисты")
    letterhead: Letterhead | None = Field(default=None, title="Бланк")
    site: Blankable[Line] | None = Field(default=None, title="Сайт")
    hours: Blankable[Line] | None = Field(default=None, title="Часы работы")
    qr_for_companies: Boolean = Field(
        default=False,
        title="QR-код в счетах организациям",
        description="гражданам и предпринимателям он печатается всегда",
    )


class SoleExecutor(Executor):
    """What a firm that is one person has beside, for powers of attorney given to that person."""

    birth_date: Blankable[Date] | None = Field(default=None, title="Дата рождения", description="для доверенностей")
    passport: Passport | None = Field(default=None, title="Паспорт", description="для доверенностей")
    diploma: Diploma | None = Field(
        default=None, title="Диплом", description="спрашивают суды; адвокату не нужен"
    )


class FirmCompany(Company, Executor):
    """A company as the firm."""

    accounts: Some[Account] = Field(title="Счета")


class FirmEntrepreneur(Entrepreneur, SoleExecutor):
    """An entrepreneur as the firm."""

    accounts: Some[Account] = Field(title="Счета")


class FirmSelfEmployed(SelfEmployed, SoleExecutor):
    """A self-employed person as the firm."""

    accounts: Some[Account] = Field(title="Счета")


class BarBody(Part):
    """The bar body that the advocate works in."""

    kind: Literal["cabinet", "college", "bureau", "consultation"] = Field(
        title="Вид адвокатского образования",
        description="адвокатский кабинет, коллегия адвокатов, адвокатское бюро, юридическая консультация",
    )
    name: Blankable[Line] = Field(title="Наименование адвокатского образования")
    inn: Blankable[AnyInn] | None = Field(default=None, title="ИНН адвокатского образования")
    address: Blankable[Line] | None = Field(default=None, title="Адрес адвокатского образования")


class Advocate(NaturalPerson, SoleExecutor):
    """An advocate as the firm."""

    kind: Literal["advocate"] = Field(title="Кто это")
    name: Blankable[FullName] = Field(title="Фамилия, имя, отчество")
    registry_number: Blankable[Line] = Field(title="Номер в реестре адвокатов")
    chamber: Blankable[Line] = Field(title="Адвокатская палата", description="полное наименование")
    bar_body: BarBody = Field(title="Адвокатское образование")
    inn: Blankable[PersonInn] | None = Field(default=None, title="ИНН")
    accounts: Some[Account] = Field(title="Счета")


Firm = Annotated[FirmCompany | FirmEntrepreneur | FirmSelfEmployed | Advocate, Field(discriminator="kind")]
