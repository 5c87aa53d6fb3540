"""The batch benchmark: the limit, what a user would otherwise pick, and the project's own, over the same rows."""
