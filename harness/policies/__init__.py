"""YAML policies into the model: read strictly, checked for meaning, every mistake with its address and cure."""

from harness.policies.folder import read_policies

__all__ = ["read_policies"]
