"""The body of an XForm: what stands before people for each node of the record."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from arasha.questionnaires.rules.documents import children, local
from arasha.questionnaires.rules.form import Choice, Texts
from arasha.questionnaires.rules.problems import FormProblem

JR = "{http://openrosa.org/javarosa}"
NODESET = re.compile(r"instance\('([^']+)'\)/root/item(?:\[(.*)\])?", re.DOTALL)
TYPES = {
    "": "text", "string": "text", "int": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "dateTime": "datetime",
}  # fmt: skip
CHOOSING = {"select1": "select_one", "select": "select_multiple", "trigger": "acknowledge"}


@dataclass(frozen=True)
class Control:
    """One control, or one group or repeat."""

    element: etree._Element
    repeat: bool = False
    count: str = ""
    around: etree._Element | None = None

    def child(self, name: str) -> etree._Element | None:
        """Return the first child of a name."""
        found = [each for each in children(self.element) if local(each) == name]
        outer = children(self.around) if self.around is not None else []
        return next(iter(found or [each for each in outer if local(each) == name]), None)

    @property
    def label(self) -> etree._Element | None:
        """The label; a repeat's stands in the group around it."""
        return self.child("label")

    @property
    def hint(self) -> etree._Element | None:
        """The hint."""
        return self.child("hint")

    @property
    def appearance(self) -> str:
        """How it wants to look, in ODK's words."""
        inner = self.element.get("appearance", "")
        return inner or (self.around.get("appearance", "") if self.around is not None else "")

    def listed(self, path: str, known: set[str]) -> tuple[str, str]:
        """Return the list that choices come from, and the condition that picks among them."""
        if (itemset := self.child("itemset")) is None:
            return "", ""
        nodeset = itemset.get("nodeset", "").strip()
        found = NODESET.fullmatch(nodeset)
        if not found or found[1] not in known:
            raise FormProblem("kind", path, nodeset)
        return found[1], (found[2] or "").strip()

    def items(self, label: Callable[[etree._Element | None], Texts]) -> tuple[Choice, ...]:
        """Return choices that stand in the control itself, as older versions of pyxform wrote them."""
        found = []
        for item in children(self.element):
            if local(item) == "item":
                parts = {local(each): each for each in children(item)}
                value = parts.get("value")
                found.append(Choice((value.text or "").strip() if value is not None else "", label(parts.get("label"))))
        return tuple(found)


class Controls:
    """The controls of a body by the path of their node."""

    def __init__(self, body: etree._Element) -> None:
        self.groups: dict[str, Control] = {}
        self.questions: dict[str, Control] = {}
        self._read(body, None)

    def _read(self, element: etree._Element, around: etree._Element | None) -> None:
        for child in children(element):
            name, path = local(child), (child.get("ref") or child.get("nodeset") or "").strip()
            if name == "group":
                self.groups.setdefault(path, Control(child))
                self._read(child, child)
            elif name == "repeat":
                count = (child.get(f"{JR}count") or "").strip()
                self.groups[path] = Control(child, True, count, around)
                self._read(child, None)
            elif path and name not in {"label", "setvalue"}:
                self.questions[path] = Control(child)

    def kind(self, path: str, bind: etree._Element | None, only_said: bool) -> str:
        """Return a question's kind.

        Raises:
            FormProblem: `kind`, when nobody may ask this here (places, barcodes, sound, what a device knows).
        """
        given = bind.get("type", "").removeprefix("xsd:") if bind is not None else ""
        if bind is not None and bind.get(f"{JR}preload"):
            raise FormProblem("kind", path, bind.get(f"{JR}preload", ""))
        if (control := self.questions.get(path)) is None:
            return "calculate" if bind is not None and bind.get("calculate") else "hidden"
        name = local(control.element)
        if name in CHOOSING:
            return CHOOSING[name]
        if name == "upload" and given == "binary":
            medium = control.element.get("mediatype", "")
            if medium.startswith(("audio", "video")):
                raise FormProblem("kind", path, medium)
            return "image" if medium.startswith("image") else "file"
        if name != "input" or given not in TYPES:
            raise FormProblem("kind", path, f"{name} {given}".strip())
        return "note" if only_said and TYPES[given] == "text" else TYPES[given]
