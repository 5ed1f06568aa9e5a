"""The parts of a page as values (`parts`, `page`), what they draw (`clock`), and words for moments (`words`)."""
