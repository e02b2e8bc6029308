#include "archive.h"

#include "sitrep/base/json.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/unicode.h"
#include "sitrep/format/html.h"
#include "sitrep/format/warc.h"
#include "sitrep/gazetteer.h"
#include "sitrep/nn.h"
#include "sitrep/tag.h"

#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <sys/statvfs.h>

const char help_doctor[] =
	"Prints versions, the model, the store, the room on its disk and what is not built yet. Exit status 1 if something that\n"
	"the commands need is missing or damaged.\n\n"
	"Options:\n"
	"  --deep           read the whole store and hold everything in it against its checksums\n"
	"  --salvage FILE   copy all that can still be read of a damaged store into a new one\n\n"
	"Examples:\n"
	"  sitrep doctor\n"
	"  sitrep doctor --deep\n"
	"  sitrep --db broken.db doctor --salvage saved.db\n";

static void put_libraries(void)
{
	static void (*const libraries[])(sr_buf *) = { sr_store_libraries, sr_html_library, sr_body_libraries, sr_unicode_library, sr_json_library };
	sr_buf line;
	sr_buf_init(&line, 0);
	for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
		if (i)
			sr_buf_add_c(&line, ", ");
		libraries[i](&line);
	}
	printf("%-10s %.*s\n", "libraries", SR_FMT(sr_buf_str(&line)));
	sr_buf_deinit(&line);
}

static bool check_engine(const cli_context *ctx)
{
	sr_engine *engine = NULL;
	sr_error err = { 0 };
	const sr_nn_kernels *best[1];
	sr_engine_options options = { .jobs = ctx->jobs, .now = ctx->now };
	bool ok = sr_engine_new(&options, &engine, &err) == SR_OK;
	unsigned threads = ctx->jobs ? ctx->jobs : sr_processors();
	if (ok && sr_nn_kernels_available(best, 1))
		printf("%-10s ok, %u %s, kernels %s\n", "engine", threads, threads == 1 ? "thread" : "threads", sr_nn_kernels_name(best[0]));
	else
		printf("%-10s %s\n", "engine", err.message);
	sr_engine_free(engine);
	return ok;
}

/* The engine opens them only when it needs them, so they are opened here. */
static bool check_share(void)
{
	sr_tag_model *tagger = NULL;
	sr_gazetteer *gazetteer = NULL;
	sr_error err = { 0 };
	bool model = sr_tag_model_open(NULL, &tagger, &err) == SR_OK;
	if (model)
		printf("%-10s reading.model %s: ok\n", "model", sr_tag_model_id(tagger));
	else
		printf("%-10s %s\n", "model", err.message);
	bool places = sr_gazetteer_open(NULL, &gazetteer, &err) == SR_OK;
	if (places)
		printf("%-10s gazetteer.bin, %zu places: ok\n", "", sr_gazetteer_places(gazetteer));
	else
		printf("%-10s %s\n", "", err.message);
	sr_tag_model_free(tagger);
	sr_gazetteer_free(gazetteer);
	return model && places;
}

/* Bytes as people say them. */
static const char *size_of(int64_t bytes, char *text, size_t size)
{
	static const struct {
		int shift;
		const char *unit;
	} units[] = { { 30, "GB" }, { 20, "MB" }, { 10, "kB" } };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (bytes >> units[i].shift >= 10) {
			snprintf(text, size, "%lld %s", (long long)(bytes >> units[i].shift), units[i].unit);
			return text;
		}
	snprintf(text, size, "%lld bytes", (long long)bytes);
	return text;
}

/* Where the store is or would be; false if that is no path. */
static bool store_path(const cli_context *ctx, char *path, size_t size)
{
	static const char scheme[] = "sqlite:";
	sr_arena *arena = sr_arena_new(0);
	sr_str db = sr_str_c(ctx->db);
	bool known = ctx->db || (arena && sr_store_default_path(arena, &db, NULL) == SR_OK);
	if (sr_str_starts(db, sr_str_c(scheme)))
		db = sr_str_slice(db, sizeof scheme - 1, db.len);
	known = known && db.len < size && sr_str_find(db, SR_STR("://"), 0) == SIZE_MAX;
	snprintf(path, size, "%.*s", SR_FMT(db));
	sr_arena_free(arena);
	return known;
}

/* What is free in the folder of the store, or in the nearest one above it that is there. */
static void print_disk(const cli_context *ctx)
{
	struct statvfs disk;
	char path[PATH_MAX], room[32];
	if (!store_path(ctx, path, sizeof path))
		return;
	const char *folder;
	bool there;
	do {
		folder = dirname(path);
		there = statvfs(folder, &disk) == 0;
		if (folder != path) /* it may be a text of its own */
			snprintf(path, sizeof path, "%s", folder);
	} while (!there && strcmp(folder, ".") != 0 && strcmp(folder, "/") != 0);
	if (there)
		printf("%-10s %s free for the store in %s\n", "disk", size_of((int64_t)(disk.f_bavail * disk.f_frsize), room, sizeof room), folder);
}

