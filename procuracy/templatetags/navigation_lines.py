"""The lines of the navigation, which every page shows twice: at its side, or in a menu where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from audit.errors import Text
from procuracy.drawing import drawn
from procuracy.navigation import Line

register = template.Library()


@register.simple_tag
def navigation_lines(
    groups: Sequence[tuple[Text, Sequence[Line]]], *, hotkeys: bool = False
) -> SafeString:
    """Show the lines of `procuracy.navigation.lines`; where two stand on a page, one has the keys."""
    return drawn("components/navigation.html", {"groups": groups, "hotkeys": hotkeys})
