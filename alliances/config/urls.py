"""The addresses of the site."""

from django.contrib import admin
from django.urls import path

from alliances.views import (
    about,
    agreements,
    claims,
    commitments,
    events,
    home,
    obligations,
    pairs,
    sources,
    states,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("states/", states.partners, name="partners"),
    path("states/<slug:name>/", states.state, name="state"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<slug:ref>/", agreements.agreement, name="agreement"),
    path("obligations/", obligations.obligations, name="obligations"),
    path("events/", events.events, name="events"),
    path("claims/", claims.claims, name="claims"),
    path("pairs/<slug:one>/<slug:other>/", pairs.pair, name="pair"),
    path("about/", about.about, name="about"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:ref>/", sources.source, name="source"),
    path("admin/", admin.site.urls),
]

handler404 = "alliances.views.errors.not_found"
