"""Serving one document on several addressees, each by the way the law has for them (CPL 87-95; EMS)."""
