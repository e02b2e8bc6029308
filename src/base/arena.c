#include "sitrep/base/arena.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define ALIGN 16u
#define FIRST_CHUNK ((size_t)16 << 10)
#define LARGEST_CHUNK ((size_t)4 << 20)
#define POPULATED_FROM ((size_t)128 << 10)
#define PAGE ((size_t)4 << 10)

typedef struct chunk {
	struct chunk *next;
	size_t size, used;
} chunk;

struct sr_arena {
	chunk *head;
	size_t ceiling; /* of the sum of chunk sizes */
	size_t held, used, next_size;
};

static atomic_long fail_after = -1;

void sr_arena_fail_after(long n) { atomic_store(&fail_after, n); }

static int injected_failure(void)
{
	if (atomic_load_explicit(&fail_after, memory_order_relaxed) < 0)
		return 0;
	return atomic_fetch_sub(&fail_after, 1) == 0;
}

/* Chunk data starts after the header, rounded up so that it is aligned. */
static size_t header_size(void) { return (sizeof(chunk) + ALIGN - 1) & ~(size_t)(ALIGN - 1); }

sr_arena *sr_arena_new(size_t ceiling)
{
	if (injected_failure())
		return NULL;
	sr_arena *arena = calloc(1, sizeof *arena);
	if (arena) {
		arena->ceiling = ceiling ? ceiling : SIZE_MAX;
		arena->next_size = FIRST_CHUNK;
	}
	return arena;
}

/* ---- chunks that were given back ---- */

/* Getting pages from the system, which clears them, takes as long as much of the work done in them: a process that works
 * through one story after the other keeps those that it has. None are kept under a sanitizer, which is to see them go. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SPARE_MAX ((size_t)0)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SPARE_MAX ((size_t)0)
#endif
#endif
#ifndef SPARE_MAX
#define SPARE_MAX ((size_t)48 << 20)
#endif
#define SPARE_SIZES 6u /* 128 KiB, doubled up to the largest chunk */

static struct {
	pthread_mutex_t lock;
	chunk *of[SPARE_SIZES];
	size_t held;
} spare = { .lock = PTHREAD_MUTEX_INITIALIZER };

static unsigned spare_class(size_t size)
{
	for (unsigned i = 0; i < SPARE_SIZES; i++)
		if (size == POPULATED_FROM << i)
			return i;
	return SPARE_SIZES;
}

static chunk *take_spare(size_t size)
{
	unsigned class = spare_class(size);
	if (class == SPARE_SIZES)
		return NULL;
	pthread_mutex_lock(&spare.lock);
	chunk *c = spare.of[class];
	if (c) {
		spare.of[class] = c->next;
		spare.held -= size;
	}
	pthread_mutex_unlock(&spare.lock);
	return c;
}

static bool keep_spare(chunk *c)
{
	unsigned class = spare_class(c->size);
	if (class == SPARE_SIZES)
		return false;
	pthread_mutex_lock(&spare.lock);
	bool room = c->size <= SPARE_MAX && spare.held <= SPARE_MAX - c->size;
	if (room) {
		c->next = spare.of[class];
		spare.of[class] = c;
		spare.held += c->size;
	}
	pthread_mutex_unlock(&spare.lock);
	return room;
}

static void free_chunks(chunk *c)
{
	while (c) {
		chunk *next = c->next;
		if (!keep_spare(c))
			free(c);
		c = next;
	}
}

void sr_arena_free(sr_arena *arena)
{
	if (!arena)
		return;
	free_chunks(arena->head);
	free(arena);
}

/* What needed several chunks gets one of their size the next time (up to the largest): an arena that is
 * reset between like pieces of work soon takes no more memory from the system, and gives none back. */
void sr_arena_reset(sr_arena *arena)
{
	if (!arena || !arena->head)
		return;
	chunk *kept = arena->head;
	if (!kept->next && kept->size <= LARGEST_CHUNK) {
		kept->used = header_size();
		arena->used = 0;
		return;
	}
	while (arena->next_size < arena->held && arena->next_size < LARGEST_CHUNK)
		arena->next_size *= 2;
	free_chunks(kept);
	arena->head = NULL;
	arena->held = arena->used = 0;
}

/* A large chunk gets its pages at once: one fault each, when they are first written, is a good part of the time of a
 * run that fills tens of megabytes. Only a hint: where it fails, they come one by one. */
