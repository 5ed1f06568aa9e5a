"""Whether an installation is sound: figures for a scraper, a page of words for who runs it, and what must be mended."""
