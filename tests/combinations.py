"""Choices of clients, executors, fees, taxes, presets and switches in, whole orders of services agreements out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import Any

from docgen.library import Library
from docgen.model.requisites import account_key_holds, ogrnip_holds

BANK = {"bank": "Уральский банк ПАО Сбербанк, г. Екатеринбург", "bik": "046577674"}
CORRESPONDENT = "30101810500000000674"


def account(prefix: str) -> dict[str, str]:
    """Return an account of a kind (407, 40802, 40817 …) whose key agrees with the bank."""
    numbers = (f"{prefix}810{key}1654{'0' * (9 - len(prefix))}4271"[:20] for key in range(10))
    number = next(one for one in numbers if account_key_holds(BANK["bik"], one))
    return {**BANK, "account": number, "correspondent": CORRESPONDENT}


def ogrnip(start: str) -> str:
    """Return an ОГРНИП with the right last digit."""
    return next(start + str(end) for end in range(10) if ogrnip_holds(start + str(end)))


def signatory(name: str, position: str, **basis: Any) -> dict[str, Any]:
    return {"name": name, "position": position, "basis": basis or {"kind": "charter"}}


PASSPORT = {
    "series": "65 05",
    "number": "318204",
    "issued_by": "Отдел УФМС России по Свердловской области в Кировском районе г. Екатеринбурга",
    "issued_on": "2009-07-02",
    "code": "660-004",
}
ADDRESS = "620075, г. Екатеринбург, ул. Мичурина, д. 58, кв. 21"
COMPANY = {
    "kind": "company",
    "name": "Общество с ограниченной ответственностью «Вектор-Монтаж»",
    "short_name": "ООО «Вектор-Монтаж»",
    "inn": "6659341726",
    "kpp": "665901001",
    "ogrn": "1156658124083",
    "address": ADDRESS,
    "accounts": [account("40702")],
}
SIGNING: dict[str, dict[str, Any]] = {
    "charter": {"signatories": [signatory("Мельник Олег Игоревич", "генеральный директор")]},
    "attorney": {
        "signatories": [
            signatory("Гончарова Вера Павловна", "представитель", kind="power_of_attorney", number="7", on="2026-09-01")
        ]
    },
    "joint": {
        "signatories": [
            signatory("Мельник Олег Игоревич", "директор"),
            signatory("Ткач Инна Львовна", "директор по развитию"),
        ]
    },
    "bankruptcy": {
        "signatories": [
            signatory(
                "Седых Никита Кузьмич",
                "конкурсный управляющий",
                kind="court_order",
                number="А60-11223/2026",
                on="2026-08-03",
                court="Арбитражный суд Свердловской области",
            )
        ]
    },
    "managing": {
        "managing": {
            "name": "Общество с ограниченной ответственностью «Агротех-Исеть»",
            "short_name": "ООО «Агротех-Исеть»",
            "inn": "6685239013",
            "ogrn": "1166658062075",
            "contract": {"number": "3-У", "on": "2025-02-10"},
            "signatories": [signatory("Черных Наталья Петровна", "генеральный директор")],
        }
    },
}
ENTREPRENEUR = {
    "kind": "entrepreneur",
    "name": "Дорохов Сергей Михайлович",
    "inn": "667045119885",
    "ogrnip": "319665800041728",
    "address": ADDRESS,
    "accounts": [account("40802")],
}
INDIVIDUAL = {
    "kind": "individual",
    "name": "Громова Елена Викторовна",
    "birth_date": "1984-06-17",
    "address": ADDRESS,
    "email": "gromova@mail.example",
    "passport": PASSPORT,
}
CERTIFICATE = {
    "kind": "birth_certificate",
    "number": "III-АИ № 512345",
    "issued_by": "отдел ЗАГС Кировского района г. Екатеринбурга",
    "issued_on": "2016-03-11",
}
MOTHER = {"name": "Громова Елена Викторовна", "relation": "mother", "passport": PASSPORT}
CHILD = {
    "kind": "individual",
    "name": "Громов Илья Андреевич",
    "birth_date": "2016-02-20",
    "address": ADDRESS,
    "document": CERTIFICATE,
    "representative": MOTHER,
}
TEENAGER = {**INDIVIDUAL, "name": "Громова Дарья Андреевна", "birth_date": "2010-05-05", "representative": MOTHER}
SELF_EMPLOYED = {"kind": "self_employed", "name": "Крылова Анна Ильинична", "inn": "500100732259", "address": ADDRESS}
FOREIGN = {
    "kind": "foreign_company",
    "name": "Northern Timber OY",
    "short_name": "Northern Timber OY",
    "country": "Финляндия",
    "registration_number": "2817364-5",
    "address": "00100, Хельсинки, Маннергейминтие, д. 1",
    "signatories": [{**signatory("Орлов Пётр Андреевич", "директор"), "sex": "m"}],
    "foreign_accounts": [{"bank": "Nordea Bank", "swift": "NDEAFIHH", "iban": "FI2112345600000785"}],
}
BUDGET = {
    **{key: value for key, value in COMPANY.items() if key != "accounts"},
    "kind": "budget_institution",
    "name": "Муниципальное бюджетное учреждение «Школа № 5»",
    "short_name": "МБУ «Школа № 5»",
    "treasury": {
        "account": "03234643657010006200",
        "personal_account": "20626Ц12345",
        "bank": "Уральское ГУ Банка России // УФК по Свердловской области, г. Екатеринбург",
        "bik": "016577551",
        "name": "Финансовый департамент",
        "single_account": "40102810645370000054",
    },
    **SIGNING["charter"],
}
PERSONS = ("individual", "child", "teenager", "self_employed", "two_persons")
CLIENTS: dict[str, list[dict[str, Any]]] = {
    "company": [COMPANY],
    "entrepreneur": [ENTREPRENEUR],
    "individual": [INDIVIDUAL],
    "child": [CHILD],
    "teenager": [TEENAGER],
    "self_employed": [SELF_EMPLOYED],
    "foreign_inactive": [{**FOREIGN, "active_in_russia": False}],
    "foreign_active": [{**FOREIGN, "active_in_russia": True}],
    "budget": [BUDGET],
    "two_joint": [{**COMPANY, **SIGNING["charter"]}, ENTREPRENEUR],
    "two_persons": [INDIVIDUAL, {**INDIVIDUAL, "name": "Громов Андрей Ильич", "birth_date": "1980-01-15"}],
}

# --- executors -------------------------------------------------------------------------------

SPECIALIST = {
    "name": "Карпов Илья Дмитриевич",
    "position": "старший юрист",
    "education": "высшее юридическое",
    "experience_years": 12,
}
LEX = {
    **COMPANY,
    "name": "Общество с ограниченной ответственностью «Юридическая фирма «Лекс Урал»",
    "short_name": "ООО «ЮФ «Лекс Урал»",
    "inn": "6671482138",
    "kpp": "667101001",
    "ogrn": "1186658073414",
    "seal": True,
    "hours": "понедельник — пятница, с 9 до 18 часов",
    "signatories": [signatory("Ветрова Анна Сергеевна", "генеральный директор")],
}
ADVOCATE = {
    "kind": "advocate",
    "name": "Соловьёв Павел Андреевич",
    "registry_number": "66/2417",
    "chamber": "Адвокатская палата Свердловской области",
    "bar_body": {"kind": "college", "name": "Коллегия адвокатов «Уральская защита»", "inn": "6662209157"},
    "inn": "665812340727",
    "address": ADDRESS,
    "accounts": [account("40703")],
}
PERSON = {"name": "Кравцова Ирина Львовна", "inn": "665812340727", "address": ADDRESS}
EXECUTORS: dict[str, dict[str, Any]] = {
    "company": LEX,
    "entrepreneur": {
        **PERSON,
        "kind": "entrepreneur",
        "ogrnip": ogrnip("31966580009999"),
        "accounts": [account("40802")],
    },
    "self_employed": {**PERSON, "kind": "self_employed", "accounts": [account("40817")]},
    "advocate": ADVOCATE,
}
TAXES = {
    "company": ("osno", "usn_5", "usn_7", "usn_22", "usn_145"),
    "entrepreneur": ("osno", "usn_5", "usn_7", "usn_22", "usn_145"),
    "self_employed": ("npd",),
    "advocate": ("advocate",),
}

# --- fees, terms, the rest -------------------------------------------------------------------

TIME = {"step_minutes": 15, "rounding": "entry"}
ADVANCE = {"amount": 30000, "days": 3}
STAGES = [
    {"title": "Позиция", "event": "Передача заключения", "event_kind": "own_action", "amount": 40000, "days": 5},
    {"title": "Иск", "event": "Подача искового заявления", "event_kind": "own_action", "amount": 60000.5, "days": 5},
]
FEES: dict[str, dict[str, Any]] = {
    "fixed": {"model": "fixed", "amount": 100000.5, "balance_days": 5},
    "fixed_advance": {"model": "fixed", "amount": 100000.5, "balance_days": 5, "advance": ADVANCE},
    "stages": {"model": "stages", "amount": 100000.5, "stages": STAGES, "advance": ADVANCE},
    "hourly": {
        "model": "hourly",
        "rates": [{"who": "Партнёр", "rate": 9000}, {"who": "Юрист", "rate": 5000}],
        "time": TIME,
        "days": 5,
    },
    "hourly_cap": {
        "model": "hourly",
        "rates": [{"who": "Юрист", "rate": 5000}],
        "time": {"step_minutes": 6, "rounding": "total"},
        "cap": 200000,
        "advance": ADVANCE,
        "days": 5,
    },
    "instances": {
        "model": "instances",
        "instances": [{"instance": "first", "amount": 80000, "hearings": 4}],
        "extra_hearing": 7000,
        "days": 5,
    },
    "subscription": {
        "model": "subscription",
        "amount": 50000,
        "pay_day": 5,
        "hours": 10,
        "over_rate": 6000,
        "time": TIME,
    },
    "subscription_open": {"model": "subscription", "amount": 50000, "pay_day": 5},
}
PRICES = {"fixed": (40000, 60000.5), "fixed_advance": (40000, 60000.5), "stages": (40000, 60000.5)}
SERVICES = [
    {
        "action": "Подготовка правовой позиции",
        "deliverable": "Письменное заключение",
        "due": {"kind": "period", "days": 10, "unit": "working_day", "from": "со дня получения документов"},
    },
    {
        "action": "Представительство в суде первой инстанции",
        "due": {"kind": "event", "event": "Принятие судом решения", "long_stop": "2027-10-29"},
    },
]
TERMS: dict[str, Any] = {
    "date": {"until": {"kind": "date", "on": "2027-10-29"}},
    "event": {"until": {"kind": "event", "event": "Принятие судом решения", "long_stop": "2027-10-29"}},
}
EXPENSES: dict[str, Any] = {
    "none": None,
    "client": {"mode": "client_direct"},
    "firm": {"mode": "via_firm", "approval_limit": 5000, "deposit": 20000},
}
COURTS: dict[str, Any] = {
    "none": None,
    "first": {"name": "Арбитражный суд Свердловской области", "instance": "first", "case_number": "А60-1/2026"},
    "supreme": {"name": "Верховный Суд Российской Федерации", "instance": "supreme"},
}
OPPONENT = {"kind": "company", "name": "ООО «Строймаркет-96»", "inn": "6670319851", "ogrn": "1096670142250"}
OPPONENTS: dict[str, Any] = {
    "none": [],
    "one": [OPPONENT],
    "two": [OPPONENT, {"kind": "individual", "name": "Тарасов Виктор Львович"}],
}
OTHERS = {"none": None, "company": {**COMPANY, **SIGNING["charter"], "inn": "6605871237", "ogrn": "1026602819341"}}
CHANNELS = {
    "none": [],
    "email": [
        {"kind": "email", "side": "firm", "address": "office@lexural.example"},
        {"kind": "email", "side": "client", "address": "client@mail.example"},
        {"kind": "edo", "side": "client", "address": "2AE-1234", "person": "бухгалтер"},
    ],
    "post": [{"kind": "post", "side": "client", "address": ADDRESS}],
}

FACTORS: dict[str, tuple[str, ...]] = {
    "client": tuple(CLIENTS),
    "signing": tuple(SIGNING),
    "purpose": ("business", "consumer"),
    "executor": tuple(EXECUTORS),
    "tax": ("osno", "usn_5", "usn_7", "usn_22", "usn_145", "npd", "advocate"),
    "specialists": ("yes", "no"),
    "fee": tuple(FEES),
    "preset": ("short", "standard", "full"),
    "term": tuple(TERMS),
    "expenses": tuple(EXPENSES),
    "court": tuple(COURTS),
    "opponents": tuple(OPPONENTS),
    "payer": tuple(OTHERS),
    "beneficiary": tuple(OTHERS),
    "channels": tuple(CHANNELS),
    "form": ("paper", "electronic"),
    "special": ("none", "added", "replaced"),
}
Choice = dict[str, str]


def lawful(choice: Choice) -> bool:
    """Tell whether a choice is one that a careful lawyer could ask for."""
    alone = choice["executor"] in ("self_employed", "advocate")
    return not (
        (choice["purpose"] == "consumer" and choice["client"] not in PERSONS)
        or choice["tax"] not in TAXES[choice["executor"]]
        or (choice["specialists"] == "yes" and alone)
        or (choice["expenses"] == "firm" and choice["executor"] == "self_employed")
        or (choice["signing"] != "charter" and choice["client"] not in ("company", "budget"))
    )


Pair = tuple[tuple[str, str], tuple[str, str]]


def pairwise(seed: int = 7) -> Iterator[Choice]:
    """Yield choices that together hold every lawful pair of values: for each new pair the best of some tries."""
    chance, covered = Random(seed), set[Pair]()
    for pair in _all_pairs():
        if pair in covered:
            continue
        tries = [choice for _ in range(20) if (choice := _holding(pair, chance)) is not None]
        if tries:
            best = max(tries, key=lambda choice: len(set(_pairs(choice)) - covered))
            covered.update(_pairs(best))
            yield best


def _all_pairs() -> Iterator[Pair]:
    for first, second in combinations(FACTORS, 2):
        for one in FACTORS[first]:
            for other in FACTORS[second]:
                yield (first, one), (second, other)


def _pairs(choice: Choice) -> Iterator[Pair]:
    yield from combinations(choice.items(), 2)


def _holding(pair: Pair, chance: Random) -> Choice | None:
    """Return a random lawful choice with a pair of values; None where none is found, the pair being unlawful."""
    for _ in range(300):
        choice = {name: chance.choice(values) for name, values in FACTORS.items()} | dict(pair)
        if lawful(choice):
            return choice
    return None


def sampled(count: int, seed: int) -> Iterator[Choice]:
    """Yield random lawful choices."""
    chance = Random(seed)
    while count:
        choice = {name: chance.choice(values) for name, values in FACTORS.items()}
        if lawful(choice):
            count -= 1
            yield choice


def order_of(choice: Choice) -> dict[str, Any]:
    """Return the whole order of a choice."""
    clients = [dict(client) for client in CLIENTS[choice["client"]]]
    if choice["client"] in ("company", "budget"):
        clients[0] = {key: value for key, value in clients[0].items() if key not in ("signatories", "managing")}
        clients[0] |= SIGNING[choice["signing"]]
    if choice["client"] == "two_persons":
        clients = [{**client, "share": 50} for client in clients]
    matter: dict[str, Any] = {
        "number": "31-26",
        "place": "г. Екатеринбург",
        "purpose": choice["purpose"],
        "firm": _firm(choice),
        "clients": clients,
        "services": _services(choice),
        "fee": FEES[choice["fee"]],
        "term": TERMS[choice["term"]],
        "opponents": OPPONENTS[choice["opponents"]],
        "channels": CHANNELS[choice["channels"]],
    }
    if len(clients) > 1:
        matter["obligation"] = "shares" if choice["client"] == "two_persons" else "joint"
    optional = {
        "expenses": EXPENSES[choice["expenses"]],
        "court": COURTS[choice["court"]],
        "payer": OTHERS[choice["payer"]],
        "beneficiary": OTHERS[choice["beneficiary"]],
    }
    matter |= {name: value for name, value in optional.items() if value is not None}
    return {
        "schema": 1,
        "kind": "services_agreement",
        "date": "2026-11-25",
        "matter": matter,
        "facts": {"task": "Взыскание задолженности по договору займа", "form": choice["form"], "copies": 3},
        "clauses": {"preset": choice["preset"], **_special(choice)},
    }


def _firm(choice: Choice) -> dict[str, Any]:
    people = [SPECIALIST] if choice["specialists"] == "yes" else []
    tax = [{"from": "2025-01-01", "profile": choice["tax"]}]
    return {**EXECUTORS[choice["executor"]], "tax": tax, "specialists": people}


def _services(choice: Choice) -> list[dict[str, Any]]:
    prices = PRICES.get(choice["fee"])
    if prices is None:
        return SERVICES
    return [{**service, "price": price} for service, price in zip(SERVICES, prices, strict=True)]


def _special(choice: Choice) -> dict[str, Any]:
    if choice["special"] == "added":
        return {"add": [{"after": "task", "text": "Порядок по пункту {{ ref('task') }} согласован отдельно."}]}
    if choice["special"] == "replaced":
        return {"replace": {"personal_data": "Данные обрабатываются только для исполнения настоящего документа."}}
    return {}


def switches(library: Library) -> tuple[str, ...]:
    """Return every clause and annex that stands only when an order chooses it."""
    clauses = [name for name, clause in library.clauses.items() if clause.spec.off]
    entries = library.kinds["services_agreement"].spec.outline
    return (*clauses, *(entry.annex.id for entry in entries if entry.annex is not None and entry.annex.off))
