/* Pages whose dates have no year take that of the dated page which tells of the same; more of them than are settled at once. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGES 260
#define WORDS "The ferry Marigold struck the northern pier of the harbour below the lighthouse while the pilot waited outside and passengers gathered " \
	          "beside the lifeboats until coastguard helicopters carried children towards hospital."

static void write_page(const char *folder, int number, const char *date)
{
	char path[96], text[512];
	snprintf(path, sizeof path, "%s/%03d.txt", folder, number);
	snprintf(text, sizeof text, "Ferry aground\n\n%s\n\n" WORDS " Report %d.\n", date, number);
	REQUIRE(sr_file_write(path, sr_str_c(text), NULL) == SR_OK);
}

TEST(engine_years)
{
	char folder[] = "/tmp/sitrep-years-XXXXXX", path[96];
	const char *source = folder;
	sr_engine *engine = NULL;
	sr_run *run = NULL;
	sr_engine_options options = { .jobs = 1, .now = sr_time_date(2033, 3, 1) };
	REQUIRE(mkdtemp(folder));
	for (int i = 0; i < PAGES; i++)
		write_page(folder, i, "Updated November 6, 1:10 P.M.");
	write_page(folder, PAGES, "November 7, 2030");
	REQUIRE(sr_engine_new(&options, &engine, NULL) == SR_OK);
	REQUIRE(sr_run_new(engine, &run, NULL) == SR_OK);
	REQUIRE(sr_run_load(run, &source, 1, SR_INPUT_AUTO, NULL) == SR_OK);
	CHECK_INT(run->doc_count, PAGES + 1);
	for (size_t i = 0; i < run->doc_count; i++) {
		CHECK_INT(run->docs[i]->published.year, 2030);
		CHECK_INT(run->docs[i]->published.month, 11);
	}
	sr_run_free(run);
	sr_engine_free(engine);
	for (int i = 0; i <= PAGES; i++) {
		snprintf(path, sizeof path, "%s/%03d.txt", folder, i);
		unlink(path);
	}
	rmdir(folder);
}
