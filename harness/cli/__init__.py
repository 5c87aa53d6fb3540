"""The command `necessity`: words in, words out. The only room that prints, reads arguments or exits."""

from harness.cli.main import main

__all__ = ["main"]
