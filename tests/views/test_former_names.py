"""A state whose address changed is found under every former one: page, pair, data and picture."""

import pytest
from django.test import Client

from alliances.models import State
from tests.views.reading import get

pytestmark = pytest.mark.django_db


def renamed(ref: str, slug: str) -> State:
    state = State.objects.get(ref=ref)
    state.slug = slug
    state.save()
    return state


def test_the_old_address_leads_to_the_new_one_with_what_was_asked(client: Client) -> None:
    renamed("TGO", "togolese-republic")
    for old in ("togo", "TOGO", "TGO"):
        response = client.get(f"/states/{old}/?on=2012-06-27&promisor=RUS")
        assert (response.status_code, response["Location"]) == (
            301,
            "/states/togolese-republic/?on=2012-06-27&promisor=RUS",
        )
    assert "Togo" in get(client, "/states/togolese-republic/")


def test_every_former_name_leads_to_the_present_one(client: Client) -> None:
    renamed("TGO", "second")
    renamed("TGO", "third")
    for old in ("togo", "second"):
        assert client.get(f"/states/{old}/")["Location"] == "/states/third/"


def test_a_pair_under_an_old_name_is_found_in_its_present_order(client: Client) -> None:
    renamed("ARM", "zz-armenia")
    response = client.get("/pairs/armenia/russia/?on=2012-06-27")
    assert (response.status_code, response["Location"]) == (
        301,
        "/pairs/russia/zz-armenia/?on=2012-06-27",
    )


def test_a_name_that_another_state_has_now_is_that_state_s(client: Client) -> None:
    renamed("TGO", "former-togo")
    renamed("MLI", "togo")
    assert client.get("/states/togo/").status_code == 200
    assert client.get("/states/mali/")["Location"] == "/states/togo/"
    assert '<h1 class="title">Mali</h1>' in get(client, "/states/togo/")


def test_a_code_is_its_state_s_whoever_had_it_for_a_name(client: Client) -> None:
    renamed("TGO", "mli")
    renamed("TGO", "togo-again")
    assert client.get("/states/MLI/")["Location"] == "/states/mali/"


def test_a_name_that_several_had_leads_to_who_had_it_last(client: Client) -> None:
    renamed("TGO", "former-togo")
    renamed("MLI", "togo")
    renamed("MLI", "mali-again")
    assert client.get("/states/togo/")["Location"] == "/states/mali-again/"


def test_a_state_that_is_gone_leaves_no_name(client: Client) -> None:
    state = State.objects.create(
        ref="XXA", name="Nowhere", slug="nowhere", official_name="Nowhere", region="Europe"
    )
    state.delete()
    # It was here: the page says so, and leads nowhere else.
    assert client.get("/states/nowhere/").status_code == 410


def test_data_and_picture_answer_under_the_old_name(client: Client) -> None:
    renamed("TGO", "togolese-republic")
    assert client.get("/states/togo/?format=csv&on=2026-04-30").status_code == 200
    cited = client.get("/states/togo/?format=csl&on=2026-04-30")
    assert (cited.status_code, cited["Location"]) == (
        301,
        "/states/togolese-republic/?format=csl&on=2026-04-30",
    )
    for name in ("state/togo", "pair/togo--russia"):
        assert client.get(f"/social/{name}.png?on=2026-04-30")["Content-Type"] == "image/png"
