"""The tamper-evident record of who did what and who saw what.

Plain ids and no foreign keys: the record lies below everything it speaks of and outlives it. Rows
are only ever added (triggers and grants refuse everything else), and each is bound to the one
before it in its scope by a keyed digest over stored bytes. `docs/audit.md` says what that detects
and what it does not.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.digests import GENESIS


class ActorKind(models.TextChoices):
    """What kind of being acted."""

    USER = "user", _("User")
    SYSTEM = "system", _("System")
    ANONYMOUS = "anonymous", _("Not signed in")
    PARTNER = "partner", _("Partner body")


class AuditEvent(models.Model):
    """One act or one look.

    `canonical` holds the exact bytes the digest was made of; the other columns repeat them so that
    they can be searched, and verification compares both. `mac` = HMAC(key, `previous` ‖
    `canonical`), 32 bytes.
    """

    scope = models.CharField(_("chain"), max_length=120)
    sequence = models.BigIntegerField(_("number in the chain"))
    at = models.DateTimeField(_("time"))
    office_id = models.BigIntegerField(_("office"), null=True)
    case_id = models.BigIntegerField(_("case"), null=True)
    lead_id = models.BigIntegerField(_("lead"), null=True)
    actor_id = models.BigIntegerField(_("person"), null=True)
    actor_kind = models.CharField(_("kind of actor"), max_length=12, choices=ActorKind.choices)
    on_behalf_of_id = models.BigIntegerField(_("on behalf of"), null=True)
    action = models.CharField(_("act"), max_length=80)
    object_type = models.CharField(_("kind of object"), max_length=80)
    object_id = models.TextField(_("object"))
    outcome = models.CharField(_("outcome"), max_length=80)
    reason = models.TextField(_("reason"), blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    ip = models.GenericIPAddressField(_("address"), null=True)
    canonical = models.BinaryField(_("recorded bytes"))
    previous = models.BinaryField(_("digest of the row before"))
    mac = models.BinaryField(_("digest"))
    algorithm = models.SmallIntegerField(_("algorithm"))
    key_id = models.SmallIntegerField(_("key"))

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope", "sequence"], name="audit_event_one_number_in_a_scope"
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="audit_event_numbers_start_at_one"
            ),
            models.CheckConstraint(
                condition=Q(actor_kind__in=ActorKind.values), name="audit_event_known_actor_kind"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office_id", "at", "id"], name="audit_event_by_office"),
            models.Index(fields=["case_id", "at", "id"], name="audit_event_by_case"),
            models.Index(fields=["actor_id", "at", "id"], name="audit_event_by_actor"),
            models.Index(
                fields=["object_type", "object_id", "at", "id"], name="audit_event_by_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.sequence} {self.action}"


class AuditHead(models.Model):
    """The last row of a scope; its row lock puts the writers of one scope in line."""

    scope = models.CharField(_("chain"), max_length=120, primary_key=True)
    sequence = models.BigIntegerField(_("number in the chain"), default=0)
    mac = models.BinaryField(_("digest"), default=GENESIS)

    class Meta:
        verbose_name = _("audit chain head")
        verbose_name_plural = _("audit chain heads")

    def __str__(self) -> str:
        return f"{self.scope} {self.sequence}"


class AuditPending(models.Model):
    """An entry that has no place in a global tree yet.

    Filled in the transaction of the entry, so that a sequencer finds every entry that was
    committed, in whatever order, without an entry being touched.
    """

    event_id = models.BigIntegerField(_("entry"), primary_key=True)

    class Meta:
        verbose_name = _("audit entry awaiting a checkpoint")
        verbose_name_plural = _("audit entries awaiting a checkpoint")

    def __str__(self) -> str:
        return str(self.event_id)
