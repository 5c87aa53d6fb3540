"""YAML policies into the model: read strictly, checked for meaning, every mistake with its address and cure."""

from harness.policies.folder import read_library, read_policies
from harness.policies.library import File, Library

__all__ = ["File", "Library", "read_library", "read_policies"]
