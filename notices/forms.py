"""Forms of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import clock
from audit.fields import DayField, PastDayField, VersionField
from notices import selectors
from notices.catalogue import TYPES, Addressee, Content, DocumentType, Kind, Numbering
from notices.models import Document, DocumentStatus, NumberState
from notices.numbers import DEFAULT_TEMPLATE
from notices.prefill import SOURCES
from notices.services.approving import approval_of, decider_of
from notices.services.registering import Filing

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

FIRST_YEAR, LAST_YEAR = 1950, 2100


def reason_field(label: Any) -> forms.CharField:
    """Return a field for the reason of an act."""
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def type_choices(kinds: Iterable[DocumentType]) -> list[tuple[str, str]]:
    """Return the choices for document types in the reader's language."""
    return [(kind.code, f"{kind.code} {kind.title}") for kind in kinds]


class ComposeForm(forms.Form):
    """The contents of one document, each with its article and the place it was taken from."""

    version = VersionField()

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        self.initial.setdefault("version", document.version)
        for content in document.type.contents:
            if not content.fixed:
                self.fields[content.name] = self._field(content)
                stated = document.content.get(content.name, {}).get("value", "")
                self.initial.setdefault(content.name, stated)

    def _field(self, content: Content) -> forms.Field:
        label = content.label if content.required else _("%s (optional)") % content.label
        options: dict[str, Any] = {
            "label": label,
            "required": False,
            "help_text": self._origin(content),
        }
        if content.kind is Kind.DAY:
            return DayField(**options)
        if content.kind is Kind.CHOICE:
            choices = [(option, option) for option in ("", *content.options)]
            return forms.ChoiceField(choices=choices, **options)
        if content.kind is Kind.LINE:
            return forms.CharField(**options)
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **options)

    def _origin(self, content: Content) -> str:
        source = self.document.content.get(content.name, {}).get("source", "")
        facts = {"source": SOURCES.get(source, ""), "article": content.article}
        return render_to_string("notices/_origin.html", facts)

    def values(self) -> dict[str, str]:
        """Return the typed texts by name of content; days in ISO form."""
        found = {}
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name != "version":
                found[name] = value.isoformat() if isinstance(value, date) else str(value or "")
        return found


