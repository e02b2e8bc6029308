/* The pairs of claims that may contradict each other, with their features: what train/nli_judge.py weighs. */
#include "eval.h"
#include "sitrep/base/threads.h"
#include "sitrep/claim.h"
#include "sitrep/conflict.h"
#include "sitrep/engine.h"

#include <stdio.h>
#include <string.h>

typedef struct candidates {
	sr_engine *engine;
	sr_claim_rules *rules;
	sr_run *run;
	sr_arena *arena;
	sr_buf out;
} candidates;

/* The claims of the story's documents, numbered within it. */
static sr_status claims_of(candidates *c, const sr_story *s, const sr_document **docs, const sr_reading **readings, sr_doc_claims *claims, sr_error *err)
{
	for (size_t i = 0; i < s->doc_count; i++) {
		sr_claim *items;
		docs[i] = c->run->docs[s->docs[i]];
		readings[i] = &c->run->readings[s->docs[i]];
		SR_TRY(sr_claims_of(c->rules, readings[i], (uint32_t)i, c->arena, &items, &claims[i].count, err));
		claims[i].items = items;
	}
	return SR_OK;
}

static void print_one(candidates *c, const sr_evidence *e, const sr_candidate *k)
{
	const uint32_t proofs[2] = { k->a, k->b };
	for (size_t i = 0; i < SR_CANDIDATE_FEATURES; i++)
		sr_buf_printf(&c->out, "%.4f\t", k->features[i]);
	sr_buf_printf(&c->out, "%.4f", k->score);
	for (size_t i = 0; i < 2; i++) {
		const sr_proof *p = &e->proofs[proofs[i]];
		sr_str text = sr_proof_text(e, p, p->claim.sentence_span);
		sr_buf_printf(&c->out, "\t%.*s", SR_FMT(e->docs[p->claim.doc]->id));
		sr_buf_add_char(&c->out, '\t');
		for (size_t n = 0; n < text.len; n++)
			sr_buf_add_char(&c->out, text.ptr[n] == '\n' || text.ptr[n] == '\t' ? ' ' : text.ptr[n]);
	}
	sr_buf_add_char(&c->out, '\n');
}

static sr_status print_story(candidates *c, const sr_story *s, sr_error *err)
{
	size_t n = s->doc_count, count = 0;
	const sr_document **docs = SR_NEW_ARRAY(c->arena, const sr_document *, n);
	const sr_reading **readings = SR_NEW_ARRAY(c->arena, const sr_reading *, n);
	sr_doc_claims *claims = SR_NEW_ARRAY(c->arena, sr_doc_claims, n);
	sr_terms *terms = sr_terms_new();
	sr_evidence e;
	sr_candidate *found = NULL;
	sr_status status = docs && readings && claims && terms ? claims_of(c, s, docs, readings, claims, err) : SR_E_NOMEM;
	if (status == SR_OK)
		status = sr_evidence_build(c->arena, terms, docs, readings, s->origin, claims, n, &e, err);
	if (status == SR_OK)
		status = sr_conflict_candidates(&e, &found, &count, err);
	for (size_t i = 0; i < count; i++)
		print_one(c, &e, &found[i]);
	sr_terms_free(terms);
	return status;
}

/* Each `each` documents that follow each other are a story of their own. */
static void by_number(sr_run *run, size_t each)
{
	size_t n = run->doc_count / each;
	sr_story *s = SR_NEW_ARRAY(run->arena, sr_story, n + 1);
	uint32_t *docs = SR_NEW_ARRAY(run->arena, uint32_t, run->doc_count + 1), *origin = SR_NEW_ARRAY(run->arena, uint32_t, run->doc_count + 1);
	run->stories = s;
	run->story_count = s && docs && origin ? n : 0;
	for (size_t i = 0; i < run->story_count; i++) {
		for (size_t k = i * each; k < (i + 1) * each; k++) {
			docs[k] = (uint32_t)k;
			origin[k] = (uint32_t)(k - i * each) + 1;
		}
		s[i] = (sr_story){ .id = SR_STR("given"), .docs = docs + i * each, .origin = origin + i * each, .doc_count = each, .origin_count = (uint32_t)each };
	}
}

/* each: how many documents make a story; 0: as they group, SIZE_MAX: all of them one */
static int print_all(candidates *c, size_t each, const char *const *sources, size_t count)
{
	sr_error err = { 0 };
	sr_engine_options options = { .now = sr_time_date(2027, 1, 1) };
	sr_status status = sr_engine_new(&options, &c->engine, &err);
	if (status == SR_OK && !(c->rules = sr_claim_rules_new(&err)))
		status = err.status;
	if (status == SR_OK)
		status = sr_run_new(c->engine, &c->run, &err);
	if (status == SR_OK)
		status = sr_run_load(c->run, sources, count, SR_INPUT_AUTO, &err);
	if (status == SR_OK)
		status = sr_run_read(c->run, &err);
	if (status == SR_OK && each && c->run->doc_count)
		by_number(c->run, each < c->run->doc_count ? each : c->run->doc_count);
	else if (status == SR_OK)
		status = sr_run_group(c->run, &err);
	for (size_t i = 0; status == SR_OK && i < c->run->story_count; i++)
		status = print_story(c, &c->run->stories[i], &err);
	if (status != SR_OK)
		fprintf(stderr, "sitrep-eval: %s\n", err.message);
	return status == SR_OK && sr_buf_status(&c->out) == SR_OK && eval_write(sr_buf_str(&c->out)) ? 0 : 4;
}

int eval_candidates(int argc, char **argv)
{
	candidates c = { .arena = sr_arena_new(0) };
	bool twos = argc > 1 && strcmp(argv[0], "--twos") == 0, one = argc > 1 && strcmp(argv[0], "--one") == 0;
	int skip = twos || one;
	if (argc < 1 + skip || !c.arena) {
		fprintf(stderr, "usage: sitrep-eval candidates [--twos|--one] SOURCE…\n");
		return 2;
	}
	sr_buf_init(&c.out, 0);
	int status = print_all(&c, twos ? 2 : one ? SIZE_MAX : 0, (const char *const *)argv + skip, (size_t)(argc - skip));
	sr_buf_deinit(&c.out);
	sr_run_free(c.run);
	sr_claim_rules_free(c.rules);
	sr_engine_free(c.engine);
	sr_arena_free(c.arena);
	return status;
}
