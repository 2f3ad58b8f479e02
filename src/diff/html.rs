//! A difference as one HTML page that needs nothing else: no script, no font, no other file.

use super::Difference;
use super::headline::{Piece, before, headline, shortened};
use super::impact::{Crowd, Impact, Mover};
use super::judging::{self, example};
use super::structure::{Change, Kind, Reach, Structure, Verdict};
use super::telling::{
    REST, counted, crowds, grouped, grouped_points, impact_title, label, mark, notes, overview, place, remarks, rest,
    standings, summary, was_and_is,
};
use crate::number::Number;

const STYLE: &str = "\
:root{color-scheme:light dark;--faint:#667085;--line:#d0d5dd;--good:#067647;--bad:#b42318;--soft:#f2f4f7}\
@media(prefers-color-scheme:dark){:root{--faint:#98a2b3;--line:#344054;--good:#47cd89;--bad:#f97066;--soft:#1d2939}}\
body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.3rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}h3{font-size:.95rem;margin:1.2rem 0 .3rem}\
code{font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap}\
ul{list-style:none;margin:0;padding:0}ul ul{padding-left:1.5rem}\
.change{display:flex;gap:.6rem;padding:.15rem 0}.change code{flex:1}\
.mark{font:13px/1.5 ui-monospace,monospace;font-weight:bold}\
.faint{color:var(--faint)}ins,.good{color:var(--good);text-decoration:none}del,.bad{color:var(--bad)}\
.was{padding-left:1.3rem}\
table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .8rem;border-bottom:1px solid var(--line);text-align:left}\
.n{text-align:right;font-variant-numeric:tabular-nums}.moved{font-weight:bold;background:var(--soft)}\
details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}\
.verdict{border-left:4px solid var(--good);padding:.3rem .8rem;background:var(--soft)}.open{border-color:var(--faint)}\
pre{font:13px/1.5 ui-monospace,monospace;padding:.6rem .8rem;background:var(--soft);overflow-x:auto}";

/// A difference as one HTML page.
pub fn html(difference: &Difference) -> String {
    let structure = &difference.structure;
    let title = format!("{} → {}", difference.old, difference.new);
    let mut page = Html::default();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.element("title", "", &title);
    page.raw(&format!("\n<style>{STYLE}</style>\n</head>\n<body>\n"));
    page.element("h1", "", &title);
    page.element("p", "", &format!("{}.", summary(structure)));
    page.changes(&structure.changes);
    for line in remarks(&structure.remarks) {
        page.element("p", "faint", &line);
    }
    page.verdict(structure);
    if let Some(impact) = &difference.impact {
        page.impact(impact, &structure.changes);
    }
    page.raw("</body>\n</html>\n");
    page.text
}

/// A page in the making.
#[derive(Default)]
struct Html {
    text: String,
}

impl Html {
    fn raw(&mut self, html: &str) {
        self.text.push_str(html);
    }

    fn words(&mut self, text: &str) {
        self.text.push_str(&escaped(text));
    }

