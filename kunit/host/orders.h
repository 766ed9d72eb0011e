/* SPDX-License-Identifier: GPL-2.0 */
/* The orders of membar.h, where a header of the host takes its place. */
#ifndef _MEMBAR_HOST_ORDERS_H
#define _MEMBAR_HOST_ORDERS_H

#include "arch/table.h"

#define MEMBAR_FULL		MEMBAR_ORDER_FULL
#define MEMBAR_READ		MEMBAR_ORDER_READ
#define MEMBAR_WRITE		MEMBAR_ORDER_WRITE
#define MEMBAR_ACQUIRE		MEMBAR_ORDER_ACQUIRE
#define MEMBAR_RELEASE		MEMBAR_ORDER_RELEASE
#define MEMBAR_RELAXED		MEMBAR_ORDER_RELAXED

#endif /* _MEMBAR_HOST_ORDERS_H */
