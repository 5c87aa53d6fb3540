"""Random YAML as people write it: any indentation and style, comments and blank lines anywhere.

Every comment has a number of its own. A source is drawn by a seed, since one is too large for Hypothesis to draw piece
by piece; how much of it there is can shrink.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

KEYS = (  # noqa: SIM905 - so it can be read
    "policy|title|summary|status|effective|from|until|topics|id|kind|rules|when|all|any|fact|is|references|cite|at|says|"
    "met|not_met|parameters|facts|decision|expect|outcome|unknown_key"
).split("|")
WORDS = ("first", "second", "third", "- no item", "Is it?", "x: y")
# As they stand in a file, with what might mislead a reader: signs of comments, of keys and of quotes.
SCALARS = r"""a|true|12|-1.5|"q"|'s'|plain text|"a: b # no"|'it''s'|"esc \" x"|'say "x"'|'back\slash'|http://x/y#z|T12/L1|M51.14
M51.1-|J1030|"2025-01-01"|a:b|é|q?|{}|[]""".replace("\n", "|").split("|")


@dataclass(slots=True)
class Source:
    random: Random
    most: int = 6  # keys at the top
    deepest: int = 5
    lines: list[str] = field(default_factory=list)
    comments: int = 0

    def text(self) -> str:
        self._above(0)
        self.lines.append(f"{self._one('policy', 'module', 'references', 'case')}: x{self._beside()}")
        self._mapping(0, 0, self._chosen()[: self.most])
        text = "\n".join(self.lines) + self._one("", "\n", "\n\n")
        return text.replace("\n", "\r\n") if self._rarely(0.1) else text

    # --- drawing ---

    def _rarely(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, *of: str) -> str:
        return self.random.choice(of)

    def _blanks(self, least: int, most: int) -> str:
        return " " * self.random.randint(least, most)

    def _chosen(self) -> list[str]:
        known = {line.partition(":")[0] for line in self.lines}
        return [key for key in self.random.sample(KEYS, self.random.randint(1, 6)) if key not in known]

    # --- comments ---

    def _comment(self) -> str:
        self.comments += 1
        return self._one(f"# c{self.comments}", f"#c{self.comments}: x", f"#  c{self.comments} it's \"? {{ [")

    def _beside(self) -> str:
        return self._blanks(1, 4) + self._comment() if self._rarely(0.2) else self._one("", "", "  ")

    def _above(self, column: int) -> None:
        while self._rarely(0.3):
            aside = " " * column if self._rarely(0.7) else self._blanks(0, 8)
            self.lines.append("" if self._rarely(0.4) else aside + self._comment())

    # --- values ---

    def _words(self, column: int) -> str:
        """A text of several lines."""
        quote = self._one('"', "'", "")
        words = [self.random.choice(WORDS[: 6 if quote else 3]) for _ in range(self.random.randint(2, 4))]
        between = [self._one("", " ") + self._one("\n", "\n\n") + " " * column + self._blanks(1, 4) for _ in words[1:]]
        return quote + words[0] + "".join(map("".join, zip(between, words[1:], strict=True))) + quote

    def _block(self, column: int) -> str:
        """A text behind `|` or `>`."""
        deep = self.random.randint(1, 4)
        counted = self._rarely(0.2)
        lines = ["  leads"] if counted else []
        for _ in range(self.random.randint(1, 4)):
            lines.append(
                self._one("text # no", "- x: y", "blank at the end ", "# no", *(["", "   more"] if lines else []))
            )
        signs = [str(deep) if counted else "", self._one("", "-", "+")]
        self.random.shuffle(signs)
        comment = " " + self._comment() if self._rarely(0.2) else ""
        content = "\n".join(" " * (column + deep) + line if line else "" for line in lines)
        return f"{self._one('|', '>')}{''.join(signs)}{comment}\n{content}"

    def _break(self, column: int, share: float) -> str:
        """Perhaps a line break in brackets."""
        if not self._rarely(share):
            return self._one("", " ")
        text = ("  " + self._comment() if self._rarely(0.3) else "") + self._one("\n", "\n", "\n\n")
        while self._rarely(0.2):
            text += " " * (column + 1) + self._comment() + "\n"
        return text + " " * column + self._blanks(1, 5)

    def _flow(self, column: int, depth: int = 0) -> str:
        braces = self._rarely(0.5)
        breaks = 0.6 if self._rarely(0.35) else 0.0
        keys = self._chosen()[: self.random.randint(0, 4)]
        text = self._break(column, breaks)
        for number, key in enumerate(keys):
            if braces:
                text += self._one(key, f'"{key}"') + self._one(": ", ":  ", " : ") + self._break(column, breaks / 6)
            inner = self._flow(column, depth + 1) if depth < 3 and self._rarely(0.25) else self.random.choice(SCALARS)
            text += (self._words(column) if self._rarely(0.05) else inner) + self._one("", " ")
            if number < len(keys) - 1 or self._rarely(0.2):
                text += ","
            text += self._break(column, breaks)
        return "{" + text + "}" if braces else "[" + text + "]"

    def _value(self, column: int, depth: int, prefix: str) -> None:
        """The lines of a key or a dash, with what it holds; `column` is where its own later lines must be behind."""
        if depth < self.deepest and self._rarely(0.4):
            self._nested(column, depth + 1, prefix)
        elif self._rarely(0.12):
            self.lines.append(prefix + self._beside())
            self.lines.append(" " * column + self._blanks(1, 4) + self._flow(column) + self._beside())
        else:
            kind = self._one("scalar", "scalar", "flow", "words", "block")
            if kind == "block":
                self.lines.append(f"{prefix} {self._block(column)}")
                return
            written = {"scalar": self.random.choice(SCALARS), "flow": self._flow(column), "words": self._words(column)}
            self.lines.append(prefix + self._blanks(1, 3) + written[kind] + self._beside())

    def _nested(self, column: int, depth: int, prefix: str) -> None:
        mapping = self._rarely(0.6)
        item = prefix.endswith("-")
        if item and self._rarely(0.8):  # it begins beside the dash
            inner, at = len(prefix) + self.random.randint(1, 3), len(self.lines)
            self._entries(inner, depth, mapping=mapping, beside=True)
            self.lines[at] = prefix + self.lines[at][len(prefix) :]
            return
        self.lines.append(prefix + self._beside())
        least = 1 if mapping or item else 0
        self._entries(column + self.random.randint(least, 4), depth, mapping=mapping)

    def _entries(self, column: int, depth: int, *, mapping: bool, beside: bool = False) -> None:
        if mapping:
            keys = self.random.sample(KEYS, self.random.randint(1, 5))
            self._mapping(column, depth, keys, beside=beside)
            return
        for number in range(self.random.randint(1, 4)):
            if number or not beside:
                self._above(column)
            self._value(column, depth, " " * column + "-")

    def _mapping(self, column: int, depth: int, keys: list[str], *, beside: bool = False) -> None:
        for number, key in enumerate(keys):
            if number or not beside:
                self._above(column)
            written = self._one(key, key, key, f'"{key}"', f"'{key}'") + self._one(":", ":", " :")
            self._value(column, depth, " " * column + written)