static chunk *allocate(size_t size)
{
	chunk *c = take_spare(size);
	if (c)
		return c;
	c = malloc(size);
#ifdef MADV_POPULATE_WRITE
	if (c && size >= POPULATED_FROM) {
		uintptr_t from = ((uintptr_t)c + PAGE - 1) & ~(PAGE - 1), to = ((uintptr_t)c + size) & ~(PAGE - 1);
		(void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
	}
#endif
	return c;
}

void sr_arena_take(sr_arena *arena, sr_arena *other)
{
	if (!other)
		return;
	/* behind the chunk that small things are taken from */
	chunk **link = arena->head ? &arena->head->next : &arena->head;
	chunk *rest = *link;
	*link = other->head;
	while (*link)
		link = &(*link)->next;
	*link = rest;
	arena->held += other->held;
	arena->used += other->used;
	free(other);
}

static chunk *add_chunk(sr_arena *arena, size_t need)
{
	size_t left = arena->held < arena->ceiling ? arena->ceiling - arena->held : 0, size = arena->next_size < left ? arena->next_size : left;
	if (size < header_size() || need > size - header_size()) {
		if (left < header_size() || need > left - header_size())
			return NULL;
		size = need + header_size();
	} else if (arena->next_size < LARGEST_CHUNK) {
		arena->next_size *= 2;
	}
	chunk *c = allocate(size);
	if (!c)
		return NULL;
	c->size = size;
	c->used = header_size();
	arena->held += size;
	/* a chunk made for one large thing goes behind the one that small things are taken from */
	if (arena->head && size > arena->next_size) {
		c->next = arena->head->next;
		arena->head->next = c;
	} else {
		c->next = arena->head;
		arena->head = c;
	}
	return c;
}

void *sr_arena_raw(sr_arena *arena, size_t size)
{
	if (injected_failure() || size > SIZE_MAX - ALIGN)
		return NULL;
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (size == 0)
		size = ALIGN;
	chunk *c = arena->head;
	if (!c || size > c->size - c->used) {
		c = add_chunk(arena, size);
		if (!c)
			return NULL;
	}
	void *p = (char *)c + c->used;
	c->used += size;
	arena->used += size;
	return p;
}

void *sr_arena_alloc(sr_arena *arena, size_t size)
{
	void *p = sr_arena_raw(arena, size);
	return p ? memset(p, 0, size) : NULL;
}

void *sr_arena_array(sr_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return sr_arena_alloc(arena, count * size);
}

size_t sr_arena_used(const sr_arena *arena) { return arena ? arena->used : 0; }

/* A large array has a chunk to itself: that is resized, so that growing does not leave copies behind.
 * False if the array has no chunk of its own. */
static int resize_in_place(sr_arena *arena, void **items, size_t old_bytes, size_t new_bytes)
{
	if (old_bytes < LARGEST_CHUNK || new_bytes > SIZE_MAX - ALIGN - header_size())
		return 0;
	for (chunk **link = &arena->head; *link; link = &(*link)->next) {
		chunk *c = *link;
		size_t rounded = (old_bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
		if ((char *)c + header_size() != (char *)*items || c->used != header_size() + rounded)
			continue;
		size_t wanted = (new_bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1), more = wanted - rounded;
		if (injected_failure() || arena->held > arena->ceiling || header_size() + wanted - c->size > arena->ceiling - arena->held)
			return 0;
		chunk *moved = realloc(c, header_size() + wanted);
		if (!moved)
			return 0;
		*link = moved;
		arena->held += header_size() + wanted - moved->size;
		arena->used += more;
		moved->size = moved->used = header_size() + wanted;
		*items = (char *)moved + header_size();
		memset((char *)*items + old_bytes, 0, wanted - old_bytes);
		return 1;
	}
	return 0;
}

int sr_arena_grow(sr_arena *arena, void **items, size_t *capacity, size_t count, size_t item_size)
{
	if (count < *capacity)
		return 1;
	size_t wanted = *capacity ? *capacity * 2 : 8;
	size_t gently = *capacity + *capacity / 4; /* large arrays waste less, since nothing is copied */
	if (wanted > *capacity && wanted <= SIZE_MAX / item_size
	    && resize_in_place(arena, items, *capacity * item_size, gently * item_size)) {
		*capacity = gently;
		return 1;
	}
	void *moved = wanted > *capacity ? sr_arena_array(arena, wanted, item_size) : NULL;
	if (!moved)
		return 0;
	if (count)
		memcpy(moved, *items, count * item_size);
	*items = moved;
	*capacity = wanted;
	return 1;
}
