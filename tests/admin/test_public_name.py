"""Each editor chooses their own public name, sees no other's, and may take it back."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from alliances.models import PublicName

ADD = reverse("admin:alliances_publicname_add")


def page(name: PublicName, what: str) -> str:
    return reverse(f"admin:alliances_publicname_{what}", args=[name.pk])


def test_nobody_is_named_until_they_type_a_name(client: Client, editor: User) -> None:
    assert not PublicName.objects.exists()
    assert client.post(ADD, {"name": "Ada", "user": "999"}).status_code == 302
    assert PublicName.objects.get().name == "Ada"
    assert PublicName.objects.get().user == editor
    own = page(PublicName.objects.get(), "change")
    assert client.post(ADD, {"name": "Two"})["Location"] == own  # one is enough
    assert client.post(own, {"name": "Ada L."}).status_code == 302
    assert PublicName.objects.get().name == "Ada L."


def test_an_editor_without_any_permission_may_choose_too(db: None) -> None:
    plain = User.objects.create_user("plain", is_staff=True)
    client = Client()
    client.force_login(plain)
    client.post(ADD, {"name": "Ben"})
    assert PublicName.objects.get().user == plain
    client.post(page(PublicName.objects.get(), "delete"), {"post": "yes"})
    assert not PublicName.objects.exists()


def test_another_s_name_is_out_of_reach(client: Client) -> None:
    other = PublicName.objects.create(user=User.objects.create_user("other"), name="Other")
    assert client.get(page(other, "change")).status_code == 302  # to the desk: no such name
    client.post(page(other, "change"), {"name": "Mocked"})
    client.post(page(other, "delete"), {"post": "yes"})
    listed = client.get(reverse("admin:alliances_publicname_changelist"))
    assert list(listed.context["cl"].result_list) == []
    assert PublicName.objects.get().name == "Other"
