"""Tasks: what a person typed stays as typed, what the system asks for speaks the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from cases.models import Task
from cases.services import tasks
from tests.support import matters

pytestmark = pytest.mark.django_db


def test_what_the_system_asks_for_is_read_in_the_language_of_the_reader(cast):
    """Whoever recuses a person may speak another language than the head who gets the task."""
    lead = matters.assign(cast, matters.make_lead(cast))
    assert cast.head
    with translation.override("zh-hans"):
        matters.stand_aside(cast, lead, cast.assistant)
    task = Task.objects.get(kind="appoint_substitute")
    with translation.override("en"):
        assert task.heading == "Appoint a substitute for a recused person"
    with translation.override("zh-hans"):
        assert task.heading == "为回避人员指定替代人员"


def test_what_a_person_typed_is_never_taken_for_a_sentence_to_fill_in(cast):
    lead = matters.assign(cast, matters.make_lead(cast))
    typed = "核对 100%(s) %d %"
    task = tasks.add_task(
        actor=cast.handler, matter=lead, title=typed, owner=cast.handler, due_on=None
    )
    assert task.heading == typed
