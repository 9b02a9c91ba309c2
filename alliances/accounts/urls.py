"""Room 4: addresses under the desk's own path, under the names that Django's templates know."""

from django.urls import path

from alliances.accounts import resets

urlpatterns = [
    path("password-reset/", resets.Ask.as_view(), name="admin_password_reset"),
    path("password-reset/asked/", resets.Asked.as_view(), name="password_reset_done"),
    path("password-reset/chosen/", resets.Chosen.as_view(), name="password_reset_complete"),
    path(
        "password-reset/<uidb64>/<token>/",
        resets.Choose.as_view(),
        name="password_reset_confirm",
    ),
]
