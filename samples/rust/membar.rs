// SPDX-License-Identifier: GPL-2.0

//! Memory barriers and atomic operations with typed orderings, for Rust.
//!
//! This is the Rust side of `membar.h`. In addition to the kernel's own `smp_mb(Full)`,
//! `smp_mb(Read)` and `smp_mb(Write)` it has the acquire and the release fence, the barriers
//! towards a hypervisor, and the atomic operations on raw pointers of 8 to 64 bits:
//!
//! ```ignore
//! use membar::{dma_mb, fetch_add, smp_mb, virt_mb, Acquire, Full, Relaxed, Release};
//!
//! smp_mb(Acquire);
//! dma_mb(Release);
//! virt_mb(Full);
//! // SAFETY: `counter` points to a valid `u32` that is accessed atomically.
//! let old = unsafe { fetch_add(counter, 1, Relaxed) };
//! ```
//!
//! An ordering that an operation does not have is a compile error. Each function is a call of the
//! function that `membar.ko` exports for it. The lists of operations, orderings and widths are
//! those of `membar.h`: `table.rs` has them, made by the C preprocessor, and the macros below turn
//! each row into an implementation. The contract of each function is that of its C counterpart.

// Everything here is for users of the interface. A driver that copies it uses a part of it, and may
// not make it public.
#![allow(dead_code, unreachable_pub)]

/// Orders everything before it against everything after it.
#[derive(Clone, Copy)]
pub struct Full;
/// Orders reads before it against reads after it.
#[derive(Clone, Copy)]
pub struct Read;
/// Orders writes before it against writes after it.
#[derive(Clone, Copy)]
pub struct Write;
/// Orders reads before it against everything after it.
#[derive(Clone, Copy)]
pub struct Acquire;
/// Orders everything before it against writes after it.
#[derive(Clone, Copy)]
pub struct Release;
/// Orders nothing; it is accepted by atomic operations and by no fence.
#[derive(Clone, Copy)]
pub struct Relaxed;

/// The observers that a fence is meant for.
pub mod flavour {
    /// CPUs, devices that master the bus, and MMIO.
    pub struct Mandatory;
    /// The other CPUs of this kernel.
    pub struct Smp;
    /// A bus-mastering device, in coherent memory.
    pub struct Dma;
    /// The other side of a hypervisor, also on kernels with one CPU.
    pub struct Virt;
    /// Persistent memory.
    pub struct Pmem;
}

/// An ordering that the fences of the flavour `F` have.
#[diagnostic::on_unimplemented(
    message = "a fence of this flavour does not accept the ordering `{Self}`",
    label = "use one of Full, Read, Write, Acquire and Release (pmem_mb(): Write)"
)]
pub trait Fence<F> {
    /// Executes the fence.
    fn fence();
}

macro_rules! fence {
    ($flavour:ident, $order:ident, $name:ident) => {
        impl Fence<flavour::$flavour> for $order {
            #[inline(always)]
            fn fence() {
                extern "C" {
                    fn $name();
                }
                // SAFETY: A fence may be executed anywhere.
                unsafe { $name() }
            }
        }
    };
}

macro_rules! plain {
    ($name:ident, $symbol:ident) => {
        #[doc = concat!("`membar_", stringify!($name), "()`, which has no order to choose.")]
        #[inline(always)]
        pub fn $name() {
            extern "C" {
                fn $symbol();
            }
            // SAFETY: A barrier may be executed anywhere.
            unsafe { $symbol() }
        }
    };
}

/// Mandatory barrier: CPUs, devices and MMIO.
#[inline(always)]
pub fn mb<O: Fence<flavour::Mandatory>>(_order: O) {
    O::fence()
}

/// Barrier between the CPUs of this kernel; a compiler barrier where `CONFIG_SMP=n`.
#[inline(always)]
pub fn smp_mb<O: Fence<flavour::Smp>>(_order: O) {
    O::fence()
}

/// Barrier towards a bus-mastering device that shares coherent memory with this CPU.
#[inline(always)]
pub fn dma_mb<O: Fence<flavour::Dma>>(_order: O) {
    O::fence()
}

/// Barrier towards the other side of a hypervisor.
#[inline(always)]
pub fn virt_mb<O: Fence<flavour::Virt>>(_order: O) {
    O::fence()
}

/// Barrier for persistent memory.
#[inline(always)]
pub fn pmem_mb<O: Fence<flavour::Pmem>>(_order: O) {
    O::fence()
}

