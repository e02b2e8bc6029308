/* "Not known": what a page says is not known, in words that can be read alone, and as long as no later page tells it. */
#include "golden/brief.h"
#include "harness.h"

#define LEAD "The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the river."
#define TAIL "The council leads the search for those who are still missing in the mud below the village of Little Brask."
#define PAGE(id, day, site, words) \
	"{\"id\":\"" id "\",\"date\":\"2031-05-" day "\",\"site\":\"" site "\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\\n\\n" words "\\n\\n" TAIL "\"}\n"
#define ARTICLE(words) PAGE("1", "04", "Harbour Post", words)

TEST(unknown_is_what_nobody_knows)
{
	test_case("it is unclear");
	BRIEF_SAYS(ARTICLE("It is unclear whether Karl Brunt will leave the harbour committee."), "*not verified:* It is unclear whether", NULL);
	test_case("a strong system is not established");
	BRIEF_SAYS(ARTICLE("The senators said that the government still has not established a strong system to watch the gates of its yards."), "## Sources", "## Not known");
	test_case("an unverified paper is a paper");
	BRIEF_SAYS(ARTICLE("Karl Brunt drew attention to the tales in an unverified paper about the mayor that she has denied."), "## Sources", "## Not known");
	test_case("not confirmed by a body is not in office");
	BRIEF_SAYS(ARTICLE("The law lets the mayor name officers of the harbour who are not confirmed by the council, a professor of law said."), "## Sources", "## Not known");
}

TEST(unknown_names_whom_it_means)
{
	test_case("with the sentence before it");
	BRIEF_SAYS(ARTICLE("The engineers sent letters to the mayor. They wanted to sway the vote, though it is unclear whether the letters were read."),
	           "*not verified:* The engineers sent letters to the mayor. They wanted", "*not verified:* They wanted");
	test_case("of a thing");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask video\",\"text\":\"A video is said to show the mayor at the gate of the yard. The Harbour Post has not been able to verify it.\"}\n",
	           "*not verified:* A video is said to show the mayor at the gate of the yard. The Harbour Post has not", NULL);
	test_case("where there is none");
	BRIEF_SAYS(ARTICLE("His words led to talk of a trial, although it is unclear whether there will be one."), "## Sources", "*not verified:* His words");
}

TEST(unknown_until_a_later_page_tells)
{
	test_case("not yet");
	BRIEF_SAYS(ARTICLE("It is unclear whether Karl Brunt will resign from the harbour committee of the town.")
	           PAGE("2", "05", "Brask Herald", "Karl Brunt said on Monday that he may resign from the harbour committee."), "*not verified:* It is unclear whether Karl Brunt", NULL);
	test_case("told");
	BRIEF_SAYS(ARTICLE("It is unclear whether Karl Brunt will resign from the harbour committee of the town.")
	           PAGE("2", "05", "Brask Herald", "Karl Brunt resigned from the harbour committee on Monday, to nobody's surprise."), "resigned from the harbour", "*not verified:* It is unclear");
	test_case("of somebody else");
	BRIEF_SAYS(ARTICLE("It is unclear whether Karl Brunt will resign from the harbour committee of the town.")
	           PAGE("2", "05", "Brask Herald", "Ada Moor resigned from the council on Monday, to nobody's surprise."), "*not verified:* It is unclear whether Karl Brunt", NULL);
}

TEST(unknown_no_more)
{
#define OPEN "It is unclear whether the council will pass the plan for the north gate of the yard."
	test_case("on the day of the newest report");
	BRIEF_SAYS(ARTICLE(OPEN), "*not verified:* It is unclear whether the council will", NULL);
	test_case("a later report lies before us");
	BRIEF_SAYS(ARTICLE(OPEN) PAGE("2", "08", "Brask Herald", "Divers searched the river below the bridge."), "## Sources", "*not verified:* It is unclear whether the council will");
	test_case("what an unnamed voice hopes for");
#define ALONE(words) "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mill of Brask\",\"text\":\"" words " The mill of Brask has stood empty since the flood and its old gates are shut.\"}\n"
	BRIEF_SAYS(ALONE("“We are charting a new course for the mill of Brask and for its old gates,” a senior harbour official said on Saturday."), "## Sources", "*source not named:* “We are");
	BRIEF_SAYS(ALONE("A senior harbour official said that the mill of Brask was never tested before the flood."), "*source not named:* A senior harbour official", NULL);
	test_case("who is named in the next sentence");
	BRIEF_SAYS(ARTICLE("A senior harbour official told the council that the north gate of the yard was never tested. Roy Hale said that he had warned the mayor of it."), "## Sources", "*source not named:* A senior");
	test_case("and who is not");
	BRIEF_SAYS(ARTICLE("A senior harbour official told the council that the north gate of the yard was never tested. The council sat until noon."), "*source not named:* A senior harbour official", NULL);
}
