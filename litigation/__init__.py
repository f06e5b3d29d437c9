"""From the reply to the announcement through review and suit to the effective judgment."""
