//! Work shared among threads: handed out in pieces, done on whichever thread is free, taken in the order of the pieces.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// For each worker, so many outcomes may wait for one that comes before them.
const MOST_WAITING: usize = 4;

/// Does work in pieces, on as many threads as there are workers; with one worker, on the caller's own.
///
/// `next` gives the pieces, one caller at a time, until there are no more; `work` does one with what its thread has for
/// itself; `take` is given the outcomes in the order of the pieces, one at a time. So the result does not depend on the
/// number of workers, as long as nothing that `work` leaves in a worker does. The first error in the order of the pieces
/// is returned, after the outcomes before it were taken.
pub fn in_order<W, P, R, E>(
    workers: &mut [W],
    mut next: impl FnMut() -> Result<Option<P>, E> + Send,
    work: impl Fn(&mut W, P) -> Result<R, E> + Sync,
    mut take: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    W: Send,
    R: Send,
    E: Send,
{
    if let [worker] = workers {
        while let Some(piece) = next()? {
            take(work(worker, piece)?)?;
        }
        return Ok(());
    }
    let (source, sink) = (Source::new(next), Sink::new(take, MOST_WAITING * workers.len()));
    thread::scope(|scope| {
        for worker in workers {
            scope.spawn(|| {
                let _leaving = Leaving(&sink);
                while let Some((place, piece)) = source.next() {
                    // A failure ends the pieces: what comes after it is not wanted.
                    let outcome = piece.and_then(|piece| work(worker, piece));
                    if outcome.is_err() {
                        source.end();
                    }
                    if !sink.deliver(place, outcome) {
                        source.end();
                    }
                }
            });
        }
    });
    sink.failure()
}

/// Does work on each range of so many rows, in the way of [`in_order`], and returns the outcomes in order.
pub fn in_ranges<W: Send, R: Send>(
    workers: &mut [W],
    rows: usize,
    at_once: usize,
    work: impl Fn(&mut W, std::ops::Range<usize>) -> R + Sync,
) -> Vec<R> {
    let mut starts = (0..rows).step_by(at_once.max(1));
    let mut outcomes = Vec::new();
    let next = || Ok(starts.next());
    let work = |worker: &mut W, start: usize| Ok(work(worker, start..rows.min(start + at_once.max(1))));
    let take = |outcome| {
        outcomes.push(outcome);
        Ok(())
    };
    match in_order::<W, usize, R, std::convert::Infallible>(workers, next, work, take) {
        Ok(()) => outcomes,
    }
}

/// Where the pieces come from.
struct Source<N> {
    next: Mutex<(usize, N)>,
    ended: AtomicBool,
}

impl<N> Source<N> {
    fn new(next: N) -> Self {
        Self {
            next: Mutex::new((0, next)),
            ended: AtomicBool::new(false),
        }
    }

    /// The next piece and its place, or why there is none.
    fn next<P, E>(&self) -> Option<(usize, Result<P, E>)>
    where
        N: FnMut() -> Result<Option<P>, E>,
    {
        let mut next = lock(&self.next);
        if self.ended.load(Ordering::Relaxed) {
            return None;
        }
        let place = next.0;
        next.0 += 1;
        let piece = (next.1)().transpose();
        if !matches!(piece, Some(Ok(_))) {
            self.end();
        }
        Some((place, piece?))
    }

    fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// Where the outcomes go.
struct Sink<T, R, E> {
    state: Mutex<State<T, R, E>>,
    /// Told whenever outcomes were taken.
    taken: Condvar,
    most_waiting: usize,
}

struct State<T, R, E> {
    take: T,
    /// How many were taken.
    taken: usize,
    waiting: BTreeMap<usize, Result<R, E>>,
    failure: Option<E>,
    /// Whether a worker panicked, so that its outcome never comes.
    broken: bool,
}

/// Ends the others' wait when a worker panics.
struct Leaving<'a, T, R, E>(&'a Sink<T, R, E>);

impl<T, R, E> Drop for Leaving<'_, T, R, E> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.state).broken = true;
            self.0.taken.notify_all();
        }
    }
}

