"""Room 4: the editors' desk, one noun or small group per file; `record` is what they share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliances.admin import (  # noqa: F401
    agreement,
    claim,
    correction,
    coverage,
    event,
    external,
    obligation,
    obligation_level,
    proposal,
    public_name,
    source,
    state,
)

admin.site.site_header = admin.site.site_title = _("Military commitments: editors")
admin.site.index_title = _("Records")
