"""The engine: pure functions over published forms and what people answer; no database, no clock."""