impl<T, R, E> Sink<T, R, E>
where
    T: FnMut(R) -> Result<(), E>,
{
    fn new(take: T, most_waiting: usize) -> Self {
        let state = State {
            take,
            taken: 0,
            waiting: BTreeMap::new(),
            failure: None,
            broken: false,
        };
        Self {
            state: Mutex::new(state),
            taken: Condvar::new(),
            most_waiting,
        }
    }

    /// Gives an outcome on once all before it were; waits where too many wait already. False where no more are wanted.
    fn deliver(&self, place: usize, outcome: Result<R, E>) -> bool {
        let mut state = lock(&self.state);
        // INVARIANT: whoever has the next outcome never waits, so that the others' wait ends.
        while place >= state.taken + self.most_waiting && state.goes_on() {
            state = self.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting.insert(place, outcome);
        state.take_waiting();
        self.taken.notify_all();
        state.goes_on()
    }

    fn failure(self) -> Result<(), E> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.failure.map_or(Ok(()), Err)
    }
}

impl<T, R, E> State<T, R, E> {
    fn goes_on(&self) -> bool {
        self.failure.is_none() && !self.broken
    }
}

impl<T, R, E> State<T, R, E>
where
    T: FnMut(R) -> Result<(), E>,
{
    fn take_waiting(&mut self) {
        while self.failure.is_none()
            && let Some(outcome) = self.waiting.remove(&self.taken)
        {
            self.failure = outcome.and_then(&mut self.take).err();
            self.taken += 1;
        }
    }
}

/// A thread that panicked with the lock ends the whole work, so what it left is never looked at.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, count: u64, fails_at: Option<u64>) -> (Vec<u64>, Result<(), u64>) {
        let mut pieces = 0..count;
        let mut taken = Vec::new();
        let result = in_order(
            &mut vec![0u64; threads],
            || Ok(pieces.next()),
            |done, piece| {
                *done += 1;
                // The first pieces take the longest, so that the others overtake them.
                thread::sleep(std::time::Duration::from_micros(200 / (piece + 1)));
                match fails_at {
                    Some(at) if piece >= at => Err(piece),
                    _ => Ok(piece * piece),
                }
            },
            |square| {
                taken.push(square);
                Ok(())
            },
        );
        (taken, result)
    }

    #[test]
    fn outcomes_come_in_the_order_of_the_pieces() {
        for threads in [1, 2, 3, 8] {
            let (taken, result) = squares(threads, 200, None);
            assert_eq!(result, Ok(()));
            assert_eq!(
                taken,
                (0..200).map(|piece| piece * piece).collect::<Vec<_>>(),
                "{threads} threads"
            );
        }
    }

    #[test]
    fn the_first_error_ends_the_work_after_what_came_before() {
        for threads in [1, 2, 8] {
            let (taken, result) = squares(threads, 1_000, Some(20));
            assert_eq!(result, Err(20));
            assert_eq!(taken.len(), 20);
        }
    }

    #[test]
    fn an_error_of_the_pieces_or_of_the_taker_is_returned() {
        for threads in [1, 4] {
            let mut left = 3;
            let mut taken = 0;
            let next = || {
                left -= 1;
                if left == 0 { Err("no more") } else { Ok(Some(left)) }
            };
            let take = |_| {
                taken += 1;
                Ok(())
            };
            let result = in_order(&mut vec![(); threads], next, |(), piece| Ok(piece), take);
            assert_eq!((result, taken), (Err("no more"), 2));
            let mut pieces = 0..100;
            let result = in_order(
                &mut vec![(); threads],
                || Ok(pieces.next()),
                |(), piece| Ok(piece),
                |piece| if piece == 7 { Err("full") } else { Ok(()) },
            );
            assert_eq!(result, Err("full"));
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_the_work() {
        let mut pieces = 0..100;
        let _: Result<(), ()> = in_order(
            &mut [(), ()],
            || Ok(pieces.next()),
            |(), piece| if piece == 0 { panic!("a worker") } else { Ok(piece) },
            |_| Ok(()),
        );
    }

    #[test]
    fn ranges_cover_all_rows_once() {
        let ranges = in_ranges(&mut [(), ()], 10, 4, |(), range| range);
        assert_eq!(ranges, [0..4, 4..8, 8..10]);
        assert!(in_ranges(&mut [()], 0, 4, |(), range| range).is_empty());
    }
}
