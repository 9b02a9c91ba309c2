"""What an editor finds: by name in any of its languages, by status, on the site, in the history."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from alliances.models import (
    Agreement,
    Article,
    Citation,
    Claim,
    Correction,
    Coverage,
    DataSet,
    Difference,
    Event,
    ExternalCoding,
    MemberSpell,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Omission,
    Proposal,
    PublicName,
    Source,
    State,
)
from tests.admin.desk import Desk, address

pytestmark = pytest.mark.django_db


def listed(client, model, **asked):
    """The records that the list shows."""
    return set(client.get(address(model, "changelist"), asked).context["cl"].queryset)


@pytest.mark.parametrize(
    ("model", "path"),
    [
        (State, "name_ru"),
        (Agreement, "participations__state__name_ru"),
        (Claim, "state__name_ru"),
        (Omission, "state__name_ru"),
        (Event, "state__name_ru"),
        (MemberSpell, "state__name_ru"),
        (Coverage, "partner__name_ru"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_records_are_found_by_a_state_s_russian_name(client, model, path):
    name = "Армения" if model is not Omission else Omission.objects.first().state.name_ru
    expected = set(model.objects.filter(**{f"{path}__contains": name}))
    assert expected
    assert listed(client, model, q=name) == expected
    assert len(expected) < model.objects.count()


def test_agreements_are_found_by_their_native_title(client):
    treaty = Agreement.objects.exclude(native_title="").first()
    found = listed(client, Agreement, q=treaty.native_title)
    assert treaty in found
    assert found == set(Agreement.objects.filter(native_title__icontains=treaty.native_title))


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Agreement, "status", "superseded"),
        (Agreement, "confidence", "low"),
        (Agreement, "text_disclosure", "undisclosed"),
        (Event, "response", None),
        (Claim, "verdict", None),
        (Source, "seen", "recall"),
        (Obligation, "confidence", "low"),
        (ExternalCoding, "match", None),
        (Difference, "kind", None),
    ],
)
def test_lists_are_narrowed_by_what_the_side_offers(client, model, field, value):
    value = value or model.objects.exclude(**{field: ""}).values_list(field, flat=True)[0]
    page = client.get(address(model, "changelist"))
    offered = {f"?{field}__exact={value}"} & set(
        re.findall(r'href="([^"]+)"', page.content.decode())
    )
    assert offered == {f"?{field}__exact={value}"}
    assert listed(client, model, **{f"{field}__exact": value}) == set(
        model.objects.filter(**{field: value})
    )


def suggestions(client, model, field, term):
    asked = {
        "app_label": "alliances",
        "model_name": model._meta.model_name,
        "field_name": field,
        "term": term,
    }
    answer = client.get(reverse("admin:autocomplete"), asked).json()
    return [row["id"] for row in answer["results"]]


def test_a_citation_s_source_is_chosen_by_typing(client, guarantees):
    source = Source.objects.get(ref="blr-2024-guarantees-ppt")
    assert suggestions(client, Citation, "source", source.ref) == [str(source.pk)]
    for record in (guarantees, Event.objects.first()):
        desk = Desk(client, record)
        assert 'data-model-name="citation" data-field-name="source"' in desk.page.content.decode()


def test_an_event_s_citations_are_on_its_page(client):
    event = Event.objects.exclude(citations=None).first()
    first = event.citations.first()
    desk = Desk(client, event).fill_row(first.ref, locator="page 7")
    source = Source.objects.get(ref="blr-2024-guarantees-ppt")
    desk.add_row("citations", source=source.pk)
    assert desk.save("Read it").status_code == 302
    first.refresh_from_db()
    assert first.locator == "page 7"
    assert event.citations.latest("pk").source == source


@pytest.mark.parametrize("codename", ["view_agreement", "change_agreement", "view_event", None])
def test_a_history_is_for_those_who_may_see_the_record(guarantees, codename):
    staff = User.objects.create_user("staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename=codename))
    client = Client()
    client.force_login(staff)
    code = client.get(address(guarantees, "history", guarantees.pk)).status_code
    assert code == (200 if codename and codename.endswith("agreement") else 403)


def test_the_history_of_what_is_not_there_is_not_found(client):
    assert client.get(address(Agreement, "history", 0)).status_code == 404


def test_the_sides_of_clauses_are_in_their_agreement_s_history(client, guarantees):
    sides = ObligationSide.objects.filter(obligation__agreement=guarantees)
    page = client.get(address(guarantees, "history", guarantees.pk))
    (first,) = page.context["edits"]
    expected = {
        (side.obligation.article or side.obligation.ref, side.state.name, side.get_role_display())
        for side in sides
    }
    assert len(expected) == 4
    made = [row for row in first.rows if row.noun == "side of an obligation"]
    assert {tuple(row.name) for row in made} == expected
    assert {row.type for row in made} == {"+"}


SITE = {
    Agreement: lambda row: f"/agreements/{row.ref}/",
    Article: lambda row: "/claims/",
    Claim: lambda row: f"/claims/{row.ref}/",
    DataSet: lambda row: f"/obligations/#{row.ref}",
    Difference: lambda row: f"/agreements/{row.agreement.ref}/",
    Event: lambda row: f"/events/{row.ref}/",
    ExternalCoding: lambda row: f"/agreements/{row.agreement.ref}/",
    MemberSpell: lambda row: f"/agreements/{row.agreement.ref}/#parties",
    Obligation: lambda row: f"/agreements/{row.agreement.ref}/#{row.ref.rpartition('/')[2]}",
    ObligationLevel: lambda row: f"/obligations/#rung-{row.rank}",
    Omission: lambda row: f"/states/{row.state.slug}/#article",
    Source: lambda row: f"/sources/{row.ref}/",
    State: lambda row: f"/states/{row.slug}/",
    Coverage: lambda row: "/pairs/{}/{}/".format(*sorted((row.promisor.slug, row.partner.slug))),
}


@pytest.mark.parametrize("model", SITE, ids=lambda model: model.__name__)
def test_view_on_site_leads_to_where_readers_see_the_record(client, model):
    record = model.objects.first()
    html = Desk(client, record).page.content.decode()
    link = re.search(r'href="([^"]+)" class="viewsitelink"', html)
    assert link is not None
    target = client.get(link[1])["Location"].removeprefix("http://testserver")
    assert target == SITE[model](record)
    page, _hash, anchor = target.partition("#")
    shown = client.get(page)
    assert shown.status_code == 200
    assert not anchor or f'id="{anchor}"' in shown.content.decode()


def test_every_record_on_the_desk_has_its_place_on_the_site():
    from django.contrib import admin

    registered = {each for each in admin.site._registry if each._meta.app_label == "alliances"}
    # Of the others, who edits has no page, and what is no data is on no list.
    assert registered - {PublicName, Proposal, Correction} == SITE.keys()


def test_a_level_without_a_rank_has_a_place_too():
    level = ObligationLevel.objects.filter(rank=None).first()
    assert level.get_absolute_url() == f"/obligations/#{level.ref}"


def test_rows_that_belong_to_a_record_lead_to_it(guarantees):
    page = f"/agreements/{guarantees.ref}/"
    assert guarantees.participations.first().get_absolute_url() == f"{page}#parties"
    assert guarantees.citations.first().get_absolute_url() == page
    event = Event.objects.exclude(citations=None).first()
    assert event.citations.first().get_absolute_url() == f"/events/{event.ref}/"
