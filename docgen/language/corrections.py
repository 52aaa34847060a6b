"""What pytrovich gets wrong, as data: the right endings, and the classes that a person should look at.

Endings are written "cut: gent datv accs ablt loct" (letters to cut, what to add); "." leaves the word as it is;
Rules are tried from the first to the last
and the first that fits wins; a name that no rule fits goes to pytrovich.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from docgen.language.dictionary import knows, syllables
from docgen.language.forms import Case, Sex, listed

STRESS = "окончание творительного падежа зависит от ударения"
FLEETING = "гласная в конце фамилии может выпадать или сохраняться"
FRENCH = "иностранное слово с ударной гласной на конце обычно не склоняется"
NOUN_IN = "фамилия совпадает с существительным: в творительном падеже -ым или -ом по обычаю семьи"
FOREIGN_IN = "иностранная фамилия на -ин, -ов получает в творительном падеже -ом, русская -ым"
NOUN = "фамилия может склоняться и как прилагательное, и как существительное"
PLURAL = "фамилии на -их и -ых не склоняются, но эта похожа на иностранную, которая склоняется"
WOMAN_SOFT = "женское имя на мягкую согласную: склоняется или нет по обычаю"
WOMAN_IA = "нерусское имя на -ия: окончание зависит от ударения"
SYLLABLE = "короткая восточная фамилия обычно не склоняется"
FIRST_PART = "первая часть двойного имени или фамилии оставлена без изменений"

HARD = "0: а у а ом е"
SIBILANT = "0: а у а ем е"
SHORT_ADJECTIVE = "0: а у а ым е"
SOFT = "1: я ю я ем е"
SOFT_IY = "1: я ю я ем и"
DROPPED_EY = "2: ья ью ья ьем ье"
A = "1: ы е у ой е"
A_VELAR = "1: и е у ой е"
A_SIBILANT = "1: и е у ей е"
A_TS = "1: ы е у ей е"
YA = "1: и е ю ей е"
IYA = "1: и и ю ей и"
IYA_STRESSED = "1: и е ю ёй е"
WOMAN_SIGN = "1: и и ь ью и"
OY_HARD = "2: ого ому ого ым ом"
OY_VELAR = "2: ого ому ого им ом"
IY_POSSESSIVE = "2: ьего ьему ьего ьим ьем"
IY_SOFT = "2: его ему его им ем"
AYA_SOFT = "2: ей ей ую ей ей"
AYA_STRESSED = "2: ой ой ую ой ой"
ETS_STRESSED = "2: ца цу ца цом це"
ETS = "2: ца цу ца цем це"
ETS_L_STRESSED = "2: ьца ьцу ьца ьцом ьце"
ETS_L = "2: ьца ьцу ьца ьцем ьце"
OK_DROPPED = "2: ка ку ка ком ке"
YOK_DROPPED = "2: ька ьку ька ьком ьке"
KEEP = "."


@dataclass(frozen=True, slots=True)
class Rule:
    """Endings (or ``whole`` words) of names of one sex or both → what to do with them.

    ``length`` is in syllables; ``known_as`` is what the dictionary must call the word (a grammeme of OpenCorpora);
    ``doubt`` asks for a person's eye, in the ``cases`` given or (when empty) in all.
    """

    sex: Sex | Literal["both"]
    match: str
    endings: str
    doubt: str = ""
    whole: bool = False
    length: Literal["any", "one", "two", "more"] = "any"
    cases: tuple[Case, ...] = ()
    known_as: str = ""

    def fits(self, count: int, sex: Sex) -> bool:
        """Return whether the rule is for names of this sex with so many syllables."""
        if self.sex not in ("both", sex):
            return False
        return self.length == "any" or self.length == ("one" if count <= 1 else "two" if count == 2 else "more")

    def change(self, case: Case) -> tuple[int, str]:
        """Return how many letters to cut and what to add for an oblique case."""
        return _change(self.endings, case)


@cache
def _change(endings: str, case: Case) -> tuple[int, str]:
    if endings == KEEP:
        return 0, ""
    cut, _, forms = endings.partition(": ")
    return int(cut), forms.split()[_OBLIQUE.index(case)]


class Table:
    """Rules in order, found by the word or its last letters: a dozen look-ups instead of a walk through all."""

    def __init__(self, *rules: Rule) -> None:
        self._whole: dict[str, list[tuple[int, Rule]]] = {}
        self._endings: dict[str, list[tuple[int, Rule]]] = {}
        for n, rule in enumerate(rules):
            for word in rule.match.split():
                (self._whole if rule.whole else self._endings).setdefault(word, []).append((n, rule))

    def find(self, word: str, sex: Sex) -> Rule | None:
        """Return the first rule that fits a lower-case word, if any.

        >>> rule = SURNAMES.find("ткач", "m")
        >>> rule.change("ablt") if rule else None
        (0, 'ом')
        """
        count = syllables(word)
        found = list(self._whole.get(word, ()))
        for length in range(1, min(len(word), 5) + 1):
            found += self._endings.get(word[-length:], ())
        fitting = (rule for _, rule in sorted(found, key=lambda each: each[0]) if rule.fits(count, sex))
        return next((rule for rule in fitting if not rule.known_as or knows(word, rule.known_as)), None)


_OBLIQUE: tuple[Case, ...] = ("gent", "datv", "accs", "ablt", "loct")
_ABLT: tuple[Case, ...] = ("ablt",)
_UNLIKE: tuple[Case, ...] = ("gent", "datv", "loct")  # where «Калина» as a noun and «Калина» from «Калин» differ

# Chinese, Korean, Vietnamese syllables, as surnames and as the last word of a name.
SYLLABLES = (
    "ба ва га да жа за ка ла ма на па ра са та фа ха ца ча ша ща бя вя гя дя кя ля мя ня пя ря ся тя хя ква хва чжа цхя"
)

SURNAMES = Table(
    # Whole words: foreign ones, and words that pytrovich lists as unchangeable in any position.
    Rule("both", "дюма тома дега люка ферма петипа мюра золя труайя деррида", KEEP, FRENCH, whole=True),
    Rule("both", SYLLABLES, KEEP, SYLLABLE, whole=True),
    Rule("both", "гамарра каруана шандра рева кива богода", A, FRENCH, whole=True),
    Rule("both", "скаля", YA, FRENCH, whole=True),
    Rule("m", "онук нечипас", HARD, whole=True),
    Rule("m", "щёлок щелок", HARD, FLEETING, whole=True),
    Rule("m", "гусь", SOFT, whole=True),
    Rule("m", "абдул гасан дюссар дюмон книппер ван шолом тер призван мелик вар фон корвин", HARD, whole=True),
    Rule("m", "бонч белиц", SIBILANT, whole=True),
    Rule(
        "m",
        "дарвин грин кронин регин остин мартин франклин толкин гершвин ирвин кальвин годвин голдвин болдуин "
        "бюлов флотов вирхов гуцков турнов",
        HARD,
        FOREIGN_IN,
        whole=True,
        cases=_ABLT,
    ),
    Rule("m", "чаплин", SHORT_ADJECTIVE, FOREIGN_IN, whole=True, cases=_ABLT),
    Rule("m", "лев", "2: ьва ьву ьва ьвом ьве", FLEETING, whole=True),
    Rule("m", "львов", SHORT_ADJECTIVE, whole=True),
    Rule("m", "георгий сергий евгений арсений антоний", SOFT_IY, NOUN, whole=True),
    Rule("m", "ловчий кравчий зодчий певчий стряпчий кормчий подьячий доезжачий", IY_SOFT, whole=True),
    Rule(
        "m",
        "божий волчий медвежий заячий лисий козий овечий птичий рыбий бычий девичий казачий вражий собачий третий",
        IY_POSSESSIVE,
        NOUN,
        whole=True,
    ),
    Rule(
        "f",
        "божья волчья медвежья заячья лисья козья овечья птичья рыбья бычья девичья казачья вражья собачья третья",
        "1: ей ей ю ей ей",
        NOUN,
        whole=True,
    ),
    Rule("f", "большая меньшая чужая", AYA_STRESSED, whole=True),
    Rule("f", "шенгелая", YA, NOUN, whole=True),
    Rule("f", "калина малина долина былина щербина перепелина журавлина", A, NOUN, whole=True, cases=_UNLIKE),
    Rule("f", "дуброва корова голова сова подкова основа обнова полова дева", A, NOUN, whole=True, cases=_UNLIKE),
    Rule("m", "ильич кузьмич козьмич лукич фомич", HARD, whole=True),
    # Men, vowel and й at the end.
    Rule("m", "ой", SOFT, NOUN, length="one"),
    Rule("m", "хой шой жой чой щой", OY_VELAR),
    Rule("m", "иной", OY_HARD),
    Rule("m", "бой пой зой рой", OY_HARD, known_as="ADJF"),
    Rule("m", "бой пой зой рой", SOFT, NOUN),
    Rule("m", "ий", "1: я ю я ем е", NOUN, length="one"),
    Rule("m", "гий", OY_VELAR, known_as="ADJF"),
    Rule("m", "аний яний оний ений иний уний юний ыний чий", IY_SOFT, known_as="ADJF"),
    Rule("m", "агий егий игий огий угий ыгий югий ягий аний яний оний ений иний уний юний ыний", SOFT_IY, NOUN),
    Rule("m", "ачий ячий ичий учий ючий очий ечий", IY_SOFT, NOUN),
    Rule("m", "ский цкий", OY_VELAR),
    Rule("m", "гий кий хий", OY_VELAR, known_as="ADJF"),
    Rule("m", "гий", OY_VELAR, NOUN),
    Rule("m", "кий хий", SOFT_IY, NOUN),
    Rule("m", "пчий бчий дчий лчий рчий нчий тчий вчий мчий кчий счий", SOFT_IY, NOUN),
    Rule("m", "цый", "2: его ему его ым ем"),
    Rule("m", "обей", DROPPED_EY, FLEETING),
    Rule("m", "яй эй юй уй ёй", SOFT),
    # Men, a vowel before the last consonant that may drop.
    Rule("m", "ень", SOFT, FLEETING),
    Rule("m", "ёнок онок енок", OK_DROPPED),
    Rule("m", "ок ек ёк", HARD, length="one"),
    Rule("m", "чок шок жок щок", OK_DROPPED, FLEETING),
    Rule("m", "ок", HARD, FLEETING),
    Rule("m", "ёк", YOK_DROPPED, FLEETING),
    Rule("m", "бек шек чек", HARD),
    Rule("m", "ек", HARD, FLEETING),
    Rule("m", "швец", HARD, whole=True),
    Rule("m", "ец", HARD, FLEETING, length="one"),
    Rule("m", "аец иец еец оец уец юец яец", "2: йца йцу йца йцем йце"),
    Rule("m", "знец рнец стец дрец рдец здец ждец тнец клец глец брец трец шлец длец чтец рлец фец", HARD, FLEETING),
    Rule("m", "лец", ETS_L_STRESSED, length="two"),
    Rule("m", "лец", ETS_L),
    Rule("m", "бец", ETS_STRESSED, FLEETING, length="two"),
    Rule("m", "ец", ETS_STRESSED, length="two"),
    Rule("m", "вец сец бец рец дец тец зец", ETS_STRESSED),
    Rule("m", "ец", ETS),
    # Men, the instrumental of ж ч ш щ goes by stress: -ач and one syllable are stressed, -аш and -ыш by custom.
    Rule("m", "ач", HARD),
    Rule("m", "уш", SIBILANT, STRESS, length="one", cases=_ABLT),
    Rule("m", "ж ч ш щ", HARD, STRESS, length="one", cases=_ABLT),
    Rule("m", "аш ыш", SIBILANT, STRESS, cases=_ABLT),
    Rule("m", "ж щ", SIBILANT),
    # Men, в and н that are not the Russian -ов, -ев, -ин, -ын.
    Rule("m", "ин ын", HARD, FOREIGN_IN, length="one", cases=_ABLT),
    Rule("m", "ов ев ёв", SHORT_ADJECTIVE, FOREIGN_IN, length="one", cases=_ABLT),
    Rule("m", "эн юн ён ьн лн мн дн тн гн кн хн шн зн сн вн бн пн жн фн цн", HARD),
    Rule("m", "ув юв ыв яв эв рв лв вв дв ьв", HARD),
    Rule("m", "них", KEEP, known_as="ADJF"),
    Rule("m", "их ых", HARD, PLURAL, length="one"),
    Rule("m", "лих дих мих вих тих бих пих сих зих фих цих рих них", HARD, PLURAL),
    # Both sexes, -а: nouns of the dictionary (Саранча) apart, three syllables have no stress on the end (Олеша).
    Rule("both", "ша жа ча ща", A_SIBILANT, length="more"),
    Rule("both", "ша жа ча ща", A_SIBILANT, STRESS, cases=_ABLT),
    # Women: nouns that look like adjectives, and soft adjectives.
    Rule("f", "аска еска иска оска уска ыска юска яска", A_VELAR, NOUN),
    Rule("f", "ана ена ёна она уна эна юна яна бна вна гна дна жна зна йна кна лна мна нна пна рна сна тна", A),
    Rule("f", "хна цна чна шна щна фна ьна", A),
    Rule("f", "цая шая щая", AYA_SOFT),
)

FIRST_NAMES = Table(
    Rule("m", "люка тома", KEEP, FRENCH, whole=True),
    Rule("m", "шота", A, FRENCH, whole=True),
    Rule("both", SYLLABLES, KEEP, SYLLABLE, whole=True),
    Rule("both", "ходжа", A_VELAR, whole=True),
    Rule("m", "гия зия", YA, WOMAN_IA, whole=True),
    Rule("m", "ия", IYA),
    Rule("f", "тия вия зия", IYA, WOMAN_IA, whole=True),
    Rule(
        "f",
        "алия альфия асия галия гульфия зульфия сания рабия нурия фания хадия разия закия рафия сафия шамсия мавлия "
        "гания марзия асфия бадрия назия альмия",
        IYA_STRESSED,
        WOMAN_IA,
        whole=True,
    ),
    Rule("f", "нинель жизель рашель рахиль агидель адель ассоль", WOMAN_SIGN, whole=True),
    Rule("f", "любовь руфь юдифь эсфирь", WOMAN_SIGN, whole=True),
    Rule("f", "гузель гюзель", KEEP, whole=True),
    Rule("f", "гуль гюль", KEEP),
    Rule("f", "ль", KEEP, WOMAN_SOFT),
    Rule("f", "ь", WOMAN_SIGN, WOMAN_SOFT),
    Rule("both", "еа оа аа уа иа ыа эа юа", KEEP),
    Rule("both", "ша жа ча ща", A_SIBILANT),
    Rule("both", "ца", A_TS),
    Rule("m", "ёк", YOK_DROPPED),
    Rule("m", "ек", HARD),
    Rule("m", "ц ч щ", SIBILANT),
)

PATRONYMICS = Table(
    Rule("m", "ильич кузьмич козьмич косьмич лукич фомич", HARD, whole=True),
    Rule("m", "ич ыч", SIBILANT),
)

# What a surname in -ин, -ов of a foreigner gets.
WESTERN_SURNAME = Rule("m", "ин ов ев", HARD, FOREIGN_IN)

# First parts of double names that never change.
FIXED_FIRST = listed(
    """абд абдул абу ага ад аль ар ас аш бей бек бен бин бонч вар гасан грум да де дел дель ибн кара книппер корвин ла
    ле мак мелик мирза мулла нур о призван сан сеит сен сент тер тулуз фон хан шах шолом эль эр"""
)

# Given names that tell a foreigner when there is no patronymic: Чаплин Чарльз → Чаплином.
WESTERN_NAMES = listed(
    """альфред арчибальд бенджамин бернард билл боб брайан вальтер вильгельм винсент грэм гарри генри георг герберт
    гилберт говард ганс густав дэвид джеймс джек джеральд джон джордж джозеф дональд иоганн кевин кеннет колин кристофер
    курт людвиг людвик майкл николас оливер патрик питер пол рональд сидни скотт стив стивен тим томас вильям уильям
    уолтер фрэнк фридрих ханс хью чарли чарльз эдвард эндрю"""
)

# Women's surnames of the Russian -ин that only look like nouns: Кузиной, not «Кузины».
RUSSIAN_INA = listed(
    """кузина родина лапина махина тишина машина травина година седина мякина личина осина репина вагина перина"""
)