static void print_stats(const sr_store_stats *s)
{
	printf("%-10s %.*s, schema %u, %.*s\n", "store", SR_FMT(s->engine), s->schema, SR_FMT(s->path));
	printf("%-10s %lld documents (%lld revisions, %lld withdrawn), %lld stories, %lld editions, %lld corrections by hand\n", "",
	       (long long)s->documents, (long long)s->revisions, (long long)s->withdrawn, (long long)s->stories, (long long)s->editions,
	       (long long)s->corrections);
	char file[32], packed[32], unpacked[32];
	printf("%-10s %s, of which originals %s (%s unpacked)\n", "", size_of(s->file_bytes, file, sizeof file),
	       size_of(s->original_packed, packed, sizeof packed), size_of(s->original_bytes, unpacked, sizeof unpacked));
}

static bool check_deep(sr_archive *a, sr_arena *arena)
{
	sr_error err = { 0 };
	sr_str *faults;
	size_t count;
	if (sr_store_check(sr_archive_store(a), arena, &faults, &count, &err) != SR_OK) {
		printf("%-10s %s\n", "", err.message);
		return false;
	}
	for (size_t i = 0; i < count; i++)
		printf("%-10s %.*s\n", "", SR_FMT(faults[i]));
	printf("%-10s %s\n", "", count ? "damaged: sitrep doctor --salvage FILE copies what can still be read" : "sound");
	return count == 0;
}

/* A store that is not there yet is no fault. */
static bool check_store(const cli_context *ctx, bool deep)
{
	const sr_archive_options options = { .engine = { .jobs = ctx->jobs, .now = ctx->now }, .db = ctx->db };
	sr_archive *a = NULL;
	sr_store_stats stats;
	sr_error err = { 0 };
	bool ok = true;
	sr_status status = sr_archive_open(&options, &a, &err);
	if (status != SR_OK) {
		printf("%-10s %s\n", "store", err.message);
		return status == SR_E_NOT_FOUND;
	}
	sr_arena *arena = sr_arena_new(0);
	if (!arena || sr_store_get_stats(sr_archive_store(a), arena, &stats, &err) != SR_OK) {
		printf("%-10s %s\n", "store", arena ? err.message : "out of memory");
		ok = false;
	} else {
		print_stats(&stats);
		ok = !deep || check_deep(a, arena);
	}
	sr_arena_free(arena);
	sr_archive_close(a);
	return ok;
}

/* The new store, ready for use. */
static sr_status make_ready(const cli_context *ctx, const char *to, sr_error *err)
{
	sr_archive *a;
	const sr_archive_options options = { .engine = { .now = ctx->now, .jobs = ctx->jobs }, .db = to, .write = true };
	SR_TRY(sr_archive_open(&options, &a, err));
	sr_status status = sr_archive_remember(a, err);
	sr_archive_close(a);
	return status;
}

/* The commands that are known and not built. */
static void print_missing(void)
{
	const char *before = "";
	printf("%-10s ", "network");
	for (size_t i = 0; i < cli_command_count; i++)
		if (!cli_commands[i].run) {
			printf("%s%s", before, cli_commands[i].name);
			before = ", ";
		}
	puts(": not built yet");
}

static int salvage(const cli_context *ctx, const char *to)
{
	sr_store_salvaged s = { 0 };
	sr_error err = { 0 };
	sr_str path = sr_str_c(ctx->db);
	sr_arena *arena = sr_arena_new(0);
	sr_status status = !arena ? sr_fail(&err, SR_E_NOMEM, "out of memory") : ctx->db ? SR_OK : sr_store_default_path(arena, &path, &err);
	if (status == SR_OK)
		status = sr_store_salvage(path.ptr, to, arena, &s, &err);
	if (status == SR_OK && s.lost)
		status = make_ready(ctx, to, &err);
	if (status != SR_OK)
		cli_say("%s", err.message);
	else
		printf("%zu rows kept, %zu%s lost, in %s\n", s.kept, s.lost, s.more ? " or more" : "", to);
	for (size_t i = 0; status == SR_OK && i < s.loss_count; i++)
		printf("%-10s %.*s\n", "", SR_FMT(s.losses[i]));
	sr_arena_free(arena);
	return status == SR_OK ? EXIT_DONE : EXIT_BROKEN;
}

int cmd_doctor(cli_context *ctx, int argc, char **argv)
{
	bool deep = false;
	const char *to = NULL;
	const cli_option options[] = { { "deep", 0, &deep, NULL }, { "salvage", 0, NULL, &to } };
	int n = cli_parse(ctx, options, 2, argc, argv);
	if (n != 0)
		return n < 0 ? EXIT_USAGE : cli_usage(ctx, "doctor takes no names");
	if (to)
		return salvage(ctx, to);
	printf("%-10s %s\n", "sitrep", SITREP_VERSION);
	put_libraries();
	bool ok = check_engine(ctx);
	ok &= check_share();
	ok &= check_store(ctx, deep);
	print_disk(ctx);
	print_missing();
	return ok ? EXIT_DONE : EXIT_NO;
}
