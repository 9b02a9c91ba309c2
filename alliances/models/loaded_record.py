"""Room 1: each record's dossier form as last loaded, to tell an editor's change from ours."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint


class LoadedRecord(models.Model):
    """The base of the next reload's three-way comparison."""

    noun = models.CharField(max_length=40)
    ref = models.CharField(max_length=200)
    form = models.JSONField()

    class Meta:
        ordering = ("noun", "ref")
        constraints = (UniqueConstraint(fields=("noun", "ref"), name="loadedrecord_once"),)

    def __str__(self) -> str:
        return f"{self.noun} {self.ref}"
