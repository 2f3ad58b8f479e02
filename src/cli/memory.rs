//! Whether there is the memory that a score needs, asked before it is taken.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use super::failure::Failure;
use super::findings::counted;

/// Less than this is there, or it does not matter whether the system is asked.
const LITTLE: usize = 256 << 20;

/// Fails where the states of so many contacts, which take so many bytes, have no room: else the system would end the
/// program in the middle, without a word.
pub(crate) fn check_room(contacts: usize, bytes: usize) -> Result<(), Failure> {
    if bytes < LITTLE {
        return Ok(());
    }
    // A limit of the process's own shows when memory is asked for; what all processes share is known to the system.
    let is_limited = Vec::<u8>::new().try_reserve_exact(bytes).is_err();
    match free_bytes() {
        Some(free) if (bytes as u64) > free => Err(no_room(contacts, bytes, Some(free))),
        _ if is_limited => Err(no_room(contacts, bytes, None)),
        _ => Ok(()),
    }
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
        assert!(check_room(1, LITTLE).is_ok());
        let message = check_room(9, usize::MAX / 4).unwrap_err().to_string();
        assert!(
            message.starts_with("scoring 9 contacts takes 4611686018.5 GB of memory"),
            "{message}"
        );
    }
}