/// The class of the types that can only be loaded, stored and exchanged: `bool` and pointers.
pub struct Only<Raw>(core::marker::PhantomData<Raw>);

/// A type that the atomic operations work on.
///
/// # Safety
///
/// The type has the size and the alignment of `Raw`, and `from_raw(into_raw(x))` is `x`. Every
/// value that an operation of its `Class` can leave in memory is a valid value of the type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that atomic operations work on",
    label = "use an integer of 8 to 64 bits, a bool or a raw pointer"
)]
pub unsafe trait Word: Copy {
    /// The unsigned integer that the exported functions take for it.
    type Raw: Copy + PartialEq;
    /// Which operations there are: those of an integer, or those of [`Only`].
    type Class;

    /// The value as the exported functions take it.
    fn into_raw(self) -> Self::Raw;
    /// The value that an exported function returned.
    fn from_raw(raw: Self::Raw) -> Self;
}

macro_rules! integers {
    ($($int:ty = $raw:ty),* $(,)?) => {$(
        // SAFETY: They are integers of one size, and any bits are a value of either.
        unsafe impl Word for $int {
            type Raw = $raw;
            type Class = $raw;

            #[inline(always)]
            fn into_raw(self) -> $raw {
                self as $raw
            }

            #[inline(always)]
            fn from_raw(raw: $raw) -> Self {
                raw as $int
            }
        }
    )*};
}

#[cfg(target_pointer_width = "64")]
type Address = u64;
#[cfg(target_pointer_width = "32")]
type Address = u32;

integers! {
    u8 = u8, u16 = u16, u32 = u32, u64 = u64, usize = Address,
    i8 = u8, i16 = u16, i32 = u32, i64 = u64, isize = Address,
}

// SAFETY: A `bool` is a byte of 0 or 1, and operations of `Only` leave no other value.
unsafe impl Word for bool {
    type Raw = u8;
    type Class = Only<u8>;

    #[inline(always)]
    fn into_raw(self) -> u8 {
        self.into()
    }

    #[inline(always)]
    fn from_raw(raw: u8) -> Self {
        raw != 0
    }
}

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        // SAFETY: A thin pointer is a word, and any address is a valid raw pointer.
        unsafe impl<T> Word for $pointer {
            type Raw = Address;
            type Class = Only<Address>;

            #[inline(always)]
            fn into_raw(self) -> Address {
                self as Address
            }

            #[inline(always)]
            fn from_raw(raw: Address) -> Self {
                raw as $pointer
            }
        }
    )*};
}

pointers!(*mut T, *const T);

/// An exported function: the operation `Op` with the ordering `O` on this class of types.
#[diagnostic::on_unimplemented(
    message = "`{Op}` does not accept the ordering `{O}`, or not on this type",
    label = "loads take Relaxed and Acquire, stores Relaxed and Release, operations that \
             return nothing Relaxed; bool and pointers are loaded, stored and exchanged only"
)]
pub trait Call<Op, O> {
    /// The operands after the pointer.
    type Operands;
    /// The type that the function returns.
    type Result;

    /// Calls the function.
    ///
    /// # Safety
    ///
    /// `p` is valid for an atomic access of the class's width.
    unsafe fn call(p: *mut (), operands: Self::Operands) -> Self::Result;
}

/// The implementation of a row. `atomic!` calls it with the operands and the result that the row's
/// form in `membar.h` stands for.
macro_rules! implement {
    ($w:ty, $op:ident, $order:ident, $name:ident, ($($operand:ident: $type:ty),*), $result:ty) => {
        impl Call<$op, $order> for $w {
            type Operands = ($($type,)*);
            type Result = $result;

            #[inline(always)]
            unsafe fn call(p: *mut (), ($($operand,)*): Self::Operands) -> $result {
                extern "C" {
                    fn $name(p: *mut $w $(, $operand: $type)*) -> $result;
                }
                // SAFETY: The caller vouches for the pointer.
                unsafe { $name(p.cast() $(, $operand)*) }
            }
        }
    };
}

