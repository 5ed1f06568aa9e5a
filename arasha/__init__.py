"""Arasha: Kazakhstan's child protection system, made to act as one."""

__version__ = "0.1.0"
