"""Reading a row with a protected state anew, in one of several threads."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_fsm import FSMModelMixin


class RefreshedState(FSMModelMixin):
    """The mixin of django-fsm whose `refresh_from_db` leaves the field of the class alone.

    The library lifts the protection off the field while it reads, for every row of the model and in every
    thread of the process: two requests at once and one of them fails, or writes a state it may not. Here the
    one row forgets its state before it is read, which the protection allows to be set.
    """

    _unset: frozenset[str] = frozenset()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row anew; where it cannot be read, the state stays as it was known."""
        names = self._get_protected_fsm_fields() & self.__dict__.keys()
        known = {name: self.__dict__.pop(name) for name in names}
        self._unset = frozenset(known)
        try:
            models.Model.refresh_from_db(self, *args, **kwargs)
        finally:
            del self._unset
            for name, value in known.items():
                self.__dict__.setdefault(name, value)

    def take_over(self, other: models.Model) -> None:
        """Know the row as `other` does, without reading it: for who called an act and holds an older copy."""
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(self):
                field.delete_cached_value(self)
            self.__dict__[field.attname] = other.__dict__[field.attname]
        for relation in self._meta.related_objects:
            if relation.is_cached(self):
                relation.delete_cached_value(self)
        self.__dict__.pop("_prefetched_objects_cache", None)

    def get_deferred_fields(self) -> set[str]:
        """Return the fields that were not loaded; a state that is about to be read is not among them."""
        deferred: set[str] = models.Model.get_deferred_fields(self)
        return deferred - self._unset