macro_rules! atomic {
    ($w:ident, $s:ident, $op:ident, load, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (), $w);
    };
    ($w:ident, $s:ident, $op:ident, void, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (), ());
    };
    ($w:ident, $s:ident, $op:ident, void_v, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (v: $w), ());
    };
    ($w:ident, $s:ident, $op:ident, value, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (), $w);
    };
    ($w:ident, $s:ident, $op:ident, value_v, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (v: $w), $w);
    };
    ($w:ident, $s:ident, $op:ident, value_au, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (a: $w, u: $w), $w);
    };
    ($w:ident, $s:ident, $op:ident, bool, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (), bool);
    };
    ($w:ident, $s:ident, $op:ident, bool_v, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (v: $w), bool);
    };
    ($w:ident, $s:ident, $op:ident, bool_au, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (a: $w, u: $w), bool);
    };
    ($w:ident, int, $op:ident, result, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (), i32);
    };
    ($w:ident, s64, $op:ident, result, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (), i64);
    };
    ($w:ident, $s:ident, $op:ident, cmpxchg, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (old: $w, new: $w), $w);
    };
    ($w:ident, $s:ident, $op:ident, try_cmpxchg, $o:ident, $n:ident) => {
        implement!($w, $op, $o, $n, (old: *mut $w, new: $w), bool);
    };
}

/// An operation that `bool` and pointers have as well.
macro_rules! access {
    ($w:ident, $op:ident, $order:ident) => {
        impl Call<$op, $order> for Only<$w> {
            type Operands = <$w as Call<$op, $order>>::Operands;
            type Result = <$w as Call<$op, $order>>::Result;

            #[inline(always)]
            unsafe fn call(p: *mut (), operands: Self::Operands) -> Self::Result {
                // SAFETY: The caller vouches for the pointer.
                unsafe { <$w as Call<$op, $order>>::call(p, operands) }
            }
        }
    };
}

/// The public function of an operation: its pointer (`=> cast_mut` for one that only reads), its
/// arguments, the operands that they become, the type that the exported function returns, and the
/// value that is made of it.
macro_rules! function {
    ($op:ident, $p:ty $(=> $mutable:ident)?, ($($arg:ident: $type:ty),*),
     ($($operand:expr => $raw:ty),*), $found:ident: $returned:ty, $value:expr => $result:ty) => {
        /// Stands for the operation of the same name in [`Call`].
        #[allow(non_camel_case_types)]
        pub enum $op {}

        #[doc = concat!("`membar_", stringify!($op), "()`.")]
        ///
        /// # Safety
        ///
        /// `p` is aligned to the size of `T` and valid for reads and, unless this is a load, for
        /// writes. Whatever else accesses the same memory at the same time does so atomically.
        #[inline(always)]
        pub unsafe fn $op<T: Word, O>(p: $p $(, $arg: $type)*, _order: O) -> $result
        where
            T::Class: Call<$op, O, Operands = ($($raw,)*), Result = $returned>,
        {
            // SAFETY: The caller vouches for the pointer.
            let $found = unsafe { T::Class::call(p$(.$mutable())?.cast(), ($($operand,)*)) };
            $value
        }
    };
}

macro_rules! operation {
    ($op:ident, load) => {
        function!($op, *const T => cast_mut, (), (), raw: T::Raw, T::from_raw(raw) => T);
    };
    ($op:ident, void) => {
        function!($op, *mut T, (), (), none: (), none => ());
    };
    ($op:ident, void_v) => {
        function!($op, *mut T, (v: T), (v.into_raw() => T::Raw), none: (), none => ());
    };
    ($op:ident, value) => {
        function!($op, *mut T, (), (), raw: T::Raw, T::from_raw(raw) => T);
    };
    ($op:ident, value_v) => {
        function!($op, *mut T, (v: T), (v.into_raw() => T::Raw),
                  raw: T::Raw, T::from_raw(raw) => T);
    };
    ($op:ident, value_au) => {
        function!($op, *mut T, (a: T, u: T), (a.into_raw() => T::Raw, u.into_raw() => T::Raw),
                  raw: T::Raw, T::from_raw(raw) => T);
    };
    ($op:ident, bool) => {
        function!($op, *mut T, (), (), yes: bool, yes => bool);
    };
    ($op:ident, bool_v) => {
        function!($op, *mut T, (v: T), (v.into_raw() => T::Raw), yes: bool, yes => bool);
    };
    ($op:ident, bool_au) => {
        function!($op, *mut T, (a: T, u: T), (a.into_raw() => T::Raw, u.into_raw() => T::Raw),
                  yes: bool, yes => bool);
    };
    ($op:ident, result) => {
        /// Stands for the operation of the same name in [`Call`].
        #[allow(non_camel_case_types)]
        pub enum $op {}

        #[doc = concat!("`membar_", stringify!($op), "()`: the value that is or would be left.")]
        ///
        /// # Safety
        ///
        /// As [`xchg`].
        #[inline(always)]
        pub unsafe fn $op<T: Word, O>(p: *mut T, _order: O) -> <T::Class as Call<$op, O>>::Result
        where
            T::Class: Call<$op, O, Operands = ()>,
        {
            // SAFETY: The caller vouches for the pointer.
            unsafe { T::Class::call(p.cast(), ()) }
        }
    };
    ($op:ident, cmpxchg) => {
        function!($op, *mut T, (old: T, new: T),
                  (old.into_raw() => T::Raw, new.into_raw() => T::Raw),
                  raw: T::Raw, if raw == old.into_raw() {
                      Ok(old)
                  } else {
                      Err(T::from_raw(raw))
                  } => core::result::Result<T, T>);
    };
    ($op:ident, try_cmpxchg) => {
        function!($op, *mut T, (old: &mut T, new: T),
                  (core::ptr::from_mut(old).cast() => *mut T::Raw, new.into_raw() => T::Raw),
                  yes: bool, yes => bool);
    };
}

