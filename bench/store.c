/* What the store costs: bench-store [DOCUMENTS [FOLDER]] makes documents of some 5 kB with a reading of every word, adds
 * them in batches of 100 and one by one, asks for them again, loads and searches; and, for comparison, writes the same
 * texts into a full-text index alone. CPU time and wall-clock time, because commits wait for the disk. */
#include "sitrep/base/file.h"
#include "sitrep/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 800, SENTENCE = 20, VOCABULARY = 20000, BATCH = 100, SINGLE = 100 };

static uint32_t seed = 1;

static uint32_t dice(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed;
}

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Words as they fall in texts: few of them often, most of them seldom. */
static unsigned word(void)
{
	double u = (double)(dice() % 1000000 + 1) / 1e6;
	return (unsigned)((double)VOCABULARY * u * u * u);
}

typedef struct made {
	sr_document doc;
	sr_reading reading;
	sr_claim claims[10];
	sr_store_document in;
} made;

static void make_text(sr_arena *arena, made *m, sr_buf *text)
{
	sr_reading *r = &m->reading;
	r->tokens = SR_NEW_ARRAY(arena, sr_token, WORDS);
	r->sentences = SR_NEW_ARRAY(arena, sr_sentence, WORDS / SENTENCE);
	for (unsigned i = 0; i < WORDS; i++) {
		if (i)
			sr_buf_add_c(text, i % (SENTENCE * 4) ? " " : "\n\n");
		sr_token *t = &r->tokens[r->token_count++];
		t->span.start = (uint32_t)text->len;
		unsigned w = word();
		sr_buf_printf(text, "%c%c%c%ut", 'a' + w % 26, 'a' + w / 26 % 26, 'a' + w / 676 % 26, w % 10);
		t->span.end = (uint32_t)text->len;
		t->lemma = sr_str_printf(arena, "%c%c%c", 'a' + w % 26, 'a' + w / 26 % 26, 'a' + w / 676 % 26);
		t->upos = (uint8_t)(w % SR_UPOS_COUNT);
		t->deprel = (uint8_t)(w % SR_DEPREL_COUNT);
		t->head = (int32_t)(dice() % SENTENCE) - 1;
		if (i % SENTENCE == 0)
			r->sentences[r->sentence_count++] = (sr_sentence){ .span = t->span, .first_token = i, .token_count = SENTENCE };
		r->sentences[r->sentence_count - 1].span.end = t->span.end;
	}
}

static made *make(sr_arena *arena, unsigned n)
{
	static const char *const names[] = { "Olena Marchuk", "Jean Dupré", "Harbour Office", "Kovalivka", "Port Éloi" };
	made *m = SR_NEW(arena, made);
	sr_buf text;
	char hex[SR_SHA256_HEX + 1];
	seed = n * 2654435761u + 1;
	sr_buf_init(&text, 0);
	make_text(arena, m, &text);
	sr_document *d = &m->doc;
	d->text = sr_str_dup(arena, sr_buf_str(&text));
	sr_buf_deinit(&text);
	sr_sha256_hex(d->text, hex);
	d->sha256 = sr_str_dup(arena, sr_str_c(hex));
	d->url = sr_str_printf(arena, "https://outlet%u.example/%u", n % 50, n);
	d->id = d->path = sr_str_printf(arena, "/page-%u.html", n);
	d->title = sr_str_printf(arena, "Report %u on a matter", n);
	d->site = sr_str_printf(arena, "Outlet %u", n % 50);
	d->published = sr_time_from_epoch(1700000000 + (int64_t)n * 600);
	d->blocks = SR_NEW(arena, sr_block);
	d->block_count = 1;
	d->blocks->span.end = (uint32_t)d->text.len;
	m->reading.doc = d;
	m->reading.entities = SR_NEW_ARRAY(arena, sr_entity, 30);
	for (unsigned i = 0; i < 30; i++)
		m->reading.entities[m->reading.entity_count++] = (sr_entity){ .span = m->reading.tokens[i * 20].span, .type = (sr_entity_type)(i % 4),
			                                                          .name = sr_str_printf(arena, "%s %u", names[i % 5], dice() % 400) };
	for (unsigned i = 0; i < 10; i++)
		m->claims[i] = (sr_claim){ .sentence = i, .sentence_span = m->reading.sentences[i].span, .span = m->reading.sentences[i].span,
			                       .attribution = SR_NO_ATTRIBUTION, .speaker = d->site, .said = d->published };
	m->in = (sr_store_document){ .doc = d, .reading = &m->reading, .claims = m->claims, .claim_count = 10 };
	return m;
}

typedef struct meter {
	double cpu, wall;
} meter;

static meter start(void) { return (meter){ seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC) }; }

static void report(meter m, const char *what, unsigned n)
{
	double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - m.cpu, wall = seconds(CLOCK_MONOTONIC) - m.wall;
	printf("%-34s %8.0f a second of CPU time, %8.0f of the clock, %.3f ms each\n", what, n / cpu, n / wall, 1000 * wall / n);
}

