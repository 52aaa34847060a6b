"""The known facts of an order in, the mistakes that only two facts together show out.

Every check reads what is itself right and passes over the rest, so one mistake neither hides nor breeds another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from docgen.model.finding import Finding, put, removed
from docgen.model.messages import required
from docgen.model.reader import Known
from docgen.model.requisites import BANK_CARD, account_key_holds, correspondent_key_holds
from docgen.model.walk import Path, pointer_join

Findings = Iterator[Finding]

ADULT = 18
NATURAL = ("individual", "self_employed")


def mistakes(order: Known, day: date | None) -> Findings:
    """Yield what is wrong between facts; ``day`` is the document's date, if it is known."""
    matter = order["matter"]
    for check in _MATTER_CHECKS:
        yield from check(matter)
    for party in _parties(matter):
        for check in _PARTY_CHECKS:
            yield from check(party)
    for client in matter["clients"]:
        yield from _minor(client, matter["signed_on"].day or day)
    yield from _tax(matter["firm"]["tax"], day)
    yield from _choices(order["clauses"])


def doubts(order: Known) -> Findings:
    """Yield warnings: what is unusual and may still be right."""
    for party in _parties(order["matter"]):
        yield from account_doubts(party)


def account_doubts(party: Known) -> Findings:
    """Yield the accounts that are unusual for a party of its kind."""
    for account in party["accounts"]:
        yield from _prefix(party["kind"].text, account["account"])


def _parties(matter: Known) -> Iterator[Known]:
    yield matter["firm"]
    yield from matter["clients"]
    yield matter["payer"]
    yield matter["beneficiary"]


# --- dates -----------------------------------------------------------------------------------


def _dates(matter: Known) -> Findings:
    signed, effective = matter["signed_on"].day, matter["effective_on"].day
    if signed and effective and effective < signed:
        message = f"договор действует с {effective:%d.%m.%Y}, раньше подписания {signed:%d.%m.%Y}"
        yield Finding(matter["effective_on"].path, "effective_before_signed", message, "проверьте обе даты")


def _term(matter: Known) -> Findings:
    until = matter["term"]["until"]
    for end in (until["on"], until["long_stop"]):
        start, last = matter["term"]["from"].day, end.day
        if start and last and last < start:
            message = f"срок кончается {last:%d.%m.%Y}, раньше своего начала {start:%d.%m.%Y}"
            yield Finding(end.path, "term_order", message, "проверьте обе даты")


def _acts(matter: Known) -> Findings:
    """Yield the signed acts whose number another has, or whose period ends before it starts."""
    seen: set[str] = set()
    for act in matter["acts"]:
        number, start, until = act["number"], act["start"].day, act["until"].day
        if number.text and number.text in seen:
            message = f"акт № {number.text} уже есть в этом списке"
            yield Finding(number.path, "duplicate", message, "уберите повтор или исправьте номер")
        seen.add(number.text or "")
        if start and until and until < start:
            message = f"период акта кончается {until:%d.%m.%Y}, раньше своего начала {start:%d.%m.%Y}"
            yield Finding(act["until"].path, "period_order", message, "проверьте обе даты")


# --- money -----------------------------------------------------------------------------------


def _fee(matter: Known) -> Findings:
    fee = matter["fee"]
    whole = fee["cap"] if fee["model"].text == "hourly" else fee["amount"]
    amount, advance = whole.number, fee["advance"]["amount"].number
    if amount is None or fee["model"].text == "subscription":
        return
    if advance is not None and advance > amount:
        message = f"аванс {_sum(advance)} больше всей суммы {_sum(amount)}"
        yield Finding(fee["advance"]["amount"].path, "advance_over_amount", message, "уменьшите аванс")
    stages, services = _total(fee["stages"], "amount"), _total(matter["services"], "price")
    services = None if fee["model"].text == "hourly" else services
    agreed = None in (stages, services) or stages == services
    if stages is not None and stages != amount:
        yield _sums(fee["amount"].path, "stages_sum", "этапы", stages, amount, agreed)
    if services is not None and services != amount:
        yield _sums(fee["amount"].path, "services_sum", "цены услуг", services, amount, agreed)


