"""Batches: one document for many cases or addressees, with an item for each document."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_absence"),
        ("cases", "0013_parties_that_joined"),
        ("notices", "0006_service_stays_as_recorded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, verbose_name="document type")),
                ("texts", models.JSONField(default=dict, verbose_name="content")),
                (
                    "make_final",
                    models.BooleanField(
                        default=False, verbose_name="make final what lacks nothing"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=audit.clock.now, verbose_name="created at"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of documents",
                "verbose_name_plural": "batches of documents",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "addressee",
                    models.CharField(blank=True, max_length=200, verbose_name="addressee"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("refused", "Not made")],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "sentence",
                    models.CharField(blank=True, max_length=1000, verbose_name="why refused"),
                ),
                ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.document",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="notices.documentbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a batch",
                "verbose_name_plural": "documents of a batch",
                "ordering": ["batch", "position"],
            },
        ),
        migrations.AddIndex(
            model_name="documentbatch",
            index=models.Index(fields=["created_by", "-id"], name="batch_of_person"),
        ),
        migrations.AddConstraint(
            model_name="documentbatch",
            constraint=models.UniqueConstraint(
                fields=("created_by", "token"), name="one_batch_per_form"
            ),
        ),
        migrations.AddIndex(
            model_name="batchitem",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["position", "id"],
                name="batch_item_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(
                fields=("batch", "position"), name="one_batch_item_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(
                fields=("batch", "case", "addressee"), name="one_batch_item_per_addressee"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(
                fields=("document",), name="document_of_one_batch_item"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document__isnull", False), ("done_at__isnull", False), ("state", "done")
                    ),
                    models.Q(
                        models.Q(("state", "done"), _negated=True), ("document__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="batch_item_done_names_its_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("sentence", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_batch_item_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "done", "refused"])),
                name="batch_item_state_is_known",
            ),
        ),
    ]
