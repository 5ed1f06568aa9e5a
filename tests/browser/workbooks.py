"""A ministry's form as its officer writes it: an Excel workbook in three languages, right or with faults."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

KAZAKH, RUSSIAN, ENGLISH = "Kazakh (kk)", "Russian (ru)", "English (en)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = dict[str, str]

ABOUT: list[Row] = [
    {"name": "title", KAZAKH: "Үйге бару парағы", RUSSIAN: "Лист посещения дома", ENGLISH: "Sheet of a home visit"},
    {
        "name": "purpose",
        KAZAKH: "Үйге барған маман толтырады",
        RUSSIAN: "Заполняет специалист, который был в доме",
        ENGLISH: "Filled in by whoever visited the home",
    },
    {"name": "facet", KAZAKH: "plan"},
    {"name": "kind", KAZAKH: "visit"},
    {"name": "pages", KAZAKH: "group"},
    {"name": "source", KAZAKH: "Кәсіби тәжірибе", RUSSIAN: "Практика", ENGLISH: "Practice"},
]


def asked(kind: str, name: str, kazakh: str, russian: str, english: str, **more: str) -> Row:
    """Return a row of the sheet `survey`."""
    return {"type": kind, "name": name, **_said("label", kazakh, russian, english), **more}


def choice(list_name: str, name: str, kazakh: str, russian: str, english: str, **more: str) -> Row:
    """Return a row of the sheet `choices`."""
    return {"list_name": list_name, "name": name, **_said("label", kazakh, russian, english), **more}


def _said(what: str, kazakh: str, russian: str, english: str) -> Row:
    return {f"{what}::{KAZAKH}": kazakh, f"{what}::{RUSSIAN}": russian, f"{what}::{ENGLISH}": english}


NEEDED = {"required": "yes", **_said("required_message", "Бір жауапты таңдаңыз", "Выберите ответ", "Choose an answer")}
OF_AGE = {
    "constraint": ". >= 0 and . < 18",
    **_said("constraint_message", "0-ден 17-ге дейін", "От 0 до 17", "From 0 to 17"),
}
END = {"type": "end_group"}
SURVEY: list[Row] = [
    asked("begin_group", "where", "Қайда болдыңыз", "Где вы были", "Where you were"),
    asked("select_one regions", "region", "Облысы", "Область", "Region"),
    asked("select_one districts", "district", "Ауданы", "Район", "District", choice_filter="region = ${region}"),
    END,
    asked("begin_group", "safety", "Қауіпсіздік", "Безопасность", "Safety"),
    asked("select_one yes_no", "safe", "Бала қауіпсіз бе", "Ребёнок в безопасности?", "Is the child safe?", **NEEDED),
    END,
    asked("begin_group", "harm", "Қауіп", "Опасность", "Danger", relevant="${safe} = 'no'"),
    asked("text", "feared", "Бала неден қорқады", "Чего боится ребёнок", "What the child fears"),
    END,
    asked("begin_group", "home", "Үйдегі балалар", "Дети в доме", "Children in the home"),
    asked("begin_repeat", "children", "Бала", "Ребёнок", "Child"),
    asked("text", "called", "Аты", "Имя", "Name"),
    asked("integer", "age", "Жасы", "Возраст", "Age", **OF_AGE),
    {"type": "end_repeat"},
    {"type": "calculate", "name": "small", "calculation": "count(${children}[./age < 7])"},
    asked(
        "note",
        "told",
        "Жеті жасқа толмаған балалар: ${small}",
        "Детей младше семи лет: ${small}",
        "Children under seven: ${small}",
    ),
    END,
]
CHOICES: list[Row] = [
    choice("regions", "turkistan", "Түркістан облысы", "Туркестанская область", "Turkistan region"),
    choice("regions", "almaty", "Алматы облысы", "Алматинская область", "Almaty region"),
    choice("districts", "saryagash", "Сарыағаш ауданы", "Сарыагашский район", "Saryagash district", region="turkistan"),
    choice("districts", "keles", "Келес ауданы", "Келесский район", "Keles district", region="turkistan"),
    choice("districts", "talgar", "Талғар ауданы", "Талгарский район", "Talgar district", region="almaty"),
    choice("yes_no", "yes", "Иә", "Да", "Yes"),
    choice("yes_no", "no", "Жоқ", "Нет", "No"),
]


def right(number: int = 1) -> bytes:
    """Return the workbook as it is right."""
    return _written(number, SURVEY, CHOICES)


def faulty() -> bytes:
    """Return it with an answer that has no Kazakh words (choices, row 5) and two formulas that wait for each other."""
    loop = [
        {"type": "calculate", "name": "first", "calculation": "${second} + 1"},
        {"type": "calculate", "name": "second", "calculation": "${first} + 1"},
    ]
    wordless = [row | {f"label::{KAZAKH}": ""} if row["name"] == "keles" else row for row in CHOICES]
    return _written(1, [*SURVEY, *loop], wordless)


def next_one() -> bytes:
    """Return the next version: one question in other words, one new question, one answer more."""
    survey = [
        row | _said("label", "Бала қазір қауіпсіз бе", "Ребёнок сейчас в безопасности?", "Is the child safe now?")
        if row.get("name") == "safe"
        else row
        for row in SURVEY
    ]
    place = next(at for at, row in enumerate(survey) if row.get("name") == "feared")
    survey.insert(place + 1, asked("text", "wished", "Бала не қалайды", "Чего хочет ребёнок", "What the child wishes"))
    return _written(2, survey, [*CHOICES, choice("yes_no", "unsure", "Белгісіз", "Неизвестно", "Not known")])


def _written(number: int, survey: Iterable[Row], choices: Iterable[Row]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    settings = {
        "form_id": "visit_sheet",
        "form_title": "Sheet of a home visit",
        "version": str(number),
        "default_language": KAZAKH,
    }
    for name, rows in (("settings", [settings]), ("about", ABOUT), ("survey", survey), ("choices", choices)):
        listed = list(rows)
        heads = list(dict.fromkeys(head for row in listed for head in row))
        sheet = book.create_sheet(name)
        sheet.append(heads)
        for row in listed:
            sheet.append([row.get(head) or None for head in heads])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
