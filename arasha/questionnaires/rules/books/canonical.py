"""One way to write one form: what differs only in spaces, empty rows or the order of sheets is the same form."""

from arasha.questionnaires.rules.books.book import SHEETS, Book, Row, Sheet


def canonical(book: Book) -> Book:
    """Return the book with its known sheets in order, without empty columns and rows, the rows counted anew."""
    return Book({name: _sheet(book.sheets[name]) for name in SHEETS if name in book.sheets})


def _sheet(sheet: Sheet) -> Sheet:
    used = {head for row in sheet.rows for head in row.cells}
    heads = tuple(head for head in dict.fromkeys(sheet.heads) if head in used)
    rows = [{head: row.cells[head] for head in heads if row.get(head)} for row in sheet.rows]
    return Sheet(sheet.name, heads, tuple(Row(2 + place, cells) for place, cells in enumerate(rows)))
