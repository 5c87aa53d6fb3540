"""What a change of a policy does to a file of cases: whose outcome changes, by which rules, and in which groups."""
