# The name of whoever wrote each version, which until now went with the account when it was deleted.
# A version without an account is the loader's where it gives one of the loader's two reasons; who
# wrote any other is not known any more.

from django.conf import settings
from django.db import migrations
from django.db.models import OuterRef, Subquery

LOADS = ("First load of the dossier", "Reload of the dossier")


def name_who(apps, schema_editor):
    alias = schema_editor.connection.alias
    users = apps.get_model(settings.AUTH_USER_MODEL).objects.filter(pk=OuterRef("history_user"))
    for model in apps.get_app_config("alliances").get_models():
        if model.__name__.startswith("Historical"):
            versions = model.objects.using(alias).order_by()
            by_editors = versions.filter(history_user__isnull=False)
            by_editors.update(history_by=Subquery(users.values("username")[:1]))
            by_machine = versions.filter(history_user=None, history_change_reason__in=LOADS)
            by_machine.update(history_by="(loader)")


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0004_rules_and_who"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(name_who, migrations.RunPython.noop)]
