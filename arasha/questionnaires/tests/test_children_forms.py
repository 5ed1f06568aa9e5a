"""The forms that children fill in or are read: silence is always there, nothing is asked that must not be.

**Reading age** is measured as the public's pages for children are (`benches/doors/reading.py`): mean words in a
sentence, the longest sentence, the share of long words, with the same bounds for children of about 9 and from 12 on.
Questions, notes and hints are measured as sentences; choices, which are hardly sentences, by their long words alone.
No validated formula for Kazakh exists: a figure within its bound says that nothing is obviously too hard.
"""

import re

import pytest

from arasha.questionnaires.rules.form import NOBODY_ASKED, Form, Group, Question
from arasha.questionnaires.tests.reading_forms import asked, codes, form_of, source_of, told_to_child
from benches.doors.reading import CHILDREN, LONG, YOUTHS, measure

LANGUAGES = ("kk", "ru", "en")
WISHES = ("wishes_young", "wishes_child", "wishes_adolescent")
AGES = {
    "wishes_young": CHILDREN,
    "wishes_child": CHILDREN,
    "wishes_adolescent": YOUTHS,
    "satisfaction_young": CHILDREN,
    "satisfaction_child": CHILDREN,
    "suicide_safety_plan": YOUTHS,
}
WITH_WORKERS = ("suicide_risk", "home_visit", "mother_asked_alone", "bullying_follow_up", "special_social_services")
EMPTY = {
    "kk": re.compile("бос қалдыр|айтпа", re.I),
    "ru": re.compile("оставить пустым|не говори", re.I),
    "en": re.compile("leave it empty|don't", re.I),
}
# Asking what happened is the trained interviewer's, once.
HAPPENED = {
    "kk": re.compile(
        r"не бол(ды|ған)|қалай болды|қашан болды|кім ұрды|ұрды ма|не істеді|айтып бер|болғанын айт|не көрдің|тиісті ме",
        re.I,
    ),
    "ru": re.compile(
        r"что (случилось|произошло|было|тебе сделал)|как (это|всё) (было|случилось)|когда это (было|случилось)"
        r"|кто (тебя |его |её )?(бил|ударил|обидел|трогал)|расскажи|опиши",
        re.I,
    ),
    "en": re.compile(
        r"what (happened|took place|was done (to|with)|did (he|she|they))|how did it|when did it"
        r"|who (hit|hurt|touched|did)|tell (me|us) (about|what)|describe|did any(one|body)",
        re.I,
    ),
}
NEVER = {
    "kk": re.compile(r"құрбан|\bарыз|айғақ|\bұят|неге айтпа|шыныңды|ешкім білмейді|\bмықты бол", re.I),
    "ru": re.compile(
        r"жертв|потерпевш|показани|стыд|почему молчал|говори правду|никто не узнает|\(а\)|молодец|виноват", re.I
    ),
    "en": re.compile(r"victim|ashamed|shame|the truth|nobody will know|why didn|brave|your fault", re.I),
}
SENTENCE = re.compile(r"[.!?…:]+\s*")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CHILDRENS = pytest.mark.parametrize("code", AGES)


def of_child(code: str) -> list[Question]:
    """Return the questions that a child answers."""
    return [node for node in told_to_child(form_of(code).root) if node.kind not in NOBODY_ASKED]


@CHILDRENS
def test_a_child_may_meet_every_question_with_silence(code: str) -> None:
    chosen = [question for question in of_child(code) if question.choices]
    own_words = [question for question in of_child(code) if not question.choices]
    without = [
        (question.name, language)
        for question in own_words
        for language in LANGUAGES
        if not EMPTY[language].search(question.hints.get(language, ""))
    ]

    assert [question.name for question in chosen if codes(question)[-1] != "silent"] == []
    assert chosen
    assert without == []


@pytest.mark.parametrize("code", [*AGES, "suicide_risk", "mother_asked_alone", "satisfaction_adult"])
def test_nothing_is_required_and_no_answer_is_refused(code: str) -> None:
    hindering = [node.name for node in form_of(code).questions() if node.required or node.constraint]

    assert hindering == []


@CHILDRENS
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_of_that_age_can_read_it(code: str, language: str) -> None:
    told = list(told_to_child(form_of(code).root))
    texts = [text[language] for node in told for text in (node.labels, node.hints) if text]
    sentences = [part for text in texts for part in SENTENCE.split(text) if WORD.search(part)]
    choices = {choice.labels[language] for node in told for choice in node.choices}
    chosen = [word for label in choices for word in WORD.findall(label)]
    mean, longest, long = measure(sentences, language)
    most_mean, most_longest, most_long = AGES[code][language]

    assert mean <= most_mean
    assert longest <= most_longest
    assert long <= most_long
    assert sum(len(word) > LONG[language] for word in chosen) / len(chosen) <= most_long


