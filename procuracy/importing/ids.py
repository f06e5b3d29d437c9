"""New ids, drawn from the database many at a time."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from procuracy.importing.copying import new_ids

AT_A_TIME = 2000


class Ids:
    """Hands out ids of several tables, one after another; what is not used stays a gap."""

    def __init__(self) -> None:
        self._left: dict[type[models.Model], Iterator[int]] = {}

    def next(self, model: type[models.Model]) -> int:
        """Return an id of a table that nobody else gets."""
        found = next(self._left.get(model, iter(())), None)
        if found is None:
            self._left[model] = iter(new_ids(model, AT_A_TIME))
            found = next(self._left[model])
        return found
