/* The commands over several stories at once, and what a name on the command line is taken for. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOLL "examples/08-velmira-herald-evacuation.txt"
#define POND "examples/15-coastal-examiner-grennick.html"

typedef struct said {
	int status;
	sr_buf out, err;
} said;

static void said_end(said *s)
{
	sr_buf_deinit(&s->out);
	sr_buf_deinit(&s->err);
}

static bool has(const sr_buf *b, const char *what) { return sr_str_find(sr_buf_str(b), sr_str_c(what), 0) != SIZE_MAX; }

static size_t lines_of(const sr_buf *b)
{
	sr_str rest = sr_buf_str(b), line;
	size_t n = 0;
	while (sr_str_next_line(&rest, &line))
		n++;
	return n;
}

/* A command over the two stories. */
static said over_both(const char *const *words)
{
	const char *argv[12] = { "sitrep" };
	char toll[512], pond[512];
	size_t n = 1;
	said s;
	snprintf(toll, sizeof toll, "%s", test_path(TOLL));
	snprintf(pond, sizeof pond, "%s", test_path(POND));
	for (; words[n - 1]; n++)
		argv[n] = words[n - 1];
	argv[n++] = toll;
	argv[n] = pond;
	s.status = test_spawn(argv, (sr_str){ 0 }, &s.out, &s.err);
	return s;
}

/* Every line is a JSON text of its own; the member is that of each, in order. */
static void check_json_lines(const sr_buf *out, const char *member, const char *first, const char *second)
{
	const char *const want[] = { first, second };
	sr_str rest = sr_buf_str(out), line;
	CHECK_INT(lines_of(out), 2);
	for (size_t i = 0; i < 2 && sr_str_next_line(&rest, &line); i++) {
		sr_json *json;
		sr_error err = { 0 };
		if (sr_json_parse(line, &json, &err) != SR_OK) {
			test_fail(__FILE__, __LINE__, "line %zu: %s", i + 1, err.message);
			continue;
		}
		const sr_jval *story = sr_jval_get(sr_json_root(json), "story");
		CHECK_STR(sr_jval_is_object(story) ? sr_jval_str(sr_jval_get(story, member)) : sr_jval_str(sr_jval_get(sr_json_root(json), member)), sr_str_c(want[i]));
		sr_json_free(json);
	}
}

static said verify(sr_str dossiers, const char *format)
{
	const char *const argv[] = { "sitrep", "verify", "--format", format, "-", NULL };
	said s;
	s.status = test_spawn(argv, dossiers, &s.out, &s.err);
	return s;
}

TEST(cli_all_as_json)
{
	said all = over_both((const char *const[]){ "brief", "--all", "--format", "json", NULL });
	CHECK_INT(all.status, 0);
	check_json_lines(&all.out, "title", "Toll Rises to 12 as Thousands Leave the Ossel Valley", "Wall of mine pond gives way in Sorrel Hills; two missing");
	test_case("they prove, line by line");
	said proof = verify(sr_buf_str(&all.out), "json");
	CHECK_INT(proof.status, 0);
	CHECK_INT(lines_of(&proof.out), 2);
	CHECK(!has(&proof.out, "\"holds\":false"));
	said_end(&proof);
	test_case("one that fails is told by its story");
	size_t at = sr_str_find(sr_buf_str(&all.out), SR_STR("Wall of mine"), 0);
	REQUIRE(at != SIZE_MAX);
	memcpy(all.out.ptr + at, "Hall", 4);
	proof = verify(sr_buf_str(&all.out), "text");
	CHECK_INT(proof.status, 1);
	CHECK(has(&proof.out, ": all ") && has(&proof.out, ": 1 failure in "));
	said_end(&proof);
	test_case("a line that is none is named, the others are proved");
	sr_buf_add_c(&all.out, "{\"sitrep\":1\n");
	proof = verify(sr_buf_str(&all.out), "text");
	CHECK_INT(proof.status, 1);
	CHECK(has(&proof.err, "standard input: line 3: not valid JSON") && has(&proof.out, ": all "));
	said_end(&proof);
	said_end(&all);
}

TEST(cli_all_as_markdown)
{
	said all = over_both((const char *const[]){ "brief", "--all", "--format", "md", NULL });
	CHECK_INT(all.status, 0);
	CHECK(has(&all.out, "\n\n# Wall of mine pond"));
	said_end(&all);
	test_case("the list has no blank lines");
	said list = over_both((const char *const[]){ "brief", "--list", NULL });
	CHECK_INT(list.status, 0);
	CHECK_INT(lines_of(&list.out), 2);
	said_end(&list);
}

TEST(cli_list_as_json)
{
	said list = over_both((const char *const[]){ "brief", "--list", "--format", "json", NULL });
	CHECK_INT(list.status, 0);
	check_json_lines(&list.out, "title", "Toll Rises to 12 as Thousands Leave the Ossel Valley", "Wall of mine pond gives way in Sorrel Hills; two missing");
	CHECK(has(&list.out, "{\"n\":1,\"story\":\"") && has(&list.out, "\"documents\":1,\"origins\":1}"));
	said_end(&list);
}

