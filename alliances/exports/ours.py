"""Room 3: whose the data are, and on which terms: what exports, citations and machines are told."""

SITE = "Military commitments"
LICENCE = {
    "name": "CC BY 4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "not_ours": "Quotations (quote, wording) and other data sets' codings stay their authors'.",
}
