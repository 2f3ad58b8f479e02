//! Work shared among threads: handed out in pieces, done on whichever thread is free, taken in the order of the pieces.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Scope};

/// For each worker, so many outcomes may wait for one that comes before them.
const MOST_WAITING: usize = 4;

/// Does work in pieces, on the caller's thread and, with several workers, on a further thread for each other one. These
/// begin one by one, as long as there are pieces for them; what the system refuses to begin, the others do.
///
/// `next` gives the pieces, one caller at a time, until there are no more; `work` does one with what its thread has for
/// itself; `take` is given the outcomes in the order of the pieces, one at a time. So the result does not depend on the
/// number of workers, as long as nothing that `work` leaves in a worker does. The first error in the order of the pieces
/// is returned, after the outcomes before it were taken. A panic ends the work in the same place.
///
/// # Panics
///
/// Where there is no worker, since nothing would be done.
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
    assert!(!workers.is_empty(), "work needs a worker");
    if let [worker] = workers {
        while let Some(piece) = next()? {
            take(work(worker, piece)?)?;
        }
        return Ok(());
    }
    let crew = Crew {
        source: Source::new(next),
        work,
        sink: Sink::new(take, MOST_WAITING * workers.len()),
        idle: Mutex::new(workers.iter_mut()),
    };
    thread::scope(|scope| {
        if let Some(own) = crew.idle_worker() {
            crew.labour(scope, own);
        }
    });
    crew.sink.failure()
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

/// All who do one work.
struct Crew<'w, W, N, F, T, R, E> {
    source: Source<N>,
    work: F,
    sink: Sink<T, R, E>,
    /// The workers that have no thread yet.
    idle: Mutex<std::slice::IterMut<'w, W>>,
}

impl<'w, W, N, F, T, R, E> Crew<'w, W, N, F, T, R, E> {
    fn idle_worker(&self) -> Option<&'w mut W> {
        lock(&self.idle).next()
    }
}

impl<'w, W, P, N, F, T, R, E> Crew<'w, W, N, F, T, R, E>
where
    W: Send,
    N: FnMut() -> Result<Option<P>, E> + Send,
    F: Fn(&mut W, P) -> Result<R, E> + Sync,
    T: FnMut(R) -> Result<(), E> + Send,
    R: Send,
    E: Send,
{
    /// Does pieces as long as there are any. Whoever has one has the next thread begin, which looks for another.
    fn labour<'scope, 'env>(&'env self, scope: &'scope Scope<'scope, 'env>, worker: &mut W) {
        let _leaving = Leaving(&self.sink);
        let mut calls = true;
        while let Some((place, piece)) = self.source.next() {
            if std::mem::take(&mut calls) {
                self.call_another(scope);
            }
            // A failure ends the pieces: what comes after it is not wanted.
            let outcome = piece.and_then(|piece| (self.work)(worker, piece));
            if outcome.is_err() {
                self.source.end();
            }
            if !self.sink.deliver(place, outcome) {
                self.source.end();
            }
        }
    }

    fn call_another<'scope, 'env>(&'env self, scope: &'scope Scope<'scope, 'env>) {
        if let Some(worker) = self.idle_worker() {
            let begun = thread::Builder::new().spawn_scoped(scope, move || self.labour(scope, worker));
            // Those who are there do the work alone where the system has no more threads.
            drop(begun);
        }
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
    /// Who takes the outcomes; away while one is taken, and for good after a panic.
    take: Option<T>,
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
            take: Some(take),
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
        // What is delivered meanwhile is taken here, too.
        while let Some((mut take, outcome)) = state.next() {
            drop(state);
            let failure = outcome.and_then(&mut take).err();
            state = lock(&self.state);
            state.take = Some(take);
            state.taken += 1;
            state.failure = failure;
            self.taken.notify_all();
        }
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

    /// The outcome that is to be taken next, and who takes it; `None` where it is not there yet, somebody is taking, or no
    /// more are wanted.
    fn next(&mut self) -> Option<(T, Result<R, E>)> {
        if self.failure.is_some() || self.take.is_none() {
            return None;
        }
        let outcome = self.waiting.remove(&self.taken)?;
        Some((self.take.take()?, outcome))
    }
}

/// A thread that panicked with the lock ends the whole work: what it left is whole, or never looked at.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;

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
    fn a_panic_ends_the_work_after_what_came_before() {
        for threads in [1, 2, 8] {
            let mut pieces = 0..1_000;
            let mut taken = 0;
            let panicked = std::panic::catch_unwind(AssertUnwindSafe(|| {
                let _: Result<(), ()> = in_order(
                    &mut vec![(); threads],
                    || Ok(pieces.next()),
                    |(), piece| if piece == 20 { panic!("a worker") } else { Ok(piece) },
                    |_| {
                        taken += 1;
                        Ok(())
                    },
                );
            }));
            assert!(panicked.is_err());
            assert_eq!(taken, 20, "{threads} threads");
        }
    }

    #[test]
    fn a_taker_that_panics_takes_no_more() {
        for threads in [1, 2, 8] {
            let mut pieces = 0..1_000;
            let mut taken = 0;
            let panicked = std::panic::catch_unwind(AssertUnwindSafe(|| {
                let take = |piece| {
                    taken += 1;
                    if piece == 20 { panic!("a taker") } else { Ok(()) }
                };
                let _: Result<(), ()> = in_order(
                    &mut vec![(); threads],
                    || Ok(pieces.next()),
                    |(), piece| Ok(piece),
                    take,
                );
            }));
            assert!(panicked.is_err());
            assert_eq!(taken, 21, "{threads} threads");
        }
    }

    #[test]
    fn outcomes_are_taken_while_others_work() {
        // The first outcome is taken until the second piece is done, which would wait for ever for the lock.
        let (done, is_done) = std::sync::mpsc::channel();
        let mut pieces = 0..2;
        let result: Result<(), ()> = in_order(
            &mut vec![done; 2],
            || Ok(pieces.next()),
            |done, piece| {
                if piece == 1 {
                    done.send(()).unwrap();
                }
                Ok(piece)
            },
            move |piece| {
                if piece == 0 {
                    is_done.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
                }
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
    }

    #[test]
    #[should_panic(expected = "work needs a worker")]
    fn work_needs_a_worker() {
        let _: Result<(), ()> = in_order(&mut [], || Ok(Some(())), |(), ()| Ok(()), |()| Ok(()));
    }

    #[test]
    fn no_thread_begins_without_a_piece() {
        let begun = std::collections::BTreeSet::new();
        let begun = Mutex::new(begun);
        let mut pieces = 0..3;
        let result: Result<(), ()> = in_order(
            &mut [(); 500],
            || {
                lock(&begun).insert(format!("{:?}", thread::current().id()));
                Ok(pieces.next())
            },
            |(), piece| Ok(piece),
            |_| Ok(()),
        );
        assert_eq!(result, Ok(()));
        let begun = begun.into_inner().unwrap().len();
        assert!(begun <= 4, "{begun} threads");
    }

    #[test]
    fn ranges_cover_all_rows_once() {
        let ranges = in_ranges(&mut [(), ()], 10, 4, |(), range| range);
        assert_eq!(ranges, [0..4, 4..8, 8..10]);
        assert!(in_ranges(&mut [()], 0, 4, |(), range| range).is_empty());
    }
}
