"""Forms as Markdown for the tests of publishing, and ways to break them."""

from arasha.questionnaires.rules.books import Reading, read_text

# ruff: noqa: E501 - rows of a table are as long as they are
FORM = """
| settings |
| | form_id | form_title | version | default_language |
| | made_up | A made-up form | 1 | Kazakh (kk) |

| about |
| | name | Kazakh (kk) | Russian (ru) | English (en) |
| | title | Ойдан шығарылған | Выдуманная форма | A made-up form |
| | purpose | Тексеру үшін | Для проверки | For testing |
| | facet | plan | | |
| | kind | assessment | | |
| | pages | group | | |
| | source | Сынақ | Проба | A trial |

| survey |
| | type | name | label::Kazakh (kk) | label::Russian (ru) | label::English (en) | required | required_message::Kazakh (kk) | required_message::Russian (ru) | required_message::English (en) | relevant | constraint | constraint_message::Kazakh (kk) | constraint_message::Russian (ru) | constraint_message::English (en) | calculation | choice_filter | repeat_count |
| | begin_group | child | Бала | Ребёнок | The child | | | | | | | | | | | | |
| | select_one yes_no | safe | Қауіпсіз бе | В безопасности ли | Is the child safe | yes | Таңдаңыз | Выберите | Choose | | | | | | | | |
| | integer | age | Жасы | Возраст | Age | | | | | ${safe} = 'no' | . >= 0 and . < 18 | 0–17 | 0–17 | 0–17 | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | begin_repeat | members | Отбасы | Семья | The family | | | | | | | | | | | | |
| | text | who | Кім | Кто | Who | | | | | | | | | | | | |
| | integer | years | Жасы | Возраст | Age | | | | | | | | | | | | |
| | end_repeat | | | | | | | | | | | | | | | | |
| | calculate | adults | | | | | | | | | | | | | count(${members}[./years >= 18]) | | |
| | note | told | Ересектер: ${adults} | Взрослых: ${adults} | Adults: ${adults} | | | | | | | | | | | | |

| choices |
| | list_name | name | label::Kazakh (kk) | label::Russian (ru) | label::English (en) |
| | yes_no | yes | Иә | Да | Yes |
| | yes_no | no | Жоқ | Нет | No |
"""


def reading(text: str = FORM) -> Reading:
    """Read a form's text."""
    return read_text(text)


def changed(before: str, now: str, text: str = FORM) -> Reading:
    """Read the form with one thing changed."""
    assert before in text
    return read_text(text.replace(before, now, 1))


def numbered(number: int, text: str = FORM) -> str:
    """Return the form's text with another version number."""
    return text.replace("| A made-up form | 1 |", f"| A made-up form | {number} |")
