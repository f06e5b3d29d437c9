"""A document of a lead or a case, from the draft to the issued record."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from audit.words import pairs_index
from cases.models import Case, Event, Lead, Proposal
from notices.catalogue import DocumentType, type_of


class DocumentStatus(models.TextChoices):
    """A document goes on from one to the next; an issued one only ever becomes void."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Being approved")
    FINAL = "final", _("Final")
    ISSUED = "issued", _("Issued")
    VOID = "void", _("Void")


# What counts as existing when a transition needs the document (design 3, `needs_documents`).
IN_FINAL_FORM = (DocumentStatus.FINAL, DocumentStatus.ISSUED)
OPEN = (DocumentStatus.DRAFT, DocumentStatus.IN_REVIEW, DocumentStatus.FINAL)


# What a document is found by.
DOCUMENT_WORDS = ("title", "number")


class Document(models.Model):
    """One document filed under a code of law 7.2.

    `content` holds what people fill in: ``{name: {"value": text, "source": code}}``; `composed` the whole
    structured document as it was last made (documents.codec), empty for an uploaded file. `digest` is the
    SHA-256 of what an approval covers: everything but number and day of issue. The bytes lie in the
    write-once store under `sha256`. The trigger `document_stays_as_issued` guards the row.
    """

    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="documents")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="documents")
    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(_("document type"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=DocumentStatus.choices,
        default=DocumentStatus.DRAFT,
        editable=False,
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    content = models.JSONField(_("content"), default=dict)
    composed = models.JSONField(null=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    # The digest of the text as the records gave it, before anybody typed; a decision covers no other.
    drafted_digest = models.CharField(max_length=64, blank=True, editable=False)
    template = models.CharField(_("version of the template"), max_length=20, blank=True)
    # What made the draft, and what approved the document.
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="documents")
    approval = models.ForeignKey(
        Proposal, null=True, on_delete=models.PROTECT, related_name="documents_approved"
    )
    number = models.CharField(_("number"), max_length=80, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signer"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signer_name = models.CharField(_("signed by"), max_length=100, blank=True)
    signed_day = models.DateField(_("signed on"), null=True)
    finalised_at = models.DateTimeField(_("made final at"), null=True)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued at"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded = models.BooleanField(_("uploaded file"), default=False)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    engine = models.CharField(_("made with"), max_length=120, blank=True)
    seal = models.JSONField(_("place of the seal"), null=True)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    correction_reason = models.CharField(_("what is corrected"), max_length=1000, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    void_reason = models.CharField(_("why void"), max_length=1000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited at"), default=clock.now)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["case", "code"], name="document_case_code"),
            models.Index(fields=["lead", "code"], name="document_lead_code"),
            models.Index(fields=["office", "-id"], name="document_office_latest"),
            models.Index(
                fields=["office", "id"],
                condition=Q(status__in=["draft", "final"]),
                name="document_unfinished",
            ),
            pairs_index(*DOCUMENT_WORDS, name="document_words"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) ^ Q(case__isnull=True),
                name="document_of_one_matter",
            ),
            models.CheckConstraint(
                condition=~Q(status="issued")
                | Q(issued_at__isnull=False, signed_day__isnull=False, size__isnull=False),
                name="issued_document_has_day_and_file",
            ),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="issued_document_has_its_digest",
            ),
            models.CheckConstraint(
                condition=~Q(status="void") | (~Q(void_reason="") & Q(voided_at__isnull=False)),
                name="void_document_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
                name="correction_of_document_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="document_does_not_correct_itself",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(status__in=["draft", "in_review", "final", "issued"]),
                name="one_correction_per_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("document_detail", args=[self.pk])

    @property
    def matter(self) -> Lead | Case:
        owner = self.case or self.lead
        assert owner is not None  # held by the constraint document_of_one_matter
        return owner

    @property
    def name_on_paper(self) -> str:
        """What the paper calls itself, where its code stands for two; an upload goes by its title."""
        return str((self.composed or {}).get("name") or self.title)

    @property
    def type(self) -> DocumentType:
        return type_of(self.code, self.template)

    @property
    def values(self) -> dict[str, str]:
        """The contents as texts by name."""
        return {name: str(item.get("value", "")) for name, item in self.content.items()}

    @property
    def in_final_form(self) -> bool:
        return self.status in IN_FINAL_FORM
