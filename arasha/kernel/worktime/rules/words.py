"""Months, weekdays and units of time in the three languages, with their plural forms."""

Forms = tuple[str, str, str]

MONTHS: dict[str, tuple[str, ...]] = {
    "kk": (
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
        "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
WEEKDAYS: dict[str, tuple[str, ...]] = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS: dict[str, tuple[str, ...]] = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сб", "жс"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
NEAR: dict[str, dict[int, str]] = {
    "kk": {-1: "кеше", 0: "бүгін", 1: "ертең"},
    "ru": {-1: "вчера", 0: "сегодня", 1: "завтра"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
# Kazakh nouns stay in the singular after a numeral. Russian: 1, 2, 5.
UNITS: dict[str, dict[str, Forms]] = {
    "clock_minutes": {
        "kk": ("минут", "минут", "минут"),
        "ru": ("минута", "минуты", "минут"),
        "en": ("minute", "minutes", "minutes"),
    },
    "clock_hours": {
        "kk": ("сағат", "сағат", "сағат"),
        "ru": ("час", "часа", "часов"),
        "en": ("hour", "hours", "hours"),
    },
    "working_hours": {
        "kk": ("жұмыс сағаты", "жұмыс сағаты", "жұмыс сағаты"),
        "ru": ("рабочий час", "рабочих часа", "рабочих часов"),
        "en": ("working hour", "working hours", "working hours"),
    },
    "working_days": {
        "kk": ("жұмыс күні", "жұмыс күні", "жұмыс күні"),
        "ru": ("рабочий день", "рабочих дня", "рабочих дней"),
        "en": ("working day", "working days", "working days"),
    },
    "calendar_days": {
        "kk": ("күнтізбелік күн", "күнтізбелік күн", "күнтізбелік күн"),
        "ru": ("календарный день", "календарных дня", "календарных дней"),
        "en": ("calendar day", "calendar days", "calendar days"),
    },
    "days": {
        "kk": ("күн", "күн", "күн"),
        "ru": ("день", "дня", "дней"),
        "en": ("day", "days", "days"),
    },
}
# What the calendar says of a day, for the page that edits it.
DAY_KINDS: dict[str, dict[str, str]] = {
    "holiday": {"kk": "мереке күні", "ru": "праздничный день", "en": "public holiday"},
    "moved_off": {"kk": "ауыстырылған демалыс күні", "ru": "перенесённый выходной", "en": "day off moved"},
    "moved_working": {
        "kk": "ауыстырылған жұмыс күні",
        "ru": "перенесённый рабочий день",
        "en": "working day moved here",
    },
    "ordinary": {"kk": "кәдімгі күн", "ru": "обычный день", "en": "ordinary day"},
}
LATE = {"kk": "{amount} кешікті", "ru": "просрочено на {amount}", "en": "{amount} late"}
LEFT_RU = {True: "остался {amount}", False: "осталось {amount}"}
LEFT = {"kk": "{amount} қалды", "en": "{amount} left"}
AGO = {"kk": "{amount} бұрын", "ru": "{amount} назад", "en": "{amount} ago"}


def plural(number: int, language: str) -> int:
    """Return which of three forms a noun takes after a whole number: 0 as after 1, 1 as after 2, 2 as after 5."""
    number = abs(number)
    if language == "ru":
        if number % 10 == 1 and number % 100 != 11:
            return 0
        return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2
    return 0 if number == 1 else 2


def counted(number: int, unit: str, language: str) -> str:
    """Return a number with its noun, joined so that no line breaks between them: 2 рабочих дня."""
    return f"{number}\u00a0{UNITS[unit][language][plural(number, language)]}"