macro_rules! store_mb {
    ($w:ident, $name:ident) => {
        implement!($w, store_mb, Full, $name, (v: $w), ());

        impl Call<store_mb, Full> for Only<$w> {
            type Operands = ($w,);
            type Result = ();

            #[inline(always)]
            unsafe fn call(p: *mut (), operands: ($w,)) {
                // SAFETY: The caller vouches for the pointer.
                unsafe { <$w as Call<store_mb, Full>>::call(p, operands) }
            }
        }
    };
}

/// Stands for the operation of the same name in [`Call`].
#[allow(non_camel_case_types)]
pub enum store_mb {}

/// Stores, then executes a full barrier: `membar_store_mb()`.
///
/// # Safety
///
/// As [`store`].
#[inline(always)]
pub unsafe fn store_mb<T: Word>(p: *mut T, v: T)
where
    T::Class: Call<store_mb, Full, Operands = (T::Raw,), Result = ()>,
{
    // SAFETY: The caller vouches for the pointer.
    unsafe { T::Class::call(p.cast(), (v.into_raw(),)) }
}

/// A bit operation with the ordering `O`.
#[diagnostic::on_unimplemented(
    message = "`{Op}` does not accept the ordering `{O}`",
    label = "see atomic_bitops.txt for the orderings that bit operations have"
)]
pub trait BitCall<Op, O> {
    /// The type that the function returns.
    type Result;

    /// Calls the function.
    ///
    /// # Safety
    ///
    /// `addr` is valid for atomic accesses up to the word of bit `nr`.
    unsafe fn call(addr: *mut usize, nr: usize) -> Self::Result;
}

/// Stands for the arrays of words that bit operations work on.
pub struct Bits;

macro_rules! bitop {
    ($op:ident, void, $order:ident, $name:ident) => {
        bitop!(@ $op, $order, $name, ());
    };
    ($op:ident, $form:ident, $order:ident, $name:ident) => {
        bitop!(@ $op, $order, $name, bool);
    };
    (@ $op:ident, $order:ident, $name:ident, $result:ty) => {
        impl BitCall<$op, $order> for Bits {
            type Result = $result;

            #[inline(always)]
            unsafe fn call(addr: *mut usize, nr: usize) -> $result {
                extern "C" {
                    fn $name(addr: *mut usize, nr: usize) -> $result;
                }
                // SAFETY: The caller vouches for the pointer.
                unsafe { $name(addr, nr) }
            }
        }
    };
}

/// The public functions of the bit operations, which have several rows each in the list.
macro_rules! bit_functions {
    ($($op:ident),* $(,)?) => {$(
        /// Stands for the operation of the same name in [`BitCall`].
        #[allow(non_camel_case_types)]
        pub enum $op {}

        #[doc = concat!("`membar_", stringify!($op), "()` on an array of words.")]
        ///
        /// # Safety
        ///
        /// `addr` is valid for reads and writes up to the word of bit `nr`. Whatever else accesses
        /// the same memory at the same time does so atomically.
        #[inline(always)]
        pub unsafe fn $op<O>(
            addr: *mut usize,
            nr: usize,
            _order: O,
        ) -> <Bits as BitCall<$op, O>>::Result
        where
            Bits: BitCall<$op, O>,
        {
            // SAFETY: The caller vouches for the pointer.
            unsafe { <Bits as BitCall<$op, O>>::call(addr, nr) }
        }
    )*};
}

bit_functions! {
    test_bit, set_bit, clear_bit, change_bit, test_and_set_bit, test_and_clear_bit,
    test_and_change_bit, xor_unlock_is_negative_byte,
}

include!(env!("MEMBAR_TABLE_RS"));
