"""Records made up for a form, worked out by us and by JavaRosa, and what differs."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from arasha.questionnaires.rules.checking import said
from arasha.questionnaires.rules.engine import Evaluation, Run, evaluate, run
from arasha.questionnaires.rules.form import Answers, Form, Group, Question
from arasha.questionnaires.rules.instance import Node
from arasha.questionnaires.rules.plan import Entry
from arasha.questionnaires.rules.record import to_xml
from arasha.questionnaires.tests.javarosa import JavaRosa

NUMBER = re.compile(r"(?<![\w'.])\d+(?:\.\d+)?")
QUOTED = re.compile(r"'([^'/]*)'")
WORDS = ("", "a", "Аягөз", "A1", "два слова", "12", "3.5", "x y z", "true", "0", "2026-01-31")
ROW = re.compile(r"\[\d+\]")
MANY = 4


@dataclass(frozen=True)
class Difference:
    """One thing that the two engines say differently about one record."""

    key: str
    what: str
    ours: str
    theirs: str


# What we do otherwise than JavaRosa on purpose. Each is a name, a test of a difference and its formula, and the reason.
EXPLAINED: tuple[tuple[str, Callable[[Difference, str], bool], str], ...] = (
    (
        "greatest of negative numbers",
        lambda seen, formula: "max(" in formula and seen.ours.startswith("-") and seen.theirs == "0",
        "JavaRosa begins its search at the smallest positive number, so that the greatest of -3 and -5 becomes zero.",
    ),
    (
        "months and days of the week",
        lambda seen, formula: "%b" in formula or "%a" in formula,
        "We write them in the reader's language, JavaRosa in that of its machine.",
    ),
    (
        "the clock",
        lambda seen, formula: "now()" in formula and seen.what == "value" and seen.ours[:15] == seen.theirs[:15],
        "The two read the clock one after the other.",
    ),
    (
        "no result",
        lambda seen, formula: seen.what == "error" and seen.ours == "formula",
        "JavaRosa ends with an error where a formula has no result; we keep the record and say which formula it is.",
    ),
)


def unexplained(form: Form, found: Iterable[tuple[Answers, Difference]]) -> list[tuple[Answers, Difference]]:
    """Return the differences that no reason on the list covers."""
    formulas = {
        question.path.partition("/")[2].partition("/")[2]: f"{question.calculation} {question.constraint}"
        for question in form.questions()
    }

    def covered(seen: Difference) -> bool:
        formula = formulas.get(ROW.sub("", seen.key), "")
        return any(applies(seen, formula) for _, applies, _ in EXPLAINED)

    return [(answers, seen) for answers, seen in found if not covered(seen)]


class Author:
    """Makes up records: values near those that the form's formulas speak of, so that both sides of a condition come."""

    def __init__(self, form: Form, seed: int) -> None:
        self.form, self.random = form, random.Random(seed)  # noqa: S311 - nothing here is secret
        nodes = [form.root, *form.root.walk()]
        formulas = " ".join(
            f"{node.calculation} {node.constraint} {node.relevant}" if isinstance(node, Question) else node.relevant
            for node in nodes
        )
        spoken = {int(float(each)) for each in NUMBER.findall(formulas) if float(each) < 1e6}
        self.numbers = sorted({each + more for each in spoken | {0, 3} for more in (-1, 0, 1)})
        self.words = sorted({each.strip() for each in (*WORDS, *QUOTED.findall(formulas))})

    def record(self, today: date) -> Answers:
        """Return a record's answers."""
        return self._group(self.form.root, today, self.random.choice((0.1, 0.5, 0.9)))

    def _group(self, group: Group, today: date, filled: float) -> dict[str, "str | Answers | list[Answers]"]:
        found: dict[str, str | Answers | list[Answers]] = {}
        for node in group.children:
            if isinstance(node, Question):
                found[node.name] = self._answer(node, today) if self.random.random() < filled else node.default
            elif node.repeat:
                found[node.name] = [self._group(node, today, filled) for _ in range(self.random.randrange(MANY))]
            else:
                found[node.name] = self._group(node, today, filled)
        return found

    def _answer(self, question: Question, today: date) -> str:
        pick = self.random
        if question.kind in {"hidden", "note"} or question.read_only:
            return question.default
        if question.calculation:
            return "" if "once(" in question.calculation else pick.choice(("", "99", question.default))
        if question.kind == "select_multiple":
            codes = [choice.code for choice in question.choices]
            return " ".join(pick.sample(codes, pick.randrange(min(len(codes), MANY) + 1)))
        if question.kind == "select_one":
            return pick.choice(question.choices).code if question.choices else ""
        made: dict[str, Callable[[], str]] = {
            "integer": lambda: str(pick.choice(self.numbers)),
            "decimal": lambda: f"{pick.choice(self.numbers)}.{pick.randrange(1000)}",
            "date": (today + timedelta(days=pick.choice((-1, 0, 1, pick.randrange(-9000, 400))))).isoformat,
            "datetime": lambda: (
                f"{today - timedelta(days=pick.randrange(900))}T{pick.randrange(24):02}:15:00.000+05:00"
            ),
            "time": lambda: f"{pick.randrange(24):02}:{pick.randrange(60):02}:00.000+05:00",
            "acknowledge": lambda: pick.choice(("", "OK")),
        }
        answer = made.get(question.kind)
        return answer() if answer else pick.choice(self.words)


