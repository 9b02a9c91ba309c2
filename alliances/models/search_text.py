"""Room 1: the one column that text search reads; written by `alliances.search` alone."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint


class SearchText(models.Model):
    """All searched words of one record, folded; `noun` is its model's name, `record` its key."""

    noun = models.CharField(max_length=40)
    record = models.BigIntegerField()
    folded = models.TextField()

    class Meta:
        verbose_name = "search text"
        verbose_name_plural = "search texts"
        ordering = ("noun", "record")
        constraints = (UniqueConstraint(fields=("noun", "record"), name="searchtext_once"),)

    def __str__(self) -> str:
        return f"{self.noun} {self.record}"
