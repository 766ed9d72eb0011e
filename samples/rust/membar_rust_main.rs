// SPDX-License-Identifier: GPL-2.0

//! A consumer of `membar.ko` in Rust: when it is loaded it tries the operations of `membar.rs`,
//! sends messages between two CPUs, and writes to the log how long a call takes. A test that
//! fails makes the load fail.

use core::cell::UnsafeCell;
use kernel::{
    prelude::*,
    sync::{barrier, Arc, Completion},
    time::{delay::fsleep, Delta, Instant, Monotonic},
    workqueue::{self, impl_has_work, new_work, Work, WorkItem},
};

// The interface, which is what a driver would copy.
mod membar;
use membar::*;

module! {
    type: MembarRust,
    name: "membar_rust",
    authors: ["membar maintainers"],
    description: "Barriers and atomic operations of membar.ko, called from Rust",
    license: "GPL",
}

/// How many tests have passed and failed so far.
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    fn check(&mut self, ok: bool, name: &str) {
        if ok {
            self.passed += 1;
        } else {
            self.failed += 1;
            pr_err!("not ok: {}\n", name);
        }
    }
}

/// A test of values: an expression, and the value that it must have.
macro_rules! expect {
    ($tally:ident, $expr:expr, $want:expr) => {
        // SAFETY: The pointers in the expression are to local variables of this thread.
        $tally.check(unsafe { $expr } == $want, stringify!($expr))
    };
}

/// Executes each fence. A fence has no value to compare; a module that is loaded shows that the
/// function is exported under the name that the table gives it.
fn try_fences(t: &mut Tally) {
    macro_rules! all {
        ($($fence:ident)*) => {$(
            $fence(Full);
            $fence(Read);
            $fence(Write);
            $fence(Acquire);
            $fence(Release);
        )*};
    }
    all!(mb smp_mb dma_mb virt_mb);
    pmem_mb(Write);
    compiler_mb();
    before_atomic();
    after_atomic();
    io_stop_wc();
    t.check(true, "fences");
}

macro_rules! try_integer {
    ($t:ident, $type:ident) => {{
        let mut x: $type = 5;
        let p = &raw mut x;
        let mut old: $type = 1;

        expect!($t, load(p, Relaxed), 5);
        expect!($t, load(p, Acquire), 5);
        expect!($t, store(p, 6, Release), ());
        expect!($t, load(p, Relaxed), 6);
        expect!($t, store_mb(p, 7), ());
        expect!($t, load(p, Relaxed), 7);
        expect!($t, xchg(p, 8, Full), 7);
        expect!($t, cmpxchg(p, 8, 9, Acquire), Ok(8));
        expect!($t, cmpxchg(p, 8, 10, Release), Err(9));
        expect!($t, try_cmpxchg(p, &mut old, 10, Full), false);
        $t.check(old == 9, "try_cmpxchg() stores what it found");
        expect!($t, try_cmpxchg(p, &mut old, $type::MAX, Relaxed), true);
        // Arithmetic wraps, for signed types too.
        expect!($t, fetch_add(p, 1, Relaxed), $type::MAX);
        expect!($t, load(p, Relaxed), $type::MIN);
        expect!($t, sub_return(p, 1, Full), $type::MAX);
        expect!($t, store(p, 12, Relaxed), ());
        expect!($t, fetch_and(p, 10, Acquire), 12);
        expect!($t, fetch_or(p, 3, Release), 8);
        expect!($t, fetch_xor(p, 1, Full), 11);
        expect!($t, fetch_andnot(p, 2, Relaxed), 10);
        expect!($t, inc(p, Relaxed), ());
        expect!($t, load(p, Relaxed), 9);
        expect!($t, fetch_add_unless(p, 1, 9, Full), 9);
        expect!($t, add_unless(p, 1, 0, Full), true);
        expect!($t, load(p, Relaxed), 10);
        expect!($t, sub_and_test(p, 10, Full), true);
        expect!($t, inc_not_zero(p, Full), false);
        expect!($t, dec_if_positive(p, Full), -1);
        expect!($t, load(p, Relaxed), 0);
        expect!($t, dec_return(p, Acquire), (0 as $type).wrapping_sub(1));
        expect!($t, add_negative(p, 0, Full), true);
    }};
}

