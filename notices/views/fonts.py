"""The page that shows which font serves which role of a document here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from audit.errors import Text
from documents.fonts import OFFICIAL, SERIF, Role, font_set
from notices.views.base import staff

ROLES: dict[Role, tuple[str, Text]] = {
    Role.FANG: ("仿宋", _("body")),
    Role.HEI: ("黑体", _("first-level headings")),
    Role.KAI: ("楷体", _("second-level headings")),
    Role.SONG: ("小标宋", _("issuer and title")),
    Role.NUMBER: ("宋体", _("page numbers")),
}


@require_safe
@staff
def font_list(request: HttpRequest, actor: User) -> HttpResponse:
    """Show each role, the font that serves it, and what is missing."""
    fonts = font_set()
    rows = [(*ROLES[served.role], served, OFFICIAL[served.role][0]) for served in fonts.roles]
    values = {
        "rows": rows,
        "fonts": fonts,
        "characters": len(fonts.characters),
        "stand_in": any(not served.official for served in fonts.roles),
        "body_is_song": next(s for s in fonts.roles if s.role is Role.FANG).family == SERIF,
    }
    return render(request, "notices/fonts.html", values)
