"""The pages of this room, a module a subject."""