def _subscription(matter: Known) -> Findings:
    fee = matter["fee"]
    if fee["model"].text != "subscription":
        return
    names = {"over_rate": "Цена часа сверх включённых", "time": "Учёт времени"}
    for name, label in names.items():
        if fee["hours"].given and not fee[name].given:
            yield required(fee[name].path, label, "часы ограничены: укажите, что делать со временем сверх них")
        if fee[name].given and not fee["hours"].given:
            message = "часы в месяц не ограничены, а это поле говорит о времени сверх них"
            patch = removed(fee[name].path)
            yield Finding(fee[name].path, "contradiction", message, "уберите его или укажите hours", patch=patch)


def _hearings(matter: Known) -> Findings:
    fee = matter["fee"]
    counted = [one["hearings"].given for one in fee["instances"]]
    if fee["extra_hearing"].given and counted and not any(counted):
        message = "заседание сверх включённых оценено, а сколько их включено, не сказано"
        yield Finding(fee["extra_hearing"].path, "contradiction", message, "укажите hearings у инстанций")


def _success(matter: Known) -> Findings:
    success = matter["success"]
    share, amount, base = success["share"], success["amount"], success["base"]
    if not success.given or not success.keys:
        return
    if share.given and amount.given:
        yield Finding(amount.path, "exclusive", "указаны и доля, и сумма премии", "оставьте одно: share или amount")
    if not share.given and not amount.given:
        yield required(share.path, "Премия, %", "укажите share (доля) или amount (сумма)")
    if share.given and not base.given:
        yield required(base.path, "От чего считается", "доля считается от чего-то: укажите base")


