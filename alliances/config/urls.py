"""The addresses of the site."""

from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from alliances.views import (
    about,
    agreement,
    agreements,
    claims,
    commitments,
    compare,
    events,
    home,
    matrix,
    obligations,
    pairs,
    social,
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
    path("states/<slug:name>/", state.state, name="state"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<slug:ref>/", agreement.agreement, name="agreement"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("compare/", compare.compare, name="compare"),
    path("timeline/", timeline.page, name="timeline"),
    path("map/", world_map.page, name="map"),
    path("obligations/", obligations.obligations, name="obligations"),
    path("events/", events.events, name="events"),
    path("events/<slug:ref>/", events.event, name="event"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<slug:ref>/", claims.claim, name="claim"),
    path("pairs/<slug:one>/<slug:other>/", pairs.pair, name="pair"),
    path("social/<slug:kind>/<slug:ref>.png", social.social, name="social"),
    path("about/", about.about, name="about"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:ref>/", sources.source, name="source"),
    path("api/", include("alliances.api.urls")),
    path("admin/", admin.site.urls),
    # Asked for by browsers and readers of bookmarks that look at no page's <link rel="icon">.
    path("favicon.ico", lambda request: redirect(static("img/icon.svg"))),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))

handler404 = "alliances.views.errors.not_found"
