/* The schema: made, brought up to date, and looked at for soundness. */
#include "sqlite_store.h"

#include "sitrep/base/data.h"

sr_status sqlite_pragma(sqlite_store *s, const char *sql, int64_t *out, sr_error *err)
{
	sqlite3_stmt *st;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
	if (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		*out = sqlite3_column_int64(st, 0);
		code = SQLITE_DONE;
	}
	sqlite3_finalize(st);
	return code == SQLITE_DONE ? SR_OK : db_fail(s, code, err);
}

sr_status sqlite_migrate(sqlite_store *s, int from, int to, sr_error *err)
{
	sr_status status = db_run(s, ST_begin, err, "");
	int64_t found = 0;
	/* another program may have done it while we waited for the lock */
	if (status == SR_OK)
		status = sqlite_pragma(s, "PRAGMA user_version", &found, err);
	for (int v = found > from ? (int)found : from; status == SR_OK && v < to; v++) {
		char name[32];
		sqlite3_snprintf(sizeof name, name, "store/%03d.sql", v + 1);
		status = db_script(s, sr_data(name), err);
		if (status == SR_OK) {
			sqlite3_snprintf(sizeof name, name, "PRAGMA user_version=%d", v + 1);
			status = db_script(s, sr_str_c(name), err);
		}
	}
	char mark[64];
	sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id=%d", STORE_APPLICATION_ID);
	if (status == SR_OK)
		status = db_script(s, sr_str_c(mark), err);
	if (status == SR_OK)
		status = db_run(s, ST_commit, err, "");
	if (status != SR_OK)
		db_rollback(s);
	return status;
}

sr_status sqlite_check_quickly(sqlite_store *s, sr_error *err)
{
	sqlite3_stmt *st;
	int code = sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &st, NULL);
	sr_status status = SR_OK;
	if (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		sr_str line = db_view(st, 0), first = line;
		if (!sr_str_eq(line, SR_STR("ok"))) {
			while (sr_str_starts(first, SR_STR("***"))) /* a headline, the fault follows */
				if (!sr_str_next_line(&line, &first))
					break;
			status = sr_fail(err, SR_E_CORRUPT, "%s: the file is damaged (%.*s); `sitrep doctor --salvage NEW` saves what can still be read",
			                 s->path, SR_FMT(first));
		}
		code = SQLITE_OK;
	}
	sqlite3_finalize(st);
	return code == SQLITE_OK || code == SQLITE_DONE ? status : db_fail(s, code, err);
}

/* The schema must be the one that this version of it has; a list of tables that lacks one is damage. */
sr_status sqlite_check_tables(sqlite_store *s, sr_error *err)
{
	int64_t n = 0;
	SR_TRY(db_number(s, ST_missing_tables, &n, NULL, err, ""));
	return n == 0 ? SR_OK : sr_fail(err, SR_E_CORRUPT, "%s: the file is damaged: its list of tables is not whole", s->path);
}
