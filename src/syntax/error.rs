//! What can be wrong with the way a rules file is written.

use miette::Diagnostic;
use thiserror::Error as ThisError;

use crate::calendar::Unit;
use crate::source::{Edit, Span};

/// A mistake in the writing of a rules file.
#[derive(Clone, Debug, PartialEq, Eq, ThisError, Diagnostic)]
pub enum Error {
    /// Something else should stand here.
    #[error("expected {expected}, found {found}")]
    #[diagnostic(code(LS1001))]
    Unexpected {
        /// What could stand here, in words.
        expected: String,
        /// What stands here, in words.
        found: String,
        /// What to do, where that is known.
        #[help]
        advice: Option<String>,
        /// The place.
        #[label("{expected} should stand here")]
        span: Span,
    },
    /// A line that begins no statement.
    #[error("`{word}` begins no {what}")]
    #[diagnostic(code(LS1002))]
    UnknownStatement {
        /// The first word of the line.
        word: String,
        /// What the line should be: a statement, a row…
        what: &'static str,
        /// What to do.
        #[help]
        advice: String,
        /// The word that was probably meant.
        meant: Option<String>,
        /// The first word.
        #[label("this line is no {what}")]
        span: Span,
    },
    /// A word of the language where a name is wanted.
    #[error("`{word}` is a word of the language, so it is no name by itself")]
    #[diagnostic(code(LS1003), help("put it between backticks: `` `{word}` ``"))]
    KeywordAsName {
        /// The word.
        word: String,
        /// The place.
        #[label("a name should stand here")]
        span: Span,
    },
    /// An operator or a word of another language.
    #[error("`{written}` is written `{write}` in leadscore")]
    #[diagnostic(code(LS1004), help("write `{write}`"))]
    Foreign {
        /// What is written.
        written: String,
        /// What leadscore writes for it.
        write: &'static str,
        /// The same with the blanks that it needs around it.
        mended: String,
        /// The place.
        #[label("not a word of leadscore")]
        span: Span,
    },
    /// Something that has no place in leadscore, and nothing in its stead.
    #[error("`{written}` is not needed")]
    #[diagnostic(code(LS1005), help("leave it out"))]
    Superfluous {
        /// What is written.
        written: String,
        /// The place.
        #[label("this says nothing")]
        span: Span,
    },
    /// A text between quotes that are not straight and double.
    #[error("a text stands between straight double quotes")]
    #[diagnostic(code(LS1006), help("write {mended}"))]
    ForeignQuotes {
        /// The text as leadscore quotes it.
        mended: String,
        /// Whether it plainly ends where it seems to, and says the same.
        is_plain: bool,
        /// The text with its quotes.
        #[label("other quotes")]
        span: Span,
    },
    /// A character that cannot be seen, or looks like a blank and is none.
    #[error("hidden character: {character}")]
    #[diagnostic(
        code(LS1007),
        help("such characters come along when text is copied from a web page or a document; type this place again")
    )]
    HiddenCharacter {
        /// What it is called.
        character: String,
        /// Whether a plain blank should stand in its place.
        blank: bool,
        /// The place.
        #[label("not to be told from what should stand here")]
        span: Span,
    },
    /// A comment of another language.
    #[error("a comment begins with `#`, not with `{written}`")]
    #[diagnostic(code(LS1008), help("write `#` before each line of the comment"))]
    ForeignComment {
        /// The sign that begins the comment.
        written: String,
        /// What stands instead, where that can be written.
        mended: Option<String>,
        /// The comment, or its first sign.
        #[label("a comment of another language")]
        span: Span,
    },
    /// A number written in another country's way.
    #[error("the number {written} is written {write}")]
    #[diagnostic(
        code(LS1009),
        help("decimals follow a point, thousands may be parted by `_`, `%` stands right behind")
    )]
    ForeignNumber {
        /// What is written.
        written: String,
        /// What leadscore writes for it.
        write: String,
        /// The place.
        #[label("not a number of leadscore")]
        span: Span,
    },
    /// A text, name or block without its end.
    #[error("this {what} is never closed")]
    #[diagnostic(
        code(LS1010),
        help("a text ends with `\"` and a name with a backtick on the same line, a block with `}}`")
    )]
    NeverClosed {
        /// What it is.
        what: &'static str,
        /// The sign that opens it.
        #[label("opened here")]
        span: Span,
    },
    /// A closing brace too much.
    #[error("this `}}` closes nothing")]
    #[diagnostic(code(LS1011), help("leave it out, or look for the `{{` that is missing above"))]
    NothingToClose {
        /// The brace.
        #[label("no block is open here")]
        span: Span,
    },
    /// Parentheses, braces, `not` or `-` too deep in each other.
    #[error("this goes more than {most} levels deep")]
    #[diagnostic(code(LS1012), help("give the inner parts names of their own with `let`"))]
    TooDeep {
        /// How deep it may go.
        most: usize,
        /// Where it goes deeper.
        #[label("one level too deep")]
        span: Span,
    },
    /// A file that no person wrote.
    #[error("this file has {megabytes} megabytes, and a rules file has {most} at most")]
    #[diagnostic(
        code(LS1013),
        help("is it a data file? long lists of texts go into a file of their own: `list names from \"names.txt\"`")
    )]
    TooLong {
        /// How long the file is.
        megabytes: usize,
        /// How long it may be.
        most: usize,
        /// The beginning of the file.
        #[label("it begins here")]
        span: Span,
    },
    /// A backslash before a character that makes no escape.
    #[error("`{escape}` is no escape")]
    #[diagnostic(
        code(LS1014),
        help("a text knows `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{{E9}}`; a backslash itself is written `\\\\`")
    )]
    UnknownEscape {
        /// The backslash and what follows it.
        escape: String,
        /// What would be a backslash.
        span_of_backslash: Span,
        /// The place.
        #[label("this stands for no character")]
        span: Span,
    },
    /// More decimal places than numbers have.
    #[error("a number has at most {most} decimal places{}", if *.percent { " before `%`" } else { "" })]
    #[diagnostic(code(LS1015), help("every number is exact to four places: round this one yourself"))]
    TooManyDecimals {
        /// How many there may be.
        most: usize,
        /// Whether it is a percentage.
        percent: bool,
        /// The number.
        #[label("more than {most} decimal places")]
        span: Span,
    },
    /// A number that is too great, or is not of the kind that is wanted.
    #[error("{what} is {range}")]
    #[diagnostic(code(LS1016), help("write a number in this range"))]
    OutOfRange {
        /// What the number says.
        what: &'static str,
        /// Which numbers it may be, in words.
        range: String,
        /// The number.
        #[label("outside")]
        span: Span,
    },
    /// Digits that make no day.
    #[error("there is no day {written}")]
    #[diagnostic(
        code(LS1017),
        help("a date is written year-month-day, such as 2026-11-01; with blanks around `-` it is a subtraction")
    )]
    NoSuchDate {
        /// What is written.
        written: String,
        /// The place.
        #[label("the calendar has no such day")]
        span: Span,
    },
    /// A duration of nothing, or longer than any.
    #[error("a duration in {}s is a whole number from 1 to {}", .unit.word(), .unit.most())]
    #[diagnostic(code(LS1018), help("write a whole number in this range"))]
    DurationOutOfRange {
        /// The unit.
        unit: Unit,
        /// The number.
        #[label("outside")]
        span: Span,
    },
    /// A percentage of nothing.
    #[error("{what} can be no percentage")]
    #[diagnostic(
        code(LS1019),
        help("percentages stand in conditions and formulas, and after `decay` and `fading`")
    )]
    PercentNotAllowed {
        /// What the number says.
        what: &'static str,
        /// The number.
        #[label("a plain number should stand here")]
        span: Span,
    },
    /// Two statements on one line.
    #[error("a {what} starts on a line of its own")]
    #[diagnostic(code(LS1020), help("begin a new line here"))]
    NotOnItsOwnLine {
        /// What it is: a statement, a row…
        what: &'static str,
        /// Where it starts.
        #[label("this starts in the middle of a line")]
        span: Span,
    },
    /// A name of no characters.
    #[error("a name has one character at least")]
    #[diagnostic(code(LS1021), help("write the name between the backticks"))]
    EmptyName {
        /// The backticks.
        #[label("nothing between the backticks")]
        span: Span,
    },
    /// `or` behind the pattern of a rule that adds its points for each event.
    #[error("`or` cannot follow the events of a rule")]
    #[diagnostic(
        code(LS1022),
        help(
            "for a condition on the events, write `where (… or …)`; for one on the contact, `and (… or …)`; else two rules"
        )
    )]
    OrAfterEvents {
        /// The word.
        #[label("for each of these events, or in that case: how many points would be added?")]
        span: Span,
    },
}

