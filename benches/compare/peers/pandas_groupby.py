"""pandas: flags a row, summed by contact.

Usage: pandas_groupby.py DATA parquet|csv OUT
"""

import sys

import numpy as np
import pandas as pd

PASSIVE = ["send_email", "send_newsletter", "bounce_email"]
REWARDED = [
    "visit_page", "open_email", "click_email", "open_newsletter", "click_newsletter", "download_whitepaper",
    "use_simulator", "attend_webinar", "request_demo",
]  # fmt: skip
CONTACTS = ["id", "email", "title", "employees", "industry", "country", "budget", "subsidiaries_abroad"]


def read(data, form):
    """The contacts and the events; amounts are whole cents below 2^53, exact as floats."""
    if form == "parquet":
        contacts = pd.read_parquet(f"{data}/contacts.parquet", columns=CONTACTS)
        events = pd.read_parquet(f"{data}/events.parquet")
        return contacts.astype({"budget": "float64"}), events.astype({"value": "float64"})
    return (
        pd.read_csv(f"{data}/contacts.csv", engine="pyarrow", usecols=CONTACTS),
        pd.read_csv(f"{data}/events.csv", engine="pyarrow", parse_dates=["at"]),
    )


def fold(text):
    """Texts without case and accents, each distinct one folded once."""
    codes, distinct = pd.factorize(text)
    folded = pd.Series(distinct).str.normalize("NFD").str.replace("[\u0300-\u036f]", "", regex=True).str.lower()
    return pd.Series(pd.Categorical.from_codes(codes, categories=range(len(folded))), index=text.index), folded


def where(text, test):
    """The rows whose folded text passes a test; a missing one does not."""
    categories, folded = fold(text)
    codes = categories.cat.codes.to_numpy()
    return np.append(test(folded).to_numpy(bool), False)[codes]


def contains(title, *words):
    """The rows that hold one of the words."""
    return where(title, lambda folded: folded.str.contains("|".join(words)))


def points(condition, number):
    """So many points where the condition holds."""
    return np.where(condition, number, 0)


def fit(contacts):
    """The profile's points."""
    title, employees = contacts["title"], contacts["employees"].astype("float64")
    host = contacts["email"].str.rpartition("@")[2]
    total = (
        points(contains(title, "directeur", "directrice", "director", "head of"), 20)
        + points(contains(title, "ressources humaines", "human resources", "drh"), 15)
        + points(contains(title, "pdg", "ceo", "president"), 15)
        + points(contains(title, "stagiaire", "alternant", "apprenti"), -20)
        + points(contains(title, "etudiant", "student"), -30)
        + points(title.isna(), -5)
        + points(employees.between(50, 249), 10)
        + points(employees.between(250, 4999), 20)
        + points(employees >= 5000, 15)
        + points(employees.isna(), -5)
        + points(
            where(contacts["industry"], lambda folded: folded.isin(["pharma", "banque", "assurance", "industrie"])), 15
        )
        + points(where(contacts["country"], lambda folded: folded == "fr"), 10)
        + points(contacts["budget"] >= 50000, 20)
        + points(contacts["subsidiaries_abroad"].astype("boolean").fillna(False), 10)
        + points(where(host, lambda folded: folded.isin(["gmail.com", "yahoo.fr", "hotmail.com", "orange.fr"])), -10)
    )
    return np.minimum(total, 100)


def counts(events):
    """How many events each condition picks, and the newest ones, of each contact that has events."""
    events = events[events["at"] < "2026-11-01"]
    name, at, url = events["type"].astype("category"), events["at"], events["url"]
    recent = at >= "2026-10-02"
    visit = name == "visit_page"
    duration, value = events["duration_s"].astype("float64"), events["value"]
    flags = pd.DataFrame({
        "visits": visit,
        "pricing": visit & where(url, lambda folded: folded.str.contains("/pricing", regex=False)),
        "products": visit & recent & where(url, lambda folded: folded.str.startswith("/produits/")),
        "long_visits": visit & (duration >= 120),
        "recent_visits": visit & recent,
        "opens": name == "open_email",
        "clicks": name == "click_email",
        "recent_clicks": (name == "click_email") & recent,
        "newsletter_opens": name == "open_newsletter",
        "newsletter_clicks": name == "click_newsletter",
        "papers": name == "download_whitepaper",
        "recent_papers": (name == "download_whitepaper") & (at >= "2026-08-03"),
        "simulations": name == "use_simulator",
        "large_simulations": (name == "use_simulator") & (value >= 50000),
        "webinars": name == "attend_webinar",
        "long_webinars": (name == "attend_webinar") & (duration >= 1800),
        "demos": name == "request_demo",
        "recent_demos": (name == "request_demo") & recent,
        "careers": name == "visit_careers",
        "unsubscribes": name == "unsubscribe",
        "sends": name == "send_email",
    })  # fmt: skip
    contact = events["contact_id"]
    picked = flags.groupby(contact, sort=False).sum()
    for column, rows in (("last_at", ~name.isin(PASSIVE)), ("active_at", name.isin(REWARDED))):
        picked[column] = at[rows].groupby(contact[rows], sort=False).max()
    return picked


def engagement(picked):
    """The events' points, less the decay."""

    def times(count, most, each):
        return each * np.minimum(picked[count], most)

    total = (
        times("visits", 20, 1) + times("pricing", 5, 5) + times("products", 5, 2) + times("long_visits", 5, 2)
        + times("opens", 10, 1) + times("clicks", 5, 3) + times("recent_clicks", 1, 5)
        + times("newsletter_opens", 8, 1) + times("newsletter_clicks", 5, 2)
        + times("papers", 3, 10) + times("recent_papers", 1, 5)
        + times("simulations", 3, 8) + times("large_simulations", 1, 10)
        + times("webinars", 3, 10) + times("long_webinars", 1, 5)
        + times("demos", 1, 40) + times("recent_demos", 1, 20)
        + points(picked["careers"] >= 3, -25) + times("unsubscribes", 1, -40) + points(picked["recent_visits"] >= 5, 15)
        # The rate, rounded to four places, is at least 40 %.
        + points((picked["sends"] >= 5) & (20000 * picked["opens"] >= 7999 * picked["sends"]), 15)
        + points(picked["last_at"] >= "2026-10-24", 10)
    )  # fmt: skip
    # As of the 31st, the full months since a day are the difference of the months.
    active = picked["active_at"].dt
    decay = np.minimum(5 * (12 * (2026 - active.year) + 10 - active.month), np.maximum(total, 0))
    return np.minimum(total - decay.fillna(0), 150)


def main():
    data, form, out = sys.argv[1:4]
    contacts, events = read(data, form)
    behaviour = engagement(counts(events)).reindex(contacts["id"]).fillna(0).to_numpy()
    score = fit(contacts) + behaviour.astype("int64")
    band = np.where(score >= 150, "hot", np.where(score >= 60, "warm", "cold"))
    result = pd.DataFrame({"contact_id": contacts["id"], "score": score, "band": band})
    result.to_parquet(out, index=False) if form == "parquet" else result.to_csv(out, index=False)


if __name__ == "__main__":
    main()
