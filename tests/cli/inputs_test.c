/* What the program does with input that cannot be read or is hostile: a clear message, the right
 * exit status, the other inputs still read, memory bounded. */
#include "harness.h"

#include "sitrep/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD_A "examples/01-velmira-herald-wire.txt"
#define GOOD_B "examples/08-velmira-herald-evacuation.txt"
#define BIG_BYTES ((size_t)50 << 20)
#define OVER_BYTES ((size_t)5 << 20) /* more than the text of one document may hold */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEASURED 0 /* sanitizers multiply memory */
#else
#define MEASURED 1
#endif
#define PEAK_KB_MAX (400l * 1024)

typedef struct room {
	char folder[64];
	char path[128];
} room;

static bool room_open(room *r)
{
	snprintf(r->folder, sizeof r->folder, "/tmp/sitrep-test-XXXXXX");
	return mkdtemp(r->folder) != NULL;
}

static const char *room_path(room *r, const char *name)
{
	snprintf(r->path, sizeof r->path, "%s/%s", r->folder, name);
	return r->path;
}

static void room_close(room *r)
{
	/* a name may be a file, a link, a pipe or an empty folder */
	if (unlink(r->path) != 0)
		(void)rmdir(r->path);
	(void)rmdir(r->folder);
}

/* Writes unit again and again until size bytes are in the file; head comes first. */
static bool write_file(const char *path, sr_str head, sr_str unit, size_t size)
{
	FILE *f = fopen(path, "wb");
	if (!f)
		return false;
	size_t written = fwrite(head.ptr ? head.ptr : "", 1, head.len, f);
	bool ok = written == head.len;
	while (ok && written < size) {
		size_t n = unit.len < size - written ? unit.len : size - written;
		ok = fwrite(unit.ptr, 1, n, f) == n;
		written += n;
	}
	return fclose(f) == 0 && ok;
}

#define SENTENCE "The river rose on Monday, the mayor of Brenmoor said, and \"nobody was hurt\" in the town.\n\n"

static bool make_random(const char *p)
{
	/* xorshift64 (Marsaglia 2003): the same bytes in every run */
	char *block = malloc(100000);
	uint64_t x = 88172645463325252u;
	for (size_t i = 0; block && i < 100000; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		block[i] = (char)(x >> 32);
	}
	bool ok = block && write_file(p, sr_str_make(block, 100000), (sr_str){ 0 }, 0);
	free(block);
	return ok;
}
static bool make_empty(const char *p) { return write_file(p, (sr_str){ 0 }, (sr_str){ 0 }, 0); }
static bool make_blank(const char *p) { return write_file(p, SR_STR(" \n\t\n"), (sr_str){ 0 }, 0); }
static bool make_folder(const char *p) { return mkdir(p, 0700) == 0; }
static bool make_loop(const char *p) { return symlink(p, p) == 0; }
static bool make_nothing(const char *p) { return p[0] != 0; }
static bool make_pipe(const char *p) { return mkfifo(p, 0600) == 0; }
static bool make_truncated(const char *p) { return write_file(p, SR_STR("Flood in Brenmoor\n\n" SENTENCE "The mayor\xE2\x80"), (sr_str){ 0 }, 0); }
static bool make_big(const char *p) { return write_file(p, SR_STR("Flood in Brenmoor\n\n"), SR_STR(SENTENCE), BIG_BYTES); }
static bool make_one_word(const char *p) { return write_file(p, (sr_str){ 0 }, SR_STR("a"), OVER_BYTES); }
static bool make_one_line(const char *p) { return write_file(p, (sr_str){ 0 }, SR_STR("the river rose, "), OVER_BYTES); }
static bool make_bad_lines(const char *p) { return write_file(p, SR_STR("{\"id\":\"1\",\"text\":\"The river rose on Monday.\"}\n{bad\n"), (sr_str){ 0 }, 0); }
/* "The river rose on Monday.", packed */
static bool make_gzip(const char *p)
{
	static const unsigned char packed[] = { 0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0x0b, 0xc9, 0x48, 0x55, 0x28, 0xca,
		0x2c, 0x4b, 0x2d, 0x52, 0x28, 0xca, 0x2f, 0x4e, 0x55, 0xc8, 0xcf, 0x53, 0xf0, 0xcd, 0xcf, 0x4b,
		0x49, 0xac, 0xd4, 0xe3, 0x02, 0x00, 0xf9, 0xfa, 0x99, 0xe1, 0x1a, 0x00, 0x00, 0x00 };
	return write_file(p, sr_str_make((const char *)packed, sizeof packed), (sr_str){ 0 }, 0);
}
static bool make_quotes(const char *p) { return write_file(p, (sr_str){ 0 }, SR_STR("\"said\" "), OVER_BYTES); }
static bool make_capitals(const char *p) { return write_file(p, (sr_str){ 0 }, SR_STR("Edda Corlin said 12 "), OVER_BYTES); }
static bool make_nested(const char *p) { return write_file(p, SR_STR("<html><body>"), SR_STR("<div>"), OVER_BYTES); }
static bool make_open_json(const char *p) { return write_file(p, SR_STR("{\"text\":"), SR_STR("["), OVER_BYTES); }

