# Records that were there before the search get their text; later ones get it when they are saved.

from django.db import migrations

from alliances.folding import fold

SEARCHED = {
    "state": ("name", "official_name", "native_name", "name_ru", "other_names", "ref"),
    "agreement": ("short_title", "title", "native_title", "summary", "notes"),
    "obligation": ("article", "wording", "trigger", "note"),
    "source": ("title", "publisher", "note"),
    "event": ("title", "threat", "summary", "notes"),
    "claim": ("claim", "quote", "reasons", "notes"),
}


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    texts = apps.get_model("alliances", "SearchText").objects.using(alias)
    for noun, names in SEARCHED.items():
        for record in apps.get_model("alliances", noun).objects.using(alias).order_by():
            values = (getattr(record, name) for name in names)
            lines = ("\n".join(v) if isinstance(v, list) else str(v) for v in values if v)
            texts.create(noun=noun, record=record.pk, folded=fold("\n".join(lines)))


def empty(apps, schema_editor):
    texts = apps.get_model("alliances", "SearchText").objects
    texts.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("alliances", "0002_search_text")]

    operations = [migrations.RunPython(fill, empty)]
