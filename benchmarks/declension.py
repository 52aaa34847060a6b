"""Prints what the Russian of the program costs, beside the bounds it must keep; exits with 1 beyond them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product

from docgen.language import CASES, decline_name

# What is measured → the greatest value allowed, and its unit.
BOUNDS = {
    "a declension of a full name met before": (50.0, "µs"),
    "a declension of a full name never met, dictionaries loaded": (50.0, "µs"),
    "loading all dictionaries": (300.0, "ms"),
    "docgen --help": (200.0, "ms"),
}
STARTS, MIDDLES = ("Пух", "Сав", "Кор", "Лен", "Ряб"), ("ля", "ми", "ко", "ба")
ENDINGS = ("ков", "ский", "вец", "нок", "чук", "ва", "ненко")
LOAD = """
import time
from docgen.language import cardinal, decline_name, decline_phrase
started = time.perf_counter()
decline_name("Пухляков Роман", "gent"), decline_phrase("директор", "gent"), cardinal(5)
print(1000 * (time.perf_counter() - started))
"""


def main() -> int:
    """Print every measure and return 1 if one is beyond its bound."""
    found = dict(zip(BOUNDS, (*declensions(), best(loading), best(help_text)), strict=True))
    for name, value in found.items():
        bound, unit = BOUNDS[name]
        print(f"{name}: {value:.1f} {unit} (at most {bound:.0f})")
    return int(any(value > BOUNDS[name][0] for name, value in found.items()))


def declensions() -> tuple[float, float]:
    """Return microseconds per name and case: of names met before, and of the same names when they were new."""
    decline_name("Рой Пётр", "gent")
    new = per_call(surnames())
    return best(lambda: per_call(surnames())), new


def surnames() -> list[str]:
    """Return surnames that no dictionary has, of the commonest endings."""
    return ["".join(parts) for parts in product(STARTS, MIDDLES, ENDINGS)]


def per_call(names: list[str]) -> float:
    """Return microseconds per declension of each name in each case."""
    started = time.perf_counter()
    for name, case in product(names, CASES):
        decline_name(f"{name} Роман Иванович", case)
    return 1e6 * (time.perf_counter() - started) / (len(names) * len(CASES))


def loading() -> float:
    """Return milliseconds that a new process spends on its first words: pymorphy3, pytrovich, num2words."""
    made = subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True)
    return float(made.stdout)


def help_text() -> float:
    """Return milliseconds from the call of the command line to its help."""
    started = time.perf_counter()
    call = "import sys; sys.argv = ['docgen', '--help']; from docgen.cli import main; sys.exit(main())"
    subprocess.run([sys.executable, "-c", call], check=True, capture_output=True)
    return 1000 * (time.perf_counter() - started)


def best(measure: Callable[[], float], times: int = 5) -> float:
    """Return the least of several measures: the one that other processes disturbed least."""
    return min(measure() for _ in range(times))


if __name__ == "__main__":
    sys.exit(main())
