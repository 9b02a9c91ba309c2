"""What readers come for, each journey by mouse, by keyboard alone and without JavaScript."""

from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.reader import Reader


def test_what_togo_is_promised_in_two_clicks_from_home(reader: Reader) -> None:
    """By which clause, since when, says who."""
    reader.start("/")
    main = reader.page.get_by_role("main")
    reader.follow(main.get_by_role("link", name="Togo", exact=True).first)
    promised = main.get_by_role("region", name="What Russia promises Togo")
    expect(promised).to_contain_text("Works together militarily")
    clause = promised.get_by_role("article").filter(has_text="joint exercises, regular staff")
    expect(clause).to_contain_text("Russia–Togo military cooperation agreement (2025)")
    expect(clause).to_contain_text("Signed 3 Apr 2025; not known to be in force")
    reader.follow(clause.locator("sup a").first)
    source = reader.page.locator(":target")
    expect(source).to_be_in_viewport()
    expect(source).to_contain_text(
        "Le Conseil de la Fédération russe ratifie l'accord militaire avec Lomé "
        "(contents of the agreement), Dunia News."
    )
    assert reader.steps == 2
    reader.retrace()


def test_a_claim_is_followed_to_its_evidence(reader: Reader) -> None:
    """From home to the sentence on Iran, the clause that contradicts it, and the clause's source."""
    reader.start("/")
    page, main = reader.page, reader.page.get_by_role("main")
    navigation = page.get_by_role("navigation", name="Main")
    reader.follow(navigation.get_by_role("link", name="Article checked"))
    reader.follow(main.get_by_role("link", name="Iran, passage 15"))
    expect(main).to_contain_text("Contradicted")
    evidence = main.get_by_role("region", name="Agreements it was held against")
    treaty = "Russia-Iran strategic partnership treaty (2025)"
    reader.follow(evidence.get_by_role("link", name=treaty))
    clause = main.get_by_role("article").filter(has_text="Art. 3(3)")
    expect(clause).to_contain_text("Won't help the attacker")
    expect(clause).to_contain_text("shall not provide any military or other assistance")
    reader.follow(clause.locator("sup a").first)
    source = page.locator(":target")
    expect(source).to_be_in_viewport()
    expect(source).to_contain_text("Inside the Russia-Iran Comprehensive Partnership Treaty")
    reader.retrace()


def test_who_is_suspended(reader: Reader) -> None:
    """From home to the partners, filtered to those whose participation is suspended."""
    reader.start("/")
    page, main = reader.page, reader.page.get_by_role("main")
    navigation = page.get_by_role("navigation", name="Main")
    reader.follow(navigation.get_by_role("link", name="Partners"))
    count, rows = page.locator("#count"), main.locator("table.partners tbody tr:not(.group)")
    expect(count).to_have_text("24 of 24 partners")
    folded = page.locator("#more-suspended")
    reader.hand.press(folded.locator("summary"))
    reader.narrow(folded.get_by_label("Yes"), main.get_by_role("button", name="Show"))
    expect(count).to_have_text("2 of 24 partners")
    expect(rows).to_contain_text(
        [
            "Collective Security Treaty (1992): Participation suspended since 22 Feb 2024.",
            "Russia–Libya arms contract (2010): Its operation is suspended.",
        ]
    )
    expect(rows.get_by_role("rowheader")).to_have_text(
        ["Armenia Western Asia", "Libya Northern Africa"]
    )
    assert "suspended=yes" in urlsplit(page.url).query.split("&")
    filtered = page.url
    page.go_back()
    expect(count).to_have_text("24 of 24 partners")
    expect(rows).to_have_count(24)
    expect(folded.get_by_label("Yes")).not_to_be_checked()
    assert urlsplit(page.url).query == ""
    page.wait_for_load_state()
    page.go_forward()
    expect(count).to_have_text("2 of 24 partners")
    expect(rows).to_have_count(2)
    assert page.url == filtered
    assert not reader.tab.complaints, reader.tab.complaints


def test_uzbekistan_before_and_after_it_left(reader: Reader) -> None:
    """From the last day of its membership without a suspension to the day after it ended."""
    reader.start("/")
    main = reader.page.get_by_role("main")
    answer = main.locator(".answer")
    travel(reader, date(2012, 6, 27))
    reader.follow(main.get_by_role("link", name="Uzbekistan", exact=True).first)
    expect(answer).to_contain_text(
        "As of 27 Jun 2012, Russia must help Uzbekistan militarily if it is attacked: "
        "the Collective Security Treaty (1992), Art. 4 (1992 text), says so."
    )
    expect(answer).to_contain_text("In force since 16 Aug 2006.")
    travel(reader, date(2012, 12, 20))
    expect(answer).to_contain_text(
        "As of 20 Dec 2012, by a text whose force is not established, Russia would have to help "
        "Uzbekistan militarily if it is attacked: the Russia-Uzbekistan Alliance Treaty (2005), "
        "Art. 2 (number unconfirmed), says so."
    )
    expect(answer).to_contain_text("Unknown on the day: start not established; signed 14 Nov 2005.")
    reader.retrace()


def travel(reader: Reader, day: date) -> None:
    """Read the same page as of another day, by its own field."""
    main = reader.page.get_by_role("main")
    reader.hand.write_day(main.get_by_label("As of"), day)
    reader.follow(main.get_by_role("button", name="Show"))


def test_three_partners_side_by_side(reader: Reader) -> None:
    """From North Korea's page to Iran beside it, and then Venezuela."""
    reader.start("/")
    main = reader.page.get_by_role("main")
    reader.follow(main.get_by_role("link", name="North Korea", exact=True).first)
    reader.hand.pick(main.get_by_label("Compare North Korea with"), "Iran")
    reader.follow(main.get_by_role("button", name="Compare"))
    columns = main.get_by_role("columnheader").locator("> a")
    expect(columns).to_have_text(["North Korea", "Iran"])
    reader.hand.press(main.locator("summary", has_text="Add or remove partners"))
    reader.hand.press(main.get_by_label("Venezuela"))
    reader.follow(main.get_by_role("button", name="Compare"))
    expect(columns).to_have_text(["Iran", "North Korea", "Venezuela"])
    expect(main.get_by_role("heading", level=1)).to_have_text("Iran, North Korea, Venezuela")
    wordings = {
        "PRK-1": "“Should either side face an armed attack by one or several states and thus find",
        "IRN-5": "“the other shall not provide any military or other assistance to the aggressor",
        "VEN-7": "“improve ties in the sphere of defence in areas of mutual interest”",
    }
    for cell, words in wordings.items():
        expect(main.locator(f"td#{cell} blockquote")).to_contain_text(words)
    reader.retrace()
