//! A guard around libraries that panic on some bytes: what they say becomes an error of who asked them.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does something with a library. Fails with the words of its panic, where it panics.
pub(super) fn guarded<T>(with_library: impl FnOnce() -> T) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(with_library));
    GUARDED.set(before);
    done.map_err(|panic| said(&*panic))
}

/// Whether a panic of this thread would become an error, so that it need not be shown as what it is.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

fn said(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
    said.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it is corrupt".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_is_told_apart_from_others() {
        assert!(!is_guarded());
        let outer = guarded(|| {
            let inner = guarded(|| -> u8 { panic!("{} is no byte", 256) });
            (inner, is_guarded())
        });
        assert_eq!(outer, Ok((Err("256 is no byte".to_owned()), true)));
        assert!(!is_guarded());
    }
}
