"""Medical-necessity criteria as declarative policy."""
