"""The facts of the events this room registers, a module a subject."""
