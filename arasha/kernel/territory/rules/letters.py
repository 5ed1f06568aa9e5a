"""Kazakh letters that an old font's code page turned into Serbian and Ukrainian ones."""

MANGLED = str.maketrans("ЌќЃѓЎўЄєЇїҐґ", "ҚқҒғҰұӘәҮүӨө")


def mended(name: str) -> str:
    """Return the name with its Kazakh letters; no name in Kazakhstan is written with the letters replaced."""
    return name.translate(MANGLED)
