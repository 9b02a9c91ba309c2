"""The addresses of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from alliances.accounts import urls as accounts
from alliances.views import (
    about,
    agreement,
    agreements,
    changes,
    claims,
    commitments,
    compare,
    corrections,
    events,
    home,
    machines,
    matrix,
    obligations,
    open_data,
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
    path("data/", open_data.releases, name="data"),
    path("data/dictionary/", open_data.dictionary, name="dictionary"),
    path("data/military-commitments-<str:version>.zip", open_data.release, name="release"),
    path("about/", about.about, name="about"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:ref>/", sources.source, name="source"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed.atom", changes.feed, name="changes-feed"),
    path("agreements/<slug:name>/changes/", changes.agreement, name="agreement-changes"),
    path("states/<slug:name>/changes/", changes.state, name="state-changes"),
    path("events/<slug:name>/changes/", changes.event, name="event-changes"),
    path("claims/<slug:name>/changes/", changes.claim, name="claim-changes"),
    path("sources/<slug:name>/changes/", changes.source, name="source-changes"),
    path("corrections/", corrections.find, name="corrections"),
    path("corrections/new/", corrections.new, name="correction-form"),
    path("corrections/<slug:reference>/", corrections.correction, name="correction"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": machines.SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("api/", include("alliances.api.urls")),
    path(settings.ADMIN_PATH, include([*accounts.urlpatterns, path("", admin.site.urls)])),
    # Asked for by browsers and readers of bookmarks that look at no page's <link rel="icon">.
    path("favicon.ico", lambda request: redirect(static("img/icon.svg"))),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))

handler400 = "alliances.views.errors.unreadable"
handler404 = "alliances.views.errors.not_found"
handler500 = "alliances.views.errors.fault"
