"""`make docs`: the documents as pages under var/docs, after every link between them was followed."""

import html
import re
import sys
from pathlib import Path

from checks import ROOT, tracked
from markdown_it import MarkdownIt

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body{{max-width:72ch;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui}}table{{border-collapse:collapse}}
td,th{{border:1px solid #ccc;padding:.3rem .5rem;vertical-align:top}}code{{font-size:.9em}}</style>
{body}</html>
"""


def main() -> None:
    """Follow the links, then write the pages; exit with status 1 when a link leads nowhere."""
    documents = [Path(name) for name in tracked("*.md")]
    broken = [
        f"{document}: {target}"
        for document in documents
        for target in LINK.findall((ROOT / document).read_text(encoding="utf-8"))
        if not (ROOT / document.parent / target).exists()
    ]
    if broken:
        sys.exit("make docs: these links lead nowhere:\n" + "\n".join(broken))
    writer = MarkdownIt("commonmark").enable("table")
    for document in documents:
        body = writer.render((ROOT / document).read_text(encoding="utf-8"))
        page = ROOT / "var" / "docs" / document.with_suffix(".html")
        page.parent.mkdir(parents=True, exist_ok=True)
        body = re.sub(r'href="(?!https?://)([^"#]+)\.md', r'href="\1.html', body)
        page.write_text(PAGE.format(title=html.escape(document.stem), body=body), encoding="utf-8")
    print(f"{len(documents)} documents in var/docs")


main()
