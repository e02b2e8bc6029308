/* A verification: one walk over the dossier, or as many as it takes until what is left holds. The sections of a
 * dossier are checked on several threads, each with memory of its own; what they find is told in their order. */
#include "internal.h"

#include "sitrep/base/threads.h"

#include <string.h>

#define ROUNDS_MAX 12 /* each takes something out, so this is not reached by a real dossier */
#define DESKS (SR_VERIFY_SECTIONS + 1) /* the first is for the sources */

typedef struct verification {
	const sr_document *const *originals;
	size_t original_count;
	unsigned jobs;
	sr_lexicon lex;
	sr_vknown known;
	sr_arena *arena;
	sr_vcontext desks[DESKS];
	sr_status status[DESKS];
} verification;

static void put_down(verification *v)
{
	for (size_t i = 0; i < DESKS; i++) {
		sr_arena_free(v->desks[i].scratch);
		sr_arena_take(v->arena, v->desks[i].arena);
	}
}

static sr_status take_up(verification *v, const sr_dossier *dossier, sr_error *err)
{
	bool enough = true;
	const sr_document **docs = SR_NEW_ARRAY(v->arena, const sr_document *, dossier->source_count + 1);
	for (size_t i = 0; i < DESKS; i++) {
		sr_vcontext *c = &v->desks[i];
		*c = (sr_vcontext){ .dossier = dossier, .lex = &v->lex, .docs = docs, .known = &v->known, .arena = sr_arena_new(0), .scratch = sr_arena_new(SR_VERIFY_SCRATCH) };
		enough = enough && c->arena && c->scratch;
		sr_strmap_init(&c->held, c->arena);
		sr_strmap_init(&c->paths, c->arena);
		sr_strmap_init(&c->sites, c->arena);
		sr_strmap_init(&c->originals, c->arena);
		sr_strmap_init(&c->places, c->arena);
		sr_strmap_init(&c->described, c->arena);
	}
	sr_strmap_init(&v->known.numbers, v->arena);
	sr_strmap_init(&v->known.outlets, v->arena);
	return enough && docs ? sr_lexicon_load(&v->lex, v->arena, err) : SR_E_NOMEM;
}

static void check_section(void *ctx, size_t i, unsigned worker)
{
	verification *v = ctx;
	(void)worker;
	v->status[i + 1] = sr_verify_section(&v->desks[i + 1], i);
}

/* What the desks found, as one verdict. */
static sr_status gather(const verification *v, sr_verdict *verdict)
{
	size_t count = 0;
	*verdict = (sr_verdict){ 0 };
	for (size_t i = 0; i < DESKS; i++) {
		SR_TRY(v->status[i]);
		verdict->lines += v->desks[i].lines;
		verdict->cites += v->desks[i].cites;
		count += v->desks[i].failures.count;
	}
	if (!count)
		return SR_OK;
	if (!(verdict->failures = SR_NEW_ARRAY(v->arena, sr_flaw, count)))
		return SR_E_NOMEM;
	for (size_t i = 0; i < DESKS; i++) {
		size_t n = v->desks[i].failures.count, room = SR_VERIFY_FAILURES_MAX - verdict->failure_count;
		if (n)
			memcpy(verdict->failures + verdict->failure_count, v->desks[i].failures.items, (n < room ? n : room) * sizeof(sr_flaw));
		verdict->failure_count += n < room ? n : room;
	}
	return SR_OK;
}

static sr_status verify_once(verification *v, sr_verdict *verdict)
{
	for (size_t i = 0; i < DESKS; i++) {
		sr_vcontext *c = &v->desks[i];
		c->lines = c->cites = 0;
		c->failures.items = NULL; /* those of the round before belong to its verdict */
		c->failures.count = c->failures.capacity = 0;
	}
	SR_TRY(v->status[0] = sr_verify_sources(&v->desks[0], v->originals, v->original_count));
	sr_parallel(v->jobs, SR_VERIFY_SECTIONS, check_section, v);
	return gather(v, verdict);
}

sr_status sr_verify(const sr_dossier *dossier, const sr_document *const *originals, size_t count, unsigned jobs,
                    sr_arena *arena, sr_verdict *verdict, sr_error *err)
{
	verification v = { .originals = originals, .original_count = count, .jobs = jobs, .arena = arena };
	*verdict = (sr_verdict){ 0 };
	sr_status status = take_up(&v, dossier, err);
	if (status == SR_OK)
		status = verify_once(&v, verdict);
	put_down(&v);
	return status == SR_E_NOMEM ? sr_fail(err, SR_E_NOMEM, "out of memory while verifying") : status;
}

sr_status sr_verify_settle(sr_dossier *dossier, const sr_document *const *originals, size_t count, unsigned jobs, sr_arena *arena,
                           sr_verdict *first, sr_verdict *verdict, size_t *dropped, sr_error *err)
{
	verification v = { .originals = originals, .original_count = count, .jobs = jobs, .arena = arena };
	*verdict = (sr_verdict){ 0 };
	*dropped = 0;
	sr_status status = take_up(&v, dossier, err);
	for (int round = 0; status == SR_OK && round < ROUNDS_MAX; round++) {
		status = verify_once(&v, verdict);
		if (round == 0 && first)
			*first = *verdict;
		if (status != SR_OK || !verdict->failure_count)
			break;
		size_t left = sr_verify_prune(dossier, verdict);
		*dropped += verdict->failure_count - left;
		if (left)
			break;
	}
	put_down(&v);
	return status == SR_E_NOMEM ? sr_fail(err, SR_E_NOMEM, "out of memory while verifying") : status;
}
