"""What the pages of this room and its addresses in the API are called, by their names in the URL conf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from audit.errors import Text

PAPERS: Final[Mapping[str, Text]] = {
    "paper_list": _("Papers in and out"),
    "paper_create": _("Register a paper"),
    "paper_detail": _("Paper"),
    "paper_link": _("Link the paper"),
    "paper_close": _("Close the paper"),
    "paper_event": _("Make this an event"),
    "paper_file": _("File of a paper"),
    "paper_ways": _("What the paper can become"),
    "paper_content": _("File of a paper"),
}
