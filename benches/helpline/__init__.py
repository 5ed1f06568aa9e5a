"""Figures of the helpline's console."""
