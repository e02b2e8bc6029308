/* A true dossier with one value changed: verify must refuse it, whatever the value is, unless mutations.tsv says that it cannot tell. */
#include "harness.h"

#include "sitrep/base/json.h"
#include "sitrep/base/utf8.h"
#include "sitrep/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 96u
#define REPRINTS 3u /* the first sources of the example corpus are one wire copy */
#define TRIES 12u /* of one kind of edit, in as many places as there are */
#define OTHERS 4u /* words that a value may be instead */

/* A value of the JSON: what it is called, and where it stands. */
typedef struct value {
	char path[PATH_BYTES];
	size_t start, end;
} value;

typedef struct values {
	sr_arena *arena;
	SR_VEC(value) list;
	char path[PATH_BYTES];
} values;

static size_t string_end(sr_str json, size_t at)
{
	for (at++; at < json.len && json.ptr[at] != '"'; at++)
		at += json.ptr[at] == '\\';
	return at + 1;
}

/* Reads the value at `at`, of compact JSON as it is printed; returns where it ends. */
static size_t walk(values *v, sr_str json, size_t at)
{
	size_t len = strlen(v->path);
	char open = json.ptr[at];
	if (open != '{' && open != '[') {
		value *x = SR_PUSH(v->arena, &v->list);
		size_t end = open == '"' ? string_end(json, at) : at + strcspn(json.ptr + at, ",]}");
		if (x) {
			*x = (value){ .start = at, .end = end };
			memcpy(x->path, v->path, len + 1);
		}
		return end;
	}
	if (json.ptr[at + 1] == '}' || json.ptr[at + 1] == ']')
		return at + 2;
	for (char more = ','; more == ','; more = json.ptr[at++]) {
		size_t inner = at + (json.ptr[at] == open);
		if (open == '{') {
			size_t end = string_end(json, inner);
			snprintf(v->path + len, PATH_BYTES - len, "%s%.*s", len ? "." : "", (int)(end - inner - 2), json.ptr + inner + 1);
			inner = end + 1;
		} else {
			snprintf(v->path + len, PATH_BYTES - len, "[]");
		}
		at = walk(v, json, inner);
		v->path[len] = 0;
	}
	return at;
}

typedef struct dice {
	uint64_t state;
	size_t turn;
} dice;

static size_t roll(dice *d, size_t sides)
{
	d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return sides ? (size_t)(d->state >> 33) % sides : 0;
}

/* The words of a JSON string that weigh: as letters alone, of more than three. */
static size_t words_of(sr_str s, size_t (*words)[2], size_t max)
{
	size_t n = 0;
	for (size_t at = 1; at + 1 < s.len;) {
		size_t from = at;
		while (at + 1 < s.len && sr_is_alpha((unsigned char)s.ptr[at]))
			at++;
		bool apart = (s.ptr[from - 1] == ' ' || s.ptr[from - 1] == '"') && strchr(" .,\"", s.ptr[at]);
		if (at - from > 3 && apart && n < max) {
			words[n][0] = from;
			words[n++][1] = at;
		}
		at += at == from;
	}
	return n;
}

/* s with [from, to) as put. */
static bool put(sr_buf *out, sr_str s, size_t from, size_t to, const char *as)
{
	sr_buf_add(out, sr_str_slice(s, 0, from));
	sr_buf_add_c(out, as);
	sr_buf_add(out, sr_str_slice(s, to, s.len));
	return true;
}

static bool edit_day(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	sr_time t;
	(void)d;
	(void)words;
	if (s.len < 12 || !sr_time_parse(sr_str_slice(s, 1, s.len - 1), &t))
		return false;
	char date[32];
	t = sr_time_add_days(sr_time_truncate(t, SR_PRECISION_DAY), 1);
	snprintf(date, sizeof date, "%04d-%02d-%02d", t.year, t.month, t.day);
	return put(out, s, 1, 11, date);
}

static bool edit_up(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	char number[32];
	(void)d;
	(void)words;
	snprintf(number, sizeof number, "%.17g", strtod(s.ptr, NULL) + 1);
	return put(out, s, 0, s.len, number);
}

static bool edit_flip(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	(void)d;
	(void)words;
	return put(out, s, 0, s.len, s.ptr[0] == 't' ? "false" : "true");
}

/* One after the other. */
static bool edit_other(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	sr_str one, list[8];
	size_t n = 0;
	while (n < 8 && sr_str_next_field(&words, '|', &one))
		if (!sr_str_eq(one, sr_str_slice(s, 1, s.len - 1)))
			list[n++] = one;
	if (!n)
		return false;
	sr_str word = list[d->turn++ % n];
	sr_buf_printf(out, "\"%.*s\"", SR_FMT(word));
	return true;
}

static bool edit_number(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	(void)d;
	(void)words;
	for (size_t at = 1; at + 1 < s.len; at++)
		if (sr_is_digit((unsigned char)s.ptr[at])) {
			char digit[2] = { s.ptr[at] == '9' ? '8' : (char)(s.ptr[at] + 1), 0 };
			return put(out, s, at, at + 1, digit);
		}
	return false;
}

