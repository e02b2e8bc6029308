/* Whether two claims conflict: the encoder of pairs over a gold set, and the sentence vectors for what agrees. */
#include "eval.h"
#include "sitrep/base/json.h"
#include "sitrep/embed.h"
#include "sitrep/nli.h"

#include <stdio.h>
#include <string.h>

#define AGREE_MIN 0.8f /* likeness */

typedef struct claims {
	sr_arena *arena;
	SR_VEC(sr_str) ids;
	SR_VEC(sr_nli_pair) pairs;
	SR_VEC(sr_document) docs; /* a and b of each line, one after the other */
} claims;

static sr_status add_line(claims *c, const sr_jval *line)
{
	sr_str *id = SR_PUSH(c->arena, &c->ids);
	sr_nli_pair *p = SR_PUSH(c->arena, &c->pairs);
	if (!id || !p)
		return SR_E_NOMEM;
	*id = sr_str_dup(c->arena, sr_jval_str(sr_jval_get(line, "id")));
	*p = (sr_nli_pair){ sr_str_dup(c->arena, sr_jval_str(sr_jval_get(line, "a"))), sr_str_dup(c->arena, sr_jval_str(sr_jval_get(line, "b"))) };
	const sr_str texts[2] = { p->a, p->b };
	for (size_t k = 0; k < 2; k++) {
		sr_document *doc = SR_PUSH(c->arena, &c->docs);
		if (!doc)
			return SR_E_NOMEM;
		doc->text = texts[k];
	}
	return SR_OK;
}

static sr_status load(claims *c, sr_str rest, sr_error *err)
{
	size_t number = 0;
	for (sr_str line; sr_str_next_line(&rest, &line);) {
		sr_json *json;
		number++;
		if (sr_json_parse(line, &json, err) != SR_OK) {
			sr_error_prefix(err, "line %zu", number);
			return err->status;
		}
		sr_status status = add_line(c, sr_json_root(json));
		sr_json_free(json);
		if (status != SR_OK)
			return sr_fail(err, status, "out of memory");
	}
	return SR_OK;
}

static const char *relation_of(const sr_nli_answer *answer, const sr_reading *a, const sr_reading *b)
{
	return answer->contradict > eval_contrast_bar(a, b) ? "conflict" : sr_embed_likeness(a, b) >= AGREE_MIN ? "agree" : "unrelated";
}

static int print_all(const claims *c, const sr_nli_answer *answers, const sr_reading *readings)
{
	sr_buf out;
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < c->ids.count; i++) {
		sr_jsonw w;
		const char *relation = relation_of(&answers[i], &readings[2 * i], &readings[2 * i + 1]);
		sr_jsonw_init(&w, &out);
		sr_jsonw_object(&w);
		sr_jsonw_kv_str(&w, "id", c->ids.items[i]);
		sr_jsonw_kv_str(&w, "relation", sr_str_c(relation));
		if (strcmp(relation, "conflict") == 0)
			sr_jsonw_kv_str(&w, "kind", sr_str_c(sr_conflict_kind_name(answers[i].kind)));
		sr_jsonw_kv_double(&w, "score", (double)answers[i].contradict);
		sr_jsonw_object_end(&w);
		sr_buf_add_char(&out, '\n');
	}
	bool ok = sr_buf_status(&out) == SR_OK && eval_write(sr_buf_str(&out));
	sr_buf_deinit(&out);
	return ok ? 0 : 4;
}

static int answer_all(claims *c)
{
	sr_error err = { 0 };
	sr_tag_model *model = NULL;
	sr_nli *nli = NULL;
	size_t n = c->docs.count;
	int code = 4;
	sr_reading *readings = SR_NEW_ARRAY(c->arena, sr_reading, n + 1);
	sr_tag_job *jobs = SR_NEW_ARRAY(c->arena, sr_tag_job, n + 1);
	sr_nli_answer *answers = SR_NEW_ARRAY(c->arena, sr_nli_answer, n + 1);
	for (size_t i = 0; jobs && i < n; i++)
		jobs[i] = (sr_tag_job){ .doc = &c->docs.items[i], .arena = c->arena, .reading = &readings[i] };
	sr_status status = readings && jobs && answers ? sr_tag_model_open(NULL, &model, &err) : SR_E_NOMEM;
	if (status == SR_OK)
		status = sr_nli_open(model, &nli, &err);
	if (status == SR_OK)
		status = sr_tag_documents(model, jobs, n, 0, &err);
	if (status == SR_OK)
		status = sr_nli_judge(nli, c->pairs.items, c->pairs.count, 0, answers, &err);
	if (status == SR_OK)
		code = print_all(c, answers, readings);
	else
		fprintf(stderr, "sitrep-eval: %s\n", err.message);
	sr_nli_free(nli);
	sr_tag_model_free(model);
	return code;
}

int eval_contrast(int argc, char **argv)
{
	sr_buf in;
	sr_error err = { 0 };
	claims c = { .arena = sr_arena_new(0) };
	int code = 4;
	if (argc != 1) {
		fprintf(stderr, "usage: sitrep-eval contrast FILE.jsonl\n");
		sr_arena_free(c.arena);
		return 2;
	}
	if (!eval_read(argv[0], &in))
		code = 3;
	else if (!c.arena)
		fprintf(stderr, "sitrep-eval: out of memory\n");
	else if (load(&c, sr_buf_str(&in), &err) != SR_OK)
		fprintf(stderr, "sitrep-eval: %s: %s\n", argv[0], err.message);
	else
		code = answer_all(&c);
	sr_buf_deinit(&in);
	sr_arena_free(c.arena);
	return code;
}
