"""Read a form from the XForm that pyxform published: a standard, so that old versions stay readable."""

import hashlib
import re
from functools import lru_cache

from lxml import etree

from arasha.questionnaires.rules.controls import Controls
from arasha.questionnaires.rules.documents import XmlRefused, children, local, parsed
from arasha.questionnaires.rules.form import Choice, Form, Group, Question, Texts
from arasha.questionnaires.rules.plan import plan_of
from arasha.questionnaires.rules.problems import FormProblem

H = "{http://www.w3.org/1999/xhtml}"
X = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
LANGUAGE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
ITEXT = re.compile(r"jr:itext\('([^']*)'\)")


@lru_cache(maxsize=64)
def read_form(xform: bytes) -> Form:
    """Return the form that an XForm describes, its formulas checked and in an order in which they can be worked out.

    Raises:
        FormProblem: it can't be read, or is outside of what the engine knows.
        CircularCalculation: formulas need each other's results.
    """
    try:
        root = parsed(xform)
    except XmlRefused as refused:
        raise FormProblem(refused.code, detail=refused.detail) from refused
    model, body = root.find(f"{H}head/{X}model"), root.find(f"{H}body")
    main = model.find(f"{X}instance") if model is not None else None
    if model is None or body is None or main is None or len(main) != 1:
        raise FormProblem("not_a_form")
    words = _Words(model)
    lists = {each.get("id", ""): _choices(each, words) for each in model.findall(f"{X}instance") if each.get("id")}
    reader = _Reader(model, body, words, lists)
    data = children(main)[0]
    code, title = data.get("id", ""), root.findtext(f"{H}head/{H}title") or ""
    form = Form(
        code=code,
        version=data.get("version", ""),
        titles=dict.fromkeys(words.languages, title),
        languages=words.languages,
        root=Group(f"/{local(data)}", local(data), children=reader.below(data, f"/{local(data)}")),
        lists=lists,
        digest=hashlib.sha256(xform).hexdigest(),
    )
    plan_of(form)
    return form


class _Words:
    """The form's texts in its languages."""

    def __init__(self, model: etree._Element) -> None:
        translations = model.findall(f"{X}itext/{X}translation")
        first = sorted(translations, key=lambda each: each.get("default") != "true()")
        self.languages = tuple(self.language(each) for each in first) or ("",)
        self.texts: dict[str, dict[str, str]] = {}
        for translation in first:
            for text in translation.findall(f"{X}text"):
                for value in text.findall(f"{X}value"):
                    if not value.get("form"):
                        self.texts.setdefault(text.get("id", ""), {})[self.language(translation)] = written(value)

    @staticmethod
    def language(translation: etree._Element) -> str:
        """Return the code in the brackets of a language's name, or the name."""
        name = translation.get("lang", "")
        found = LANGUAGE.search(name)
        return found[1].lower() if found else name

    def of(self, reference: str) -> Texts:
        """Return the texts that an attribute means: a reference, or words in no language."""
        if found := ITEXT.fullmatch(reference.strip()):
            return self.texts.get(found[1], {})
        return dict.fromkeys(self.languages, reference) if reference else {}

    def label(self, element: etree._Element | None) -> Texts:
        """Return the texts of a label or hint."""
        if element is None:
            return {}
        return self.of(element.get("ref", "")) or (
            dict.fromkeys(self.languages, inner) if (inner := written(element)) else {}
        )


