//! Whether there is the memory that a score needs, asked before it is taken.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use super::failure::Failure;
use super::findings::counted;

/// Less than this is there, or it does not matter whether the system is asked.
const LITTLE: usize = 256 << 20;

/// For how many runs there is room, one at least and at most so many, where each keeps so many bytes of these contacts.
/// Fails where there is none for one: else the system would end the program in the middle, without a word.
pub(crate) fn runs_with_room(contacts: usize, bytes: usize, most: usize) -> Result<usize, Failure> {
    if bytes.saturating_mul(most) < LITTLE {
        return Ok(most);
    }
    // A limit of the process's own shows when memory is asked for; what all processes share is known to the system.
    let may_have = |runs: usize| Vec::<u8>::new().try_reserve_exact(bytes.saturating_mul(runs)).is_ok();
    let free = free_bytes();
    let is_free = |runs: usize| free.is_none_or(|free| bytes.saturating_mul(runs) as u64 <= free);
    let fitting = (1..=most).rev().find(|runs| is_free(*runs) && may_have(*runs));
    fitting.ok_or_else(|| no_room(contacts, bytes, free.filter(|_| !is_free(1))))
}

/// How many bytes the system can still give; `None` where it does not tell.
fn free_bytes() -> Option<u64> {
    let memory = RefreshKind::nothing().with_memory(MemoryRefreshKind::everything());
    let system = System::new_with_specifics(memory);
    let free = system.available_memory() + system.free_swap();
    (free > 0).then_some(free)
}

fn no_room(contacts: usize, bytes: usize, free: Option<u64>) -> Failure {
    let free = match free {
        Some(free) => format!("{} are free", gigabytes(free)),
        None => "this process may not have so much".to_owned(),
    };
    let message = format!(
        "scoring {} takes {} of memory for what the rules keep of their events, and {free}",
        counted(contacts, "contact"),
        gigabytes(bytes as u64)
    );
    Failure::usage(message).with_help(
        "score parts of the contacts, one after the other, or write each contact's events into its own object of a JSON \
         Lines file: such contacts are scored as they are read",
    )
}

/// `3.2 GB`, rounded up.
fn gigabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000_000);
    format!("{}.{} GB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_does_not_have_is_refused() {
        assert_eq!(runs_with_room(1, LITTLE / 8, 2).ok(), Some(2));
        if let Some(free) = free_bytes() {
            let most = usize::try_from(free / 10 * 6).unwrap();
            assert_eq!(runs_with_room(1, most, 4).ok(), Some(1));
        }
        let message = runs_with_room(9, usize::MAX / 4, 2).unwrap_err().to_string();
        assert!(
            message.starts_with("scoring 9 contacts takes 4611686018.5 GB of memory"),
            "{message}"
        );
    }
}