def differences(form: Form, judge: JavaRosa, seed: int, number: int) -> Iterator[tuple[Answers, Difference]]:
    """Yield what differs over as many made-up records; the judge has taken the form before."""
    author = Author(form, seed)
    for _ in range(number):
        now = datetime.now(UTC)
        today = judge_day(now)
        answers = author.record(today)
        worked = run(form, answers, today=today, now=now, language=form.languages[0])
        given = _whole(worked.plan.root, worked.record.root)
        told = judge.record(to_xml(form, given))
        if told["error"]:
            ours = evaluate(form, given, today=today, now=now)
            codes = {finding.code for finding in ours.findings} & {"formula"}
            yield answers, Difference("", "error", "".join(codes), told["error"])
        elif told["today"] == today.isoformat():
            ours = evaluate(form, given, today=today, now=now, language=form.languages[0])
            for difference in _compared(worked, ours, told["nodes"]):
                yield answers, difference


def judge_day(now: datetime) -> date:
    """Return the day on which the judge works."""
    return (now + timedelta(hours=5)).date()


def _whole(entry: Entry, node: Node) -> dict[str, "str | Answers | list[Answers]"]:
    """Return all that was given, what is computed and irrelevant too."""
    found: dict[str, str | Answers | list[Answers]] = {}
    for each in entry.below:
        children = node.children.get(each.node.name, [])
        if isinstance(each.node, Question):
            found[each.node.name] = children[0].text
        elif each.node.repeat:
            found[each.node.name] = [_whole(each, child) for child in children]
        else:
            found[each.node.name] = _whole(each, children[0])
    return found


def _compared(worked: Run, ours: Evaluation, theirs: dict[str, dict[str, object]]) -> Iterator[Difference]:
    codes = {finding.key: finding.code for finding in ours.findings}
    nodes = {
        node.key: (entry, node) for names, entry in worked.plan.entries.items() for node in worked.record.nodes[names]
    }
    for key, told in theirs.items():
        if key not in nodes:
            yield Difference(key, "structure", "absent", "present")
            continue
        entry, node = nodes[key]
        if (key in ours.relevant) != told["relevant"]:
            yield Difference(key, "relevance", str(key in ours.relevant), str(told["relevant"]))
        if key not in ours.relevant or not isinstance(entry.node, Question):
            continue
        value, other = said(entry.node, node), str(told["value"])
        if value != other and not (entry.node.kind == "decimal" and value and other and float(value) == float(other)):
            yield Difference(key, "value", value, other)
        if told["asked"] and entry.node.kind != "note":
            yield from _judged(key, codes.get(key, ""), told)


def _judged(key: str, code: str, told: dict[str, object]) -> Iterator[Difference]:
    missing = bool(told["required"]) and not told["value"]
    if missing != (code == "required"):
        yield Difference(key, "required", code, str(missing))
    if code in {"", "constraint", "required"} and bool(told["satisfied"]) != (code != "constraint"):
        yield Difference(key, "constraint", code, str(told["satisfied"]))
