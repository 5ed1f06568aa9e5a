"""Ready phrases: what one may hold, how one is found while an operator writes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from arasha.helpline.rules.codes import DATA
from arasha.ui.rules import CodeList

THEMES: Final = CodeList(DATA / "phrase_themes.csv")
LANGUAGES: Final = ("kk", "ru", "en")
# All that a phrase may leave open. Neither is ever about the caller: no phrase has a place for a name.
PLACES: Final = frozenset({"helpline", "time"})
KEY: Final = re.compile(r"[\w]+(?:-[\w]+)*")
LONGEST_KEY: Final = 24
LONGEST: Final = 600
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class PhraseWrong(ValueError):
    """A phrase can't be kept so; `field` names what is wrong, `code` why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True)
class Words:
    """A phrase in three languages; an operator's own may have fewer."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """Return the words in a language; where there are none, those in the first that has some."""
        return getattr(self, language, "") or self.kk or self.ru or self.en


def checked_key(key: str) -> str:
    """Return the short key as it is kept. Raises PhraseWrong."""
    plain = key.strip().casefold()
    if not KEY.fullmatch(plain) or len(plain) > LONGEST_KEY:
        raise PhraseWrong("key", "key")
    return plain


def checked_words(words: Mapping[str, str], *, all_languages: bool) -> Words:
    """Return the words as they are kept: in all languages where a unit shares them. Raises PhraseWrong."""
    said = {name: " ".join(words.get(name, "").split()) for name in LANGUAGES}
    for name, text in said.items():
        if all_languages and not text:
            raise PhraseWrong(name, "missing")
        if len(text) > LONGEST:
            raise PhraseWrong(name, "long")
        places = set(_PLACE.findall(text))
        if places - PLACES or re.search(r"[{}]", _PLACE.sub("", text)):
            raise PhraseWrong(name, "place")
    if not any(said.values()):
        raise PhraseWrong("kk", "missing")
    return Words(**said)


def filled(text: str, *, helpline: str, time: str) -> str:
    """Return a phrase as it is said."""
    known = {"helpline": helpline, "time": time}
    return _PLACE.sub(lambda found: known.get(found[1], found[0]), text)


def matches(asked: str, *, key: str, about: str) -> int:
    """Say how well a phrase answers what was typed: 0 not at all, 3 its key exactly."""
    plain = asked.strip().casefold()
    if not plain:
        return 1
    if key == plain:
        return 3
    if key.startswith(plain):
        return 2
    text = f"{key} {about}".casefold()
    return 1 if all(word in text for word in plain.split()) else 0
