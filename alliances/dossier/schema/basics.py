"""States, the scale, and the works that facts rest on."""

from __future__ import annotations

from alliances.dossier.keys import (
    Code,
    Date,
    Key,
    Number,
    Optional,
    Texts,
)
from alliances.dossier.schema.noun import ID, Noun
from alliances.dossier.ties import Group, Reference
from alliances.models import (
    Article,
    ObligationLevel,
    Source,
    State,
)
from alliances.vocabulary import (
    Region,
    Seen,
    SourceKind,
)

STATE = Noun(
    State,
    file="states.yaml",
    about="States, present and past. COW: state list v2016. Regions: UN M49.",
    fetch=("continued_by",),
    keys=(
        ID,
        Optional("alpha2"),
        Optional("m49"),
        Number("cow"),
        Key("name", required=True),
        Key("slug", required=True),
        Key("official_name", required=True),
        Key("native_name"),
        Key("name_ru"),
        Texts("other_names"),
        Code("region", required=True, vocabulary=Region),
        Key("subregion", required=True),
        Date("exists_from"),
        Date("exists_until"),
        Reference("continued_by", model=State),
    ),
)

LEVEL = Noun(
    ObligationLevel,
    file="obligation_levels.yaml",
    about="The scale of promised support; rank 1 is the strongest, and some levels have no rank.",
    keys=(
        ID,
        Number("rank"),
        Key("label", required=True),
        Key("definition", required=True),
        Key("requirement"),
        Key("atop_mapping"),
        Key("other_codings"),
        Key("contested"),
    ),
)

SOURCE = Noun(
    Source,
    file="sources.yaml",
    about="The works that facts rest on. A title in [brackets] is our description.",
    keys=(
        ID,
        Key("title", required=True),
        Key("publisher"),
        Key("url"),
        Key("archived_url"),
        Date("published"),
        Code("kind", required=True, vocabulary=SourceKind),
        Key("language", required=True),
        Code("seen", required=True, vocabulary=Seen),
        Key("note"),
    ),
)

ARTICLE = Noun(
    Article,
    file="articles.yaml",
    about="The articles that are checked. published_bounds is an inference, never shown as a date.",
    fetch=("source",),
    keys=(
        ID,
        Reference("source", required=True, model=Source),
        Key("section"),
        Key("author"),
        Group("published_bounds", keys=(Date("not_before"), Date("not_after"))),
        Key("file"),
        Key("notes"),
    ),
)
