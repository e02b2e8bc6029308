/* "In their words": what is printed alone must be understood alone. */
#include "golden/brief.h"
#include "harness.h"

#define LEAD "The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the river."
#define TAIL "The council leads the search for those who are still missing in the mud below the village of Little Brask."
#define ARTICLE(words) \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\\n\\n" words "\\n\\n" TAIL "\"}\n"

/* Whoever is only pointed at is not named below a quotation. */
TEST(quotes_of_somebody)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge falls\",\"text\":\"The bridge of Brask fell into the river on Friday. “I think that "
	           "those drivers should have justice. They have looked for it for many years,” she said on Brask Radio Sunday.\"}\n",
	           "## Sources", "> She");
}

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
	test_case("what it goes on from stood before it");
	BRIEF_SAYS(ARTICLE("“So do the keepers of the gates, who have worked at the yard of Brask for many years,” the engineer Carl Vance said."), "## Sources", "> \"So do");
	test_case("what it leads to stands behind it");
	BRIEF_SAYS(ARTICLE("“The silence of the yard about the rust on its gates raises the question:” the engineer Carl Vance said."), "## Sources", "> \"The silence");
	test_case("those who speak");
	BRIEF_SAYS(ARTICLE("“We knew that the gates of the mill were rusty,” the engineer Carl Vance said."), "> \"We knew", NULL);
	test_case("it, which means nothing");
	BRIEF_SAYS(ARTICLE("“It is clear that the gates of the mill were rusty,” the engineer Carl Vance said."), "> \"It is clear", NULL);
}

#define VIEW(title, url, words) \
	"{\"id\":\"2\",\"date\":\"2031-05-04\",\"site\":\"Valley Post\",\"url\":\"" url "\",\"title\":\"" title "\",\"text\":\"" words " " LEAD "\\n\\n" TAIL "\"}\n"

/* A column is its writer's: the page does not tell it as its own. */
TEST(quotes_and_columns)
{
	test_case("by its headline");
	BRIEF_SAYS(ARTICLE("The gates of the mill in Brask were closed on Friday, the yard said.")
	           VIEW("OPINION: Mayor accuses the Brask yard", "https://x.example/a", "The mayor of Brask went on her long march to the fringe of her party on Friday."), "## Timeline", "long march");
	test_case("by its address");
	BRIEF_SAYS(ARTICLE("The gates of the mill in Brask were closed on Friday, the yard said.")
	           VIEW("Mayor accuses the Brask yard", "https://x.example/opinion/a", "The mayor of Brask went on her long march to the fringe of her party on Friday."), "## Timeline", "long march");
}

TEST(quotes_overlap)
{
	BRIEF_SAYS(ARTICLE("“We had been told of the rust for years. The yard never looked at the gates of the mill after the first flood,” Carl Vance said on Friday.\\n\\n"
	                   "Vance also said: “The yard never looked at the gates of the mill after the first flood, and it never sent anybody to look at the bridge over the river.”"),
	           "> \"We had been told", "> \"The yard never looked");
}
