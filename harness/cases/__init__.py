"""Cases: YAML -> Case, every quote checked and every length measured."""

from harness.cases.read import case_of, read_case

__all__ = ["case_of", "read_case"]
