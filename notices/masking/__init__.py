"""Keeping victims' data out of what is published: found, masked, listed, looked for again in print."""
