"""The case card (案卡): what is known of a matter, read from what was recorded; nothing of it is typed."""
