"""Serving documents: from the sending over every attempt to the proven outcome (CPL 87-95; EMS)."""
