/* Words that mean a day only beside the date of their page get that date; others, and quotations, stay as they are. */
#include "golden/brief.h"
#include "harness.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 2 May 2031 is a Friday. */
#define STORY(text) "{\"id\":\"1\",\"date\":\"2031-05-02\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"" text "\"}\n"

TEST(dated_days)
{
	test_case("yesterday");
	BRIEF_SAYS(STORY("The council said yesterday that the Brask bridge had been closed to lorries from both sides of the river."),
	           "said yesterday (1 May) that", NULL);
	test_case("a weekday");
	BRIEF_SAYS(STORY("The council closed the Brask bridge to lorries on Wednesday, and 29 drivers were turned back at the ramp."),
	           "on Wednesday (30 Apr), and 29", NULL);
	test_case("another year");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-01-01\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The council said "
	           "yesterday that the Brask bridge had been closed to lorries from both sides of the river.\"}\n",
	           "said yesterday (31 Dec 2030) that", NULL);
	test_case("the date stands there");
	BRIEF_SAYS(STORY("The council closed the Brask bridge to lorries on Wednesday (30 April), and 29 drivers were turned back."),
	           "on Wednesday (30 April), and 29", "(30 Apr)");
	test_case("a page without a date");
	BRIEF_SAYS("{\"id\":\"1\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The council said yesterday that the Brask "
	           "bridge had been closed to lorries from both sides of the river.\"}\n",
	           "said yesterday that", NULL);
	test_case("a possessive");
	BRIEF_SAYS(STORY("The council opened the Brask bridge to lorries again, a day after Wednesday's meeting with the drivers of the town."),
	           "after Wednesday's meeting", NULL);
	test_case("a day counted from another");
	BRIEF_SAYS(STORY("The quarrel over the Brask bridge had begun the Wednesday before with a complaint of the drivers of the town."),
	           "the Wednesday before with", "Wednesday (30 Apr)");
	test_case("a span of days");
	BRIEF_SAYS(STORY("The council closes the Brask bridge to lorries of every size from Wednesday through Friday, the head of the yard said."),
	           "through Friday, the head", "Friday (30 Apr)");
	test_case("a day to come");
	BRIEF_SAYS(STORY("The vote on the Brask bridge could be decided by the towns up the valley on Thursday, the head of the yard wrote."),
	           "on Thursday, the head", "Thursday (");
	test_case("nowadays");
	BRIEF_SAYS(STORY("The Brask bridge today carries some 4,000 lorries from the harbour to the mills in the upper part of the valley."),
	           "bridge today carries", NULL);
	test_case("a quotation");
	BRIEF_SAYS(STORY("\\u201cWe closed it yesterday and we will not open it before the summer is over,\\u201d the head of the council, Ana Brell, said."),
	           "closed it yesterday and", "yesterday (");
}

/* The date of a thing that a sentence names is not the day of what it tells. */
TEST(dated_things)
{
	static const char entry[] = "**12 Apr 2021**";
	test_case("after it");
	BRIEF_SAYS(STORY("The council closed the Brask bridge on 29 April. The northern pier carries a steel collar, ten years after the April 12, 2021 flood."),
	           "**29 Apr", entry);
	test_case("an inquiry into it");
	BRIEF_SAYS(STORY("The council closed the Brask bridge on 29 April. The engineer Ana Brell led the inquiry into the April 12, 2021 flood."),
	           "**29 Apr", entry);
	test_case("in it");
	BRIEF_SAYS(STORY("The council closed the Brask bridge on 29 April. The northern pier lost its steel collar in the April 12, 2021 flood."), entry, NULL);
	test_case("years counted back from a month");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The council closed the "
	           "Brask bridge on 29 April. The council has fought the owner of the bridge for the past 18 years, the engineer Ana Brell said.\"}\n",
	           "**29 Apr", "**May 2013");
	test_case("it happened");
	BRIEF_SAYS(STORY("The council closed the Brask bridge on 29 April. The April 12, 2021 flood tore the steel collar off the northern pier."), entry, NULL);
}

