//! `leadscore check --fix`: applies the edits that are sure, and leaves no file with more errors than it had.

use crate::connect;
use crate::source::{Edit, Source};

use super::console::Console;
use super::failure::Failure;
use super::findings::counted;
use super::place::Place;
use super::reading::Reading;
use super::rules::Project;

/// So often at most a file is read again: an edit may uncover what another one mends, and one that makes things worse
/// is looked for among the others.
const MOST_READINGS: usize = 500;

/// Refuses what cannot be mended, before anything is written.
pub(super) fn refuse_revisions(projects: &[Project]) -> Result<(), Failure> {
    let revision = |project: &&Project| matches!(project.rules, Place::Revision { .. });
    match projects.iter().find(revision) {
        Some(project) => {
            let failure = Failure::usage(format!("`{}` stays as it was in git", project.rules.name()));
            Err(failure.with_help("name the file as it is now, without a revision"))
        }
        None => Ok(()),
    }
}

/// Mends the files of a project, writes those that changed, and tells what is wrong with them now. Standard input goes,
/// mended, to standard output. The rules come first, for only sound rules tell what is wrong with their tests.
pub(super) fn fix(project: &Project, console: &Console) -> Result<Reading, Failure> {
    let mut mending = Mending {
        project,
        sources: project.read()?,
        file: 0,
        readings_left: 0,
    };
    for (file, place) in project.files().iter().enumerate() {
        let applied = mending.mend(file);
        let text = mending.text();
        match place.file() {
            None => console.print(&text)?,
            Some(_) if applied == 0 => {}
            Some(path) => connect::write(path, text.as_bytes())?,
        }
        let all = applied + mending.errors();
        if all > 0 {
            let errors = counted(all, "error");
            console.note(&format!("fixed {applied} of {errors} in {}", place.name()));
        }
    }
    Ok(Reading::analysed_of(project, &mending.sources))
}

/// The files of a project, one of which is being mended.
struct Mending<'a> {
    project: &'a Project,
    /// Their texts as they are by now, in the order of the project.
    sources: Vec<Source>,
    file: usize,
    readings_left: usize,
}

impl Mending<'_> {
    /// Applies the sure edits of a file until nothing changes. Gives how many were applied.
    fn mend(&mut self, file: usize) -> usize {
        (self.file, self.readings_left) = (file, MOST_READINGS);
        let mut applied = 0;
        loop {
            let now = self.apply(&self.sure_edits());
            if now == 0 {
                return applied;
            }
            applied += now;
        }
    }

    /// Applies edits to the file; where it has more errors afterwards, only those of them that do no harm.
    fn apply(&mut self, edits: &[Edit]) -> usize {
        let Some(spent) = self.readings_left.checked_sub(2) else {
            return 0;
        };
        self.readings_left = spent;
        let (text, errors) = (self.text(), self.errors());
        let (edited, applied) = Edit::apply(edits, &text);
        if applied == 0 {
            return 0;
        }
        self.set_text(&edited);
        if self.errors() <= errors {
            return applied;
        }
        self.set_text(&text);
        let (first, last) = edits.split_at(edits.len() / 2);
        if first.is_empty() {
            return 0;
        }
        // The last ones first, so that the places of the others stay as they are.
        let later = self.apply(last);
        later + self.apply(first)
    }

    /// The edits of errors that may be applied unseen, in the order of their places. What warnings propose changes
    /// scores, and waits for somebody who wants that.
    fn sure_edits(&self) -> Vec<Edit> {
        let reading = Reading::of(self.project, &self.sources);
        let errors = reading
            .findings
            .of_file(self.file)
            .iter()
            .filter(|each| each.is_error());
        let sure = errors.filter_map(|error| error.edit.as_ref()).filter(|edit| edit.safe);
        let mut edits: Vec<Edit> = sure
            .map(|edit| Edit::replace(edit.span, edit.text.as_str()).sure())
            .collect();
        edits.sort_by_key(|edit| edit.span);
        edits
    }

    fn errors(&self) -> usize {
        let reading = Reading::of(self.project, &self.sources);
        let found = reading.findings.of_file(self.file).iter();
        found.filter(|each| each.is_error()).count()
    }

    fn text(&self) -> String {
        let source = self.sources.get(self.file);
        source.map_or(String::new(), |source| source.text().to_owned())
    }

    fn set_text(&mut self, text: &str) {
        if let Some(source) = self.sources.get_mut(self.file) {
            *source = Source::new(source.name(), text);
        }
    }
}
