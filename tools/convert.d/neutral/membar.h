/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tools/convert-check: the kernel's own macros under membar's names.  They
 * stand within a statement expression that declares something, as every macro
 * has to that checks its arguments, and have their operands in variables, as
 * every macro has to that evaluates each of them once.  It is enough for a
 * compiler to number its temporaries in another way and then to choose other
 * instructions.
 *
 * With MEMBAR_PLAIN nothing stands around them.
 */
#ifdef MEMBAR_PLAIN
# define __neutral(call)		call
#else
# define __neutral(call)		({ enum { __neutral_name }; call; })
#endif

#define __neutral_MEMBAR_FULL(name)	name
#define __neutral_MEMBAR_ACQUIRE(name)	name##_acquire
#define __neutral_MEMBAR_RELEASE(name)	name##_release
#define __neutral_MEMBAR_RELAXED(name)	name##_relaxed

#define __neutral_fence_MEMBAR_FULL(flavour, args...)	flavour##mb(args)
#define __neutral_fence_MEMBAR_READ(flavour, args...)	flavour##rmb(args)
#define __neutral_fence_MEMBAR_WRITE(flavour, args...)	flavour##wmb(args)

#define membar_mb(o)		__neutral(__neutral_fence_##o())
#define membar_smp_mb(o)	__neutral(__neutral_fence_##o(smp_))
#define membar_dma_mb(o)	__neutral(__neutral_fence_##o(dma_))
#define membar_virt_mb(o)	__neutral(__neutral_fence_##o(virt_))
#define membar_pmem_mb(o)	__neutral(pmem_wmb())
#define membar_io_stop_wc()	__neutral(io_stop_wc())
#define membar_before_atomic()	__neutral(smp_mb__before_atomic())
#define membar_after_atomic()	__neutral(smp_mb__after_atomic())
#define membar_after_ctrl_dep()	__neutral(smp_acquire__after_ctrl_dep())
#define membar_after_spinlock()	__neutral(smp_mb__after_spinlock())
#define membar_after_unlock_lock()	__neutral(smp_mb__after_unlock_lock())
#define membar_virtio_mb(weak, o)					\
	__neutral(__neutral_fence_##o(virtio_, weak))
#define membar_test_and_set_bit(p, nr, o)	__neutral(test_and_set_bit_lock(nr, p))
#define membar_clear_bit(p, nr, o)	__neutral(clear_bit_unlock(nr, p))
#define membar_test_bit(p, nr, o)	__neutral(test_bit_acquire(nr, p))
#define membar_xor_unlock_is_negative_byte(p, mask, o)			\
	__neutral(xor_unlock_is_negative_byte(mask, p))
#define membar_cond_load(p, cond, o)					\
	__neutral(__neutral_##o(smp_cond_load)(p, cond))

#ifdef MEMBAR_PLAIN
# define membar_load(p, o)	smp_load_acquire(p)
# define membar_store(p, v, o)	smp_store_release(p, v)
# define membar_store_mb(p, v)	smp_store_mb(*(p), v)
# define membar_virt_load(p, o)	virt_load_acquire(p)
# define membar_virt_store(p, v, o)	virt_store_release(p, v)
# define membar_virt_store_mb(p, v)	virt_store_mb(*(p), v)
# define membar_xchg(p, v, o)	__neutral_##o(xchg)(p, v)
# define membar_cmpxchg_val(p, old, v, o)	__neutral_##o(cmpxchg)(p, old, v)
# define membar_try_cmpxchg(p, old, v, o)	__neutral_##o(try_cmpxchg)(p, old, v)
#else
# define __neutral_type	__unqual_scalar_typeof(*__neutral_p)
# define __neutral_load(call, p) ({					\
	__auto_type __neutral_p = (p);					\
	__neutral_type __neutral_r = call(__neutral_p);			\
									\
	__neutral_r;							\
})
# define __neutral_smp_store_mb(p, v)	smp_store_mb(*(p), v)
# define __neutral_virt_store_mb(p, v)	virt_store_mb(*(p), v)
# define __neutral_store(call, p, v) ({					\
	__auto_type __neutral_p = (p);					\
	__neutral_type __neutral_v = (v);				\
									\
	call(__neutral_p, __neutral_v);					\
})
# define membar_load(p, o)	__neutral_load(smp_load_acquire, p)
# define membar_store(p, v, o)	__neutral_store(smp_store_release, p, v)
# define membar_store_mb(p, v)	__neutral_store(__neutral_smp_store_mb, p, v)
# define membar_virt_load(p, o)	__neutral_load(virt_load_acquire, p)
# define membar_virt_store(p, v, o)	__neutral_store(virt_store_release, p, v)
# define membar_virt_store_mb(p, v)	__neutral_store(__neutral_virt_store_mb, p, v)
# define membar_xchg(p, v, o) ({					\
	__auto_type __neutral_p = (p);					\
	__neutral_type __neutral_v = (v);				\
									\
	__neutral_v = __neutral_##o(xchg)(__neutral_p, __neutral_v);	\
	__neutral_v;							\
})
# define membar_cmpxchg_val(p, old, v, o) ({				\
	__auto_type __neutral_p = (p);					\
	__neutral_type __neutral_old = (old);				\
	__neutral_type __neutral_v = (v);				\
									\
	__neutral_old = __neutral_##o(cmpxchg)(__neutral_p, __neutral_old, \
					       __neutral_v);		\
	__neutral_old;							\
})
# define membar_try_cmpxchg(p, old, v, o) ({				\
	__auto_type __neutral_p = (p);					\
	__auto_type __neutral_old = (old);				\
	__neutral_type __neutral_v = (v);				\
									\
	__neutral_##o(try_cmpxchg)(__neutral_p, __neutral_old, __neutral_v); \
})
#endif
