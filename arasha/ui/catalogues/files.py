"""Reads and writes the folders' catalogues: one per application and language, without line numbers."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps

from arasha.ui.catalogues.extraction import Message, messages_of_python, messages_of_template
from arasha.ui.catalogues.rules import faults

PACKAGE = Path(__file__).resolve().parents[2]
LANGUAGES = ("kk", "ru")
PLURALS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""
PASSED_OVER = frozenset({"tests", "migrations", "static", "node_modules", "__pycache__"})
Found = dict[tuple[str, str | None], Message]


def folders() -> list[Path]:
    """Return the folders of our applications, deepest first, so that a file belongs to the nearest."""
    ours = [Path(config.path) for config in apps.get_app_configs() if Path(config.path).is_relative_to(PACKAGE)]
    return sorted(ours, key=lambda folder: (-len(folder.parts), folder))


def sources(folder: Path) -> Iterator[Path]:
    """Yield the folder's own Python files and templates, in order."""
    inner = [other for other in folders() if other != folder and other.is_relative_to(folder)]
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or PASSED_OVER & set(path.relative_to(folder).parts):
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        if not any(path.is_relative_to(other) for other in inner):
            yield path


def extract(folder: Path) -> Found:
    """Collect the folder's messages by id and context; a plural form wins over a plain use of the same id."""
    found: Found = {}
    for path in sources(folder):
        reader = messages_of_python if path.suffix == ".py" else messages_of_template
        for message in reader(path.read_text(encoding="utf-8")):
            key = (message.text, message.context)
            if key not in found or (message.plural and not found[key].plural):
                found[key] = message
    return found


def catalogue_path(folder: Path, language: str) -> Path:
    """Return where the folder's catalogue of the language lies."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """Read a catalogue; a missing file is an empty one."""
    text = path.read_bytes() if path.exists() else HEADER.format(language=language, plurals=PLURALS[language]).encode()
    return read_po(io.BytesIO(text), locale=language)


def update(folder: Path, language: str) -> int:
    """Write the catalogue anew: kept translations, empty ones for new ids, none for gone ids; returns how many lack."""
    found, path = extract(folder), catalogue_path(folder, language)
    if not found:
        path.unlink(missing_ok=True)
        return 0
    old = read(path, language)
    new = Catalog(locale=language, fuzzy=False)
    lacking = 0
    for (text, context), message in found.items():
        entry = old.get(text, context=context)
        kept = entry.string if entry and isinstance(entry.id, tuple) == bool(message.plural) else ""
        lacking += not (all(kept) if isinstance(kept, tuple) else kept)
        new.add(
            (text, message.plural) if message.plural else text,
            kept or None,
            context=context,
            auto_comments=message.comments,
            flags=[flag for flag in (entry.flags if entry else ()) if flag == "fuzzy"],
        )
    body = io.BytesIO()
    write_po(body, new, width=0, omit_header=True, no_location=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEADER.format(language=language, plurals=PLURALS[language]) + "\n" + body.getvalue().decode().strip() + "\n",
        encoding="utf-8",
    )
    return lacking


def problems() -> Iterator[str]:
    """Yield every fault of every catalogue: `folder/language: "id" what`."""
    for language in LANGUAGES:
        said: dict[tuple[str, str | None], tuple[object, Path]] = {}
        for folder in folders():
            found, catalogue = extract(folder), read(catalogue_path(folder, language), language)
            place = f"{folder.relative_to(PACKAGE.parent)} {language}"
            for kept in catalogue:
                if kept.id and (_text(kept), kept.context) not in found:
                    yield f'{place}: "{_text(kept)}" stands in no source any more'
            for (text, context), message in found.items():
                entry = catalogue.get(text, context=context)
                for fault in _entry_faults(language, message, entry):
                    yield f'{place}: "{text}" {fault}'
                other = said.setdefault((text, context), (entry.string if entry else "", folder))
                if entry and other[0] and entry.string and other[0] != entry.string:
                    yield f'{place}: "{text}" is translated otherwise in {other[1].relative_to(PACKAGE.parent)}'


def _entry_faults(language: str, message: Message, entry: Entry | None) -> Iterator[str]:
    if entry is None:
        yield "is missing"
        return
    if entry.fuzzy:
        yield "is fuzzy"
    if isinstance(entry.id, tuple) != bool(message.plural):
        yield "has its plural in the source or in the catalogue only"
        return
    source = [message.text, *([message.plural] if message.plural else [])]
    yield from faults(
        language, source, list(entry.string) if isinstance(entry.string, tuple) else [str(entry.string or "")]
    )


def compile_all() -> int:
    """Write each catalogue's binary beside it and return how many were written."""
    written = 0
    for folder in folders():
        for language in LANGUAGES:
            path = catalogue_path(folder, language)
            if path.exists():
                with path.with_suffix(".mo").open("wb") as file:
                    write_mo(file, read(path, language))
                written += 1
    return written


def _text(entry: Entry) -> str:
    return entry.id[0] if isinstance(entry.id, tuple) else str(entry.id)
