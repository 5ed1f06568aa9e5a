"""Whole pages in Chromium."""
