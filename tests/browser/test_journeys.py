"""What readers come for, each journey by mouse, by keyboard alone and without JavaScript."""

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