def written(element: etree._Element) -> str:
    """Return an element's text, with the values that stand in it as ${expression}."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local(child) == "output":
            parts.append("${" + (child.get("value") or child.get("ref") or "").strip() + "}")
        parts.append(child.tail or "")
    return "".join(parts).strip()


def _choices(instance: etree._Element, words: _Words) -> tuple[Choice, ...]:
    """Return the choices of a list. A list in another file is none: choices stand in the form."""
    if instance.get("src"):
        raise FormProblem("kind", detail=instance.get("src", ""))
    found = []
    for item in instance.iterfind(f"{X}root/{X}item"):
        fields = {local(child): (child.text or "") for child in children(item)}
        labels = words.texts.get(fields.get("itextId", ""), {})
        if not labels and "label" in fields:
            labels = dict.fromkeys(words.languages, fields["label"])
        others = {name: value for name, value in fields.items() if name not in {"name", "itextId", "label"}}
        found.append(Choice(fields.get("name", ""), labels, others))
    return tuple(found)


class _Reader:
    """Joins the model, the binds and the controls of each node."""

    def __init__(
        self, model: etree._Element, body: etree._Element, words: _Words, lists: dict[str, tuple[Choice, ...]]
    ) -> None:
        self.words, self.lists = words, lists
        self.binds = {each.get("nodeset", ""): each for each in model.findall(f"{X}bind")}
        self.controls = Controls(body)
        self.first: dict[str, str] = {}
        for each in [*model, *body.iter()]:
            if isinstance(each.tag, str) and local(each) == "setvalue":
                if "odk-instance-first-load" not in each.get("event", ""):
                    raise FormProblem("kind", each.get("ref", ""), each.get("event", ""))
                self.first[each.get("ref", "")] = each.get("value", "").strip()

    def below(self, element: etree._Element, path: str) -> tuple[Question | Group, ...]:
        """Return what stands below an element of the instance; of a repeat's copies the first counts."""
        found: dict[str, Question | Group] = {}
        for child in children(element):
            name = local(child)
            if name not in found and not (name == "meta" and path.count("/") == 1):
                found[name] = self.node(child, f"{path}/{name}")
        return tuple(found.values())

    def node(self, element: etree._Element, path: str) -> Question | Group:
        """Return a group or a question."""
        if not children(element) and path not in self.controls.groups:
            return self.question(element, path)
        bind, control = self.binds.get(path), self.controls.groups.get(path)
        return Group(
            path=path,
            name=local(element),
            labels=self.words.label(control.label) if control else {},
            relevant=_attribute(bind, "relevant"),
            appearance=control.appearance if control else "",
            repeat=bool(control and control.repeat),
            count=control.count if control else "",
            children=self.below(element, path),
        )

    def question(self, element: etree._Element, path: str) -> Question:
        """Return a question, or what takes a question's place without being asked."""
        bind, control = self.binds.get(path), self.controls.questions.get(path)
        read_only = _attribute(bind, "readonly")
        if read_only not in {"", "true()", "false()"}:
            raise FormProblem("read_only", path, read_only)
        calculation, default = _attribute(bind, "calculate"), (element.text or "").strip()
        computed = bool(calculation or default or self.first.get(path))
        kind = self.controls.kind(path, bind, read_only == "true()" and not computed)
        name, choice_filter = control.listed(path, set(self.lists)) if control else ("", "")
        return Question(
            path=path,
            name=local(element),
            kind=kind,
            labels=self.words.label(control.label) if control else {},
            hints=self.words.label(control.hint) if control else {},
            required=_attribute(bind, "required"),
            required_messages=self.words.of(_attribute(bind, f"{JR}requiredMsg")),
            relevant=_attribute(bind, "relevant"),
            constraint=_attribute(bind, "constraint"),
            constraint_messages=self.words.of(_attribute(bind, f"{JR}constraintMsg")),
            calculation=calculation,
            default=default,
            default_formula=self.first.get(path, ""),
            read_only=read_only == "true()" or kind == "note",
            appearance=control.appearance if control else "",
            choices=self.lists.get(name, ()) or (control.items(self.words.label) if control else ()),
            list_name=name,
            choice_filter=choice_filter,
        )


def _attribute(bind: etree._Element | None, name: str) -> str:
    """Return what a bind says of a node; "true()" and "yes" of pyxform are expressions like any other."""
    return (bind.get(name, "") if bind is not None else "").strip()