static const struct {
	const char *name;
	bool (*make)(const char *path);
	int status;         /* with two good inputs beside it */
	const char *says;   /* on standard error, after the input's name; NULL: nothing needs to be said */
	bool partly;        /* read where it can be */
} inputs[] = {
	{ "random", make_random, 3, "binary data", false },
	{ "empty", make_empty, 3, "empty", false },
	{ "blank", make_blank, 3, "", false },
	{ "folder without files", make_folder, 3, "no files", false },
	{ "link to itself", make_loop, 3, "cannot open", false },
	{ "missing", make_nothing, 3, "No such file", false },
	{ "pipe", make_pipe, 3, "not a regular file", false },
	{ "truncated UTF-8", make_truncated, 0, "replaced", false },
	{ "packed page", make_gzip, 3, "a gzip file without a WARC archive", false },
	{ "a line that is no JSON", make_bad_lines, 3, "line 2: not valid JSON", true },
	{ "50 MB of text", make_big, 0, "cut after", false },
	{ "5 MB of one word", make_one_word, 0, "cut after", false },
	{ "5 MB of one line", make_one_line, 0, "cut after", false },
	{ "5 MB of quotation marks", make_quotes, 0, "cut after", false },
	{ "5 MB of names and numbers", make_capitals, 0, "cut after", false },
	{ "5 MB of open elements", make_nested, -1, NULL, false },
	{ "5 MB of open brackets", make_open_json, -1, NULL, false },
};

static bool says(sr_str text, const char *needle) { return sr_str_find(text, sr_str_c(needle), 0) != SIZE_MAX; }

static bool is_built(const char *command)
{
	sr_buf out, err;
	const char *argv[] = { "sitrep", command, "--help", NULL };
	bool built = test_spawn(argv, (sr_str){ 0 }, &out, &err) == 0;
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
	return built;
}

/* Standard error names the input and the reason on one line. */
static void check_message(sr_str err, const char *path, const char *reason)
{
	sr_str line;
	while (sr_str_next_line(&err, &line))
		if (says(line, path) && says(line, reason))
			return;
	test_fail(__FILE__, __LINE__, "no line of standard error says \"%s\" of %s", reason, path);
}

