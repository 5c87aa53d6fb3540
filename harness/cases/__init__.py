"""Cases: YAML -> Case, every quote checked and every length measured."""

from harness.cases.read import read_case

__all__ = ["read_case"]
