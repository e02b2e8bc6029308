/* Running independent jobs on several threads with results in a fixed order. */
#ifndef SITREP_BASE_THREADS_H
#define SITREP_BASE_THREADS_H

#include "sitrep/base/status.h"

#include <pthread.h>

/* Calls job(ctx, i, worker) once for each i in [0, count), on at most `threads` threads (0: as many
 * as there are processors). worker is in [0, threads). Jobs must not depend on each other; each
 * writes only its own slot. Returns when all are done; jobs record their own failures. With one
 * thread, or if threads cannot be started, all runs on the caller's. */
void sr_parallel(unsigned threads, size_t count, void (*job)(void *ctx, size_t i, unsigned worker), void *ctx);
unsigned sr_processors(void);

/* For tables that are made at first use: fill runs once in the life of the program, and is done when any call returns.
 * static sr_once once = SR_ONCE; */
typedef pthread_once_t sr_once;
#define SR_ONCE PTHREAD_ONCE_INIT
void sr_once_run(sr_once *once, void (*fill)(void));

#endif
