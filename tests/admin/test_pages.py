"""Every record has its pages, with words that say what a blank means, under constant queries."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alliances.dossier.records import export_record
from alliances.dossier.schema import NOUNS, OBLIGATION
from alliances.models import (
    Agreement,
    Article,
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
    Omission,
    Proposal,
    PublicName,
    Source,
    State,
)
from alliances.models.base import Tracked
from tests.admin.desk import Desk, address

pytestmark = pytest.mark.django_db

# The queries of each list, however many rows it shows; one asks whether the editor has a second factor.
LISTS = {
    Agreement: 9,
    Article: 6,
    Claim: 7,
    Coverage: 6,
    DataSet: 6,
    Difference: 7,
    Event: 7,
    ExternalCoding: 7,
    MemberSpell: 8,
    Obligation: 7,
    ObligationLevel: 6,
    Omission: 7,
    Source: 7,
    State: 7,
}
every_model = pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)


def test_the_desk_has_the_records_and_no_derived_table():
    registered = {model for model in admin.site._registry if model._meta.app_label == "alliances"}
    assert registered == LISTS.keys() | {Correction, Proposal, PublicName}


@every_model
@pytest.mark.parametrize("page", ["changelist", "add", "change", "history", "delete"])
def test_every_page_renders_and_runs_under_the_strict_policy(client, model, page):
    record = model.objects.first()
    args = () if page in ("changelist", "add") else (record.pk,)
    response = client.get(address(model, page, *args))
    fixed = model is ObligationLevel and page in ("add", "delete")
    assert response.status_code == (403 if fixed else 200)
    html = response.content.decode()
    assert not re.search(r"<script(?![^>]* src=)(?![^>]*application/json)[^>]*>", html)
    assert not re.search(r"<style|<[a-z][^>]* (style|on[a-z]+)=", html)


@every_model
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_makes_the_same_queries_however_long(client, model, rows, django_assert_num_queries):
    chosen = list(model.objects.values_list("pk", flat=True)[:rows])
    with django_assert_num_queries(LISTS[model]):
        response = client.get(address(model, "changelist"), {"pk__in": ",".join(map(str, chosen))})
    assert len(response.context["cl"].result_list) == len(chosen)


@every_model
def test_every_field_that_may_be_blank_says_what_blank_means(client, model):
    desk = Desk(client, model.objects.first())
    fields = {
        part.html_name: part.help_text
        for form in [form for form in desk._forms() if hasattr(form, "instance")]
        for part in form
        if not part.field.required and part.widget_type != "checkbox" and not part.is_hidden
    }
    assert {name for name, text in fields.items() if "Blank" not in str(text)} == set()


@every_model
def test_a_form_sent_back_unchanged_changes_nothing_and_leaves_no_trace(client, model):
    tracked = [each for each in apps.get_models() if issubclass(each, Tracked)]
    noun = next(noun for noun in (*NOUNS, OBLIGATION) if noun.model is model)
    record = model.objects.order_by("-pk").first()
    form = export_record(noun, record)
    traces = {each: each.history.count() for each in tracked}
    assert Desk(client, record).save("Looked at it").status_code == 302
    assert export_record(noun, model.objects.get(pk=record.pk)) == form
    assert {each: each.history.count() for each in tracked} == traces


@every_model
def test_a_stranger_is_asked_to_log_in(model):
    response = Client().get(address(model, "changelist"))
    assert response["Location"] == f"/admin/login/?next={address(model, 'changelist')}"


def test_who_may_only_look_sees_the_sides_in_words_and_no_form(guarantees):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(reader)
    clause = guarantees.obligations.get(ref=f"{guarantees.ref}/o3")
    for record in (clause, guarantees):
        html = client.get(address(record, "change", record.pk)).content.decode()
        assert '<div class="readonly">Russia</div>' in html
        assert "Why this change?" not in html
        assert "_save" not in html


def test_states_are_found_by_their_russian_name(client):
    response = client.get(address(State, "changelist"), {"q": "Того"})
    assert [state.name for state in response.context["cl"].result_list] == ["Togo"]


def test_dates_sort_by_their_first_possible_day(client):
    column = 4  # the box to tick is the first
    response = client.get(address(Agreement, "changelist"), {"o": column})
    days = [row.signed_first for row in response.context["cl"].result_list if row.signed_first]
    assert days == sorted(days)
    assert str(response.context["cl"].get_ordering_field_columns()) == "{4: 'asc'}"


def test_a_permanent_id_is_chosen_once(client, guarantees):
    assert "ref" in Desk(client, Agreement).page.context["adminform"].form.fields
    assert "ref" not in Desk(client, guarantees).page.context["adminform"].form.fields


def test_no_address_puts_an_old_version_back_past_the_rules():
    with pytest.raises(NoReverseMatch):
        reverse("admin:alliances_agreement_simple_history", args=[1, 1])


def test_view_on_site_leads_to_the_agreement(client, guarantees):
    html = Desk(client, guarantees).page.content.decode()
    link = re.search(r'href="([^"]+)" class="viewsitelink"', html)
    assert link is not None
    assert client.get(link[1])["Location"].endswith(f"/agreements/{guarantees.ref}/")