    /// An element with nothing but text in it.
    fn element(&mut self, name: &str, class: &str, text: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(" class=\"{class}\"")
        };
        self.raw(&format!("<{name}{class}>{}</{name}>\n", escaped(text)));
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        self.raw("<code>");
        for piece in pieces {
            let element = match piece {
                Piece::Plain(_) => "",
                Piece::Old(_) => "del",
                Piece::New(_) => "ins",
            };
            if element.is_empty() {
                self.words(piece.text());
            } else {
                self.raw(&format!("<{element}>{}</{element}>", escaped(piece.text())));
            }
        }
        self.raw("</code>");
    }

    fn changes(&mut self, changes: &[Change]) {
        let mut last = None;
        for change in changes {
            let section = change.section.title();
            if last != Some(section) {
                if last.is_some() {
                    self.raw("</ul>\n");
                }
                self.element("h3", "", section);
                self.raw("<ul>\n");
                last = Some(section);
            }
            self.change(change);
        }
        if last.is_some() {
            self.raw("</ul>\n");
        }
    }

    fn change(&mut self, change: &Change) {
        self.raw("<li><div class=\"change\">");
        self.mark(change.kind);
        self.pieces(&headline(change));
        self.element("span", "faint", &place(change));
        self.raw("</div>\n");
        if let Some(before) = before(change) {
            self.raw("<div class=\"was faint\">was ");
            self.pieces(&before);
            self.raw("</div>\n");
        }
        for note in notes(change) {
            self.element("div", "was faint", &note);
        }
        if !change.rows.is_empty() {
            self.raw("<ul>\n");
            change.rows.iter().for_each(|row| self.change(row));
            self.raw("</ul>\n");
        }
        self.raw("</li>\n");
    }

    fn mark(&mut self, kind: Kind) {
        let class = match kind {
            Kind::Added => "mark good",
            Kind::Removed => "mark bad",
            Kind::Changed | Kind::Moved => "mark",
        };
        self.element("span", class, mark(kind));
    }

    /// Whether any contact that could exist gets another result, and one that does as a test.
    fn verdict(&mut self, structure: &Structure) {
        let class = match structure.verdict {
            Some(Verdict::Equivalent) => "verdict",
            Some(Verdict::Different | Verdict::Undecided) | None => "verdict open",
        };
        for line in judging::verdict(structure) {
            self.element("p", class, &line);
        }
        if let Some(example) = example(structure) {
            self.element("pre", "", &example.test);
        }
    }

    fn impact(&mut self, impact: &Impact, changes: &[Change]) {
        self.element("h2", "", &impact_title(impact));
        self.raw("<table>\n");
        for (title, told) in overview(impact) {
            self.raw("<tr>");
            self.element("th", "", title);
            self.element("td", "", &told);
            self.raw("</tr>\n");
        }
        self.raw("</table>\n");
        if impact.bands.changed > 0 {
            self.migration(impact);
        }
        self.reaches(impact, changes);
        for (title, crowd) in crowds(impact) {
            self.crowd(&title, crowd);
        }
        if !impact.movers.is_empty() {
            self.raw("<details open><summary>the greatest moves</summary>\n");
            impact.movers.iter().for_each(|mover| self.mover(mover));
            self.raw("</details>\n");
        }
    }

    fn migration(&mut self, impact: &Impact) {
        let bands = &impact.bands;
        self.raw("<table>\n<tr>");
        self.element("th", "faint", "from \\ to");
        bands.new.iter().for_each(|new| self.element("th", "n", label(new)));
        self.raw("</tr>\n");
        for (old, counts) in bands.old.iter().zip(&bands.contacts) {
            self.raw("<tr>");
            self.element("th", "", label(old));
            for (count, new) in counts.iter().zip(&bands.new) {
                match count {
                    0 => self.element("td", "n faint", "·"),
                    count if new == old => self.element("td", "n", &grouped(*count)),
                    count => self.element("td", "n moved", &grouped(*count)),
                }
            }
            self.raw("</tr>\n");
        }
        self.raw("</table>\n");
    }

    fn reaches(&mut self, impact: &Impact, changes: &[Change]) {
        let told: Vec<_> = changes
            .iter()
            .filter_map(|change| Some((change, change.reach?)))
            .collect();
        if told.is_empty() {
            return;
        }
        self.element("h3", "", "which change moves whom");
        self.raw("<table>\n<tr>");
        self.element("th", "", "change");
        ["contacts", "band", "points"]
            .iter()
            .for_each(|head| self.element("th", "n", head));
        self.raw("</tr>\n");
        for (change, reach) in told {
            self.raw("<tr><td>");
            self.mark(change.kind);
            self.raw(" ");
            self.pieces(&headline(change));
            self.raw("</td>");
            self.reach(reach);
        }
        if let Some(reach) = rest(impact) {
            self.raw("<tr>");
            self.element("td", "faint", REST);
            self.reach(reach);
        }
        self.raw("</table>\n");
    }

    /// The cells that end a row.
    fn reach(&mut self, reach: Reach) {
        self.element("td", "n", &grouped(reach.contacts));
        self.element("td", "n", &grouped(reach.bands));
        self.element("td", "n", &grouped_points(reach.points));
        self.raw("</tr>\n");
    }

    fn crowd(&mut self, title: &str, crowd: &Crowd) {
        let title = format!("{title}: {}", counted(crowd.count, "contact"));
        self.raw("<details>");
        self.element("summary", "", &title);
        self.raw("<table>\n");
        for moved in &crowd.first {
            self.raw("<tr>");
            self.element("td", "", &moved.contact);
            self.element("td", "", &standings(&moved.old, &moved.new));
            self.raw("</tr>\n");
        }
        self.raw("</table>\n");
        let more = crowd.count.saturating_sub(crowd.first.len());
        if more > 0 {
            self.element("p", "faint", &format!("and {} more", grouped(more)));
        }
        self.raw("</details>\n");
    }

    fn mover(&mut self, mover: &Mover) {
        let moved = &mover.moved;
        let title = format!("{}  {}  ", moved.contact, standings(&moved.old, &moved.new));
        self.raw("<h3>");
        self.words(&title);
        self.points(mover.points, "span");
        self.raw("</h3>\n<table>\n");
        for line in &mover.lines {
            self.raw("<tr>");
            self.points(line.points, "td");
            self.raw("<td>");
            self.pieces(&[Piece::Plain(shortened(&line.of))]);
            if let Some(block) = &line.block {
                self.element("span", "faint", &format!(" ({block})"));
            }
            if let Some(told) = was_and_is(line) {
                self.words(&format!(": {told}"));
            }
            self.raw("</td></tr>\n");
        }
        self.raw("</table>\n");
    }

    fn points(&mut self, points: Number, element: &str) {
        let class = if points < Number::ZERO { "n bad" } else { "n good" };
        self.element(element, class, &points.signed());
    }
}

/// A text of which nothing is taken for HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            plain => escaped.push(plain),
        }
    }
    escaped
}
