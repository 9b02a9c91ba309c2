"""Proposed changes, and every step taken with them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0007_public_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noun", models.CharField(max_length=40, verbose_name="kind of record")),
                ("ref", models.CharField(max_length=200, verbose_name="permanent id")),
                ("title", models.CharField(max_length=600, verbose_name="record")),
                ("base", models.JSONField(null=True)),
                ("form", models.JSONField(null=True)),
                ("stage", models.CharField(default="draft", max_length=9, verbose_name="stage")),
                ("number", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                ("author_name", models.CharField(max_length=150, verbose_name="proposed by")),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="last changed"
                    ),
                ),
                (
                    "reviewer_name",
                    models.CharField(blank=True, max_length=150, verbose_name="reviewed by"),
                ),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed change",
                "verbose_name_plural": "proposed changes",
                "ordering": ("-changed_at", "-pk"),
                "permissions": (
                    ("review_proposal", "Can publish what others proposed"),
                    ("publish_own_proposal", "Can publish without a review"),
                ),
            },
        ),
        migrations.CreateModel(
            name="ProposalNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_name", models.CharField(max_length=150)),
                ("stage", models.CharField(max_length=9)),
                ("note", models.TextField(blank=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="alliances.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["noun", "ref"], name="proposal_of_record"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["draft", "in_review", "published", "set_aside"])),
                name="proposal_stage_coded",
                violation_error_message="Choose one of the words of the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("base__isnull", False), ("form__isnull", False), _connector="OR"
                ),
                name="proposal_of_something",
                violation_error_message="A proposal changes, adds or withdraws a record.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("stage", "published"),
                        models.Q(("reviewer_name", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("stage", "published"), _negated=True),
                        ("published_at__isnull", True),
                        ("reviewer_name", ""),
                    ),
                    _connector="OR",
                ),
                name="proposal_published_by",
                violation_error_message="What is published says when and by whom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["draft", "in_review", "published", "set_aside"])),
                name="proposalnote_stage_coded",
                violation_error_message="Choose one of the words of the list.",
            ),
        ),
    ]
