"""A kind, an order and the library in, the finished document tree out, with why and with warnings."""

from docgen.assembly.assemble import Assembled, Base, Sources, assemble
from docgen.assembly.calculations import included_vat
from docgen.assembly.choices import choice_problems, tax_problems
from docgen.assembly.context import context_of, library_vocabulary
from docgen.assembly.proof import Explanation, explain
from docgen.assembly.selection import Cause, Decision
from docgen.assembly.trace import Unknown

__all__ = [
    "Assembled",
    "Base",
    "Cause",
    "Decision",
    "Explanation",
    "Sources",
    "Unknown",
    "assemble",
    "choice_problems",
    "context_of",
    "explain",
    "included_vat",
    "library_vocabulary",
    "tax_problems",
]
