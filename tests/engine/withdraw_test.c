/* Notices that take back another article, through the engine's own reading. */
#include "harness.h"

#include "sitrep/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FALSE_REPORT "{\"title\":\"Second lock gate gives way\",\"source\":\"Dock Daily\",\"date\":\"2026-03-13T10:00:00Z\",\"text\":\"A second lock gate has given way, two clerks said.\"}\n"
#define REPRINT "{\"title\":\"Second lock gate gives way\",\"source\":\"Harbour Weekly\",\"date\":\"2026-03-13T09:00:00Z\",\"text\":\"A second lock gate has given way, Dock Daily reports.\"}\n"
#define NOTICE(source, date, words) "{\"title\":\"A correction\",\"source\":\"" source "\",\"date\":\"" date "\",\"text\":\"The lock is whole.\\n\\n" words "\"}\n"

static const struct {
	const char *label, *lines;
	sr_doc_status report, notice;
} cases[] = {
	{ "headline in quotation marks", FALSE_REPORT NOTICE("Dock Daily", "2026-03-13T15:00:00Z", "Dock Daily has withdrawn its report “Second lock gate gives way”."), SR_DOC_WITHDRAWN, SR_DOC_USABLE },
	{ "straight marks and a full stop inside", FALSE_REPORT NOTICE("Dock Daily", "2026-03-13T15:00:00Z", "We retracted \\\"Second lock gate gives way.\\\""), SR_DOC_WITHDRAWN, SR_DOC_USABLE },
	{ "another outlet cannot take it back", FALSE_REPORT NOTICE("Harbour Weekly", "2026-03-13T15:00:00Z", "Dock Daily has withdrawn its report “Second lock gate gives way”."), SR_DOC_USABLE, SR_DOC_USABLE },
	{ "a notice older than the article", FALSE_REPORT NOTICE("Dock Daily", "2026-03-12T15:00:00Z", "We have withdrawn “Second lock gate gives way”."), SR_DOC_USABLE, SR_DOC_USABLE },
	{ "the headline alone", FALSE_REPORT NOTICE("Dock Daily", "2026-03-13T15:00:00Z", "See also “Second lock gate gives way”."), SR_DOC_USABLE, SR_DOC_USABLE },
	{ "the word in another paragraph", FALSE_REPORT NOTICE("Dock Daily", "2026-03-13T15:00:00Z", "Troops were withdrawn.\\n\\nSee also “Second lock gate gives way”."), SR_DOC_USABLE, SR_DOC_USABLE },
	{ "another headline", FALSE_REPORT NOTICE("Dock Daily", "2026-03-13T15:00:00Z", "We have withdrawn “Third lock gate gives way”."), SR_DOC_USABLE, SR_DOC_USABLE },
};

static void check(const char *path, const char *lines, const sr_doc_status *want, size_t count)
{
	sr_engine *engine = NULL;
	sr_run *run = NULL;
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2026, 3, 16) };
	FILE *f = fopen(path, "wb");
	REQUIRE(f);
	CHECK(fputs(lines, f) >= 0);
	CHECK(fclose(f) == 0);
	REQUIRE(sr_engine_new(&options, &engine, NULL) == SR_OK);
	REQUIRE(sr_run_new(engine, &run, NULL) == SR_OK);
	CHECK(sr_run_load(run, &path, 1, SR_INPUT_JSONL, NULL) == SR_OK);
	CHECK_INT(run->doc_count, count);
	for (size_t i = 0; i < count && run->doc_count == count; i++)
		CHECK_INT(run->docs[i]->status, want[i]);
	sr_run_free(run);
	sr_engine_free(engine);
}

TEST(engine_withdrawals)
{
	char path[] = "/tmp/sitrep-test-XXXXXX";
	int fd = mkstemp(path);
	REQUIRE(fd >= 0);
	close(fd);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		test_case(cases[i].label);
		check(path, cases[i].lines, (const sr_doc_status[]){ cases[i].report, cases[i].notice }, 2);
	}
	test_case("another page with the same headline before or behind it");
	static const char notice[] = NOTICE("Dock Daily", "2026-03-13T15:00:00Z", "Dock Daily has withdrawn its report “Second lock gate gives way”.");
	char lines[4096];
	snprintf(lines, sizeof lines, "%s%s%s", REPRINT, FALSE_REPORT, notice);
	check(path, lines, (const sr_doc_status[]){ SR_DOC_USABLE, SR_DOC_WITHDRAWN, SR_DOC_USABLE }, 3);
	snprintf(lines, sizeof lines, "%s%s%s", FALSE_REPORT, REPRINT, notice);
	check(path, lines, (const sr_doc_status[]){ SR_DOC_WITHDRAWN, SR_DOC_USABLE, SR_DOC_USABLE }, 3);
	unlink(path);
}
