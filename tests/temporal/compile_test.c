/* The compiler of the rules (tools/temporal): a wrong table does not become a program, and the row is named. */
#include "harness.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FIELDS 3
#define TABLES 4

static const char *const names[TABLES] = { "lexicon.tsv", "cues.tsv", "rules.tsv", "holidays.tsv" };

/* The real tables in a folder of their own, `row` added to the end of one. */
static bool write_tables(const char *folder, sr_str broken, sr_str row)
{
	char path[256];
	bool ok = true;
	for (int i = 0; i < TABLES && ok; i++) {
		sr_buf bytes;
		sr_buf_init(&bytes, 0);
		snprintf(path, sizeof path, "data/temporal/%s", names[i]);
		sr_buf_add(&bytes, test_read(test_path(path)));
		if (sr_str_eq(broken, sr_str_c(names[i])))
			sr_buf_add(&bytes, row);
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		ok = sr_file_write(path, sr_buf_str(&bytes), NULL) == SR_OK;
		sr_buf_deinit(&bytes);
	}
	return ok;
}

static void remove_tables(const char *folder)
{
	char path[256];
	for (int i = 0; i < TABLES; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/table", folder);
	unlink(path);
	rmdir(folder);
}

static int compile(const char *folder, sr_buf *said)
{
	char out[256];
	sr_buf nothing;
	snprintf(out, sizeof out, "%s/table", folder);
	const char *const argv[] = { "temporal-compile", folder, out, NULL };
	int status = test_spawn(argv, (sr_str){ 0 }, &nothing, said);
	sr_buf_deinit(&nothing);
	return status;
}

static void check_refused(const sr_str *f)
{
	char folder[] = "/tmp/sitrep-test-XXXXXX";
	sr_buf said;
	REQUIRE(mkdtemp(folder) != NULL);
	CHECK(write_tables(folder, f[0], f[1]));
	CHECK_INT(compile(folder, &said), 1);
	if (sr_str_find(sr_buf_str(&said), f[2], 0) == SIZE_MAX)
		CHECK_STR(sr_buf_str(&said), f[2]);
	sr_buf_deinit(&said);
	remove_tables(folder);
}

TEST(temporal_compile_refuses)
{
	sr_str rest = test_read(test_path("tests/temporal/compile.tsv")), f[FIELDS];
	char label[64];
	for (int n = 1; test_next_row(&rest, f, FIELDS); n++) {
		snprintf(label, sizeof label, "%d %.*s", n, SR_FMT(f[0]));
		test_case(label);
		check_refused(f);
	}
}

TEST(temporal_compile_takes_the_real_tables)
{
	char folder[] = "/tmp/sitrep-test-XXXXXX";
	sr_buf said;
	REQUIRE(mkdtemp(folder) != NULL);
	CHECK(write_tables(folder, (sr_str){ 0 }, (sr_str){ 0 }));
	CHECK_INT(compile(folder, &said), 0);
	CHECK_STR(sr_buf_str(&said), SR_STR(""));
	sr_buf_deinit(&said);
	remove_tables(folder);
}
