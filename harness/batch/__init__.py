"""Many cases at once: a policy as one columnar expression, with the results of the single case."""
