"""Write docs/checks/ from the lints, or with --check tell which of its pages are stale."""

from __future__ import annotations

import sys
from pathlib import Path

from harness.lint import LINTS

FOLDER = Path(__file__).parent / "checks"

HEAD = """\
# What `necessity check` warns of

*Made from the lints by `docs/checks.py`; `necessity check --explain CODE` prints the same pages.*

An **error** makes reading fail: the policy cannot be used, and the exit code is 2. A **warning** is about a policy that
can be used and should yet be looked at: the exit code is 3 when there are warnings and no errors.

```text
spine/example/2026-01-01.yaml:21:15: warning: the question of `care.length` does not end in `?` [question-without-mark]
  help: ask it as a whole question, as one would ask a colleague
```

A file is looked at for warnings once nothing is wrong with it, nor with the files that it is judged by: for a policy
its modules and the references, for a module the policies that use it.

## A warning that may stand

Write why, on the line of the warning or on a line of its own above it:

```yaml
facts:
  form.line_12:
    # necessity: ignore=question-without-mark the form of the society prints it so
    question: Line 12 of the form
    type: text
```

The reason is required. A comment without one, with a code that there is not, or that no longer ignores anything is
itself told.

## All codes

| code | what it finds |
|---|---|
"""


def pages() -> dict[Path, str]:
    rows = "".join(f"| [`{lint.code}`]({lint.code}.md) | {lint.title} |\n" for lint in LINTS.values())
    return {FOLDER / "index.md": HEAD + rows} | {FOLDER / f"{lint.code}.md": lint.page for lint in LINTS.values()}


def main() -> int:
    written = pages()
    left = [file for file in FOLDER.glob("*.md") if file not in written]
    if "--check" in sys.argv:
        stale = [file for file, text in written.items() if not file.exists() or file.read_text("utf-8") != text]
        for file in sorted([*stale, *left]):
            print(f"{file}:1:1: error: stale; run `python docs/checks.py`")
        return 1 if stale or left else 0
    FOLDER.mkdir(exist_ok=True)
    for file in left:
        file.unlink()
    for file, text in written.items():
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
