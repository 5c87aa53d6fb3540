"""Files in canonical order and style, with their comments: `formatted(text, shown)`, and `kind_of` a file's content."""

from harness.formatting.format import formatted, kind_of

__all__ = ["formatted", "kind_of"]
