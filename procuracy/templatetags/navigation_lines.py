"""The lines of the navigation, which every page shows twice: at its side, or in a menu where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audit.errors import Text
from procuracy.drawing import ENGINE
from procuracy.navigation import Line

register = template.Library()


@register.simple_tag
def navigation_lines(
    groups: Sequence[tuple[Text, Sequence[Line]]], *, hotkeys: bool = False
) -> SafeString:
    """Show the lines of `procuracy.navigation.lines`; where two stand on a page, one has the keys."""
    context = {"groups": groups, "hotkeys": hotkeys}
    # Jinja2 has escaped what it put in; its answer does not say so to Django.
    return SafeString(render_to_string("components/navigation.html", context, using=ENGINE))
