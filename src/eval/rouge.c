/* A summary of each line's documents: the title and the brief of their dossier, as many of its sentences as fit. */
#include "eval.h"
#include "sitrep/base/json.h"
#include "sitrep/engine.h"

#include <stdio.h>
#include <string.h>

#define WORDS_MAX 90u
#define DOCS_MAX 64u /* of one line */

typedef struct summaries {
	sr_arena *arena;
	sr_engine *engine;
	sr_run *run;
	sr_documents docs;
	SR_VEC(sr_story) stories; /* one a line */
	sr_buf out;
} summaries;

/* What stands behind the mark, up to the next one, if there is one. */
static sr_str behind(sr_str s, const char *mark, const char *next)
{
	size_t at = sr_str_find(s, sr_str_c(mark), 0);
	if (at == SIZE_MAX)
		return (sr_str){ 0 };
	s = sr_str_slice(s, at + strlen(mark), s.len);
	size_t end = next ? sr_str_find(s, sr_str_c(next), 0) : SIZE_MAX;
	return sr_str_trim(end == SIZE_MAX ? s : sr_str_slice(s, 0, end));
}

/* "TITLE=> … ARTICLE=> …" as an article of an outlet of its own; one without words is passed over. */
static sr_status add_document(summaries *s, sr_str part, size_t place, sr_error *err)
{
	sr_buf json;
	sr_jsonw w;
	char name[16];
	(void)snprintf(name, sizeof name, "outlet %zu", place + 1);
	sr_buf_init(&json, 0);
	sr_jsonw_init(&w, &json);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "title", behind(part, "TITLE=>", "ARTICLE=>"));
	sr_jsonw_kv_str(&w, "site", sr_str_c(name));
	sr_jsonw_kv_str(&w, "text", behind(part, "ARTICLE=>", NULL));
	sr_jsonw_object_end(&w);
	sr_input input = { .bytes = sr_buf_str(&json), .type = SR_INPUT_JSONL, .now = sr_engine_now(s->engine) };
	size_t before = s->docs.count;
	sr_status status = sr_buf_status(&json) == SR_OK ? sr_extract(&input, s->arena, &s->docs, err) : SR_E_NOMEM;
	sr_buf_deinit(&json);
	return status == SR_E_INVALID && s->docs.count == before ? SR_OK : status;
}

static sr_status add_line(summaries *s, sr_str line, sr_error *err)
{
	static const sr_str mark = SR_STR_INIT(" [SEP] ");
	size_t first = s->docs.count, n = 0;
	for (size_t at = 0; n < DOCS_MAX && at <= line.len; n++) {
		size_t end = sr_str_find(line, mark, at);
		end = end == SIZE_MAX ? line.len : end;
		SR_TRY(add_document(s, sr_str_slice(line, at, end), n, err));
		at = end + mark.len;
	}
	sr_story *story = SR_PUSH(s->arena, &s->stories);
	n = s->docs.count - first;
	uint32_t *docs = SR_NEW_ARRAY(s->arena, uint32_t, n + 1), *origin = SR_NEW_ARRAY(s->arena, uint32_t, n + 1);
	if (!story || !docs || !origin)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++) {
		docs[i] = (uint32_t)(first + i);
		origin[i] = (uint32_t)i + 1;
	}
	*story = (sr_story){ .id = SR_STR("given"), .docs = docs, .origin = origin, .doc_count = n, .origin_count = (uint32_t)n };
	return SR_OK;
}

static size_t words_of(sr_str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
	return n;
}

/* The sentence, if it fits, or if nothing stands there yet. */
static void add_sentence(sr_buf *out, sr_str text, size_t *words)
{
	size_t n = words_of(text);
	if (!n || (*words && *words + n > WORDS_MAX))
		return;
	if (*words)
		sr_buf_add_char(out, ' ');
	*words += n;
	for (size_t i = 0; i < text.len; i++)
		sr_buf_add_char(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	if (text.ptr[text.len - 1] != '.')
		sr_buf_add_char(out, '.');
}

static sr_status print_summary(summaries *s, size_t story, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_dossier d = { 0 };
	size_t words = 0;
	sr_status status = !arena ? SR_E_NOMEM : s->run->stories[story].doc_count ? sr_run_dossier(s->run, story, arena, &d, NULL, err) : SR_OK;
	add_sentence(&s->out, d.title, &words);
	for (size_t i = 0; i < d.brief_count; i++) {
		add_sentence(&s->out, d.brief[i].heading, &words);
		for (size_t k = 0; k < d.brief[i].line_count; k++)
			add_sentence(&s->out, d.brief[i].lines[k].text, &words);
	}
	sr_buf_add_char(&s->out, '\n');
	sr_arena_free(arena);
	return status;
}

static sr_status summarize(summaries *s, sr_str rest, sr_error *err)
{
	sr_engine_options options = { .now = sr_time_date(2027, 1, 1), .dossiers = true };
	SR_TRY(sr_engine_new(&options, &s->engine, err));
	for (sr_str line; sr_str_next_line(&rest, &line);)
		SR_TRY(add_line(s, line, err));
	SR_TRY(sr_run_new(s->engine, &s->run, err));
	s->run->docs = s->docs.items;
	s->run->doc_count = s->docs.count;
	SR_TRY(sr_run_read(s->run, err));
	s->run->stories = s->stories.items;
	s->run->story_count = s->stories.count;
	for (size_t i = 0; i < s->stories.count; i++)
		SR_TRY(print_summary(s, i, err));
	return sr_buf_status(&s->out);
}

int eval_rouge(int argc, char **argv)
{
	sr_buf bytes;
	sr_error err = { 0 };
	if (argc != 1) {
		fprintf(stderr, "usage: sitrep-eval rouge FILE.source\n");
		return 2;
	}
	if (!eval_read(argv[0], &bytes))
		return 4;
	summaries s = { .arena = sr_arena_new(0) };
	sr_buf_init(&s.out, 0);
	sr_status status = s.arena ? summarize(&s, sr_buf_str(&bytes), &err) : SR_E_NOMEM;
	if (status != SR_OK)
		fprintf(stderr, "sitrep-eval: %s: %s\n", argv[0], err.message[0] ? err.message : sr_status_name(status));
	bool written = status == SR_OK && eval_write(sr_buf_str(&s.out));
	sr_buf_deinit(&s.out);
	sr_run_free(s.run);
	sr_engine_free(s.engine);
	sr_arena_free(s.arena);
	sr_buf_deinit(&bytes);
	return written ? 0 : 4;
}
