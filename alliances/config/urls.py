"""The addresses of the site."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from alliances.views import agreements, sources, states

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="partners", query_string=True), name="home"),
    path("states/", states.partners, name="partners"),
    path("states/<str:name>/", states.state, name="state"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<str:ref>/", agreements.agreement, name="agreement"),
    path("sources/<str:ref>/", sources.source, name="source"),
    path("admin/", admin.site.urls),
]

handler404 = "alliances.views.errors.not_found"
