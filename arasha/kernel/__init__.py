"""What every part of the house stands on: time, place, secrecy, journal, access, messages."""
