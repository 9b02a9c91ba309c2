"""Room 1: the name under which an editor chose to be shown. Without a row nobody is named."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicName(models.Model):
    """What one editor typed to stand beside their changes in public."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="public_name",
        editable=False,
        verbose_name=_("account"),
    )
    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("Shown to every reader beside all your changes, earlier ones too."),
    )

    class Meta:
        verbose_name = _("public name")
        verbose_name_plural = _("public names")

    def __str__(self) -> str:
        return self.name
