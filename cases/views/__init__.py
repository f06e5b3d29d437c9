"""The browser of leads, proposals and cases, a module a subject."""