class TextForm(forms.Form):
    """The whole text of a draft, one paragraph a line."""

    version = VersionField()
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 26, "lang": "zh-Hans"}),
        help_text=_(
            "One paragraph a line. “# ” begins a heading, “## ” one below it, “> ” a line at the margin; "
            "marks such as 〔表1〕 stand for a table. Head, addressee, signature and date follow from the "
            "record."
        ),
    )

    def __init__(self, *args: Any, document: Document, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", document.version)
        self.initial.setdefault("text", text)


class CopyForm(forms.Form):
    """An edited copy of the document."""

    file = forms.FileField(label=_("Edited copy (.docx)"))


class IssueForm(forms.Form):
    """Who signed and when."""

    signer = forms.ModelChoiceField(
        label=_("Signer (Rules 5)"),
        queryset=User.objects.none(),
        help_text=_("The chief procurator, who acts for the chief, or who is authorised."),
    )
    signed_day = DayField(label=_("Day of the signature"))

    def __init__(self, *args: Any, document: Document, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [person.pk for person in selectors.possible_signers(document)]
        field = self.fields["signer"]
        field.queryset = User.objects.filter(pk__in=people)  # type: ignore[attr-defined]
        decider = decider_of(approval_of(document))
        likely = (document.signer_id, decider.pk if decider else None, *people)
        self.initial.setdefault("signer", next((pk for pk in likely if pk in people), None))
        self.initial.setdefault("signed_day", day)


class VoidForm(forms.Form):
    reason = reason_field(_("Why the document is void"))


class CorrectForm(forms.Form):
    reason = reason_field(_("What the new version corrects"))


class SubmitForm(forms.Form):
    reasons = forms.CharField(
        label=_("Reasons for the deciders"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RegisterForm(forms.Form):
    """A finished document: the file, the number, day and signer it bears."""

    file = forms.FileField(label=_("File"))
    title = forms.CharField(label=_("Title, when it differs"), max_length=200, required=False)
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    signed_day = PastDayField(label=_("Day of the document"))
    signer = forms.ModelChoiceField(
        label=_("Signed by"), queryset=User.objects.none(), required=False
    )
    signer_name = forms.CharField(
        label=_("Signed by somebody who has no account here"),
        max_length=100,
        required=False,
        help_text=_(
            "Of a document the chief signs, only for a day on which none was entered here."
        ),
    )
    confirmed = forms.MultipleChoiceField(
        label=_("The document says"), widget=forms.CheckboxSelectMultiple, required=False
    )
    corrects = forms.ModelChoiceField(
        label=_("It corrects"), queryset=Document.objects.none(), required=False
    )
    own_contact = forms.CharField(
        label=_("How it says the office is reached"),
        max_length=300,
        required=False,
        help_text=_(
            "Telephone and e-mail of the contact person. Every other number of a person is masked in the "
            "file before it is filed."
        ),
    )

    def __init__(self, *args: Any, kind: DocumentType, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        people = User.objects.filter(office=matter.office_id).order_by("name")
        self.fields["signer"].queryset = people  # type: ignore[attr-defined]
        contents = [(item.name, item.label) for item in kind.contents]
        self.fields["confirmed"].choices = contents  # type: ignore[attr-defined]
        earlier = selectors.standing(matter, kind.code).filter(status=DocumentStatus.ISSUED)
        if earlier.exists():
            self.fields["corrects"].queryset = earlier  # type: ignore[attr-defined]
        else:
            del self.fields["corrects"]
        if not contents:
            del self.fields["confirmed"]
        if kind.addressee is not Addressee.PUBLIC:
            del self.fields["own_contact"]
        if kind.numbering is Numbering.NONE:
            self.fields["number"].help_text = _("Only when it bears one.")

    def filing(self) -> Filing:
        """Return what is stated of the document."""
        data = self.cleaned_data
        return Filing(
            code=self.kind.code,
            signed_day=data["signed_day"],
            number=data["number"],
            signer=data["signer"],
            signer_name=data["signer_name"],
            title=data["title"],
            confirmed=tuple(data.get("confirmed", ())),
            corrects=data.get("corrects"),
            own_contact=data.get("own_contact", ""),
        )


class DocumentFilterForm(forms.Form):
    """The filter of the lists of documents."""

    text = forms.CharField(label=_("Title or number"), max_length=100, required=False)
    code = forms.ChoiceField(label=_("Document type"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        self.fields["code"].choices = [every, *type_choices(TYPES.values())]  # type: ignore[attr-defined]
        self.fields["status"].choices = [every, *DocumentStatus.choices]  # type: ignore[attr-defined]


class MatterSearchForm(forms.Form):
    """Which lead or case a document is for."""

    q = forms.CharField(label=_("Key, title or party"), required=False, max_length=100)


class NumberFilterForm(forms.Form):
    """The filter of the register of numbers."""

    word = forms.CharField(label=_("Word of the number"), max_length=20, required=False)
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("All")), *NumberState.choices]
        self.fields["state"].choices = states  # type: ignore[attr-defined]


def _numbered() -> list[tuple[str, str]]:
    return type_choices(kind for kind in TYPES.values() if kind.numbering is Numbering.WORD)


class NumberedForm(forms.Form):
    """A form about the numbers of one document type."""

    code = forms.ChoiceField(label=_("Document type"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _numbered()  # type: ignore[attr-defined]


class PatternForm(NumberedForm):
    track = forms.CharField(label=_("Track"), max_length=10, required=False)
    type = forms.CharField(label=_("Type"), max_length=10)
    template = forms.CharField(label=_("Pattern"), max_length=80, initial=DEFAULT_TEMPLATE)


class FirstNumberForm(NumberedForm):
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    first = forms.IntegerField(label=_("First number"), min_value=1, max_value=999_999)
    word = forms.CharField(
        label=_("Word of the number"),
        max_length=20,
        required=False,
        help_text=_(
            "Where the type has several words, as 刑附民公诉 beside 民公诉; empty for the usual one."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", clock.today().year)


class UnusedNumberForm(NumberedForm):
    number = forms.CharField(label=_("Number"), max_length=80)
    reason = reason_field(_("Why the number is void"))
