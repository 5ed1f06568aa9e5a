"""Reasons as codes."""

from pathlib import Path

from arasha.ui.rules import CodeList

WITHDRAWALS = CodeList(Path(__file__).parents[1] / "data" / "withdrawals.csv")
