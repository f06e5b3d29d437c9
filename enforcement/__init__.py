"""What is owed after the decision: obligations, performance, enforcement, money, look-back, archive."""