static void must(sr_status status, const sr_error *err)
{
	if (status == SR_OK)
		return;
	fprintf(stderr, "%s\n", err->message);
	exit(1);
}

static void add(sr_store *store, made **docs, unsigned count, unsigned batch, const char *what)
{
	sr_error err;
	sr_store_added added;
	meter m = start();
	for (unsigned n = 0; n < count; n++) {
		if (n % batch == 0)
			must(sr_store_begin(store, sr_time_from_epoch(1800000000), &err), &err);
		must(sr_store_add(store, &docs[n]->in, &added, &err), &err);
		if (n % batch == batch - 1 || n + 1 == count)
			must(sr_store_commit(store, &err), &err);
	}
	report(m, what, count);
}

static void read_back(sr_store *store, made **docs, unsigned count)
{
	sr_error err;
	sr_store_added added;
	sr_store_loaded l;
	sr_store_hits hits;
	sr_arena *arena = sr_arena_new(0);
	meter m = start();
	for (unsigned n = 0; n < count; n++)
		must(sr_store_lookup(store, &docs[n]->doc, (sr_str){ 0 }, &added, &err), &err);
	report(m, "looked up, unchanged", count);
	m = start();
	for (unsigned n = 0; n < count; n++) {
		sr_arena_reset(arena);
		must(sr_store_load(store, n + 1, 0, SR_STORE_DOCUMENT | SR_STORE_READING | SR_STORE_CLAIMS, arena, &l, &err), &err);
	}
	report(m, "loaded with reading and claims", count);
	m = start();
	for (unsigned n = 0; n < count; n++) {
		sr_arena_reset(arena);
		must(sr_store_load(store, n + 1, 0, SR_STORE_CLAIMS, arena, &l, &err), &err);
	}
	report(m, "loaded with claims only", count);
	m = start();
	for (unsigned n = 0; n < 100; n++) {
		sr_arena_reset(arena);
		sr_str words = sr_span_of(docs[n % count]->doc.text, (sr_span){ 0, docs[n % count]->reading.tokens[2].span.end });
		must(sr_store_search_documents(store, &(sr_store_query){ .text = words }, arena, &hits, &err), &err);
	}
	report(m, "searched for three words", 100);
	sr_arena_free(arena);
}

/* The index by itself, and rows without it: the same texts straight into SQLite. */
static void alone(const char *path, made **docs, unsigned count, const char *table, const char *what)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	char sql[200];
	snprintf(sql, sizeof sql, "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; %s", table);
	if (sqlite3_open(path, &db) || sqlite3_exec(db, sql, NULL, NULL, NULL) ||
	    sqlite3_prepare_v2(db, "INSERT INTO t(rowid, title, text) VALUES(?, ?, ?)", -1, &st, NULL))
		exit(1);
	meter m = start();
	for (unsigned n = 0; n < count; n++) {
		if (n % BATCH == 0)
			sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
		sqlite3_bind_int(st, 1, (int)n + 1);
		sqlite3_bind_text64(st, 2, docs[n]->doc.title.ptr, docs[n]->doc.title.len, SQLITE_STATIC, SQLITE_UTF8);
		sqlite3_bind_text64(st, 3, docs[n]->doc.text.ptr, docs[n]->doc.text.len, SQLITE_STATIC, SQLITE_UTF8);
		sqlite3_step(st);
		sqlite3_reset(st);
		if (n % BATCH == BATCH - 1 || n + 1 == count)
			sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	}
	report(m, what, count);
	sqlite3_finalize(st);
	sqlite3_close(db);
	unlink(path);
}

int main(int argc, char **argv)
{
	unsigned count = argc > 1 ? (unsigned)atoi(argv[1]) : 2000;
	char folder[256], path[300];
	struct stat size;
	sr_error err;
	sr_store *store;
	snprintf(folder, sizeof folder, "%s/sitrep-bench-XXXXXX", argc > 2 ? argv[2] : "/tmp");
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof path, "%s/a.db", folder);
	sr_arena *arena = sr_arena_new(0);
	made **docs = SR_NEW_ARRAY(arena, made *, count + SINGLE);
	if (!docs)
		return 1;
	for (unsigned n = 0; n < count + SINGLE; n++)
		docs[n] = make(arena, n);
	must(sr_store_open(&(sr_store_options){ .uri = path, .create = true }, &store, &err), &err);
	add(store, docs, count, BATCH, "added, 100 a commit");
	add(store, docs + count, SINGLE, 1, "added, one a commit");
	read_back(store, docs, count);
	sr_store_close(store);
	if (stat(path, &size) == 0)
		printf("%-34s %8.1f kB a document\n", "on the disk", (double)size.st_size / 1024 / (count + SINGLE));
	unlink(path);
	snprintf(path, sizeof path, "%s/b.db", folder);
	alone(path, docs, count, "CREATE TABLE t(title TEXT, text TEXT)", "rows alone, nothing packed");
	alone(path, docs, count, "CREATE VIRTUAL TABLE t USING fts5(title, text, tokenize='porter unicode61 remove_diacritics 2')", "rows in a full-text index alone");
	rmdir(folder);
	sr_arena_free(arena);
	return 0;
}