static void check_between_good_ones(const char *command, const char *path, int status, const char *reason)
{
	sr_buf out, err;
	char a[512], b[512];
	snprintf(a, sizeof a, "%s", test_path(GOOD_A));
	snprintf(b, sizeof b, "%s", test_path(GOOD_B));
	const char *argv[] = { "sitrep", command, "--now", "2026-03-16T20:00:00Z", a, path, b, NULL };
	int got = test_spawn(argv, (sr_str){ 0 }, &out, &err);
	if (status >= 0)
		CHECK_INT(got, status);
	else
		CHECK(got == 0 || got == 3);
	if (reason)
		check_message(sr_buf_str(&err), path, reason);
	CHECK(sr_utf8_valid(sr_buf_str(&out)));
	/* both of the others were read */
	CHECK(says(sr_buf_str(&out), "Miller's Bridge") || says(sr_buf_str(&out), "Dam"));
	CHECK(says(sr_buf_str(&out), "6,200") || says(sr_buf_str(&out), "Paula Retz"));
	if (MEASURED && test_spawn_peak_kb() > PEAK_KB_MAX)
		test_fail(__FILE__, __LINE__, "%s took %ld MB", command, test_spawn_peak_kb() / 1024);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

static void check_alone(const char *command, const char *path, bool partly)
{
	sr_buf out, err;
	const char *argv[] = { "sitrep", command, path, NULL };
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 3);
	CHECK_INT(out.len > 0, partly);
	check_message(sr_buf_str(&err), path, "");
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

TEST(cli_hostile_inputs)
{
	static const char *const commands[] = { "extract", "read", "brief" };
	for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
		bool built = is_built(commands[c]);
		for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
			char label[96];
			/* brief reads as read does: of the large ones the longest is enough, to keep the tests short */
			if (c == 2 && strncmp(inputs[i].name, "5 MB", 4) == 0)
				continue;
			room r = { 0 };
			snprintf(label, sizeof label, "%s: %s", commands[c], inputs[i].name);
			test_case(label);
			if (!built) {
				test_skip("the command is not built yet");
				continue;
			}
			REQUIRE(room_open(&r));
			const char *path = room_path(&r, "input.txt");
			if (inputs[i].make(path)) {
				check_between_good_ones(commands[c], path, inputs[i].status, inputs[i].says);
				if (inputs[i].status == 3)
					check_alone(commands[c], path, inputs[i].partly);
			} else {
				test_fail(__FILE__, __LINE__, "cannot make the input");
			}
			room_close(&r);
		}
	}
}