/* The door works the date out by itself. */
TEST(dated_days_are_proved)
{
	static const char story[] = STORY("The council said yesterday that the Brask bridge had been closed to lorries from both sides of the river.");
	const char *const brief[] = { "sitrep", "brief", "--now", "2031-05-03T00:00:00Z", "--format", "json", "--type", "jsonl", NULL, NULL };
	char folder[] = "/tmp/sitrep-dated-XXXXXX", path[64], page[64];
	REQUIRE(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.jsonl", folder);
	snprintf(page, sizeof page, "%s/page.json", folder);
	REQUIRE(sr_file_write(path, sr_str_c(story), NULL) == SR_OK);
	for (int wrong = 0; wrong < 2; wrong++) {
		const char *argv[10];
		const char *const verify[] = { "sitrep", "verify", page, NULL };
		sr_buf out, err;
		memcpy(argv, brief, sizeof argv);
		argv[8] = path;
		CHECK_INT(test_spawn(argv, (sr_str){ 0 }, &out, &err), 0);
		size_t at = sr_str_find(sr_buf_str(&out), SR_STR("(1 May)"), 0);
		REQUIRE(at != SIZE_MAX);
		out.ptr[at + 1] = wrong ? '7' : '1';
		REQUIRE(sr_file_write(page, sr_buf_str(&out), NULL) == SR_OK);
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
		CHECK_INT(test_spawn(verify, (sr_str){ 0 }, &out, &err), wrong);
		sr_buf_deinit(&out);
		sr_buf_deinit(&err);
	}
	(void)unlink(path);
	(void)unlink(page);
	(void)rmdir(folder);
}

/* A dossier holds against its pages at any time, though a page that prints no year gets that of the clock. */
TEST(dated_by_the_clock_of_the_dossier)
{
	static const char story[] = "Brask bridge closed\n\nHarbour Post\nUpdated May 2, 1:10 P.M.\n\nThe council said yesterday that the Brask bridge had been closed "
	                            "to lorries from both sides of the river.\n";
	char folder[] = "/tmp/sitrep-dated-XXXXXX", path[64], page[64];
	sr_buf out, err;
	REQUIRE(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.txt", folder);
	snprintf(page, sizeof page, "%s/page.json", folder);
	REQUIRE(sr_file_write(path, sr_str_c(story), NULL) == SR_OK);
	const char *const brief[] = { "sitrep", "brief", "--now", "2031-05-03T00:00:00Z", "--format", "json", path, NULL };
	const char *const verify[] = { "sitrep", "verify", "--now", "2032-09-01T00:00:00Z", page, NULL };
	CHECK_INT(test_spawn(brief, (sr_str){ 0 }, &out, &err), 0);
	CHECK(sr_str_find(sr_buf_str(&out), SR_STR("2031-05-02T13:10"), 0) != SIZE_MAX);
	REQUIRE(sr_file_write(page, sr_buf_str(&out), NULL) == SR_OK);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
	CHECK_INT(test_spawn(verify, (sr_str){ 0 }, &out, &err), 0);
	sr_buf_deinit(&out);
	sr_buf_deinit(&err);
	(void)unlink(path);
	(void)unlink(page);
	(void)rmdir(folder);
}

/* A second page of another day, on which somebody says something of the same bridge. */
#define DAYS(text)                                                                                                                              \
	STORY("The council of Brask closed the Brask bridge to lorries from both sides of the river after a crack was found in its northern pier.")  \
	"{\"id\":\"2\",\"date\":\"2031-05-06\",\"site\":\"Valley Herald\",\"title\":\"Crack in the Brask bridge\",\"text\":\"" text               \
	" The council of Brask closed the Brask bridge to lorries from both sides of the river.\"}\n"

/* And one that is the newest by weeks. */
#define LATER                                                                                                                            \
	"{\"id\":\"2\",\"date\":\"2031-05-20\",\"site\":\"Valley Herald\",\"title\":\"The Brask bridge\",\"text\":\"The Brask bridge stays " \
	"closed, and its northern pier with the crack that a diver found is to be built again.\"}\n"

TEST(dated_words_of_names)
{
	BRIEF_SAYS(STORY("A senior official of the council told Brask Today that the crack in the northern pier of the bridge reaches down to the river bed."),
	           "told Brask Today that the crack", "Today (");
}

TEST(dated_sayings)
{
	test_case("who says it, and in which report");
	BRIEF_SAYS(DAYS("The engineer Ana Brell said that the crack in the northern pier of the Brask bridge reaches down to the river bed."),
	           "down to the river bed (reported 6 May)", NULL);
	test_case("according to");
	BRIEF_SAYS(DAYS("According to the engineer Ana Brell, the crack in the northern pier of the Brask bridge reaches down to the river bed."),
	           "down to the river bed (reported 6 May)", NULL);
	test_case("the saying at the end");
	BRIEF_SAYS(DAYS("The crack in the northern pier of the Brask bridge reaches down to the river bed, the engineer Ana Brell said."),
	           "Ana Brell said (reported 6 May)", NULL);
	test_case("behind a quotation's own full stop");
	BRIEF_SAYS(DAYS("The engineer Ana Brell calls the crack that a diver found in the northern pier of the Brask bridge \\u201ca matter of years.\\u201d"),
	           "years.\xE2\x80\x9D (reported 6 May) [2]", NULL);
	test_case("the sentence has a date");
	BRIEF_SAYS(DAYS("The engineer Ana Brell said that the crack in the northern pier of the Brask bridge was found on 29 April by a diver."),
	           "Ana Brell said that the crack", "6 May)");
	test_case("said before");
	BRIEF_SAYS(DAYS("The engineer Ana Brell had said that the crack in the northern pier of the Brask bridge reaches down to the river bed."),
	           "had said that the crack", "6 May)");
	test_case("said earlier");
	BRIEF_SAYS(DAYS("The engineer Ana Brell said at the time that the crack in the northern pier of the Brask bridge reaches to the river bed."),
	           "at the time that the crack", "6 May)");
	test_case("done, and who knows when");
	BRIEF_SAYS(DAYS("The engineer Ana Brell asked a diver to look at the crack in the northern pier of the Brask bridge below the water."),
	           "asked a diver to look", "6 May)");
	test_case("what happened");
	BRIEF_SAYS(DAYS("A diver found the crack in the northern pier of the Brask bridge where it reaches down to the bed of the river."),
	           "A diver found the crack", "6 May)");
	test_case("only a part of the sentence is said");
	BRIEF_SAYS(DAYS("The pier that the engineer Ana Brell says has a crack stands in the deepest part of the river below the Brask bridge."),
	           "has a crack stands", "6 May)");
	test_case("what happened, and is no longer news");
	BRIEF_SAYS(STORY("A diver found a crack in the northern pier of the Brask bridge where it reaches down to the bed of the river.") LATER,
	           "to the bed of the river (as of 2 May).", "again (");
	test_case("a weekday of then");
	BRIEF_SAYS(STORY("A diver found a crack in the northern pier of the Brask bridge, and the council of Brask votes on it on Tuesday.") LATER,
	           "votes on it on Tuesday (as of 2 May).", NULL);
	test_case("a date of then");
	BRIEF_SAYS(STORY("A diver found a crack in the northern pier of the Brask bridge, and the council of Brask votes on it on 6 May.") LATER,
	           "votes on it on 6 May.", "(as of");
	test_case("a story of one day");
	BRIEF_SAYS(STORY("The engineer Ana Brell said that the crack in the northern pier of the Brask bridge reaches down to the river bed."),
	           "Ana Brell said that the crack", "2 May)");
}

TEST(timeline_of_seasons)
{
	brief_says(__FILE__, __LINE__,
	           "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mill of Brask\",\"text\":\"The mill of Brask burned down in "
	           "the spring of 2029. The council of Brask built a new mill on 3 May 2031.\"}\n",
	           "json", "\"timeline\":[{\"date\":\"2029\",", "2029-0");
}