fn try_values(t: &mut Tally) {
    try_integer!(t, u8);
    try_integer!(t, u16);
    try_integer!(t, u32);
    try_integer!(t, u64);
    try_integer!(t, usize);
    try_integer!(t, i8);
    try_integer!(t, i16);
    try_integer!(t, i32);
    try_integer!(t, i64);
    try_integer!(t, isize);

    let mut flag = false;
    let p = &raw mut flag;
    expect!(t, xchg(p, true, Acquire), false);
    expect!(t, cmpxchg(p, true, false, Full), Ok(true));
    expect!(t, load(p, Acquire), false);

    let (mut a, mut b) = (1, 2);
    let mut place = &raw mut a;
    let p = &raw mut place;
    expect!(t, xchg(p, &raw mut b, Full), &raw mut a);
    expect!(t, load(p, Acquire), &raw mut b);
    let mut place = &raw const a;
    let p = &raw mut place;
    expect!(
        t,
        cmpxchg(p, &raw const a, &raw const b, Full),
        Ok(&raw const a)
    );
    expect!(t, load(p, Relaxed), &raw const b);

    let mut word = [0usize; 2];
    let p = &raw mut word[0];
    let nr = usize::BITS as usize + 3;
    expect!(t, set_bit(p, nr, Relaxed), ());
    expect!(t, test_bit(p, nr, Acquire), true);
    expect!(t, test_and_set_bit(p, nr, Acquire), true);
    expect!(t, clear_bit(p, nr, Release), ());
    expect!(t, test_bit(p, nr, Relaxed), false);
    t.check(word == [0, 0], "bits left behind");
}

/// How many additions and how many messages each of the two workers makes.
const ROUNDS: u32 = 20_000;

/// The variables that the workers share, for the exported functions only.
#[derive(Default)]
struct Shared {
    sum: UnsafeCell<u32>,
    message: UnsafeCell<u32>,
    /// The number of the last message sent.
    sent: UnsafeCell<u32>,
    /// The number of the last message received.
    received: UnsafeCell<u32>,
    /// Messages that were not the ones that had been sent.
    wrong: UnsafeCell<u32>,
}

// SAFETY: All accesses are atomic.
unsafe impl Sync for Shared {}
// SAFETY: It consists of integers.
unsafe impl Send for Shared {}

impl Shared {
    fn load<O>(&self, cell: &UnsafeCell<u32>, order: O) -> u32
    where
        u32: Call<load, O, Operands = (), Result = u32>,
    {
        // SAFETY: A reference is aligned and valid, and all accesses are atomic.
        unsafe { load(cell.get(), order) }
    }

    fn store<O>(&self, cell: &UnsafeCell<u32>, v: u32, order: O)
    where
        u32: Call<store, O, Operands = (u32,), Result = ()>,
    {
        // SAFETY: As above.
        unsafe { store(cell.get(), v, order) }
    }

    fn add(&self, cell: &UnsafeCell<u32>) {
        // SAFETY: As above.
        unsafe { add(cell.get(), 1, Relaxed) }
    }

    /// Waits until `cell` holds `v`. The other worker may need this CPU.
    fn wait_for(&self, cell: &UnsafeCell<u32>, v: u32) {
        let mut turns = 0u32;

        while self.load(cell, Relaxed) != v {
            core::hint::spin_loop();
            turns += 1;
            if turns % 1024 == 0 {
                fsleep(Delta::from_micros(10));
            }
        }
    }

