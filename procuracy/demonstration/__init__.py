"""The demonstration office: three procuratorates, their staff, and matters in every state of the slice.

Everything is made through the services, as people would make it; nothing is written past them but the
passwords of the logins.
"""