def _total(items: Known, field: str) -> Decimal | None:
    """Return the sum when every element has one, else None."""
    sums = [item[field].number for item in items]
    known = [value for value in sums if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(sums) else None


def _sums(path: Path, code: str, what: str, total: Decimal, amount: Decimal, agreed: bool) -> Finding:
    """Return the finding of parts that do not make the whole; ``agreed``: no other parts make yet another whole."""
    message = f"{what} в сумме дают {_sum(total)}, а вознаграждение — {_sum(amount)}"
    cure = f"укажите amount: {total:.2f} или исправьте слагаемые" if agreed else "исправьте одну из сумм"
    hint = f"разница {_sum(abs(total - amount))}: {cure}"
    return Finding(path, code, message, hint, patch=put(path, total) if agreed else ())


def _sum(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


# --- clients together ------------------------------------------------------------------------


def _obligation(matter: Known) -> Findings:
    clients, obligation = len(list(matter["clients"])), matter["obligation"]
    if clients > 1 and not obligation.given:
        yield required(obligation.path, "Обязанность клиентов", "клиентов несколько: укажите joint или shares")
    if clients == 1 and obligation.given:
        message = "клиент один: вид обязанности не указывается"
        hint, patch = "уберите поле obligation", removed(obligation.path)
        yield Finding(obligation.path, "obligation_unexpected", message, hint, patch=patch)


def _shares(matter: Known) -> Findings:
    shares = [client["share"] for client in matter["clients"] if client["kind"].text]
    obligation, total = matter["obligation"], _total(matter["clients"], "share")
    if obligation.text == "joint" or (len(shares) == 1 and not obligation.given):
        yield from (_unexpected_share(share) for share in shares if share.number is not None or share.blank)
    if obligation.text != "shares" or len(shares) == 1:
        return
    yield from (required(share.path, "Доля, %", "клиенты отвечают в долях") for share in shares if not share.given)
    if total is not None and total != 100:
        message = f"доли клиентов в сумме дают {total}, а не 100"
        yield Finding(matter["clients"].path, "shares_sum", message, "исправьте поля share")


def _unexpected_share(share: Known) -> Finding:
    message = "доля указывается, только когда клиенты отвечают в долях"
    hint = "уберите поле share или укажите obligation: shares"
    return Finding(share.path, "share_unexpected", message, hint, patch=removed(share.path))


def _purpose(matter: Known) -> Findings:
    if matter["purpose"].text != "consumer":
        return
    kinds = [client["kind"].text for client in matter["clients"]]
    if any(kind is not None and kind not in NATURAL for kind in kinds):
        message = "потребителем может быть только человек, а среди клиентов есть организация или предприниматель"
        hint, patch = "укажите business или исправьте клиента", put(matter["purpose"].path, "business")
        yield Finding(matter["purpose"].path, "purpose_consumer", message, hint, patch=patch)


def _same_person(matter: Known) -> Findings:
    """Yield the clients and opponents whose ИНН another party of the matter already has."""
    seen: dict[str, Known] = {}
    if number := matter["firm"]["inn"].text:
        seen[number] = matter["firm"]
    for client in matter["clients"]:
        yield from _repeated(client, seen, "duplicate_client", "firm_is_client")
        seen.setdefault(client["inn"].text or "", client)
    for opponent in matter["opponents"]:
        yield from _repeated(opponent, seen, "opponent_is_client", "opponent_is_firm")


def _repeated(party: Known, seen: dict[str, Known], as_client: str, as_firm: str) -> Findings:
    number = party["inn"].text
    if not number or number not in seen:
        return
    other = seen[number]
    code = as_firm if other.path[-1] == "firm" else as_client
    message = f"тот же ИНН, что у стороны {pointer_join(*other.path)}"
    yield Finding(party["inn"].path, code, message, _REPEATED_CURES[code])


_REPEATED_CURES = {
    "duplicate_client": "уберите повтор или исправьте ИНН",
    "firm_is_client": "исполнитель не может быть своим клиентом: исправьте ИНН",
    "opponent_is_client": "конфликт интересов: проверьте клиента и оппонента",
    "opponent_is_firm": "конфликт интересов: проверьте исполнителя и оппонента",
}


def _channels(matter: Known) -> Findings:
    for channel in matter["channels"]:
        address = channel["address"]
        if channel["kind"].text == "email" and address.text and not re.fullmatch(r"[^@\s]+@[^@\s]+", address.text):
            message = "Адрес канала: это не адрес электронной почты"
            yield Finding(address.path, "email", message, "образец: office@firma.ru")


# --- one party -------------------------------------------------------------------------------


def _signing(party: Known) -> Findings:
    signatories, managing = party["signatories"], party["managing"]
    if party["kind"].text not in ("company", "budget_institution"):
        return
    if signatories.given and managing.given:
        message = "указаны и подписанты, и управляющая организация"
        yield Finding(managing.path, "exclusive", message, "оставьте одно: signatories или managing")
    if not signatories.given and not managing.given:
        hint = "укажите, кто подписывает, или управляющую организацию (managing)"
        yield required(signatories.path, "Подписанты", hint)


_BASIS_NEEDS: dict[str | None, tuple[tuple[str, str, str], ...]] = {
    "power_of_attorney": (("on", "Дата доверенности", "без даты доверенность ничтожна (п. 1 ст. 186 ГК РФ)"),),
    "court_order": (("court", "Суд", "укажите, какой суд назначил"),),
    "other": (("text", "Основание словами", "укажите основание, как оно печатается в преамбуле"),),
}


def _bases(party: Known) -> Findings:
    for signatory in (*party["signatories"], party["head"], *party["managing"]["signatories"]):
        basis = signatory["basis"]
        for field, label, hint in _BASIS_NEEDS.get(basis["kind"].text, ()):
            if not basis[field].given and not basis["text"].given:
                yield required(basis[field].path, label, hint)


def _minor(client: Known, day: date | None) -> Findings:
    born = client["birth_date"].day
    if client["kind"].text != "individual" or not born or not day or client["representative"].given:
        return
    if (day.year - born.year, (day.month, day.day) >= (born.month, born.day)) < (ADULT, True):
        hint = f"на {day:%d.%m.%Y} клиенту нет 18 лет: добавьте representative или проверьте дату рождения"
        yield required(client["representative"].path, "Законный представитель", hint)


def _identity(party: Known) -> Findings:
    passport, document = party["passport"], party["document"]
    if party["kind"].text != "individual":
        return
    if passport.given and document.given:
        message = "указаны и паспорт, и иной документ"
        yield Finding(document.path, "exclusive", message, "оставьте одно: passport или document")
    if not passport.given and not document.given:
        yield required(passport.path, "Паспорт", "укажите passport, а если паспорта нет — document")
    if document["kind"].text == "other" and not document["title"].given:
        yield required(document["title"].path, "Название иного документа")


def _expenses(matter: Known) -> Findings:
    expenses = matter["expenses"]
    if expenses["mode"].text != "client_direct":
        return
    for name in ("approval_limit", "deposit"):
        if expenses[name].number is not None or expenses[name].blank:
            message = "расходы оплачивает сам клиент: исполнителю нечего согласовывать и не из чего платить"
            hint, patch = "уберите это поле или укажите mode: via_firm", removed(expenses[name].path)
            yield Finding(expenses[name].path, "contradiction", message, hint, patch=patch)


def account_mistakes(party: Known) -> Findings:
    """Yield the accounts of a party whose keys do not fit its banks' БИК, and what they lack."""
    for account in party["accounts"]:
        number, bik = account["account"].text, account["bik"].text
        if number and number.startswith("03"):
            continue  # the ordinary key does not hold for treasury accounts
        if number and bik and not account_key_holds(bik, number):
            yield Finding(account["account"].path, "account_key", "Расчётный счёт: ключ не сходится с БИК", BANK_CARD)
        yield from _correspondent(account["correspondent"], bik, bool(number))


def _correspondent(correspondent: Known, bik: str | None, needed: bool) -> Findings:
    number = correspondent.text
    if needed and not correspondent.given:
        yield required(correspondent.path, "Корреспондентский счёт", BANK_CARD)
    if number and not number.startswith("301"):
        message = "Корреспондентский счёт: начинается не с 301"
        yield Finding(correspondent.path, "prefix", message, BANK_CARD)
    elif number and bik and number[-3:] != bik[-3:]:
        message = f"Корреспондентский счёт: последние три цифры не те, что у БИК ({bik[-3:]})"
        yield Finding(correspondent.path, "correspondent_bik", message, BANK_CARD)
    elif number and bik and not correspondent_key_holds(bik, number):
        message = "Корреспондентский счёт: ключ не сходится с БИК"
        yield Finding(correspondent.path, "correspondent_key", message, BANK_CARD)


def _foreign_accounts(party: Known) -> Findings:
    for account in party["foreign_accounts"]:
        iban, number = account["iban"], account["account"]
        if iban.given and number.given:
            yield Finding(number.path, "exclusive", "указаны и IBAN, и номер счёта", "оставьте одно: iban или account")
        if not iban.given and not number.given:
            yield required(iban.path, "IBAN", "укажите iban или, если в стране его нет, account")


_MATTER_CHECKS: tuple[Callable[[Known], Findings], ...] = (
    _dates,
    _term,
    _acts,
    _fee,
    _subscription,
    _hearings,
    _success,
    _obligation,
    _shares,
    _purpose,
    _same_person,
    _channels,
    _expenses,
)
_PARTY_CHECKS: tuple[Callable[[Known], Findings], ...] = (
    _signing,
    _bases,
    _identity,
    account_mistakes,
    _foreign_accounts,
)

_PREFIXES: dict[str | None, tuple[str, ...]] = {
    "company": ("405", "406", "407"),
    "budget_institution": ("03", "405", "406"),
    "foreign_company": ("40807", "40814", "407"),
    "entrepreneur": ("40802",),
    "self_employed": ("40817", "40820"),
    "individual": ("40817", "40820", "423"),
    "advocate": ("40703", "40702", "40802"),
}


def _prefix(kind: str | None, account: Known) -> Findings:
    usual = _PREFIXES.get(kind)
    if usual and account.text and not account.text.startswith(usual):
        message = f"счёт такого владельца обычно начинается с {' или '.join(usual)}"
        yield Finding(account.path, "account_prefix", message, BANK_CARD)


# --- the firm's tax, the choices -------------------------------------------------------------


def _tax(entries: Known, day: date | None) -> Findings:
    starts = [entry["from"] for entry in entries]
    for earlier, later in pairwise(starts):
        if earlier.day and later.day and later.day <= earlier.day:
            message = f"{later.day:%d.%m.%Y} не позже, чем начало предыдущей строки {earlier.day:%d.%m.%Y}"
            yield Finding(later.path, "tax_order", message, "расположите строки по датам, без повторов")
    days = [start.day for start in starts]
    known = [start for start in days if start]
    if day and known and len(known) == len(days) and min(known) > day:
        message = f"на {day:%d.%m.%Y} налоговый режим не указан"
        yield Finding(entries.path, "no_tax_in_force", message, "добавьте строку с более ранней датой")


def _choices(clauses: Known) -> Findings:
    omitted: set[str] = set()
    for clause in clauses["omit"]:
        if clause.text in omitted:
            message, patch = f"условие {clause.text} исключено дважды", removed(clause.path)
            yield Finding(clause.path, "duplicate", message, "уберите повтор", patch=patch)
        omitted.add(clause.text or "")
    for field in ("choose", "replace"):
        for name in clauses[field].keys:
            if name in omitted:
                message = f"условие {name} исключено (omit) и тут же изменено"
                yield Finding(clauses[field][name].path, "contradiction", message, "оставьте одно")
