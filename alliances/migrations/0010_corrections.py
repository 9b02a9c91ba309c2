"""Readers' reports of errors, and who may answer them."""

from typing import Any

import django.utils.timezone
from django.apps import apps as real_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import alliances.models.correction
from alliances.models.roles import make_roles


def let_roles_answer(apps: Any, schema_editor: Any) -> None:
    """Who may look at reports and answer them, as the roles now say."""
    label, alias = real_apps.get_app_config("alliances"), schema_editor.connection.alias
    create_permissions(label, verbosity=0, using=alias)
    groups, permissions = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    make_roles(groups.objects, permissions.objects)


class Migration(migrations.Migration):
    """Readers' corrections, and the roles that answer them."""

    dependencies = [
        ("alliances", "0009_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=alliances.models.correction.new_reference,
                        editable=False,
                        max_length=9,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                (
                    "record_kind",
                    models.CharField(editable=False, max_length=20, verbose_name="kind of record"),
                ),
                (
                    "record_ref",
                    models.CharField(editable=False, max_length=200, verbose_name="permanent id"),
                ),
                ("record_name", models.TextField(editable=False, verbose_name="record")),
                (
                    "fact",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="A field, or the last part of a nested id. Blank: the whole record.",
                        max_length=200,
                        verbose_name="fact",
                    ),
                ),
                ("fact_words", models.TextField(blank=True, editable=False, verbose_name="fact")),
                (
                    "said",
                    models.TextField(
                        blank=True, editable=False, verbose_name="what the record said then"
                    ),
                ),
                ("wrong", models.TextField(max_length=2000, verbose_name="what is wrong")),
                (
                    "proposed",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what it should say"
                    ),
                ),
                (
                    "source",
                    models.URLField(blank=True, max_length=600, verbose_name="address of a source"),
                ),
                (
                    "mail",
                    models.EmailField(
                        blank=True,
                        help_text="For the answer alone; erased once that is sent.",
                        max_length=254,
                        verbose_name="mail address",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="received"
                    ),
                ),
                ("nonce", models.CharField(editable=False, max_length=64, unique=True)),
                ("state", models.CharField(default="received", max_length=8, verbose_name="state")),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        help_text="Shown at the reader's reference, and mailed where an address was left.",
                        max_length=4000,
                        verbose_name="answer to the reader",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="answered"
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(
                        blank=True, editable=False, max_length=150, verbose_name="answered by"
                    ),
                ),
                (
                    "mailed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="answer mailed"
                    ),
                ),
            ],
            options={
                "verbose_name": "reader’s correction",
                "verbose_name_plural": "readers’ corrections",
                "ordering": (
                    models.OrderBy(models.F("answered_at"), descending=True, nulls_first=True),
                    "received_at",
                    "pk",
                ),
                "default_permissions": ("view", "change", "delete"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["received", "accepted", "declined"])),
                        name="correction_state_coded",
                        violation_error_message="Choose one of the words of the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wrong", ""), _negated=True),
                        name="correction_says_what_is_wrong",
                        violation_error_message="Say what is wrong.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at", None),
                                ("answered_by", ""),
                                ("state", "received"),
                            ),
                            models.Q(
                                models.Q(("state", "received"), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_state_with_its_answer",
                        violation_error_message="An answer has its words, its day and its editor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mailed_at", None),
                            models.Q(("answered_at__isnull", False), ("mail", "")),
                            _connector="OR",
                        ),
                        name="correction_mail_erased_once_sent",
                        violation_error_message="A mail address is erased once the answer is sent.",
                    ),
                ],
            },
        ),
        migrations.RunPython(let_roles_answer, migrations.RunPython.noop),
    ]