static bool edit_words(sr_str s, dice *d, sr_buf *out, const char *as, bool between)
{
	size_t words[64][2], n = words_of(s, words, 64);
	if (!n)
		return false;
	size_t w = roll(d, n);
	return put(out, s, words[w][0], between ? words[w][0] : words[w][1] + (!*as && s.ptr[words[w][1]] == ' '), as);
}

static bool edit_foreign(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	(void)words;
	return edit_words(s, d, out, "quondle", false);
}

static bool edit_not(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	(void)words;
	return edit_words(s, d, out, "not ", true);
}

static bool edit_out(sr_str s, dice *d, sr_str words, sr_buf *out)
{
	(void)words;
	return edit_words(s, d, out, "", false);
}

static const struct {
	const char *name;
	bool (*make)(sr_str s, dice *d, sr_str words, sr_buf *out); /* false: it does not fit the value */
} edits[] = {
	{ "day", edit_day },       { "up", edit_up },           { "flip", edit_flip }, { "other", edit_other },
	{ "number", edit_number }, { "foreign", edit_foreign }, { "not", edit_not },   { "out", edit_out },
};

typedef struct bench {
	sr_arena *arena;
	sr_engine *engine;
	sr_run *run;
	sr_buf json;
	values all;
} bench;

/* What fails of the dossier; SIZE_MAX if it cannot be read. */
static size_t failures_of(const bench *b, sr_str json)
{
	sr_arena *arena = sr_arena_new(0);
	sr_dossier d;
	sr_verdict v = { 0 };
	size_t n = SIZE_MAX;
	if (arena && sr_dossier_read(json, arena, &d, NULL) == SR_OK &&
	    sr_verify(&d, (const sr_document *const *)b->run->docs, b->run->doc_count, 1, arena, &v, NULL) == SR_OK)
		n = v.failure_count;
	sr_arena_free(arena);
	return n;
}

/* One command over the store at db, its output in json. */
static bool command(const char *db, bench *b, const char *const *more)
{
	const char *argv[16] = { "sitrep", "-q", "--now", "2026-03-16T20:00:00Z", "--db", db };
	sr_buf err;
	for (size_t n = 6; *more; n++)
		argv[n] = *more++;
	sr_buf_deinit(&b->json);
	int code = test_spawn(argv, (sr_str){ 0 }, &b->json, &err);
	if (code)
		test_fail(__FILE__, __LINE__, "%s: %.*s", argv[6], SR_FMT(sr_buf_str(&err)));
	sr_buf_deinit(&err);
	return code == 0;
}

/* The dossier of the example corpus, written when more of it came in: it has what changed, too. */
static bool write_dossier(bench *b)
{
	static const char *const first[] = { "01-velmira-herald-wire.txt", "04-osselvale-radio-sirens.md", "05-continental-union.html", "08-velmira-herald-evacuation.txt", "13-valley-gazette-live.txt" };
	char folder[] = "/tmp/sitrep-mutations-XXXXXX", db[64], paths[5][256], story[16] = "";
	const char *add[7] = { "add" }, *const all[] = { "add", test_path("examples"), NULL }, *const list[] = { "stories", NULL };
	if (!mkdtemp(folder))
		return false;
	snprintf(db, sizeof db, "%s/db", folder);
	for (size_t i = 0; i < 5; i++) {
		snprintf(paths[i], sizeof paths[i], "%s/%s", test_path("examples"), first[i]);
		add[i + 1] = paths[i];
	}
	bool done = command(db, b, add) && command(db, b, list) && sscanf(b->json.ptr, "%15s", story) == 1;
	const char *const look[] = { "show", story, NULL }, *const show[] = { "show", story, "--format", "json", NULL };
	done = done && command(db, b, look) && command(db, b, all) && command(db, b, show);
	static const char *const left[] = { "", "-wal", "-shm" };
	for (size_t i = 0; i < 3; i++) {
		char path[80];
		snprintf(path, sizeof path, "%s%s", db, left[i]);
		unlink(path);
	}
	rmdir(folder);
	return done;
}

static bool bench_init(bench *b)
{
	const sr_engine_options options = { .jobs = 1, .now = sr_time_date(2026, 3, 16) };
	const char *const sources[] = { test_path("examples") };
	*b = (bench){ .arena = sr_arena_new(0) };
	b->all.arena = b->arena;
	if (!b->arena || !write_dossier(b) || sr_engine_new(&options, &b->engine, NULL) != SR_OK || sr_run_new(b->engine, &b->run, NULL) != SR_OK ||
	    sr_run_load(b->run, sources, 1, SR_INPUT_AUTO, NULL) != SR_OK)
		return false;
	sr_str json = sr_str_trim(sr_buf_str(&b->json));
	return walk(&b->all, json, 0) == json.len;
}

static void bench_deinit(bench *b)
{
	sr_run_free(b->run);
	sr_engine_free(b->engine);
	sr_buf_deinit(&b->json);
	sr_arena_free(b->arena);
}

