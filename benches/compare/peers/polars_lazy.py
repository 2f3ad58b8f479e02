"""Polars: lazy frames, the streaming engine.

Usage: polars_lazy.py DATA parquet|csv OUT
"""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"

from datetime import datetime  # noqa: E402

import polars as pl  # noqa: E402
from polars import col  # noqa: E402

CONTACTS = {
    "id": pl.String, "email": pl.String, "title": pl.String, "employees": pl.Int32, "industry": pl.String,
    "country": pl.String, "budget": pl.Decimal(12, 2), "subsidiaries_abroad": pl.Boolean,
    "created_at": pl.Datetime("us"), "consent": pl.Boolean,
}  # fmt: skip
EVENTS = {
    "contact_id": pl.String, "type": pl.String, "at": pl.Datetime("us"), "url": pl.String, "duration_s": pl.Int32,
    "value": pl.Decimal(12, 2),
}  # fmt: skip
PASSIVE = ["send_email", "send_newsletter", "bounce_email"]
REWARDED = [
    "visit_page", "open_email", "click_email", "open_newsletter", "click_newsletter", "download_whitepaper",
    "use_simulator", "attend_webinar", "request_demo",
]  # fmt: skip


def sources(data, form):
    """The contacts and the events, unread."""
    if form == "parquet":
        return pl.scan_parquet(f"{data}/contacts.parquet"), pl.scan_parquet(f"{data}/events.parquet")
    return (
        pl.scan_csv(f"{data}/contacts.csv", schema=CONTACTS),
        pl.scan_csv(f"{data}/events.csv", schema=EVENTS),
    )


def fold(text):
    """A text without case and accents."""
    return text.str.to_lowercase().str.normalize("NFD").str.replace_all(r"\p{Mn}", "")


def points(condition, number):
    """So many points where the condition holds."""
    return pl.when(condition).then(pl.lit(number, pl.Int32)).otherwise(pl.lit(0, pl.Int32))


def urls_where(events, condition):
    """The distinct URLs, folded, that the condition picks."""
    return events.select(col.url.unique()).filter(condition(fold(col.url))).collect(engine="streaming")["url"].to_list()


def engagement(events):
    """The events' points of each contact, less the decay."""
    pricing = urls_where(events, lambda url: url.str.contains("/pricing", literal=True))
    products = urls_where(events, lambda url: url.str.starts_with("/produits/"))
    name, recent = col.type, col.at >= datetime(2026, 10, 2)
    visit = name == "visit_page"
    counts = {
        "visits": visit,
        "pricing": visit & col.url.is_in(pricing),
        "products": visit & recent & col.url.is_in(products),
        "long_visits": visit & (col.duration_s >= 120),
        "recent_visits": visit & recent,
        "opens": name == "open_email",
        "clicks": name == "click_email",
        "recent_clicks": (name == "click_email") & recent,
        "newsletter_opens": name == "open_newsletter",
        "newsletter_clicks": name == "click_newsletter",
        "papers": name == "download_whitepaper",
        "recent_papers": (name == "download_whitepaper") & (col.at >= datetime(2026, 8, 3)),
        "simulations": name == "use_simulator",
        "large_simulations": (name == "use_simulator") & (col.value >= 50000),
        "webinars": name == "attend_webinar",
        "long_webinars": (name == "attend_webinar") & (col.duration_s >= 1800),
        "demos": name == "request_demo",
        "recent_demos": (name == "request_demo") & recent,
        "careers": name == "visit_careers",
        "unsubscribes": name == "unsubscribe",
        "sends": name == "send_email",
    }
    picked = (
        events.filter(col.at < datetime(2026, 11, 1))
        .group_by("contact_id")
        .agg(
            *(condition.sum().cast(pl.Int32).alias(count) for count, condition in counts.items()),
            last_at=col.at.filter(~name.is_in(PASSIVE)).max(),
            active_at=col.at.filter(name.is_in(REWARDED)).max(),
        )
    )

    def times(count, most, each):
        return pl.min_horizontal(col(count), pl.lit(most, pl.Int32)) * pl.lit(each, pl.Int32)

    earned = (
        times("visits", 20, 1) + times("pricing", 5, 5) + times("products", 5, 2) + times("long_visits", 5, 2)
        + times("opens", 10, 1) + times("clicks", 5, 3) + times("recent_clicks", 1, 5)
        + times("newsletter_opens", 8, 1) + times("newsletter_clicks", 5, 2)
        + times("papers", 3, 10) + times("recent_papers", 1, 5)
        + times("simulations", 3, 8) + times("large_simulations", 1, 10)
        + times("webinars", 3, 10) + times("long_webinars", 1, 5)
        + times("demos", 1, 40) + times("recent_demos", 1, 20)
        + points(col.careers >= 3, -25) + times("unsubscribes", 1, -40) + points(col.recent_visits >= 5, 15)
        # The rate, rounded to four places, is at least 40 %.
        + points((col.sends >= 5) & (20000 * col.opens >= 7999 * col.sends), 15)
        + points(col.last_at >= datetime(2026, 10, 24), 10)
    )  # fmt: skip
    # As of the 31st, the full months since a day are the difference of the months.
    active = col.active_at.dt
    months = 12 * (2026 - active.year().cast(pl.Int32)) + 10 - active.month().cast(pl.Int32)
    decay = pl.min_horizontal(5 * months, pl.max_horizontal(col.earned, pl.lit(0, pl.Int32)))
    return picked.with_columns(earned=earned).select(
        "contact_id",
        engagement=pl.min_horizontal(
            col.earned - pl.when(col.active_at.is_null()).then(pl.lit(0, pl.Int32)).otherwise(decay),
            pl.lit(150, pl.Int32),
        ),
    )


def fit(contacts):
    """The profile's points of each contact."""
    title, employees = fold(col.title), col.employees

    def holds(*words):
        return title.str.contains_any(list(words))

    total = (
        points(holds("directeur", "directrice", "director", "head of"), 20)
        + points(holds("ressources humaines", "human resources", "drh"), 15)
        + points(holds("pdg", "ceo", "president"), 15)
        + points(holds("stagiaire", "alternant", "apprenti"), -20)
        + points(holds("etudiant", "student"), -30)
        + points(title.is_null(), -5)
        + points(employees.is_between(50, 249), 10)
        + points(employees.is_between(250, 4999), 20)
        + points(employees >= 5000, 15)
        + points(employees.is_null(), -5)
        + points(fold(col.industry).is_in(["pharma", "banque", "assurance", "industrie"]), 15)
        + points(fold(col.country) == "fr", 10)
        + points(col.budget >= 50000, 20)
        + points(col.subsidiaries_abroad, 10)
        + points(
            fold(col.email.str.split("@").list.last()).is_in(["gmail.com", "yahoo.fr", "hotmail.com", "orange.fr"]), -10
        )
    )
    return contacts.select("id", fit=pl.min_horizontal(total, pl.lit(100, pl.Int32)))


def scores(data, form):
    """The result, unread."""
    contacts, events = sources(data, form)
    band = pl.when(col.score >= 150).then(pl.lit("hot")).when(col.score >= 60).then(pl.lit("warm"))
    return (
        fit(contacts)
        .join(engagement(events), left_on="id", right_on="contact_id", how="left")
        .select(contact_id=col.id, score=col.fit + col.engagement.fill_null(0))
        .with_columns(band=band.otherwise(pl.lit("cold")))
    )


def main():
    data, form, out = sys.argv[1:4]
    result = scores(data, form)
    (result.sink_parquet if form == "parquet" else result.sink_csv)(out, engine="streaming")


if __name__ == "__main__":
    main()
