"""The parts of a page as values (`parts`, `page`), and what they draw (`clock`); `kit` has samples of all."""
