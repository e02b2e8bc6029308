/* Small corpora of a few sentences, and the conflicts that the dossier must and must not show. */
#include "harness.h"

#include "sitrep/base/json.h"
#include "sitrep/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Articles of the case as JSON Lines in a temporary file; its path is NUL-terminated. */
static bool write_articles(sr_str articles, char *path)
{
	sr_buf out;
	sr_str rest = articles;
	sr_buf_init(&out, 0);
	for (int number = 1; rest.len; number++) {
		size_t end = sr_str_find(rest, SR_STR("||"), 0);
		sr_str article = sr_str_slice(rest, 0, end == SIZE_MAX ? rest.len : end), site, date;
		rest = end == SIZE_MAX ? (sr_str){ 0 } : sr_str_slice(rest, end + 2, rest.len);
		char id[16];
		snprintf(id, sizeof id, "%d", number);
		sr_jsonw w;
		sr_jsonw_init(&w, &out);
		sr_str_next_field(&article, '|', &site);
		sr_str_next_field(&article, '|', &date);
		sr_jsonw_object(&w);
		sr_jsonw_kv_str(&w, "id", sr_str_c(id));
		sr_jsonw_kv_str(&w, "source", sr_str_trim(site));
		sr_jsonw_kv_str(&w, "date", sr_str_trim(date));
		sr_jsonw_kv_str(&w, "text", sr_str_trim(article));
		sr_jsonw_object_end(&w);
		sr_buf_add_char(&out, '\n');
	}
	int fd = mkstemp(path);
	bool ok = fd >= 0 && write(fd, out.ptr, out.len) == (ssize_t)out.len;
	if (fd >= 0)
		close(fd);
	sr_buf_deinit(&out);
	return ok;
}

/* All documents as one story, each an origin: grouping is not what is tested here. */
static void one_story(sr_run *run)
{
	sr_story *s = SR_NEW(run->arena, sr_story);
	s->id = SR_STR("case");
	s->docs = SR_NEW_ARRAY(run->arena, uint32_t, run->doc_count);
	s->origin = SR_NEW_ARRAY(run->arena, uint32_t, run->doc_count);
	for (uint32_t i = 0; i < run->doc_count; i++) {
		s->docs[i] = i;
		s->origin[i] = i + 1;
	}
	s->doc_count = run->doc_count;
	s->origin_count = (uint32_t)run->doc_count;
	run->stories = s;
	run->story_count = 1;
}

typedef void (*teller)(const sr_conflict *c, sr_buf *out);

static void tell_kind(const sr_conflict *c, sr_buf *out)
{
	sr_buf_add_c(out, sr_conflict_kind_name(c->kind));
	if (c->status != SR_CONFLICT_OPEN)
		sr_buf_printf(out, "(%s)", sr_conflict_status_name(c->status));
}

static void tell_id(const sr_conflict *c, sr_buf *out) { sr_buf_add(out, c->id); }

static void tell_words(const sr_conflict *c, sr_buf *out)
{
	sr_buf_add(out, c->question);
	for (size_t i = 0; i < c->position_count; i++)
		sr_buf_printf(out, " | %.*s", SR_FMT(c->positions[i].statement));
}

/* What `tell` says of the conflicts among the articles of a file, blanks between. */
static void conflicts_of(sr_engine *engine, const char *path, teller tell, sr_buf *out)
{
	sr_run *run;
	sr_error err = { 0 };
	sr_dossier dossier;
	sr_arena *arena = sr_arena_new(0);
	const char *sources[] = { path };
	REQUIRE(arena && sr_run_new(engine, &run, &err) == SR_OK);
	sr_status status = sr_run_load(run, sources, 1, SR_INPUT_JSONL, &err);
	if (status == SR_OK)
		status = sr_run_read(run, &err);
	if (status == SR_OK) {
		one_story(run);
		status = sr_run_dossier(run, 0, arena, &dossier, NULL, &err);
	}
	if (status != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	for (size_t i = 0; status == SR_OK && i < dossier.conflict_count; i++) {
		if (i)
			sr_buf_add_char(out, ' ');
		tell(&dossier.conflicts[i], out);
	}
	sr_run_free(run);
	sr_arena_free(arena);
}

/* Each row: a label, what `tell` says of the conflicts ("-": there are none), the articles. */
static void check_rows(const char *file, teller tell)
{
	sr_str rest = test_read(test_path(file)), f[3];
	sr_engine *engine;
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2026, 6, 1) };
	REQUIRE(sr_engine_new(&options, &engine, &err) == SR_OK);
	while (test_next_row(&rest, f, 3)) {
		char label[80], path[] = "/tmp/sitrep-conflict-XXXXXX";
		sr_buf got;
		snprintf(label, sizeof label, "%.*s", SR_FMT(f[0]));
		test_case(label);
		sr_buf_init(&got, 0);
		if (write_articles(f[2], path))
			conflicts_of(engine, path, tell, &got);
		else
			test_fail(__FILE__, __LINE__, "cannot write %s", path);
		CHECK_STR(sr_buf_str(&got), sr_str_eq(f[1], SR_STR("-")) ? SR_STR("") : f[1]);
		unlink(path);
		sr_buf_deinit(&got);
	}
	sr_engine_free(engine);
}

