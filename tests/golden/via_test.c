/* Through whom words come: the outlet that was told goes on, but not into another year, and no page relays itself. */
#include "golden/brief.h"
#include "harness.h"

#define STORY(site, words)                                                                                                                  \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"" site "\",\"title\":\"Bridge falls at Brask\",\"text\":\"The old bridge at Brask fell " \
	"into the river on Sunday and took two lorries with it.\\n\\n\\\"Nobody has looked at the piers of the old bridge for years,\\\" Ines "    \
	"Calloway told the Harbour Post.\\n\\n" words "\"}\n"

TEST(via_goes_on)
{
	test_case("in the next paragraph");
	brief_says(__FILE__, __LINE__, STORY("Ardovia Today", "\\\"We asked the yard for a diver and nobody ever came to us,\\\" she said."), "md",
	           "nobody ever came to us\"  \n> Ines Calloway, via Harbour Post, 4 May [1]", NULL);
	test_case("not into another year");
	brief_says(__FILE__, __LINE__, STORY("Ardovia Today", "In 2029 she said: \\\"We asked the yard for a diver and nobody ever came to us.\\\""), "md",
	           "> Ines Calloway, via Harbour Post, 4 May [1]", "nobody ever came to us.\"  \n> Ines Calloway, via");
	test_case("the page itself");
	brief_says(__FILE__, __LINE__, STORY("Brask Harbour Post", "\\\"We asked the yard for a diver and nobody ever came to us,\\\" she said."), "md",
	           "> Ines Calloway, 4 May [1]", "via Harbour Post");
}