TEST(cli_story_beyond_the_last)
{
	said s = over_both((const char *const[]){ "brief", "--story", "3", NULL });
	CHECK_INT(s.status, 2);
	CHECK(has(&s.err, "there are only 2 stories"));
	said_end(&s);
}

TEST(cli_search_too_long)
{
	static const char *const commands[][3] = { { "search", "--outlet=x", NULL }, { "stories", "--query", NULL } };
	char words[SR_STORE_QUERY_MAX + 2];
	memset(words, 'w', sizeof words - 1);
	words[sizeof words - 1] = 0;
	for (size_t i = 0; i < 2; i++) {
		const char *const argv[] = { "sitrep", "--db", "/nowhere/db", commands[i][0], commands[i][1], words, NULL };
		said s;
		test_case(commands[i][0]);
		s.status = test_spawn(argv, (sr_str){ 0 }, &s.out, &s.err);
		CHECK_INT(s.status, 2);
		CHECK(has(&s.err, "longer than 1024 bytes"));
		said_end(&s);
	}
}

TEST(cli_no_store_is_said_once)
{
	static const char *const commands[][4] = { { "stories", NULL }, { "show", "bfkht4", NULL }, { "pin", "bfkht4", NULL }, { "search", "dam", NULL } };
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		const char *argv[8] = { "sitrep", "--db", "/nowhere/db" };
		said s;
		test_case(commands[i][0]);
		for (size_t k = 0; commands[i][k]; k++)
			argv[3 + k] = commands[i][k];
		s.status = test_spawn(argv, (sr_str){ 0 }, &s.out, &s.err);
		CHECK_INT(s.status, 1);
		CHECK_INT(lines_of(&s.err), 1);
		CHECK(has(&s.err, "/nowhere/db: there is no store"));
		said_end(&s);
	}
}

/* ---- a name that may be a story's or a file's ---- */

typedef struct place {
	char folder[64], db[80], before[512], id[32];
} place;

static said in_place(const place *p, const char *command, const char *name)
{
	const char *const argv[] = { "sitrep", "--db", p->db, "--now", "2026-04-05T12:00:00Z", command, name, NULL };
	said s;
	s.status = test_spawn(argv, (sr_str){ 0 }, &s.out, &s.err);
	return s;
}

/* A store with one story, and a folder of its name with another report in it, in the current folder. */
static bool place_begin(place *p)
{
	snprintf(p->folder, sizeof p->folder, "/tmp/sitrep-test-XXXXXX");
	if (!getcwd(p->before, sizeof p->before) || !mkdtemp(p->folder))
		return false;
	snprintf(p->db, sizeof p->db, "%s/db", p->folder);
	said added = in_place(p, "add", test_path("tests/cli/archive/tram.txt"));
	snprintf(p->id, sizeof p->id, "%.*s", (int)strcspn(added.out.len ? added.out.ptr : " ", " "), added.out.len ? added.out.ptr : "");
	said_end(&added);
	char report[128];
	snprintf(report, sizeof report, "%s/ferry.html", p->id);
	return *p->id && chdir(p->folder) == 0 && mkdir(p->id, 0700) == 0 && symlink(test_path("tests/cli/archive/ferry-1.html"), report) == 0;
}

static void place_end(const place *p)
{
	static const char *const files[] = { "reports/ferry.html", "reports", "db", "db-wal", "db-shm" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		(void)remove(files[i]);
	CHECK(chdir(p->before) == 0);
	(void)rmdir(p->folder);
}

TEST(cli_folder_called_like_a_story)
{
	place p;
	char path[64];
	REQUIRE(place_begin(&p));
	test_case("the story is meant, and the folder is named");
	said s = in_place(&p, "claims", p.id);
	CHECK_INT(s.status, 0);
	CHECK(has(&s.out, "Tram line") && !has(&s.out, "Ferry"));
	CHECK(has(&s.err, "is the folder of that name"));
	said_end(&s);
	s = in_place(&p, "verify", p.id);
	CHECK_INT(s.status, 0);
	CHECK(has(&s.out, "all ") && has(&s.err, "is the folder of that name"));
	said_end(&s);
	test_case("an id in capitals");
	snprintf(path, sizeof path, "%s", p.id);
	for (char *c = path; *c; c++)
		*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
	s = in_place(&p, "show", path);
	CHECK_INT(s.status, 0);
	CHECK(has(&s.out, "Tram line"));
	said_end(&s);
	test_case("behind ./ it is the folder");
	snprintf(path, sizeof path, "./%s", p.id);
	s = in_place(&p, "claims", path);
	CHECK_INT(s.status, 0);
	CHECK(has(&s.out, "Ferry") && !has(&s.out, "Tram line"));
	said_end(&s);
	test_case("a folder with no such story is read");
	CHECK(rename(p.id, "reports") == 0);
	s = in_place(&p, "claims", "reports");
	CHECK_INT(s.status, 0);
	CHECK(has(&s.out, "Ferry") && s.err.len == 0);
	said_end(&s);
	test_case("neither the one nor the other");
	s = in_place(&p, "claims", "reprots");
	CHECK_INT(s.status, 1);
	CHECK(has(&s.err, "no story reprots") && has(&s.err, "nor is there a file or folder reprots"));
	said_end(&s);
	place_end(&p);
}