TEST(conflict_cases) { check_rows("tests/conflict/cases.tsv", tell_kind); }
TEST(conflict_words) { check_rows("tests/conflict/words.tsv", tell_words); }

/* ---- pairs of sentences, written without the rules in view ---- */

/* "SENTENCES || SENTENCES" as two articles of one day. */
static sr_str two_articles(sr_str pair, char *out, size_t size)
{
	size_t bar = sr_str_find(pair, SR_STR(" || "), 0);
	sr_str a = sr_str_slice(pair, 0, bar), b = sr_str_slice(pair, bar + 4, pair.len);
	int n = bar == SIZE_MAX ? 0 : snprintf(out, size, "Gazette | 2026-05-02 | %.*s || Courier | 2026-05-02 | %.*s", SR_FMT(a), SR_FMT(b));
	return sr_str_make(out, n > 0 && (size_t)n < size ? (size_t)n : 0);
}

/* Of the file's rows: contradictions that are found, and others that something is found in. */
static void count_pairs(sr_engine *engine, const char *file, long long *found, long long *false_alarms)
{
	sr_str rest = test_read(test_path(file)), f[3];
	bool listed = getenv("SITREP_PAIRS") != NULL;
	*found = *false_alarms = 0;
	while (test_next_row(&rest, f, 3)) {
		char path[] = "/tmp/sitrep-conflict-XXXXXX", text[2048];
		bool meant = !sr_str_eq(f[1], SR_STR("-"));
		sr_str articles = two_articles(f[2], text, sizeof text);
		sr_buf got;
		sr_buf_init(&got, 0);
		if (articles.len && write_articles(articles, path))
			conflicts_of(engine, path, tell_kind, &got);
		else
			test_fail(__FILE__, __LINE__, "%.*s: no pair, or %s cannot be written", SR_FMT(f[0]), path);
		unlink(path);
		*(meant ? found : false_alarms) += got.len > 0;
		if (listed)
			printf("%s\t%.*s\t%.*s\t%.*s\t%.*s\n", got.len > 0 ? meant ? "found" : "FALSE" : meant ? "missed" : "quiet", SR_FMT(f[1]), SR_FMT(sr_buf_str(&got)),
			       SR_FMT(f[0]), SR_FMT(f[2]));
		sr_buf_deinit(&got);
	}
}

/* SITREP_PAIRS=list prints what became of each. */
TEST(conflict_pairs)
{
	sr_str rest = test_read(test_path("tests/conflict/pairs/figures.tsv")), f[3];
	sr_engine *engine;
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2026, 6, 1) };
	REQUIRE(sr_engine_new(&options, &engine, &err) == SR_OK);
	while (test_next_row(&rest, f, 3) == 3) {
		char file[80], want[16], spare[16];
		long long found, false_alarms;
		snprintf(file, sizeof file, "tests/conflict/pairs/%.*s.tsv", SR_FMT(f[0]));
		snprintf(want, sizeof want, "%.*s", SR_FMT(f[1]));
		snprintf(spare, sizeof spare, "%.*s", SR_FMT(f[2]));
		test_case(file);
		count_pairs(engine, file, &found, &false_alarms);
		CHECK_INT(found >= strtoll(want, NULL, 10), 1);
		CHECK_INT(false_alarms <= strtoll(spare, NULL, 10), 1);
		printf("  %s: %lld contradictions found, %lld false alarms\n", file, found, false_alarms);
	}
	sr_engine_free(engine);
}

#define HARBOUR "Gazette | 2026-05-02 | The harbour company said the crane had failed its inspection in April."
#define DENIED " || Courier | 2026-05-03 | The inspectorate denied that the crane had failed its inspection."
#define MORE " || Herald | 2026-05-04 | The fire brigade said that 40 people were injured in the blast." \
	         " || Post | 2026-05-04 | The hospital said that 65 people were injured in the blast."

/* What joins later does not change the id of a conflict. */
TEST(conflict_ids_last)
{
	static const char *const editions[] = { HARBOUR DENIED, HARBOUR DENIED MORE };
	sr_engine *engine;
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2026, 6, 1) };
	sr_buf ids[2];
	REQUIRE(sr_engine_new(&options, &engine, &err) == SR_OK);
	for (int i = 0; i < 2; i++) {
		char path[] = "/tmp/sitrep-conflict-XXXXXX";
		sr_buf_init(&ids[i], 0);
		if (write_articles(sr_str_c(editions[i]), path))
			conflicts_of(engine, path, tell_id, &ids[i]);
		unlink(path);
	}
	CHECK(ids[0].len > 0 && ids[1].len > ids[0].len);
	CHECK(sr_str_find(sr_buf_str(&ids[1]), sr_buf_str(&ids[0]), 0) != SIZE_MAX);
	sr_buf_deinit(&ids[0]);
	sr_buf_deinit(&ids[1]);
	sr_engine_free(engine);
}
