from __future__ import annotations


def test_cast(cast):
    cast.handler, cast.chief, cast.stranger, cast.superior_handler, cast.system_administrator