    fn send(&self, number: u32) {
        self.wait_for(&self.received, number - 1);
        // The wait before the message changes; pairs with the release fence of receive().
        smp_mb(Acquire);
        self.store(&self.message, number, Relaxed);
        if cfg!(membar_fault) {
            // The fault that the test of the messages has to notice.
            self.store(&self.message, number - 1, Relaxed);
        }
        // The message before its number; pairs with the acquire fence of receive().
        smp_mb(Release);
        self.store(&self.sent, number, Relaxed);
    }

    fn receive(&self, number: u32) {
        self.wait_for(&self.sent, number);
        // The number before the message; pairs with the release fence of send().
        smp_mb(Acquire);
        if self.load(&self.message, Relaxed) != number {
            self.add(&self.wrong);
        }
        // The message before the receipt; pairs with the acquire fence of send().
        smp_mb(Release);
        self.store(&self.received, number, Relaxed);
    }
}

#[pin_data]
struct Worker {
    sends: bool,
    shared: Arc<Shared>,
    #[pin]
    done: Completion,
    #[pin]
    work: Work<Worker>,
}

impl_has_work! {
    impl HasWork<Self> for Worker { self.work }
}

impl Worker {
    fn start(sends: bool, shared: &Arc<Shared>) -> Result<Arc<Self>> {
        let worker = Arc::pin_init(
            pin_init!(Worker {
                sends,
                shared: shared.clone(),
                done <- Completion::new(),
                work <- new_work!("membar_rust::Worker"),
            }),
            GFP_KERNEL,
        )?;
        let _ = workqueue::system_unbound().enqueue(worker.clone());
        Ok(worker)
    }
}

impl WorkItem for Worker {
    type Pointer = Arc<Worker>;

    fn run(this: Arc<Worker>) {
        for number in 1..=ROUNDS {
            this.shared.add(&this.shared.sum);
            if this.sends {
                this.shared.send(number);
            } else {
                this.shared.receive(number);
            }
        }
        this.done.complete_all();
    }
}

/// Two workers send and receive, and add to one variable.
fn try_workers(t: &mut Tally) -> Result {
    let shared = Arc::new(Shared::default(), GFP_KERNEL)?;
    let sender = Worker::start(true, &shared)?;
    let receiver = Worker::start(false, &shared)?;

    sender.done.wait_for_completion();
    receiver.done.wait_for_completion();
    t.check(shared.load(&shared.wrong, Relaxed) == 0, "messages damaged");
    t.check(
        shared.load(&shared.sum, Relaxed) == 2 * ROUNDS,
        "additions lost",
    );
    Ok(())
}

/// How many picoseconds one of the calls of `run` takes, which makes as many as it is told: the
/// least of several averages, because the CPU has other work too.
fn picoseconds(mut run: impl FnMut(usize)) -> i64 {
    const CALLS: usize = 100_000;
    let mut least = i64::MAX;

    for _ in 0..15 {
        let begun = Instant::<Monotonic>::now();

        run(CALLS);
        least = least.min(begun.elapsed().as_nanos() * 1000 / CALLS as i64);
    }
    least
}

/// Measures each operation twice: as Rust code calls it, and in line in C, by the function that
/// `cost_inline.c` has for it. The function `$once` is there to be disassembled.
macro_rules! costs {
    ($($once:ident $in_line:ident $text:literal |$p:ident| $call:expr;)*) => {
        $(
            /// The call, to be disassembled.
            ///
            /// # Safety
            ///
            /// `p` is valid for an atomic access.
            #[no_mangle]
            #[allow(unused_variables, unused_unsafe)]
            unsafe extern "C" fn $once($p: *mut u32) {
                // SAFETY: The caller vouches for the pointer.
                let _ = unsafe { $call };
            }
        )*

        #[allow(unused_variables, unused_unsafe)]
        fn costs() {
            let mut x = 0u32;

            $({
                extern "C" {
                    fn $in_line(p: *mut u32, rounds: usize);
                }
                let $p = &raw mut x;
                let out_of_line = picoseconds(|calls| {
                    for _ in 0..calls {
                        // SAFETY: The pointer is to a local variable.
                        let _ = unsafe { $call };
                    }
                });
                // SAFETY: As above.
                let in_line = picoseconds(|calls| unsafe { $in_line($p, calls) });
                pr_info!(
                    "cost: {} {} {} {} {}\n",
                    stringify!($once),
                    stringify!($in_line),
                    out_of_line,
                    in_line,
                    $text
                );
            })*
        }
    };
}

