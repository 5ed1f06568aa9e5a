"""What can be wrong with a form or a record so that it cannot be read at all."""

from collections.abc import Sequence


class FormProblem(ValueError):
    """A form that the engine refuses. `code` says why, `path` where, `detail` names the words of the form.

    Codes: too_large, not_xml, doctype, not_a_form, kind, read_only, expression, function, arguments, unknown_path,
    unknown_instance, pattern, circular.
    """

    def __init__(self, code: str, path: str = "", detail: str = "") -> None:
        super().__init__(f"{code}: {path}: {detail}")
        self.code, self.path, self.detail = code, path, detail


class CircularCalculation(FormProblem):
    """Formulas that need each other's results; `paths` are the questions and groups that they stand at."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__("circular", paths[0], " → ".join([*paths, paths[0]]))
        self.paths = tuple(paths)


class RecordProblem(ValueError):
    """A submission that is not read. Codes: too_large, not_xml, doctype, wrong_form, wrong_version."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


class Uncountable(Exception):
    """An expression that has no answer for this record: several answers where one is needed, or no date."""
