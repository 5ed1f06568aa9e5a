"""Batch linkage: two lists of descriptions, or one within itself, compared through Splink in a locked DuckDB.

A room of its own, because Splink, DuckDB and pandas are loaded by whoever links batches and by nobody else. What is
compared and what it weighs are the rules of `people.rules.likeness`; here they are only said in SQL.
"""

from arasha.people.linkage.batch import Pair, link
from arasha.people.linkage.learning import Learnt, learn, to_weights

__all__ = ["Learnt", "Pair", "learn", "link", "to_weights"]