def test_the_measure_would_find_a_text_for_lawyers() -> None:
    source = re.findall(r"\| source \|(.*)\|", source_of("special_social_services"))[0]
    for language, text in zip(LANGUAGES, source.split("|"), strict=True):
        mean, longest, long = measure(SENTENCE.split(text.strip(" .")), language)
        bounds = CHILDREN[language]
        assert mean > bounds[0] or longest > bounds[1] or long > bounds[2], language


@pytest.mark.parametrize("code", [*AGES, *WITH_WORKERS])
def test_no_question_asks_what_happened(code: str) -> None:
    hinted = code in AGES
    found = [
        (node.name, language, text)
        for node in asked(code).values()
        for language in LANGUAGES
        for text in (node.labels.get(language, ""), node.hints.get(language, "") if hinted else "")
        if HAPPENED[language].search(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Не болды?"),
        ("kk", "Сені кім ұрды?"),
        ("ru", "Что случилось дома?"),
        ("ru", "Кто тебя обидел?"),
        ("en", "What happened then?"),
        ("en", "Did anybody touch you?"),
    ],
)
def test_the_list_of_such_questions_finds_them(language: str, text: str) -> None:
    assert HAPPENED[language].search(text)


@CHILDRENS
def test_no_word_to_a_child_blames_labels_praises_courage_or_promises_what_we_cannot_keep(code: str) -> None:
    told = list(told_to_child(form_of(code).root))
    found = [
        (node.name, text[language])
        for node in told
        for text in (node.labels, node.hints, *(choice.labels for choice in node.choices))
        for language in LANGUAGES
        if NEVER[language].search(text.get(language, ""))
    ]

    assert found == []


@pytest.mark.parametrize("code", [code for code in AGES if code != "suicide_safety_plan"])
def test_a_child_is_asked_one_question_a_page(code: str) -> None:
    assert re.search(r"^\| \| pages \| question \|", source_of(code), re.M)


@pytest.mark.parametrize("code", ["wishes_young", "satisfaction_young"])
def test_small_children_choose_by_four_faces_and_are_asked_for_few_words(code: str) -> None:
    questions = of_child(code)
    faced = [question for question in questions if question.appearance == "faces"]

    assert all(codes(question) == ["good", "middling", "bad", "silent"] for question in faced)
    assert len(faced) >= 6
    assert sum(question.kind == "text" for question in questions) == 1


@pytest.mark.parametrize("code", WISHES)
def test_wishes_are_asked_beside_strengths_and_who_may_hear(code: str) -> None:
    names = {question.name for question in of_child(code)}

    assert names & {"likes", "good_at", "strength"}
    assert names & {"pass_on", "hears"}


def test_a_childs_text_is_opened_by_their_own_choice_alone() -> None:
    opened = {
        (code, question.name): question.relevant
        for code in AGES
        if code != "suicide_safety_plan"
        for question in of_child(code)
        if question.kind == "text"
    }

    assert [place for place, relevant in opened.items() if not relevant] == []


def test_an_adolescent_is_first_told_what_is_confidential_and_what_is_not() -> None:
    first = next(told_to_child(form_of("wishes_adolescent").root))

    assert (first.name, first.kind, first.relevant) == ("confidential", "note", "")
    assert "111" not in first.labels["en"], "numbers stand where they are needed"
    assert "call for help" in first.labels["en"]


@pytest.mark.parametrize("code", ["satisfaction_young", "satisfaction_child", "satisfaction_adult", "wishes_child"])
def test_before_words_of_ones_own_it_is_said_that_harm_told_there_is_acted_upon(code: str) -> None:
    assert all(asked(code)["more"].hints.get(language) for language in LANGUAGES)
    assert re.search("we act|we will act|call for help", asked(code)["more"].hints["en"])


def every_group(form: Form) -> list[Group]:
    """Return a form's groups."""
    return [node for node in form.root.walk() if isinstance(node, Group)]


@pytest.mark.parametrize("code", [*WISHES, "satisfaction_young"])
def test_the_workers_part_is_a_group_of_its_own_and_stays_off_the_childs_page(code: str) -> None:
    (worker,) = [group for group in every_group(form_of(code)) if group.name == "worker"]

    assert "unprinted" in worker.appearance
