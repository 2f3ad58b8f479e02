//! Texts in templates of Jinja, in which dbt looks for what it fills in.

/// A text that comes out of a template as it is: no brace in it begins anything.
pub(super) fn literally(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('{', Some('{' | '%' | '#')) => written.push_str("{{ '{' }}"),
            _ => written.push(character),
        }
    }
    written
}

/// A text inside an expression of a template.
pub(super) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_braces_that_would_begin_something_are_written_otherwise() {
        assert_eq!(literally("a { b }} c %} {}"), "a { b }} c %} {}");
        assert_eq!(literally("{{ x"), "{{ '{' }}{ x");
        assert_eq!(literally("{{%"), "{{ '{' }}{{ '{' }}%");
        assert_eq!(literally("{# no"), "{{ '{' }}# no");
    }

    #[test]
    fn a_text_in_an_expression_stands_between_quotes() {
        assert_eq!(text("crm"), "'crm'");
        assert_eq!(text(r"l'a\b"), r"'l\'a\\b'");
    }
}
