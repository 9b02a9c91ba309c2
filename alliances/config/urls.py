"""The addresses of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from alliances.views import (
    about,
    agreement,
    agreements,
    claims,
    commitments,
    events,
    home,
    matrix,
    obligations,
    pairs,
    sources,
    state,
    states,
    styleguide,
    timeline,
    world_map,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("states/", states.partners, name="partners"),
    path("states/<str:name>/", state.state, name="state"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<str:ref>/", agreement.agreement, name="agreement"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("timeline/", timeline.page, name="timeline"),
    path("map/", world_map.page, name="map"),
    path("obligations/", obligations.obligations, name="obligations"),
    path("events/", events.events, name="events"),
    path("events/<str:ref>/", events.event, name="event"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<str:ref>/", claims.claim, name="claim"),
    path("pairs/<str:one>/<str:other>/", pairs.pair, name="pair"),
    path("about/", about.about, name="about"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<str:ref>/", sources.source, name="source"),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))

handler404 = "alliances.views.errors.not_found"
