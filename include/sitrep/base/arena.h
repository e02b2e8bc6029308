/* Arenas: memory named by its lifetime (model, run, document, request) and freed at once.
 *
 * An arena is used by one thread at a time. Allocation returns zeroed memory aligned to 16 bytes,
 * or NULL when the system or the arena's ceiling has no more; callers answer SR_E_NOMEM. */
#ifndef SITREP_BASE_ARENA_H
#define SITREP_BASE_ARENA_H

#include <stddef.h>

typedef struct sr_arena sr_arena;

/* A new arena that never holds more than ceiling bytes (0: no ceiling). NULL if out of memory. */
sr_arena *sr_arena_new(size_t ceiling);
void sr_arena_free(sr_arena *arena);

/* Forgets everything allocated; keeps room for as much again, up to 4 MB. */
void sr_arena_reset(sr_arena *arena);

/* Everything in other now lives as long as arena, whatever its ceiling; other is gone. NULL for other does nothing. */
void sr_arena_take(sr_arena *arena, sr_arena *other);

void *sr_arena_alloc(sr_arena *arena, size_t size);
/* The same without the zeros: for what is wholly written before it is read. */
void *sr_arena_raw(sr_arena *arena, size_t size);
/* count * size, checked for overflow. */
void *sr_arena_array(sr_arena *arena, size_t count, size_t size);
/* Bytes handed out so far. */
size_t sr_arena_used(const sr_arena *arena);

#define SR_NEW(arena, type) ((type *)sr_arena_alloc((arena), sizeof(type)))
#define SR_NEW_ARRAY(arena, type, count) ((type *)sr_arena_array((arena), (count), sizeof(type)))

/* Makes room for one more element in an arena-owned array: doubles when full. Old storage stays
 * in the arena until it is freed. Returns 0 if there is no memory, and leaves the array alone. */
int sr_arena_grow(sr_arena *arena, void **items, size_t *capacity, size_t count, size_t item_size);

/* An arena-owned growing array. SR_VEC(sr_span) spans = {0}; sr_span *s = SR_PUSH(arena, &spans);
 * SR_PUSH gives a pointer to a new zeroed element, or NULL when out of memory. */
#define SR_VEC(type)      \
	struct {              \
		type *items;      \
		size_t count;     \
		size_t capacity;  \
	}
#define SR_PUSH(arena, vec)                                                                      \
	(sr_arena_grow((arena), (void **)&(vec)->items, &(vec)->capacity, (vec)->count,              \
	               sizeof(*(vec)->items))                                                        \
	     ? &(vec)->items[(vec)->count++]                                                         \
	     : NULL)

/* The next allocation after n further ones fails, everywhere in the process, once; a negative n
 * turns this off. For tests that inject allocation failure. */
void sr_arena_fail_after(long n);

#endif
