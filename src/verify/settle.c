/* A verification: one walk over the dossier, or as many as it takes until what is left holds. */
#include "internal.h"

#define SCRATCH_CEILING ((size_t)64 << 20)
#define ROUNDS_MAX 12 /* each takes something out, so this is not reached by a real dossier */

static void put_down(sr_vcontext *ctx) { sr_arena_free(ctx->scratch); }

static sr_status take_up(sr_vcontext *ctx, const sr_dossier *dossier, sr_arena *arena, sr_error *err)
{
	*ctx = (sr_vcontext){ .dossier = dossier, .arena = arena, .scratch = sr_arena_new(SCRATCH_CEILING) };
	ctx->docs = SR_NEW_ARRAY(arena, const sr_document *, dossier->source_count + 1);
	sr_strmap_init(&ctx->paths, arena);
	sr_strmap_init(&ctx->described, arena);
	sr_strmap_init(&ctx->held, arena);
	return ctx->scratch && ctx->docs ? sr_lexicon_load(&ctx->lex, arena, err) : SR_E_NOMEM;
}

static sr_status verify_once(sr_vcontext *ctx, const sr_document *const *originals, size_t count, sr_verdict *verdict)
{
	*verdict = (sr_verdict){ 0 };
	ctx->verdict = verdict;
	ctx->failures.items = NULL; /* those of the round before belong to its verdict */
	ctx->failures.count = ctx->failures.capacity = 0;
	sr_status status = sr_verify_walk(ctx, originals, count);
	verdict->failures = ctx->failures.items;
	verdict->failure_count = ctx->failures.count;
	return status;
}

sr_status sr_verify(const sr_dossier *dossier, const sr_document *const *originals, size_t count, sr_arena *arena,
                    sr_verdict *verdict, sr_error *err)
{
	sr_vcontext ctx;
	*verdict = (sr_verdict){ 0 };
	sr_status status = take_up(&ctx, dossier, arena, err);
	if (status == SR_OK)
		status = verify_once(&ctx, originals, count, verdict);
	put_down(&ctx);
	return status == SR_E_NOMEM ? sr_fail(err, SR_E_NOMEM, "out of memory while verifying") : status;
}

sr_status sr_verify_settle(sr_dossier *dossier, const sr_document *const *originals, size_t count, sr_arena *arena,
                           sr_verdict *first, sr_verdict *verdict, size_t *dropped, sr_error *err)
{
	sr_vcontext ctx;
	*verdict = (sr_verdict){ 0 };
	*dropped = 0;
	sr_status status = take_up(&ctx, dossier, arena, err);
	for (int round = 0; status == SR_OK && round < ROUNDS_MAX; round++) {
		status = verify_once(&ctx, originals, count, verdict);
		if (round == 0 && first)
			*first = *verdict;
		if (status != SR_OK || !verdict->failure_count)
			break;
		size_t left = sr_verify_prune(dossier, verdict);
		*dropped += verdict->failure_count - left;
		if (left)
			break;
	}
	put_down(&ctx);
	return status == SR_E_NOMEM ? sr_fail(err, SR_E_NOMEM, "out of memory while verifying") : status;
}
