#include "archive.h"

#include "sitrep/gazetteer.h"
#include "sitrep/tag.h"

#include <sys/statvfs.h>

const char help_doctor[] =
	"Prints versions, the data files, the store and what is not built yet. Exit status 1 if something that\n"
	"the commands need is missing or damaged.\n\n"
	"Options:\n"
	"  --deep           read the whole store and hold everything in it against its checksums\n"
	"  --salvage FILE   copy all that can still be read of a damaged store into a new one\n\n"
	"Examples:\n"
	"  sitrep doctor\n"
	"  sitrep doctor --deep\n"
	"  sitrep --db broken.db doctor --salvage saved.db\n";

static bool check_engine(const cli_context *ctx)
{
	sr_engine *engine = NULL;
	sr_error err = { 0 };
	sr_engine_options options = { .jobs = ctx->jobs, .now = ctx->now };
	bool ok = sr_engine_new(&options, &engine, &err) == SR_OK;
	printf("%-10s %s\n", "engine", ok ? "ok" : err.message);
	sr_engine_free(engine);
	return ok;
}

static bool print_file(const char *name, sr_status status, const sr_error *err)
{
	printf("%-10s %s: %s\n", "", name, status == SR_OK ? "ok" : err->message);
	return status == SR_OK;
}

/* The engine opens them only when it needs them, so they are opened here. */
static bool check_share(void)
{
	sr_tag_model *tagger = NULL;
	sr_gazetteer *gazetteer = NULL;
	sr_error err = { 0 };
	bool ok = print_file("reading.model", sr_tag_model_open(NULL, &tagger, &err), &err);
	ok &= print_file("gazetteer.bin", sr_gazetteer_open(NULL, &gazetteer, &err), &err);
	sr_tag_model_free(tagger);
	sr_gazetteer_free(gazetteer);
	return ok;
}

static void print_stats(const sr_store_stats *s)
{
	printf("%-10s %.*s, schema %u, %.*s\n", "store", SR_FMT(s->engine), s->schema, SR_FMT(s->path));
	printf("%-10s %lld documents (%lld revisions, %lld withdrawn), %lld stories, %lld editions, %lld corrections by hand\n", "",
	       (long long)s->documents, (long long)s->revisions, (long long)s->withdrawn, (long long)s->stories, (long long)s->editions,
	       (long long)s->corrections);
	printf("%-10s %lld MB, of which originals %lld MB (%lld MB unpacked)\n", "", (long long)(s->file_bytes >> 20),
	       (long long)(s->original_packed >> 20), (long long)(s->original_bytes >> 20));
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
		printf("%-10s %s%s\n", "store", status == SR_E_NOT_FOUND ? "none yet: " : "", err.message);
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
		printf("%zu rows kept, %zu lost, in %s\n", s.kept, s.lost, to);
	for (size_t i = 0; status == SR_OK && i < s.loss_count; i++)
		printf("%-10s %.*s\n", "", SR_FMT(s.losses[i]));
	sr_arena_free(arena);
	return status == SR_OK ? EXIT_DONE : EXIT_BROKEN;
}

int cmd_doctor(cli_context *ctx, int argc, char **argv)
{
	struct statvfs disk;
	bool deep = false;
	const char *to = NULL;
	const cli_option options[] = { { "deep", 0, &deep, NULL }, { "salvage", 0, NULL, &to } };
	int n = cli_parse(ctx, options, 2, argc, argv);
	if (n != 0)
		return n < 0 ? EXIT_USAGE : cli_usage(ctx, "doctor takes no names");
	if (to)
		return salvage(ctx, to);
	printf("%-10s %s\n", "sitrep", SITREP_VERSION);
	bool ok = check_engine(ctx);
	ok &= check_share();
	if (statvfs(".", &disk) == 0)
		printf("%-10s %llu MB free here\n", "disk", (unsigned long long)disk.f_bavail * disk.f_frsize >> 20);
	ok &= check_store(ctx, deep);
	printf("%-10s not built yet\n", "network");
	return ok ? EXIT_DONE : EXIT_NO;
}