costs! {
    membar_rust_nothing membar_rust_inline_nothing "compiler_mb()" |p| compiler_mb();
    membar_rust_smp_mb_full membar_rust_inline_smp_mb_full "smp_mb(Full)" |p| smp_mb(Full);
    membar_rust_kernel_full membar_rust_inline_smp_mb_full "smp_mb(Full) of the kernel crate"
        |p| barrier::smp_mb(barrier::Full);
    membar_rust_smp_mb_read membar_rust_inline_smp_mb_read "smp_mb(Read)" |p| smp_mb(Read);
    membar_rust_kernel_read membar_rust_inline_smp_mb_read "smp_mb(Read) of the kernel crate"
        |p| barrier::smp_mb(barrier::Read);
    membar_rust_smp_mb_acquire membar_rust_inline_smp_mb_acquire "smp_mb(Acquire)"
        |p| smp_mb(Acquire);
    membar_rust_dma_mb_release membar_rust_inline_dma_mb_release "dma_mb(Release)"
        |p| dma_mb(Release);
    membar_rust_virt_mb_full membar_rust_inline_virt_mb_full "virt_mb(Full)" |p| virt_mb(Full);
    membar_rust_load_relaxed membar_rust_inline_load_relaxed "load(p, Relaxed)"
        |p| load(p, Relaxed);
    membar_rust_load_acquire membar_rust_inline_load_acquire "load(p, Acquire)"
        |p| load(p, Acquire);
    membar_rust_store_release membar_rust_inline_store_release "store(p, 1, Release)"
        |p| store(p, 1, Release);
    membar_rust_xchg_acquire membar_rust_inline_xchg_acquire "xchg(p, 1, Acquire)"
        |p| xchg(p, 1, Acquire);
    membar_rust_fetch_add_full membar_rust_inline_fetch_add_full "fetch_add(p, 1, Full)"
        |p| fetch_add(p, 1, Full);
}

/// Uses that must not compile: a test builds the module once with each of them.
macro_rules! wrong {
    ($($name:ident ($($arg:ident: $type:ty)?) $call:expr;)*) => {$(
        #[cfg($name)]
        fn wrong($($arg: $type)?) {
            // SAFETY: This is not run.
            let _ = unsafe { $call };
        }
    )*};
}

wrong! {
    wrong_fence_relaxed () smp_mb(Relaxed);
    wrong_fence_no_order () smp_mb();
    wrong_fence_number () virt_mb(3);
    wrong_fence_two_orders () dma_mb(Read, Write);
    wrong_pmem_full () pmem_mb(Full);
    wrong_load_release (p: *const u32) load(p, Release);
    wrong_store_acquire (p: *mut u32) store(p, 1, Acquire);
    wrong_xchg_read (p: *mut u32) xchg(p, 1, Read);
    wrong_add_full (p: *mut u32) add(p, 1, Full);
    wrong_bool_arithmetic (p: *mut bool) fetch_add(p, true, Full);
    wrong_too_wide (p: *mut u128) load(p, Relaxed);
    wrong_reference (p: &u32) xchg(p, 1, Full);
    wrong_other_type (p: *mut u32) store(p, 1u64, Relaxed);
    wrong_bit_acquire (p: *mut usize) set_bit(p, 3, Acquire);
}

struct MembarRust;

impl kernel::Module for MembarRust {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        let mut t = Tally {
            passed: 0,
            failed: 0,
        };

        try_fences(&mut t);
        try_values(&mut t);
        try_workers(&mut t)?;
        costs();
        pr_info!("{} passed, {} failed\n", t.passed, t.failed);
        if t.failed != 0 {
            return Err(EIO);
        }
        Ok(MembarRust)
    }
}
