"""The `arasha` command's own commands: wiring only."""
