"""The parts of a page as values (`parts`, `page`), what they draw (`clock`), words for moments, lists of codes."""

from arasha.ui.rules.code_lists import LANGUAGES, NOTHING, Code, CodeList, UnknownCode

__all__ = ["LANGUAGES", "NOTHING", "Code", "CodeList", "UnknownCode"]
