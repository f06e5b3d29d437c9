"""What Jinja2 draws: the fields of forms, and rows of long lists. The pages are Django's own templates.

A list of forty boxes is forty small templates, one in another, and fifty rows of eight cells are four
hundred; compiled ones draw them ten times as fast.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from procuracy import dates
from procuracy.templatetags.components import icon, instant

# As `settings.TEMPLATES` calls the engine.
ENGINE = "jinja2"
FIELD = "django/forms/field.html"
WIDGETS = "django/forms/widgets/"


def environment(**options: Any) -> Environment:
    """Return the environment of what is drawn: drawings, days and translations."""
    made = Environment(**options)  # noqa: S701 - Django turns the escaping on
    made.globals |= {
        "_": gettext,
        "days": _days,
        "distance": dates.distance,
        "icon": icon,
        "instant": instant,
        "short": dates.short,
    }
    return made


def drawn(template: str, context: dict[str, Any]) -> SafeString:
    """Return what a template of `templates/jinja2` makes of `context`."""
    # Jinja2 has escaped what it put in; its answer does not say so to Django.
    return SafeString(render_to_string(template, context, using=ENGINE))


def _days(number: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", number) % {"days": number}


class FormRenderer(TemplatesSetting):
    """Draws fields and their widgets with Jinja2, the rest of a form as pages are drawn."""

    def get_template(self, template_name: str) -> Any:
        if template_name == FIELD or template_name.startswith(WIDGETS):
            return engines[ENGINE].get_template(template_name)
        return super().get_template(template_name)
