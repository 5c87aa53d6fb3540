"""The self-check of a policy page: a form made from the facts' questions, assessed in the browser alone."""
