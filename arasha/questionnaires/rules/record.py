"""Records as other programs have them: the XML that ODK's clients submit, and typed answers for tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Day
from decimal import Decimal

from lxml import etree

from arasha.questionnaires.rules.documents import XmlRefused, children, local, parsed
from arasha.questionnaires.rules.form import Answers, Form, Group, Question
from arasha.questionnaires.rules.kinds import DAY, FRACTION
from arasha.questionnaires.rules.problems import RecordProblem
from arasha.questionnaires.rules.values import parse_date

OPENROSA = "http://openrosa.org/xforms"
DEEPEST = 20
MOST_ELEMENTS = 50_000
CODED = {"select_one", "select_multiple", "acknowledge"}


@dataclass(frozen=True)
class TypedAnswer:
    """One answer for a table: of a choice among several, one for each. Exactly one of the last four is set.

    `position` says which repetition it stands in ("2", nested "2.1"); `key` names the node ("members[2]/name"). What a
    formula computed is a number or a date where it is one, else a text.
    """

    path: str
    position: str
    key: str
    kind: str
    code: str | None = None
    number: Decimal | None = None
    date: Day | None = None
    text: str | None = None


def to_xml(form: Form, answers: Answers, instance_id: str = "") -> bytes:
    """Return a record as a submission; what the form does not know is left out."""
    root = etree.Element(form.root.name, {"id": form.code, "version": form.version}, nsmap={"orx": OPENROSA})
    _write(form.root, root, answers)
    meta = etree.SubElement(root, f"{{{OPENROSA}}}meta")
    etree.SubElement(meta, f"{{{OPENROSA}}}instanceID").text = instance_id or None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write(group: Group, element: etree._Element, answers: Answers) -> None:
    for node in group.children:
        given = answers.get(node.name)
        if isinstance(node, Question):
            etree.SubElement(element, node.name).text = given if isinstance(given, str) and given else None
            continue
        if isinstance(given, list) or node.repeat:
            rows = given if isinstance(given, list) else []
        else:
            rows = [given if isinstance(given, Mapping) else {}]
        for row in rows:
            _write(node, etree.SubElement(element, node.name), row)


def from_xml(form: Form, xml: bytes) -> Answers:
    """Return the answers of a submission, unknown ones too, for the engine to find.

    Raises:
        RecordProblem: too large, no XML, with a DOCTYPE, or of another form or version.
    """
    try:
        root = parsed(xml)
    except XmlRefused as refused:
        raise RecordProblem(refused.code, refused.detail) from refused
    if local(root) != form.root.name or root.get("id", "") != form.code:
        raise RecordProblem("wrong_form", root.get("id", "")[:100])
    if root.get("version", "") != form.version:
        raise RecordProblem("wrong_version", root.get("version", "")[:100])
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise RecordProblem("too_large", "elements")
    return _read(root, form.root, 0)


def _read(element: etree._Element, group: Group | None, depth: int) -> dict[str, "str | Answers | list[Answers]"]:
    known = {node.name: node for node in group.children} if group else {}
    found: dict[str, str | Answers | list[Answers]] = {}
    if depth > DEEPEST:
        return found
    for child in children(element):
        name = local(child)
        if name == "meta" and depth == 0:
            continue
        node = known.get(name)
        inner = node if isinstance(node, Group) else None
        value = _read(child, inner, depth + 1) if inner or children(child) else (child.text or "")
        if name in found or (inner and inner.repeat):
            before = found.setdefault(name, [])
            rows = before if isinstance(before, list) else [_row(before)]
            rows.append(_row(value))
            found[name] = rows
        else:
            found[name] = value
    return found


def _row(value: "str | Answers | list[Answers]") -> Answers:
    return value if isinstance(value, Mapping) else {"": str(value)}


def typed(form: Form, answers: Answers) -> tuple[TypedAnswer, ...]:
    """Return the answers of an evaluated record as typed rows, in the order of the form; empty ones are none."""
    return tuple(_typed(form.root, answers, "", ""))


def _typed(group: Group, answers: Answers, prefix: str, position: str) -> Iterator[TypedAnswer]:
    for node in group.children:
        given = answers.get(node.name)
        if isinstance(node, Question):
            if isinstance(given, str) and given:
                yield from _of(node, given, f"{prefix}{node.name}", position)
        elif isinstance(given, list):
            for at, row in enumerate(given, start=1):
                place = f"{position}.{at}" if position else str(at)
                yield from _typed(node, row, f"{prefix}{node.name}[{at}]/", place)
        elif isinstance(given, Mapping):
            yield from _typed(node, given, f"{prefix}{node.name}/", position)


def _of(question: Question, given: str, key: str, position: str) -> Iterator[TypedAnswer]:
    path, kind = question.path, question.kind
    if kind == "select_multiple":
        yield from (TypedAnswer(path, position, key, kind, code=code) for code in given.split())
    elif kind in CODED:
        yield TypedAnswer(path, position, key, kind, code=given)
    elif kind in {"integer", "decimal", "calculate"} and FRACTION.fullmatch(given):
        yield TypedAnswer(path, position, key, kind, number=Decimal(given))
    elif kind in {"date", "calculate"} and DAY.fullmatch(given) and (day := parse_date(given)):
        yield TypedAnswer(path, position, key, kind, date=day)
    else:
        yield TypedAnswer(path, position, key, kind, text=given)