impl Error {
    /// The replacement that mends the mistake, where there is one.
    pub fn edit(&self) -> Option<Edit> {
        match self {
            Error::UnknownStatement { word, meant, span, .. } => {
                let meant = meant.as_ref()?;
                Some(Edit::replace(*span, meant).sure_if(is_plainly(word, meant)))
            }
            Error::KeywordAsName { word, span } => Some(Edit::replace(*span, format!("`{word}`"))),
            Error::Foreign { mended, span, .. } => Some(Edit::replace(*span, mended).sure()),
            Error::ForeignNumber { written, write, span } => {
                Some(Edit::replace(*span, write).sure_if(!reads_in_two_ways(written)))
            }
            Error::Superfluous { span, .. } => Some(Edit::replace(*span, "").sure()),
            Error::ForeignQuotes { mended, is_plain, span } => Some(Edit::replace(*span, mended).sure_if(*is_plain)),
            Error::HiddenCharacter { blank, span, .. } => {
                Some(Edit::replace(*span, if *blank { " " } else { "" }).sure_if(*blank))
            }
            Error::ForeignComment { mended, span, .. } => mended.as_ref().map(|text| Edit::replace(*span, text).sure()),
            Error::UnknownEscape { span_of_backslash, .. } => Some(Edit::replace(*span_of_backslash, "\\\\")),
            Error::NotOnItsOwnLine { span, .. } => Some(Edit::replace(Span::new(span.start, span.start), "\n").sure()),
            Error::NothingToClose { span } => Some(Edit::replace(*span, "")),
            Error::Unexpected { .. }
            | Error::NeverClosed { .. }
            | Error::TooDeep { .. }
            | Error::TooLong { .. }
            | Error::TooManyDecimals { .. }
            | Error::OutOfRange { .. }
            | Error::NoSuchDate { .. }
            | Error::DurationOutOfRange { .. }
            | Error::PercentNotAllowed { .. }
            | Error::EmptyName { .. }
            | Error::OrAfterEvents { .. } => None,
        }
    }

