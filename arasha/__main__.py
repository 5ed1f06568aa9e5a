"""`python -m arasha` is the `arasha` command."""

from arasha.config.command_line import main

main()