/* "The agency" of "Civil Protection Agency". */
static bool share_a_word(sr_str a, sr_str b)
{
	size_t words[64][2], n = words_of(a, words, 64);
	for (size_t i = 0; i < n; i++)
		if (sr_str_find_nocase(b, sr_str_slice(a, words[i][0], words[i][1]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* Another value of that path, which says something else. */
static bool edit_swap(const bench *b, const value *x, dice *d, sr_buf *out)
{
	sr_str json = sr_buf_str(&b->json), own = sr_str_slice(json, x->start, x->end);
	size_t from = roll(d, b->all.list.count);
	for (size_t i = 0; i < b->all.list.count; i++) {
		const value *y = &b->all.list.items[(from + i) % b->all.list.count];
		sr_str other = sr_str_slice(json, y->start, y->end);
		bool words = strcmp(x->path + strlen(x->path) - 3, "who") == 0;
		if (strcmp(x->path, y->path) == 0 && !sr_str_eq(own, other) && !(words && share_a_word(own, other))) {
			sr_buf_add(out, other);
			return true;
		}
	}
	return false;
}

/* The source of a cite: the next one, unless it is a reprint that has the same words there. */
static bool edit_source(sr_str own, sr_buf *out)
{
	unsigned long n = strtoul(own.ptr, NULL, 10);
	if (n < REPRINTS)
		return false;
	sr_buf_printf(out, "%lu", n + 1);
	return true;
}

/* The dossier with x edited; false if the edit does not fit. */
static bool mutate(const bench *b, const value *x, sr_str edit, sr_str words, dice *d, sr_buf *out)
{
	sr_str json = sr_buf_str(&b->json), own = sr_str_slice(json, x->start, x->end);
	bool done = false;
	sr_buf_clear(out);
	sr_buf_add(out, sr_str_slice(json, 0, x->start));
	if (sr_str_eq(edit, SR_STR("swap")))
		done = edit_swap(b, x, d, out);
	else if (sr_str_eq(edit, SR_STR("source")))
		done = edit_source(own, out);
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
		if (sr_str_eq(edit, sr_str_c(edits[i].name)))
			done = edits[i].make(own, d, words, out);
	sr_buf_add(out, sr_str_slice(json, x->end, json.len));
	return done;
}

typedef struct tally {
	size_t tried, passed;
} tally;

/* Edits values of the row's path, from one that the dice choose on. told: those that pass are said. */
static tally try_row(const bench *b, const sr_str *row, dice *d, bool told)
{
	tally t = { 0 };
	size_t start = roll(d, b->all.list.count), rounds = sr_str_eq(row[1], SR_STR("other")) ? OTHERS : 1;
	sr_buf edited;
	sr_buf_init(&edited, 0);
	for (size_t i = 0; i < b->all.list.count * rounds && t.tried < TRIES * rounds; i++) {
		const value *x = &b->all.list.items[(start + i / rounds) % b->all.list.count];
		if (!sr_str_eq(sr_str_c(x->path), row[0]) || !mutate(b, x, row[1], row[3], d, &edited))
			continue;
		t.tried++;
		if (failures_of(b, sr_buf_str(&edited)))
			continue;
		t.passed++;
		if (told)
			test_fail(__FILE__, __LINE__, "passed: %.*s", (int)(x->end - x->start + edited.len - b->json.len), edited.ptr + x->start);
	}
	sr_buf_deinit(&edited);
	return t;
}

static void judge_row(const bench *b, const sr_str *row, dice *d)
{
	dice again = *d;
	size_t few = (size_t)strtoul(row[2].ptr, NULL, 10);
	bool open = sr_str_eq(row[2], SR_STR("open"));
	tally t = try_row(b, row, d, false);
	if (!t.tried)
		test_fail(__FILE__, __LINE__, "fits no value of the dossier");
	else if (open && !t.passed)
		test_fail(__FILE__, __LINE__, "all %zu are refused: the row may say so", t.tried);
	else if (!open && t.passed > few)
		(void)try_row(b, row, &again, true);
}

TEST(verify_mutations)
{
	bench b;
	sr_str rest = test_read(test_path("tests/verify/mutations.tsv")), row[5];
	REQUIRE(bench_init(&b));
	CHECK_INT(failures_of(&b, sr_buf_str(&b.json)), 0);
	for (size_t n; (n = test_next_row(&rest, row, 5)) != 0;) {
		char label[PATH_BYTES + 16];
		snprintf(label, sizeof label, "%.*s %.*s", SR_FMT(row[0]), SR_FMT(row[1]));
		test_case(label);
		dice d = { .state = 2026 };
		for (const char *c = label; *c; c++)
			d.state = d.state * 31 + (unsigned char)*c; /* a row of its own: another that is added moves none */
		row[3] = n > 3 ? row[3] : (sr_str){ 0 };
		judge_row(&b, row, &d);
	}
	bench_deinit(&b);
}
