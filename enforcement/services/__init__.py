"""Every write of this room, a module a subject; each is called by the effect of a case event."""
