"""The shape of a case that is to be opened: who the child is."""

from arasha.people.fields import ChildFields


class OpenCaseForm(ChildFields):
    """The child, as far as anybody knows."""
