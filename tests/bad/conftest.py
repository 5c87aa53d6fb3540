"""What stands here is wrong on purpose: no plugin shall collect it."""

collect_ignore_glob = ["*.yaml"]
