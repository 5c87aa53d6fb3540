"""Two versions of a policy side by side: what differs as written, and what that does to cases."""
