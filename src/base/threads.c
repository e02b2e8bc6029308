#include "sitrep/base/threads.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS_MAX 64u

typedef struct pool {
	atomic_size_t next;
	size_t count;
	void (*job)(void *ctx, size_t i, unsigned worker);
	void *ctx;
} pool;

typedef struct worker {
	pool *pool;
	unsigned number;
	pthread_t thread;
} worker;

static void *run(void *arg)
{
	worker *w = arg;
	for (;;) {
		size_t i = atomic_fetch_add(&w->pool->next, 1);
		if (i >= w->pool->count)
			return NULL;
		w->pool->job(w->pool->ctx, i, w->number);
	}
}

unsigned sr_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1u : n > (long)THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

void sr_once_run(sr_once *once, void (*fill)(void)) { (void)pthread_once(once, fill); }

void sr_parallel(unsigned threads, size_t count, void (*job)(void *ctx, size_t i, unsigned worker), void *ctx)
{
	worker workers[THREADS_MAX];
	pool p = { .count = count, .job = job, .ctx = ctx };
	unsigned started = 0;
	if (threads == 0)
		threads = sr_processors();
	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	if (threads > count)
		threads = (unsigned)count;
	for (unsigned i = 1; i < threads; i++) {
		workers[i] = (worker){ .pool = &p, .number = i };
		if (pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0)
			break;
		started = i;
	}
	workers[0] = (worker){ .pool = &p };
	run(&workers[0]);
	for (unsigned i = 1; i <= started; i++)
		pthread_join(workers[i].thread, NULL);
}
