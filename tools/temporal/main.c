/* Compiles the rules of time when the program is built: temporal-compile FOLDER OUT
 * FOLDER holds lexicon.tsv, cues.tsv, rules.tsv and holidays.tsv. A wrong table is named with row and reason, and
 * the status is 1. */
#include "compile.h"

#include "sitrep/base/file.h"

#include <stdio.h>

#define TABLE_MAX ((size_t)1 << 20) /* bytes of one of the four */

static sr_status read_table(sr_arena *arena, const char *folder, const char *name, sr_str *out, sr_error *err)
{
	sr_buf bytes;
	sr_buf_init(&bytes, TABLE_MAX);
	sr_str path = sr_str_printf(arena, "%s/%s", folder, name);
	sr_status status = path.ptr ? sr_file_read(path.ptr, TABLE_MAX, &bytes, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	if (status != SR_OK)
		sr_error_prefix(err, "%s", name);
	*out = sr_str_dup(arena, sr_buf_str(&bytes));
	sr_buf_deinit(&bytes);
	return status;
}

static sr_status compile(sr_arena *arena, const char *folder, sr_buf *out, sr_error *err)
{
	enum { LEXICON, CUES, RULES, HOLIDAYS, TABLES };
	static const char *const names[TABLES] = { "lexicon.tsv", "cues.tsv", "rules.tsv", "holidays.tsv" };
	sr_str tables[TABLES];
	compiler c = { .arena = arena };
	for (int i = 0; i < TABLES; i++)
		SR_TRY(read_table(arena, folder, names[i], &tables[i], err));
	sr_strmap_init(&c.class_map, arena);
	sr_strmap_init(&c.word_map, arena);
	SR_TRY(lexicon_load(&c, tables[LEXICON], err));
	SR_TRY(lexicon_load(&c, tables[CUES], err));
	SR_TRY(rules_load(&c, tables[RULES], tables[HOLIDAYS], err));
	return table_write(&c, out, err);
}

int main(int argc, char **argv)
{
	sr_error err = { 0 };
	sr_buf out;
	sr_arena *arena = sr_arena_new(0);
	if (argc != 3) {
		fprintf(stderr, "usage: temporal-compile FOLDER OUT\n");
		return 2;
	}
	sr_buf_init(&out, 0);
	sr_status status = arena ? compile(arena, argv[1], &out, &err) : sr_fail(&err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK)
		status = sr_file_write(argv[2], sr_buf_str(&out), &err);
	if (status != SR_OK)
		fprintf(stderr, "temporal-compile: %s\n", err.message);
	sr_buf_deinit(&out);
	sr_arena_free(arena);
	return status == SR_OK ? 0 : 1;
}
