"""New files to begin with: a policy that works and waits for its words, or a new version of one that is there."""

from harness.scaffold.files import write_new
from harness.scaffold.policy import new_policy
from harness.scaffold.version import NewVersion, new_version

__all__ = ["NewVersion", "new_policy", "new_version", "write_new"]
