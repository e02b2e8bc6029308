/* The encoder of pairs: its answer is the pair's own, whatever stands beside it, and however it is run. How right it is: pairs.tsv, and
 * tests/conflict/pairs. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/nli.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAIRS_MAX 64u
#define LONG_BYTES 20000u
#define PLAIN_F1 62.1 /* of all 5,000 it is 65.3 */

static sr_tag_model *model;
static sr_nli *nli;

static void open_both(void)
{
	sr_error err = { 0 };
	if (!model)
		REQUIRE(sr_tag_model_open(NULL, &model, &err) == SR_OK && sr_nli_open(model, &nli, &err) == SR_OK);
}

/* A new one, which remembers nothing. */
static void forget(void)
{
	sr_error err = { 0 };
	sr_nli_free(nli);
	nli = NULL;
	REQUIRE(sr_nli_open(model, &nli, &err) == SR_OK);
}

static void close_both(void)
{
	sr_nli_free(nli);
	sr_tag_model_free(model);
	nli = NULL;
	model = NULL;
}

/* The file's pairs: what is expected of each, and both texts. */
static size_t read_pairs(sr_nli_pair *pairs, sr_str *expected)
{
	sr_str rest = test_read(test_path("tests/nli/pairs.tsv")), f[3];
	size_t n = 0;
	while (n < PAIRS_MAX && test_next_row(&rest, f, 3) == 3) {
		expected[n] = f[0];
		pairs[n++] = (sr_nli_pair){ f[1], f[2] };
	}
	return n;
}

TEST(nli_pairs)
{
	sr_nli_pair pairs[PAIRS_MAX];
	sr_nli_answer answers[PAIRS_MAX];
	sr_str expected[PAIRS_MAX];
	open_both();
	size_t n = read_pairs(pairs, expected);
	CHECK(n > 20);
	REQUIRE(sr_nli_judge(nli, pairs, n, 1, answers, NULL) == SR_OK);
	for (size_t i = 0; i < n; i++) {
		test_case(pairs[i].a.ptr);
		CHECK_STR(answers[i].contradict > 0 ? sr_str_c(sr_conflict_kind_name(answers[i].kind)) : SR_STR("-"), expected[i]);
	}
	close_both();
}

static bool same(const sr_nli_answer *a, const sr_nli_answer *b) { return a->contradict == b->contradict && a->kind == b->kind; }

TEST(nli_alone_turned_and_on_threads)
{
	sr_nli_pair pairs[PAIRS_MAX], turned;
	sr_nli_answer answers[PAIRS_MAX], threads[PAIRS_MAX], alone;
	sr_str expected[PAIRS_MAX];
	open_both();
	size_t n = read_pairs(pairs, expected);
	REQUIRE(sr_nli_judge(nli, pairs, n, 1, answers, NULL) == SR_OK);
	forget();
	REQUIRE(sr_nli_judge(nli, pairs, n, 5, threads, NULL) == SR_OK);
	for (size_t i = 0; i < n; i++) {
		turned = (sr_nli_pair){ pairs[i].b, pairs[i].a };
		forget();
		REQUIRE(sr_nli_judge(nli, &turned, 1, 1, &alone, NULL) == SR_OK);
		CHECK(same(&answers[i], &threads[i]));
		CHECK(same(&answers[i], &alone));
	}
	CHECK(sr_nli_judge(nli, NULL, 0, 0, NULL, NULL) == SR_OK);
	close_both();
}

/* What was asked before is told again, each pair its own answer, also when it comes turned and among others. */
TEST(nli_remembers_answers)
{
	sr_nli_pair pairs[PAIRS_MAX], some[PAIRS_MAX];
	sr_nli_answer fresh[PAIRS_MAX], again[PAIRS_MAX], few[PAIRS_MAX];
	sr_str expected[PAIRS_MAX];
	open_both();
	size_t n = read_pairs(pairs, expected), k = 0;
	REQUIRE(sr_nli_judge(nli, pairs, n, 1, fresh, NULL) == SR_OK);
	forget();
	for (size_t i = 0; i < n; i += 3)
		some[k++] = (sr_nli_pair){ pairs[i].b, pairs[i].a };
	REQUIRE(sr_nli_judge(nli, some, k, 2, few, NULL) == SR_OK);
	for (int round = 0; round < 2; round++) {
		memset(again, 0, sizeof again);
		REQUIRE(sr_nli_judge(nli, pairs, n, 2, again, NULL) == SR_OK);
		for (size_t i = 0; i < n; i++)
			CHECK(same(&fresh[i], &again[i]));
	}
	close_both();
}

