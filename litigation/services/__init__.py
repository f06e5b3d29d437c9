"""Every write of this room, a module a subject."""
