"""Source text from a policy by plain templates: what a good engineer would write by hand for each engine."""
