"""Hand-made blocks in, whole documents for the writers' tests out: every node, annexes, references, hostile words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from docgen.document import (
    Annex,
    Blank,
    Block,
    Clause,
    Column,
    Document,
    Entry,
    Heading,
    Inlines,
    Pair,
    Paragraph,
    Parties,
    Ref,
    Side,
    Signature,
    Strong,
    Table,
    Text,
    Value,
)

HOSTILE = "ООО «Ромашка & Ко» <b>{{ 7*7 }}</b> {_{x}_} **y** ]]> ref('fee')"
LOOK = Path(__file__).parents[2] / "templates" / "_look"

WORDY = (
    "Исполнитель оказывает услуги лично либо с привлечением специалистов, поименованных в приложении, отвечает за "
    "привлечённых лиц как за собственные действия и письменно предупреждает Заказчика о замене специалиста, если "
    "такая замена способна повлиять на срок или на качество оказываемых юридических услуг."
)


def text(words: str) -> Inlines:
    return (Text(words),)


def value(words: str) -> Inlines:
    return (Value(words, "/matter"),)


def clause(number: str, *inlines: Text | Value | Ref | Strong | Blank, identifier: str = "") -> Clause:
    level = number.count(".") + 1
    assert level in (1, 2, 3)
    return Clause(identifier, f"made_{number}", level, number, inlines)  # type: ignore[arg-type]


def side(heading: str, name: str, *, seal: bool = False, position: str = "Директор", count: int = 1) -> Side:
    entries = (
        Entry("", (Strong(value(name)),)),
        Entry("Адрес", value("620014, Свердловская область, г. Екатеринбург, ул. Вайнера, д. 10, офис 405")),
        Entry("ИНН", value("6671234566")),
        Entry("ОГРН", value("1186658012347")),
        Entry("Расчётный счёт", value("40702810916540000012 в Уральском банке ПАО Сбербанк")),
        Entry("Электронная почта", value("office@example.ru")),
    )
    signatures = (Signature(text(position), value("И. И. Кузнецова-Белорецкая"), seal),) * count
    return Side(text(heading), entries, signatures)


def short(one: Side) -> Side:
    return replace(one, entries=())


def stages(rows: int, caption: str = "") -> Table:
    columns = (
        Column(text("№"), "center", 8),
        Column(text("Этап работ и результат, который передаётся Заказчику"), "left", 52),
        Column(text("Срок"), "left", 20),
        Column(text("Цена, руб."), "right", 20),
    )
    body = tuple(
        (text(str(number)), text(f"Этап {number}: правовой анализ документов и переписки сторон"),
         value("22.11.2026"), value(f"{number} 000,00"))
        for number in range(1, rows + 1)
    )
    totals = ((text("Итого"), (), (), value("528 000,00")), (text("В том числе НДС 22 %"), (), (), value("95 213,11")))
    return Table("table", columns, body, totals, caption)


def body_sections() -> tuple[Block, ...]:
    return (
        Heading("subject", "1", text("Предмет Договора")),
        clause("1.1", Text("Исполнитель обязуется оказать услуги, указанные в приложении №\u00a0"),
               Ref("annex_task", "1"), Text(", а Заказчик — принять и оплатить их в порядке раздела "),
               Ref("fee", "2"), Text(".")),
        clause("1.2", Text(WORDY), identifier="staff"),
        Heading("fee", "2", text("Цена и порядок расчётов")),
        clause("2.1", Text("Цена услуг составляет "), Value("528 000 (пятьсот двадцать восемь тысяч) рублей 00 копеек",
               "/matter/fee/amount"), Text(". Она платится так:"), identifier="price"),
        clause("2.1.1", Text("аванс — в течение "), Value("5 рабочих дней", "/matter/fee/advance/days"), Text(";")),
        clause("2.1.2", Text("остаток — после подписания акта по пункту "), Ref("act", "3.2"), Text("."),
               identifier="rest"),
        clause("2.2", Text("Если Заказчик не платит по подпункту "), Ref("rest", "2.1.2"), Text(", "), Text(WORDY)),
        Heading("delivery", "3", text("Сдача и приёмка")),
        clause("3.1", Text(WORDY)),
        clause("3.2", Text("Акт подписывается в течение "), Blank("____", "/matter/act"), Text(" дней; см. пункт "),
               Ref("point_two", "2"), Text(" приложения №\u00a0"), Ref("annex_team", "2"), Text(" и пункт "),
               Ref("staff", "1.2"), Text("."), identifier="act"),
    )


def opening(party: str) -> tuple[Block, ...]:
    return (
        Paragraph("title", text("Договор об оказании юридических услуг")),
        Paragraph("number", (Text("№\u00a0"), Value("15-26/юр", "/matter/number"))),
        Pair("place_date", value("г.\u00a0Екатеринбург"), value("22\u00a0ноября 2026\u00a0г.")),
        Paragraph("preamble", (Strong((Value(party, "/matter/clients/0/name"),)), Text(", именуемое в дальнейшем «"),
                  Strong(text("Заказчик")), Text("», в лице генерального директора "), Value("Кузнецовой-Белорецкой "
                  "Ирины Игоревны", "/matter/clients/0/signatories/0"), Text(", действующей на основании Устава, с "
                  "одной стороны, и Адвокатское бюро «Линия права», именуемое в дальнейшем «Исполнитель», с другой "
                  "стороны, заключили настоящий договор о нижеследующем."))),
    )


def annexes() -> tuple[Annex, Annex]:
    label = (Text("к договору от "), Value("22\u00a0ноября 2026\u00a0г.", "/date"), Text(" №\u00a0"),
             Value("15-26/юр", "/matter/number"))
    firm, client = short(side("Исполнитель", "")), short(side("Заказчик", ""))
    task = Annex("annex_task", "1", label, text("Задание и цена"), (
        Heading("task", "1", text("Задание")),
        clause("1.1", Text("Услуги оказываются по этапам таблицы."), identifier="by_stages"),
        clause("1.2", Text("К этапам применяется пункт "), Ref("by_stages", "1.1"),
               Text(" и раздел "), Ref("costs", "2"), Text(".")),
        stages(9, "Таблица этапов"),
        Heading("costs", "2", text("Расходы")),
        clause("2.1", Text(WORDY)),
        Parties("parties", (firm, client)),
    ))
    team = Annex("annex_team", "2", label, text("Специалисты"), (
        clause("1", Text("Услуги оказывают специалисты Исполнителя.")),
        clause("2", Text("Замена допускается по пункту "), Ref("staff", "1.2"), Text(" Договора."),
               identifier="point_two"),
        clause("2.1", Text("О замене предупреждают за "), Value("3 рабочих дня", "/days"), Text(".")),
        Paragraph("note", text("Список действует на дату подписания.")),
        Parties("parties", (firm, client)),
    ))
    return task, team


def whole(party: str = "ООО «Уральские мельницы»", **changes: object) -> Document:
    """Return a document with every kind of node."""
    blocks: tuple[Block, ...] = (
        *opening(party),
        *body_sections(),
        Paragraph("body", text("Договор составлен в двух экземплярах.")),
        Paragraph("parties_heading", text("Реквизиты и подписи сторон")),
        Parties("parties", (side("Исполнитель", "Адвокатское бюро «Линия права»", position="Управляющий партнёр"),
                            side("Заказчик", party, seal=True))),
        *annexes(),
    )
    document = Document("Договор № 15-26/юр", "Договор об оказании юридических услуг", "АБ «Линия права»", "ru",
                        "Договор № 15-26/юр", date(2026, 11, 22), False, blocks)
    return replace(document, **changes)  # type: ignore[arg-type]


def hostile() -> Document:
    """Return a document whose every place that takes outside words takes hostile ones."""
    party = side("Заказчик", HOSTILE)
    column = Column((Value(HOSTILE, "/head"),), "left", 50)
    signature = Signature(value(HOSTILE), value("И. И. Иванов"), False)
    blocks: tuple[Block, ...] = (
        Paragraph("title", (Text("Договор "), Value(HOSTILE, "/title"))),
        Pair("place_date", value("г.\u00a0Екатеринбург"), value("22.11.2026")),
        Heading("fee", "1", (Text("О платежах "), Value(HOSTILE, "/heading"))),
        clause("1.1", Text("Слово "), Value(HOSTILE, "/body"), Text(" стоит в пункте "), Ref("fee", "1"), Text(".")),
        Table("table", (column, column), ((value(HOSTILE), value("строка первая\nстрока вторая")),), caption=HOSTILE),
        Parties("parties", (replace(party, heading=value(HOSTILE), signatures=(signature,)), party)),
        Annex("annex", "1", value(HOSTILE), value(HOSTILE), (Paragraph("body", value(HOSTILE)),)),
    )
    return Document(HOSTILE, f"О {HOSTILE}", f"От {HOSTILE}", "ru", HOSTILE, date(2026, 11, 22), False, blocks)


def long(rows: int = 60, fillers: int = 20) -> Document:
    """Return a document of many pages: a table over several, three parties, joint signatures."""
    clauses = [clause(f"1.{number}", Text(WORDY)) for number in range(1, fillers + 1)]
    sides = (
        side("Исполнитель", "Адвокатское бюро «Линия права»"),
        side("Заказчик 1", "ООО «Уральские мельницы»", seal=True, count=2),
        side("Заказчик 2", "Индивидуальный предприниматель Соколов Пётр Андреевич", position=""),
    )
    blocks: tuple[Block, ...] = (
        *opening("ООО «Уральские мельницы»"),
        Heading("subject", "1", text("Предмет Договора")),
        *clauses,
        stages(rows),
        Heading("last", "2", text("Реквизиты и подписи сторон")),
        clause("2.1", Text(WORDY)),
        Parties("parties", sides),
    )
    return replace(whole(), blocks=blocks)


TREES: dict[str, Callable[[], Document]] = {
    "whole": whole, "hostile": hostile, "long": long, "draft": lambda: whole(draft=True),
}
