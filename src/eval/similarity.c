#include "eval.h"
#include "sitrep/base/json.h"
#include "sitrep/embed.h"
#include "sitrep/tag.h"

#include <stdio.h>

typedef struct pairs {
	sr_arena *arena;
	SR_VEC(sr_document) docs; /* a and b of each line, one after the other */
} pairs;

static bool load(pairs *p, sr_str rest)
{
	for (sr_str line, score, side; sr_str_next_line(&rest, &line);) {
		(void)sr_str_next_field(&line, '\t', &score);
		for (int k = 0; k < 2; k++) {
			sr_document *doc = SR_PUSH(p->arena, &p->docs);
			if (!doc)
				return false;
			doc->text = sr_str_next_field(&line, '\t', &side) ? side : (sr_str){ 0 };
		}
	}
	return true;
}

static int score_all(const sr_tag_model *model, pairs *p)
{
	size_t n = p->docs.count;
	sr_error err;
	sr_buf out;
	sr_reading *readings = SR_NEW_ARRAY(p->arena, sr_reading, n + 1);
	sr_tag_job *jobs = SR_NEW_ARRAY(p->arena, sr_tag_job, n + 1);
	if (!readings || !jobs)
		return 4;
	for (size_t i = 0; i < n; i++)
		jobs[i] = (sr_tag_job){ .doc = &p->docs.items[i], .arena = p->arena, .reading = &readings[i] };
	if (sr_tag_documents(model, jobs, n, 0, &err) != SR_OK) {
		fprintf(stderr, "sitrep-eval: %s\n", err.message);
		return 4;
	}
	sr_buf_init(&out, 0);
	for (size_t i = 0; i + 1 < n; i += 2) {
		sr_jsonw w;
		sr_jsonw_init(&w, &out);
		sr_jsonw_object(&w);
		sr_jsonw_kv_int(&w, "id", (int64_t)(i / 2));
		sr_jsonw_kv_double(&w, "score", (double)sr_embed_likeness(&readings[i], &readings[i + 1]));
		sr_jsonw_object_end(&w);
		sr_buf_add_char(&out, '\n');
	}
	bool ok = sr_buf_status(&out) == SR_OK && eval_write(sr_buf_str(&out));
	sr_buf_deinit(&out);
	return ok ? 0 : 4;
}

int eval_similarity(int argc, char **argv)
{
	sr_buf in;
	sr_error err;
	sr_tag_model *model = NULL;
	pairs p = { .arena = sr_arena_new(0) };
	int code = 4;
	if (argc != 1) {
		fprintf(stderr, "usage: sitrep-eval similarity FILE.tsv\n");
		sr_arena_free(p.arena);
		return 2;
	}
	bool read = eval_read(argv[0], &in);
	if (!read)
		code = 3;
	else if (!p.arena || !load(&p, sr_buf_str(&in)))
		fprintf(stderr, "sitrep-eval: out of memory\n");
	else if (sr_tag_model_open(NULL, &model, &err) != SR_OK)
		fprintf(stderr, "sitrep-eval: %s\n", err.message);
	else
		code = score_all(model, &p);
	sr_tag_model_free(model);
	sr_buf_deinit(&in);
	sr_arena_free(p.arena);
	return code;
}
