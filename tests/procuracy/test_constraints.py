"""A constraint that a person can run into says why in words, never by its name."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.conf import settings
from django.forms import ModelForm
from django.utils import translation

# Importing the addresses loads the forms of every room.
from procuracy.urls import ROOMS

# Who validates whole rows, constraints included. `save_valid` serves the room of accounts, whose models
# are all asked below, the directory of bodies, and the tables of courts and eligible subjects; these and
# exhibits have a form.
VALIDATING = {"accounts/services/checks.py", "evidence/services/exhibits.py"}


def _calls_of(name):
    """Yield each file of a room and each call of `name` in it."""
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = getattr(node, "func", None)
                if name in (getattr(called, "attr", ""), getattr(called, "id", "")):
                    yield path.relative_to(settings.BASE_DIR).as_posix(), node


def _forms_below(base):
    for child in base.__subclasses__():
        yield child
        yield from _forms_below(child)


def _validated_models():
    forms = [form for form in _forms_below(ModelForm) if form.__module__.split(".")[0] in ROOMS]
    models = {form._meta.model for form in forms if form._meta.model is not None}
    return models | set(apps.get_app_config("accounts").get_models())


def test_only_the_known_callers_validate_whole_rows():
    whole = {
        file
        for file, call in _calls_of("full_clean")
        if "validate_constraints" not in {option.arg for option in call.keywords}
    }
    assert whole == VALIDATING
    savers = {file for file, _call in _calls_of("save_valid") if not file.startswith("accounts/")}
    assert savers == {"administrative/bodies/services.py", "litigation/services/tables.py"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_constraint_a_person_can_run_into_answers_with_its_name(language):
    models = _validated_models()
    names = {model.__name__ for model in models}
    assert names >= {"Office", "Delegation", "Exhibit", "Party", "Court", "EligibleSubject"}
    with translation.override(language):
        for constraint in [each for model in models for each in model._meta.constraints]:
            says = constraint.violation_error_message
            assert says != constraint.default_violation_error_message, constraint.name
            assert constraint.name not in str(constraint.get_violation_error_message())