    /// Where the mistake is.
    pub fn span(&self) -> Span {
        match self {
            Error::Unexpected { span, .. }
            | Error::UnknownStatement { span, .. }
            | Error::KeywordAsName { span, .. }
            | Error::Foreign { span, .. }
            | Error::Superfluous { span, .. }
            | Error::ForeignQuotes { span, .. }
            | Error::HiddenCharacter { span, .. }
            | Error::ForeignComment { span, .. }
            | Error::ForeignNumber { span, .. }
            | Error::NeverClosed { span, .. }
            | Error::NothingToClose { span }
            | Error::TooDeep { span, .. }
            | Error::TooLong { span, .. }
            | Error::UnknownEscape { span, .. }
            | Error::TooManyDecimals { span, .. }
            | Error::OutOfRange { span, .. }
            | Error::NoSuchDate { span, .. }
            | Error::DurationOutOfRange { span, .. }
            | Error::PercentNotAllowed { span, .. }
            | Error::NotOnItsOwnLine { span, .. }
            | Error::EmptyName { span }
            | Error::OrAfterEvents { span } => *span,
        }
    }
}

/// Whether a number may be a thousand for some and one for others: `1,000`.
fn reads_in_two_ways(written: &str) -> bool {
    match written.split_once(',') {
        Some((_, after)) => {
            let digits = after.trim_end_matches([' ', '%']);
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        None => false,
    }
}

/// Whether the first word of a line can mean nothing but a word of leadscore.
fn is_plainly(word: &str, meant: &str) -> bool {
    word.eq_ignore_ascii_case(meant) || (word.eq_ignore_ascii_case("if") && meant == "when")
}
