/* "In their words": what is printed alone must be understood alone. */
#include "golden/brief.h"
#include "harness.h"

#define LEAD "The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the river."
#define TAIL "The council leads the search for those who are still missing in the mud below the village of Little Brask."
#define ARTICLE(words) \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\\n\\n" words "\\n\\n" TAIL "\"}\n"

TEST(quotes_stand_alone)
{
	test_case("a whole statement");
	BRIEF_SAYS(ARTICLE("“The gates of the mill were rusty long before the flood came,” the engineer Carl Vance said."), "> \"The gates of the mill were rusty", NULL);
	test_case("a part of a sentence");
	BRIEF_SAYS(ARTICLE("The engineer Carl Vance said that the yard had been “hiding the rust on the gates of the mill.”"), "## Sources", "> \"hiding the rust");
	test_case("a part that states something");
	BRIEF_SAYS(ARTICLE("The engineer Carl Vance said that “the yard hid the rust on the gates of the mill.”"), "> \"the yard hid the rust", NULL);
	test_case("of whom it speaks stood before it");
	BRIEF_SAYS(ARTICLE("“He knew that the gates of the mill were rusty,” the engineer Carl Vance said."), "## Sources", "> \"He knew");
	BRIEF_SAYS(ARTICLE("“Their gates were rusty long before the flood came,” the engineer Carl Vance said."), "## Sources", "> \"Their gates");
	test_case("those who speak");
	BRIEF_SAYS(ARTICLE("“We knew that the gates of the mill were rusty,” the engineer Carl Vance said."), "> \"We knew", NULL);
	test_case("it, which means nothing");
	BRIEF_SAYS(ARTICLE("“It is clear that the gates of the mill were rusty,” the engineer Carl Vance said."), "> \"It is clear", NULL);
}
