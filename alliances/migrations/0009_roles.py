"""The editors' roles: Authors, Reviewers and Administrators."""

from typing import Any

from django.apps import apps as real_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from alliances.models.roles import ROLES, make_roles


def make(apps: Any, schema_editor: Any) -> None:
    """Django makes permissions only after the last migration; these groups need them now."""
    for label in ("auth", "alliances"):
        create_permissions(
            real_apps.get_app_config(label), verbosity=0, using=schema_editor.connection.alias
        )
    groups, permissions = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    make_roles(groups.objects, permissions.objects)


def unmake(apps: Any, schema_editor: Any) -> None:
    """Take the groups away; the accounts in them stay."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [
        ("alliances", "0008_proposals"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
