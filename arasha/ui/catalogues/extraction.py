"""Finds the message ids in Python files and Django templates."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.extract import extract
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import (
    block_re,
    constant_re,
    endblock_re,
    inline_re,
    plural_re,
)

# Function name → which arguments are the id, its plural and its context (`c`).
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "plural_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Message:
    """One id as it stands in a source: its plural and its context may be missing."""

    text: str
    plural: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()


def messages_of_python(source: str) -> Iterator[Message]:
    """Yield the messages of a Python file; comments `Translators:` above a call go with it."""
    found = extract(
        "python",
        io.BytesIO(source.encode()),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for _line, ids, comments, context in found:
        parts = [part for part in ids if part] if isinstance(ids, tuple) else [ids]
        if parts and parts[0]:
            yield Message(parts[0], parts[1] if len(parts) > 1 else None, context or None, tuple(comments))


def messages_of_template(source: str) -> Iterator[Message]:
    """Yield the messages of a Django template, with the same ids that Django looks up at run time."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            for constant in constant_re.findall(token.contents):
                yield Message(_escape(constant[1:-1]))
        if token.token_type is not TokenType.BLOCK:
            continue
        if inline := inline_re.match(token.contents):
            yield Message(_escape(inline[1][1:-1]), context=inline[3][1:-1] if inline[3] else None)
        elif block := block_re.match(token.contents):
            yield _block(token, block[2], tokens)


def _block(opening: Token, context: str | None, tokens: Iterator[Token]) -> Message:
    """Read on to the block's end and build its one or two ids; raises ValueError for a tag inside."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type is TokenType.BLOCK:
            if endblock_re.match(token.contents):
                break
            if not plural_re.match(token.contents):
                raise ValueError(f"a tag inside blocktranslate in line {token.lineno}: {token.contents}")
            parts.append([])
        elif token.token_type is TokenType.TEXT:
            parts[-1].append(_escape(token.contents))
        elif token.token_type is TokenType.VAR:
            parts[-1].append(f"%({token.contents})s")
    texts = ["".join(part) for part in parts]
    if "trimmed" in opening.split_contents():
        texts = [trim_whitespace(text) for text in texts]
    return Message(texts[0], texts[1] if len(texts) > 1 else None, context[1:-1] if context else None)


def _escape(text: str) -> str:
    return text.replace("%", "%%")
