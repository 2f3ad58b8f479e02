//! Did you mean: the name nearest to the one that was written.

use crate::text::fold;

/// The candidate that most likely was meant, or none where nothing is near enough: one slip for every three
/// letters, at most three.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(written);
    let letters = wanted.chars().count();
    let most = (letters / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written)
        .map(|candidate| (strsim::osa_distance(&wanted, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= most && *distance < letters.min(candidate.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let names = ["title", "employees", "industry"];
        assert_eq!(nearest("titel", names), Some("title"));
        assert_eq!(nearest("Employes", names), Some("employees"));
        assert_eq!(nearest("country", names), None);
        assert_eq!(nearest("x", names), None);
        assert_eq!(nearest("d", ["id", "D"]), Some("D"));
        assert_eq!(nearest("d", ["id"]), None);
    }
}
