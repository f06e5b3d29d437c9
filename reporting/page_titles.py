"""What the pages of this room and its addresses in the API are called, by their names in the URL conf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from audit.errors import Text

STATISTICS: Final[Mapping[str, Text]] = {
    "statistics": _("Statistics"),
    "statistics_list": _("Statistics"),
    "statistics_figure": _("What a figure counts"),
    "statistics_figure_detail": _("What a figure counts"),
    "statistics_item_list": _("Statistical items"),
    "statistics_export": _("Take the statistics out as a file"),
    "statistics_block_export": _("Take one block of the statistics out as a file"),
}
