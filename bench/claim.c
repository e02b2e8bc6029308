/* How much news text a second the reading of statements and quantities gets through on one core, once the tagger has
 * been over it: bench-claim SOURCE… reads the sources, and their readings again and again for some two seconds. */
#include "sitrep/claim.h"
#include "sitrep/engine.h"

#include <stdio.h>
#include <time.h>

#define SECONDS 2.0

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool round_of(const sr_claim_rules *rules, sr_run *run, sr_arena *arena, size_t *bytes, size_t *statements)
{
	for (size_t i = 0; i < run->doc_count; i++) {
		sr_reading reading = run->readings[i];
		sr_claim *claims;
		size_t count;
		sr_arena_reset(arena);
		if (sr_claim_read(rules, arena, &reading, NULL) != SR_OK || sr_claims_of(rules, &reading, (uint32_t)i, arena, &claims, &count, NULL) != SR_OK)
			return false;
		*bytes += reading.doc->text.len;
		*statements += reading.attribution_count;
	}
	return true;
}

int main(int argc, char **argv)
{
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = 0 };
	sr_engine *engine = NULL;
	sr_run *run = NULL;
	if (argc < 2 || sr_engine_new(&options, &engine, &err) != SR_OK || sr_run_new(engine, &run, &err) != SR_OK ||
	    sr_run_load(run, (const char *const *)argv + 1, (size_t)argc - 1, SR_INPUT_AUTO, &err) != SR_OK || sr_run_read(run, &err) != SR_OK) {
		fprintf(stderr, "bench-claim SOURCE…: %s\n", err.message);
		return 1;
	}
	double start = now();
	sr_claim_rules *rules = sr_claim_rules_new(&err);
	sr_arena *arena = sr_arena_new(0);
	double loaded = now();
	size_t bytes = 0, statements = 0;
	while (rules && arena && now() - loaded < SECONDS && round_of(rules, run, arena, &bytes, &statements)) {
	}
	double seconds = now() - loaded;
	printf("claim: %.1f MB/s, %zu statements in %.1f MB, rules read in %.1f ms\n", (double)bytes / 1e6 / seconds, statements, (double)bytes / 1e6,
	       (loaded - start) * 1e3);
	sr_arena_free(arena);
	sr_claim_rules_free(rules);
	sr_run_free(run);
	sr_engine_free(engine);
	return bytes == 0;
}
