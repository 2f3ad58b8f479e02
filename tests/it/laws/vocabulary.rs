//! The words of the random worlds: names, literals and values, few enough that rules and data often meet.

/// Fields, by the type that a declaration gives them.
pub(crate) const FIELDS: &[(&str, &str)] = &[
    ("title", "text"),
    ("email", "text"),
    ("`Lead Source`", "text"),
    ("employees", "number"),
    ("budget", "number"),
    ("`score`", "number"),
    ("created", "date"),
    ("renewal", "date"),
    ("trial", "boolean"),
    ("été", "boolean"),
    ("interests", "list of text"),
    ("industry", "one of \"industry\", \"Énergie\", \"services\""),
];

/// An event with its properties and their types.
pub(crate) struct EventWords {
    pub(crate) name: &'static str,
    pub(crate) properties: &'static [(&'static str, &'static str)],
    pub(crate) passive: bool,
}

/// Two events have a `note`, each of another type. Where events are not declared, a property has one type for all
/// events, and the number is written `note_2`.
pub(crate) const EVENTS: &[EventWords] = &[
    EventWords {
        name: "visit_page",
        properties: &[("url", "text"), ("duration", "number")],
        passive: false,
    },
    EventWords {
        name: "order",
        properties: &[
            ("amount", "number"),
            ("due", "date"),
            ("gift", "boolean"),
            ("tags", "list of text"),
            ("plan", "one of \"S\", \"M\", \"É\""),
        ],
        passive: false,
    },
    EventWords {
        name: "open_email",
        properties: &[],
        passive: false,
    },
    EventWords {
        name: "send_email",
        properties: &[("url", "text")],
        passive: true,
    },
    EventWords {
        name: "`email.opened`",
        properties: &[("note", "text")],
        passive: false,
    },
    EventWords {
        name: "call",
        properties: &[("⟦number note⟧", "number"), ("duration", "number")],
        passive: false,
    },
];

/// Texts as data has them: accents, ligatures, other cases of one word, signs that mean something elsewhere. The first
/// [`TWINS`] are pairs that are equal when they are folded.
pub(crate) const TEXTS: &[&str] = &[
    "Ingénieur",
    "INGENIEUR",
    "Straße",
    "STRASSE",
    "Łódź",
    "lodz",
    "e\u{301}te\u{301}",
    "ÉTÉ",
    "DRH",
    "drh adjoint",
    "Cœur de métier",
    "coeur",
    "CTO",
    "director",
    "the CTO, acting",
    "ΣΊΣΥΦΟΣ",
    "σίσυφος",
    "İstanbul",
    "istanbul",
    "a@acme.com",
    "b@c@ACME.com",
    "acme.com",
    "user@",
    "x",
    "say \"hi\"",
    "back\\slash",
    "ﬁne Ærø",
    "\u{301}",
    "日本",
    "a;b",
    "12",
];

/// How many texts are twins.
pub(crate) const TWINS: usize = 8;

/// What rules look for: whole texts, and pieces of texts. None folds to nothing.
pub(crate) const NEEDLES: &[&str] = &[
    "drh",
    "DRH",
    "ingenieur",
    "Ingénieur",
    "cœur",
    "COEUR",
    "cto",
    "strasse",
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "lodz",
    "istanbul",
    "été",
    "acme.com",
    "ACME",
    "a",
    "e",
    "o",
    "@",
    "ss",
    "σ",
    "\"hi\"",
    "\\",
    "ﬁ",
    "ærø",
    "日",
    "12",
    "x",
    "r",
];

/// Regular expressions as a rules file writes them.
pub(crate) const REGEXES: &[&str] = &[
    "^d",
    "c.o",
    "[éè]",
    "\\\\d+",
    "(?-i:D)RH",
    "ÉT",
    "^x$",
    "acme\\\\.com$",
    "\\\"",
    "o+",
    "^.{3}$",
    "s\\\\b",
];

/// The values of a `one of` in its spellings.
pub(crate) const INDUSTRIES: &[&str] = &["industry", "Énergie", "services"];
pub(crate) const PLANS: &[&str] = &["S", "M", "É"];

/// Numbers of conditions and data: small ones, ends of ranges, ties of rounding, the ends of all.
pub(crate) const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "5",
    "10",
    "30",
    "50",
    "500",
    "0.5",
    "2.5",
    "0.0001",
    "0.3333",
    "33.3333",
    "1_000",
    "99999999999999.9999",
    "0.015",
    "7",
    "0.01",
    "12",
];

/// Points of rules.
pub(crate) const POINTS: &[&str] = &[
    "5",
    "10",
    "-3",
    "-20",
    "2.5",
    "-2.5",
    "0.0001",
    "-0.0001",
    "0.3333",
    "33.3333",
    "1000000",
    "-1_000_000",
    "7",
    "40",
];

/// Ends and thresholds of scores.
pub(crate) const THRESHOLDS: &[&str] = &["-10", "-2.5", "0", "2.5", "5", "10", "15", "20", "50", "100"];

/// Days of conditions and data: ends of months, leap days, beginnings of years.
pub(crate) const DAYS: &[&str] = &[
    "2026-01-31",
    "2026-02-28",
    "2026-03-01",
    "2026-03-31",
    "2024-02-29",
    "2025-12-31",
    "2026-01-01",
    "2026-02-01",
    "2025-02-28",
    "2020-02-29",
    "2027-01-01",
    "2000-01-01",
    "2026-04-30",
    "2026-05-31",
    "2025-03-31",
];

/// Days of scoring. The last one is a Sunday, the one before it a Monday.
pub(crate) const AS_OF: &[&str] = &[
    "2026-03-01",
    "2026-02-28",
    "2026-03-31",
    "2024-02-29",
    "2026-01-01",
    "2025-12-31",
    "2026-04-30",
    "2026-05-31",
    "2026-11-02",
    "2026-11-01",
];

/// How many days before the day of scoring events happen: around the ends of the windows below; some are to come.
pub(crate) const AGES: &[i32] = &[
    0, 0, 1, 1, 2, 3, 6, 7, 8, 13, 14, 15, 27, 28, 29, 30, 31, 32, 58, 59, 60, 61, 62, 63, 88, 89, 90, 91, 92, 93, 180,
    364, 365, 366, 367, 730, 731, 1095, -1, -30,
];

/// Durations of windows and fading.
pub(crate) const DURATIONS: &[&str] = &[
    "30 days",
    "1 day",
    "2 days",
    "7 days",
    "90 days",
    "1 week",
    "2 weeks",
    "1 month",
    "2 months",
    "3 months",
    "1 year",
    "2 years",
    "12 months",
    "200 years",
];

/// What stands behind `per` in decay and fading.
pub(crate) const REPEATED: &[&str] = &[
    "month", "day", "week", "year", "2 weeks", "3 months", "30 days", "1 month", "2 days", "7 days",
];

/// A text as a rules file writes it.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
