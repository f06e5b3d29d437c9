"""What people, programs and tables state of bodies; one form for all three."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from administrative.bodies import regions, selectors
from administrative.bodies.fields import BodyField, checked_credit_code
from administrative.models import Body, BodyKind, BodyLevel
from audit.fields import DayField, VersionField

STATED = (
    "name",
    "kind",
    "level",
    "region",
    "credit_code",
    "competence",
    "address",
    "contact",
    "telephone",
    "email",
    "superior",
)
REGION_HELP = _(
    "Six digits by GB/T 2260, for example 330106; empty for a national body. The list of regions was not "
    "compared with the published standard."
)


class BodyForm(forms.ModelForm[Body]):
    """A body as it is entered."""

    superior = BodyField(label=_("body above it"), required=False)

    class Meta:
        model = Body
        fields = STATED
        help_texts: ClassVar = {
            "region": REGION_HELP,
            "competence": _("What it watches over in personal information, with the article."),
            "contact": _("Whom the office speaks to there."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credit_code"].max_length = None  # type: ignore[attr-defined]
        self.fields["credit_code"].help_text = _("18 characters, blanks allowed.")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_credit_code(self) -> str:
        return checked_credit_code(self.cleaned_data["credit_code"])

    def clean_region(self) -> str:
        code = str(self.cleaned_data["region"])
        if code and not regions.has_place(code):
            raise forms.ValidationError(
                _(
                    "No region has this code (GB/T 2260). Look it up in the list of regions by its name."
                ),
                code="unknown_region",
            )
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"kind", "level", "region"} <= data.keys():
            self._judge_region(data)
        if {"name", "region"} <= data.keys():
            self._judge_name(data)
        return data

    def _judge_region(self, data: dict[str, Any]) -> None:
        # A unit has no level of its own: it lies where it lies.
        if data["kind"] != BodyKind.UNIT and (
            sentence := _why_unfit(data["level"], data["region"])
        ):
            self.add_error("region", sentence)

    def _judge_name(self, data: dict[str, Any]) -> None:
        # The constraint of the table names a column no form has, so that Django leaves it out here.
        if selectors.is_there(data["name"], data["region"], but=self.instance.pk):
            self.add_error("name", _("The directory has a body of this name in this region."))

    def facts(self) -> dict[str, Any]:
        """Return the cleaned fields, as the services take them."""
        return {name: self.cleaned_data[name] for name in STATED}


class ChangeBodyForm(BodyForm):
    """A body that is there already, with the version the form was filled from."""

    version = VersionField()


def _why_unfit(level: str, code: str) -> Any:
    """Return why a body of a level has no such region; nothing where it may."""
    if level == BodyLevel.NATIONAL:
        return _("A national body has no region. Leave it empty.") if code else ""
    if not code:
        return _("Enter the region: by it follows how the body stands to an office (PRR 3).")
    if level == BodyLevel.PROVINCIAL and not code.endswith("0000"):
        return _("The code of a province ends in 0000. Correct the level or the region.")
    if level == BodyLevel.CITY and (code.endswith("0000") or not code.endswith("00")):
        return _("The code of a city ends in 00. Correct the level or the region.")
    if level in (BodyLevel.COUNTY, BodyLevel.TOWNSHIP) and code.endswith("0000"):
        return _("This is the code of a province. Enter that of the county or district.")
    return ""


class MergeForm(forms.Form):
    """Into which entry a body goes."""

    into = BodyField(label=_("Entry that goes on"))


class BodyFilterForm(forms.Form):
    """What the directory can be narrowed by; everything may be left empty."""

    q = forms.CharField(
        label=_("Name, competence or credit code"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("kind"), required=False, choices=[("", _("any")), *BodyKind.choices]
    )
    level = forms.ChoiceField(
        label=_("level"), required=False, choices=[("", _("any")), *BodyLevel.choices]
    )
    region = forms.CharField(
        label=_("Region"), max_length=20, required=False,
        help_text=_("Code or name; what lies inside it counts."),
    )  # fmt: skip

    def clean_region(self) -> str:
        """Return the code of what was typed as a code or as a name."""
        text = str(self.cleaned_data["region"]).strip()
        if not text or regions.has_place(text):
            return text
        found = regions.called(text)
        if len(found) == 1:
            return found[0].code
        if found:
            sentence = _("Several regions are called so. Enter the code of one: %(codes)s.")
            codes = ", ".join(region.code for region in found[:5])
            raise forms.ValidationError(sentence, params={"codes": codes}, code="ambiguous")
        raise forms.ValidationError(_("No region has this code or name."), code="unknown_region")


class BodyTableForm(forms.Form):
    """A table of bodies."""

    table = forms.FileField(
        label=_("Table"),
        allow_empty_file=True,
        help_text=_("A workbook (xlsx) or CSV, made from the template."),
    )


class PreviewForm(forms.Form):
    """The rows of a table as its preview carries them (`table.signed`)."""

    preview = forms.CharField(required=False, widget=forms.HiddenInput)


class RegionSearchForm(forms.Form):
    """What regions are looked for by."""

    q = forms.CharField(label=_("Code or name"), max_length=20)
    day = DayField(label=_("day"), required=False)