TEST(cli_usage)
{
	static const struct {
		const char *label, *argv[8];
		int status;
		const char *says;
	} cases[] = {
		{ "unknown command", { "sitrep", "extrakt" }, 2, "did you mean extract" },
		{ "unknown option", { "sitrep", "extract", "--tpye", "x" }, 2, "--type" },
		{ "option without its value", { "sitrep", "extract", "--type" }, 2, "--type" },
		{ "unknown type", { "sitrep", "extract", "--type", "pdf", "x" }, 2, "pdf" },
		{ "type misspelled", { "sitrep", "extract", "--type", "htm", "x" }, 2, "did you mean html?" },
		{ "type misspelled, into the store", { "sitrep", "add", "--type", "jsnol", "x" }, 2, "did you mean jsonl?" },
		{ "format misspelled", { "sitrep", "brief", "--format", "htlm", "x" }, 2, "did you mean html?" },
		{ "format of a list misspelled", { "sitrep", "stories", "--format", "jsno" }, 2, "did you mean json?" },
		{ "format of verify misspelled", { "sitrep", "verify", "--format", "txet", "x" }, 2, "did you mean text?" },
		{ "format of read misspelled", { "sitrep", "read", "--format", "colnlu", "x" }, 2, "did you mean conllu?" },
		{ "format of another command", { "sitrep", "claims", "--format", "atom", "x" }, 2, "one of term, md, html or json" },
		{ "format of extract", { "sitrep", "extract", "--format", "md", "x" }, 2, "unknown --format md: only json" },
		{ "format of cluster misspelled", { "sitrep", "cluster", "--format", "jsno", "x" }, 2, "did you mean json?" },
		{ "a store in no folder", { "sitrep", "--db", "/nowhere/at/all/db", "add", "x" }, 4, "there is no folder /nowhere/at" },
		{ "search for nothing", { "sitrep", "search", " \"" }, 2, "the QUERY has no words" },
		{ "a long option for a letter", { "sitrep", "--verbose", "stories" }, 2, "did you mean -v?" },
		{ "claims of nothing", { "sitrep", "claims" }, 2, "no STORY or SOURCE given" },
		{ "all stories as one page", { "sitrep", "brief", "--all", "--format", "html", "x" }, 2, "html holds one story" },
		{ "all stories as one feed", { "sitrep", "brief", "--format", "atom", "--all", "x" }, 2, "atom holds one story" },
		{ "all claims as one page", { "sitrep", "claims", "--all", "--format", "html", "x" }, 2, "html holds one story" },
		{ "a list as a page", { "sitrep", "brief", "--list", "--format", "html", "x" }, 2, "html holds one story" },
		{ "one story and all", { "sitrep", "brief", "--all", "--story", "2", "x" }, 2, "give one of them" },
		{ "story below the first", { "sitrep", "brief", "--story", "-1", "x" }, 2, "--story -1 is not a number from 1" },
		{ "story with a sign", { "sitrep", "claims", "--story", "+1", "x" }, 2, "--story +1 is not a number from 1" },
		{ "limit with a blank", { "sitrep", "search", "--limit", " 1", "x" }, 2, "is not a number from 1 to 1000" },
		{ "limit below the first", { "sitrep", "search", "--limit", "-3", "x" }, 2, "--limit -3 is not a number from 1 to 1000" },
		{ "edition below the first", { "sitrep", "show", "--edition", "-1", "x" }, 2, "--edition -1 is not a number from 1" },
		{ "too many jobs", { "sitrep", "--jobs", "65", "extract", "x" }, 2, "--jobs 65 is not a number from 1 to 64" },
		{ "store without a name", { "sitrep", "--db=", "stories" }, 2, "--db needs the path" },
		{ "general option misspelled before the command", { "sitrep", "--jbos", "2", "extract", "x" }, 2, "did you mean --jobs?" },
		{ "option before its command", { "sitrep", "--format", "html", "brief", "x" }, 2, "stand behind its name" },
		{ "letter without its value", { "sitrep", "brief", "-f" }, 2, "-f needs a value" },
		{ "letter with a value too many", { "sitrep", "brief", "-ax", "x" }, 2, "-a takes no value" },
		{ "standard input twice", { "sitrep", "brief", "-", "-" }, 2, "can be read once only" },
		{ "nothing at all", { "sitrep" }, 2, "Commands:" },
		{ "no source", { "sitrep", "extract" }, 2, "SOURCE" },
		{ "clock that is none", { "sitrep", "--now", "soon", "extract", "x" }, 2, "soon" },
		{ "number of jobs that is none", { "sitrep", "--jobs", "many", "extract", "x" }, 2, "many" },
		{ "no dossier", { "sitrep", "verify" }, 2, "dossier" },
		{ "unknown format of verify", { "sitrep", "verify", "--format", "pdf", "x" }, 2, "pdf" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out, err;
		test_case(cases[i].label);
		CHECK_INT(test_spawn(cases[i].argv, (sr_str){ 0 }, &out, &err), cases[i].status);
		CHECK_INT(out.len, 0);
		if (!says(sr_buf_str(&err), cases[i].says))
			test_fail(__FILE__, __LINE__, "\"%.*s\" does not say %s", SR_FMT(sr_buf_str(&err)), cases[i].says);
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
}

TEST(eval_usage)
{
	static const struct {
		const char *label, *argv[4];
		int status;
		bool out; /* the list of commands goes to standard output */
	} cases[] = {
		{ "help is asked for", { "sitrep-eval", "--help" }, 0, true },
		{ "nothing is asked for", { "sitrep-eval" }, 2, false },
		{ "an unknown command", { "sitrep-eval", "simliarity" }, 2, false },
		{ "a command without its file", { "sitrep-eval", "similarity" }, 2, false },
		{ "another without its file", { "sitrep-eval", "contrast" }, 2, false },
		{ "a third without its file", { "sitrep-eval", "rouge" }, 2, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out, err;
		test_case(cases[i].label);
		CHECK_INT(test_spawn(cases[i].argv, (sr_str){ 0 }, &out, &err), cases[i].status);
		CHECK(says(sr_buf_str(cases[i].out ? &out : &err), "usage: sitrep-eval"));
		CHECK_INT((cases[i].out ? err : out).len, 0);
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
}

TEST(eval_contrast)
{
	static const struct {
		const char *label, *in;
		int status;
		const char *out, *err;
	} cases[] = {
		{ "a contradiction", "{\"id\":\"7\",\"a\":\"The bridge is open, the ministry said.\",\"b\":\"The bridge is closed, drivers said.\"}\n", 0, "{\"id\":\"7\",\"relation\":\"conflict\",\"kind\":\"state\"", "" },
		{ "the same", "{\"id\":\"x\",\"a\":\"The bridge is open again.\",\"b\":\"The bridge is open again.\"}\n", 0, "{\"id\":\"x\",\"relation\":\"agree\",", "" },
		{ "more words", "{\"id\":\"z\",\"a\":\"The black bird is sitting comfortably in a leafless tree.\",\"b\":\"The black bird is sitting in a leafless tree.\"}\n", 0, "{\"id\":\"z\",\"relation\":\"agree\",", "" },
		{ "the same taken back", "{\"id\":\"z\",\"a\":\"Someone is putting ingredients into a wok\",\"b\":\"Someone is not putting ingredients into a wok\"}\n", 0, "{\"id\":\"z\",\"relation\":\"conflict\",", "" },
		{ "more taken back than was said", "{\"id\":\"z\",\"a\":\"A man is cutting rope.\",\"b\":\"A man on a roof is not cutting rope in the rain.\"}\n", 0, "{\"id\":\"z\",\"relation\":\"unrelated\",", "" },
		{ "two that share no name", "{\"id\":\"z\",\"a\":\"Ferrets are climbing down from a shelf\",\"b\":\"Several ferrets are climbing out of the cage\"}\n", 0, "{\"id\":\"z\",\"relation\":\"unrelated\",", "" },
		{ "for and against", "{\"id\":\"z\",\"a\":\"Senator Holm backed the bill and voted for it.\",\"b\":\"Senator Holm backed the bill and voted against it.\"}\n", 0, "{\"id\":\"z\",\"relation\":\"conflict\",", "" },
		{ "a denial of nothing", "{\"id\":\"y\",\"a\":\"He did not.\",\"b\":\"Her brother sells shoes.\"}\n", 0, "{\"id\":\"y\",\"relation\":\"unrelated\",", "" },
		{ "another matter", "{\"id\":\"y\",\"a\":\"The bridge is open again.\",\"b\":\"Her brother sells shoes.\"}\n", 0, "{\"id\":\"y\",\"relation\":\"unrelated\",", "" },
		{ "a line that is cut short", "{\"id\":\"1\",\"a\":\"A.\",\"b\":\"B.\"}\n{\"id\":\"2\",\n", 4, "", "line 2: not valid JSON" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out, err;
		char path[] = "/tmp/sitrep-contrast-XXXXXX";
		const char *argv[] = { "sitrep-eval", "contrast", path, NULL };
		int fd = mkstemp(path);
		test_case(cases[i].label);
		REQUIRE(fd >= 0 && write(fd, cases[i].in, strlen(cases[i].in)) > 0);
		CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), cases[i].status);
		CHECK(says(sr_buf_str(&out), cases[i].out) && says(sr_buf_str(&err), cases[i].err));
		close(fd);
		unlink(path);
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
}

/* A line a story: whatever a line holds, it has its line of the answer, and no more words than fit. */
TEST(eval_rouge)
{
	static const char in[] = "TITLE=> Bridge falls. ARTICLE=> The old bridge of Brask fell into the river on Thursday. [SEP] TITLE=> Fall of a bridge. ARTICLE=> The bridge of Brask fell "
	                         "into the river, the mayor said.\n\nnothing of the kind\nTITLE=> Mill burns. ARTICLE=> The mill of Oss burned down to the ground on Friday.\n";
	static const char *const want[] = { "The old bridge of Brask fell", "", "", "Mill burns. The mill of Oss burned" };
	char path[] = "/tmp/sitrep-rouge-XXXXXX";
	const char *argv[] = { "sitrep-eval", "rouge", path, NULL };
	sr_buf out, err;
	int fd = mkstemp(path);
	REQUIRE(fd >= 0 && write(fd, in, sizeof in - 1) > 0);
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 0);
	sr_str rest = sr_buf_str(&out), line;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		REQUIRE(sr_str_next_line(&rest, &line));
		CHECK(*want[i] ? says(line, want[i]) : line.len == 0);
	}
	CHECK_INT(rest.len, 0);
	close(fd);
	unlink(path);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

/* A page without citations is not told to hold in all of them. */
TEST(cli_verify_of_nothing)
{
	static const struct {
		const char *label, *in;
		int status;
		const char *out, *err;
	} cases[] = {
		{ "a page of claims", "{\"sitrep\":1,\"story\":{\"documents\":0,\"origins\":0},\"voices\":[],\"sources\":[]}", 3, "", "page of claims" },
		{ "a report", "The pier fell.\n", 3, "", "no dossier: not valid JSON" },
		{ "a dossier without a line", "{\"sitrep\":1,\"story\":{\"documents\":0,\"origins\":0},\"sources\":[]}", 0, "nothing to check", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out, err;
		const char *argv[] = { "sitrep", "verify", "-", NULL };
		test_case(cases[i].label);
		CHECK_INT(test_spawn(argv, sr_str_c(cases[i].in), &out, &err), cases[i].status);
		CHECK(says(sr_buf_str(&out), cases[i].out) && says(sr_buf_str(&err), cases[i].err));
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
}

/* What a file is called reorders nothing on the screen, and sets no colour. */
TEST(cli_names_that_hide)
{
	static const char *const marks[] = { "\x1b", "\xC2\x9B", "\xE2\x80\xAE", "\xE2\x81\xA7", "\x7f" };
	sr_buf out, err;
	const char *argv[] = { "sitrep", "extract", "/nowhere/a\x1b[31m\xC2\x9B\xE2\x80\xAEtxt.\xE2\x81\xA7\x7f\xFFz\xC3\xA9", NULL };
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 3);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		CHECK(!says(sr_buf_str(&err), marks[i]));
	CHECK(sr_utf8_valid(sr_buf_str(&err)) && says(sr_buf_str(&err), "z\xC3\xA9: cannot open"));
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

/* What a folder holds as a link is followed to a file, and else told. */
TEST(cli_folder_with_links)
{
	room r = { 0 };
	char path[512];
	sr_buf out, err;
	REQUIRE(room_open(&r));
	snprintf(path, sizeof path, "%s/in", r.folder);
	REQUIRE(mkdir(path, 0700) == 0);
	REQUIRE(make_truncated(room_path(&r, "good.txt")));
	REQUIRE(symlink("..", room_path(&r, "in/up")) == 0 && symlink("nowhere", room_path(&r, "in/lost")) == 0 && symlink("../good.txt", room_path(&r, "in/found")) == 0);
	const char *argv[] = { "sitrep", "extract", path, NULL };
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 3);
	CHECK(says(sr_buf_str(&out), "Flood in Brenmoor"));
	check_message(sr_buf_str(&err), "in/up", "a link to a folder");
	check_message(sr_buf_str(&err), "in/lost", "No such file");
	unlink(room_path(&r, "in/up"));
	unlink(room_path(&r, "in/lost"));
	unlink(room_path(&r, "in/found"));
	rmdir(path);
	room_close(&r);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}

TEST(cli_version)
{
	static const char *const ways[][3] = { { "sitrep", "version" }, { "sitrep", "--version" } };
	for (size_t i = 0; i < 2; i++) {
		sr_buf out, err;
		test_case(ways[i][1]);
		CHECK_INT(test_spawn(ways[i], (sr_str){ 0 }, &out, &err), 0);
		CHECK(sr_str_starts(sr_buf_str(&out), SR_STR("sitrep ")));
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
}

TEST(cli_help_of_help)
{
	static const char *const ways[][4] = { { "sitrep", "help" }, { "sitrep", "help", "help" }, { "sitrep", "help", "--help" }, { "sitrep", "--help" } };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		sr_buf out, err;
		test_case(ways[i][2] ? ways[i][2] : ways[i][1]);
		CHECK_INT(test_spawn(ways[i], (sr_str){ 0 }, &out, &err), 0);
		CHECK(says(sr_buf_str(&out), "Commands:"));
		CHECK_INT(err.len, 0);
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
}

/* One folder that is nested too deep does not lose what stands beside it. */
TEST(cli_folder_too_deep)
{
	enum { DEEP = 40 };
	room r = { 0 };
	char path[512];
	sr_buf out, err;
	REQUIRE(room_open(&r));
	size_t n = (size_t)snprintf(path, sizeof path, "%s", r.folder);
	for (int i = 0; i < DEEP; i++) {
		n += (size_t)snprintf(path + n, sizeof path - n, "/d");
		REQUIRE(mkdir(path, 0700) == 0);
	}
	REQUIRE(make_truncated(room_path(&r, "good.txt")));
	const char *argv[] = { "sitrep", "extract", r.folder, NULL };
	CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 3);
	CHECK(says(sr_buf_str(&out), "Flood in Brenmoor"));
	check_message(sr_buf_str(&err), "/d/d/d", "is a folder");
	for (int i = 0; i < DEEP; i++, path[n -= 2] = 0)
		(void)rmdir(path);
	room_close(&r);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
}
