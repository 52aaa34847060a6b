"""Russian words in, Russian words out: declension, amounts, dates, plurals, typography; all pure functions."""

from docgen.language.amounts import amount, decimal_of, digits
from docgen.language.dates import date_text, period
from docgen.language.forms import CASES, Case, Form, Gender, Sex
from docgen.language.names import decline_name, infer_sex, initials, surname_initials
from docgen.language.nouns import is_settled
from docgen.language.numbers import agree, cardinal, number_range, ordinal
from docgen.language.organisations import full_form, organisation_gender, short_form
from docgen.language.phrases import decline_phrase
from docgen.language.plurals import count
from docgen.language.typography import typeset
from docgen.language.words import EMPTY, Words

__all__ = [
    "CASES",
    "EMPTY",
    "Case",
    "Form",
    "Gender",
    "Sex",
    "Words",
    "agree",
    "amount",
    "cardinal",
    "count",
    "date_text",
    "decimal_of",
    "decline_name",
    "decline_phrase",
    "digits",
    "full_form",
    "infer_sex",
    "initials",
    "is_settled",
    "number_range",
    "ordinal",
    "organisation_gender",
    "period",
    "short_form",
    "surname_initials",
    "typeset",
]
