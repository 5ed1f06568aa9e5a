"""What is wrong with a form before it is converted: every fault with its sheet, row and column."""

from arasha.questionnaires.rules.books import Book, Fault
from arasha.questionnaires.rules.lint import answers, between, formulas, questions, sheets
from arasha.questionnaires.rules.lint.outline import Item, Outline, outline
from arasha.questionnaires.rules.lint.rows import formulas as formulas_of

__all__ = ["Item", "Outline", "check", "outline"]


def check(book: Book, before: Book | None = None) -> list[Fault]:
    """Return everything that is wrong with a form, in the order of its sheets and rows.

    `before` is the version that it is to follow.
    """
    survey, choices = outline(book), book.sheet("choices")
    found = list(formulas_of(survey))
    faults = [*sheets.check(book), *survey.faults, *questions.check(survey, choices)]
    faults += formulas.check(survey, choices, found)
    faults += answers.check(survey, found)
    if before is not None:
        faults += between.check(survey, before)
    order = {sheet: place for place, sheet in enumerate(("settings", "about", "survey", "choices"))}
    return sorted(_once(faults), key=lambda fault: (order.get(fault.sheet, -1), fault.row))


def _once(faults: list[Fault]) -> list[Fault]:
    """Return the faults once each: a fault holds a mapping, so that it can't be asked for by a set."""
    keys = [(fault.code, fault.sheet, fault.row, fault.column, tuple(fault.values.items())) for fault in faults]
    return list(dict(zip(keys, faults, strict=True)).values())
