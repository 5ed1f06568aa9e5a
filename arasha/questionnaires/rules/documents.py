"""XML that others wrote, read without trust: bounded, no DOCTYPE, no entities, nothing fetched."""

from typing import Any

from lxml import etree

LARGEST = 10_000_000


class XmlRefused(ValueError):
    """A document that is not read. `code`: too_large, not_xml, doctype."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


def parsed(xml: bytes) -> etree._Element:
    """Return a document's root.

    Raises:
        XmlRefused: it has more than 10 MB, is not well-formed, or has a DOCTYPE.
    """
    if len(xml) > LARGEST:
        raise XmlRefused("too_large", str(len(xml)))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as wrong:
        doctype = b"<!doctype" in xml[:4096].lower()
        raise XmlRefused("doctype" if doctype else "not_xml", str(wrong)[:200]) from wrong
    information: Any = root.getroottree().docinfo
    if information.doctype or information.internalDTD is not None:
        raise XmlRefused("doctype")
    return root


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element) -> list[etree._Element]:
    """Return the elements right below."""
    return [child for child in element if isinstance(child.tag, str)]