TEST(nli_hostile_texts)
{
	char *text = malloc(LONG_BYTES);
	sr_nli_answer answers[4];
	open_both();
	REQUIRE(text);
	for (size_t i = 0; i < LONG_BYTES; i++)
		text[i] = (char)(i * 7919 % 256);
	const sr_str noise = sr_str_make(text, LONG_BYTES), one = sr_str_make(text, LONG_BYTES / 8);
	const sr_nli_pair pairs[4] = { { noise, noise }, { { 0 }, { 0 } }, { { 0 }, noise }, { one, SR_STR("The bridge is open.") } };
	REQUIRE(sr_nli_judge(nli, pairs, 4, 2, answers, NULL) == SR_OK);
	for (size_t i = 0; i < 4; i++)
		CHECK(isfinite(answers[i].contradict));
	free(text);
	close_both();
}

#define PLAIN_MAX 1000u /* the first of them */

/* SICK's conflicts as the scorer counts them: F1 of "conflict", which is not to drop by more than half a point. */
TEST(nli_plain_sentences)
{
	const char *path = test_shared("data/conflicts/sick.jsonl");
	sr_str rest = path ? test_read(path) : (sr_str){ 0 }, line;
	if (!path) {
		test_skip("the development data are not here");
		return;
	}
	sr_arena *arena = sr_arena_new(0);
	sr_nli_pair *pairs = SR_NEW_ARRAY(arena, sr_nli_pair, PLAIN_MAX);
	sr_nli_answer *answers = SR_NEW_ARRAY(arena, sr_nli_answer, PLAIN_MAX);
	bool *meant = SR_NEW_ARRAY(arena, bool, PLAIN_MAX);
	size_t n = 0, right = 0, told = 0, gold = 0;
	open_both();
	for (; n < PLAIN_MAX && sr_str_next_line(&rest, &line); n++) {
		sr_json *json;
		REQUIRE(sr_json_parse(line, &json, NULL) == SR_OK);
		const sr_jval *v = sr_json_root(json);
		pairs[n] = (sr_nli_pair){ sr_str_dup(arena, sr_jval_str(sr_jval_get(v, "a"))), sr_str_dup(arena, sr_jval_str(sr_jval_get(v, "b"))) };
		meant[n] = sr_str_eq(sr_jval_str(sr_jval_get(v, "relation")), SR_STR("conflict"));
		sr_json_free(json);
	}
	REQUIRE(sr_nli_judge(nli, pairs, n, 0, answers, NULL) == SR_OK);
	for (size_t i = 0; i < n; i++) {
		bool yes = answers[i].contradict > 0;
		right += yes && meant[i];
		told += yes;
		gold += meant[i];
	}
	double f1 = 200.0 * (double)right / (double)(told + gold);
	printf("  SICK: F1 of conflicts %.1f\n", f1);
	CHECK(f1 >= PLAIN_F1 - 0.5);
	sr_arena_free(arena);
	close_both();
}

/* A model of an earlier day, without the layers that compare. */
TEST(nli_model_without_it)
{
	sr_error err = { 0 };
	sr_buf file;
	char path[] = "/tmp/sitrep-nli-XXXXXX";
	sr_tag_model *old = NULL;
	sr_nli *none = NULL;
	sr_buf_init(&file, 0);
	REQUIRE(sr_file_read(test_path("share/sitrep/reading.model"), SR_BUF_CEILING, &file, &err) == SR_OK);
	for (char *at = file.ptr; (size_t)(at - file.ptr) + 13 < file.len; at++)
		if (memcmp(at, "contrast.mix.", 13) == 0)
			*at = 'x';
	uint64_t sum = sr_checksum(sr_str_slice(sr_buf_str(&file), 64, file.len));
	memcpy(file.ptr + 24, &sum, sizeof sum);
	int fd = mkstemp(path);
	REQUIRE(fd >= 0 && sr_file_write(path, sr_buf_str(&file), &err) == SR_OK && sr_tag_model_open(path, &old, &err) == SR_OK);
	CHECK_INT(sr_nli_open(old, &none, &err), SR_E_CORRUPT);
	CHECK(!none && strstr(err.message, "compares sentences"));
	sr_tag_model_free(old);
	sr_buf_deinit(&file);
	close(fd);
	unlink(path);
}
