"""A company's card pasted as text in, a raw client for somebody to confirm out, with every doubt about it."""

from docgen.cards.card import Card, read_card

__all__ = ["Card", "read_card"]
