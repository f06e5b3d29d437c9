"""The labels of the office, and those of one lead or case."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.base import ActView, StaffPage
from cases.forms.lists import TagChangeForm, TagForm, TagsForm
from cases.models import Tag
from cases.selectors.tags import has_tags, tags_for, tags_of, tags_of_office, tags_with_use
from cases.services.tags import change_tag, create_tag, may_keep_tags, may_tag, tag_matter
from cases.views.case_frame import CaseAct
from cases.views.leads import LeadAct
from cases.views.matter_frame import MatterAct


class TagList(StaffPage):
    """The labels of the actor's office, each with how many visible leads and cases bear it."""

    template_name = "cases/tag_list.html"

    def prepare(self) -> None:
        self.require(has_tags(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tags=tags_with_use(self.actor), may_keep=may_keep_tags(self.actor), **kwargs
        )


class TagAct(ActView):
    """Something done to the labels of the office."""

    def prepare(self) -> None:
        self.require(may_keep_tags(self.actor))

    def back(self) -> str:
        return reverse("tag_list")


class TagCreate(TagAct):
    """Make a label."""

    form_class = TagForm
    heading = _("New label")
    button = _("Make the label")
    done = _("The label is made.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        create_tag(actor=self.actor, facts=form.cleaned_data)
        return None


class TagChange(TagAct):
    """Change a label or retire it."""

    tag: Tag
    form_class = TagChangeForm
    heading = _("Change the label")
    button = _("Save")
    done = _("The label is changed.")

    def prepare(self) -> None:
        super().prepare()
        found = tags_of_office(self.actor).filter(pk=self.kwargs["pk"]).first()
        self.require(found is not None)
        assert found is not None  # required above
        self.tag = found

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.tag, name) for name in TagChangeForm.base_fields}

    def act(self, form: BaseForm) -> HttpResponse | None:
        change_tag(actor=self.actor, tag=self.tag, facts=form.cleaned_data)
        return None


class MatterTags(MatterAct):
    """Choose the labels of one lead or case."""

    form_class = TagsForm
    button = _("Save the labels")
    done = _("The labels are saved.")

    def prepare(self) -> None:
        super().prepare()
        self.require(may_tag(self.actor, self.matter))
        self.present = list(tags_of(self.matter))

    def get_form_kwargs(self) -> dict[str, Any]:
        # What is retired stays choosable where it is, so that it can be taken off.
        known = tags_for(self.matter)
        offered = known.filter(retired=False) | known.filter(pk__in=self._keys())
        return super().get_form_kwargs() | {"offered": offered, "known": known}

    def get_initial(self) -> dict[str, Any]:
        return {"tags": self._keys(), "seen": self._keys()}

    def _keys(self) -> list[int]:
        return [tag.pk for tag in self.present]

    def act(self, form: BaseForm) -> HttpResponse | None:
        # Against what was seen: what somebody else has put on or taken off meanwhile stays as he left it.
        wanted, seen = list(form.cleaned_data["tags"]), list(form.cleaned_data["seen"])
        tag_matter(
            actor=self.actor,
            matter=self.matter,
            put_on=[tag for tag in wanted if tag not in seen],
            take_off=[tag for tag in seen if tag not in wanted],
        )
        return None


class CaseTags(MatterTags, CaseAct):
    """Choose the labels of one case."""

    heading = _("Labels of the case")


class LeadTags(MatterTags, LeadAct):
    """Choose the labels of one lead."""

    heading = _("Labels of the lead")
