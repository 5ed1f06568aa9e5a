"""Limits in clock and working time, holidays and moved days, and the domain's own now."""
