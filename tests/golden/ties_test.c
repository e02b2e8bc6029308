/* Names of one person on several pages. */
#include "golden/brief.h"
#include "harness.h"

#define PAGE(id, site, words) "{\"id\":\"" id "\",\"date\":\"2031-05-04\",\"site\":\"" site "\",\"title\":\"Brask mill burns\",\"text\":\"" words "\"}\n"
#define POST(words) PAGE("1", "Harbour Post", words " The mill of Brask stood at the river for two hundred years.")
#define HERALD(words) PAGE("2", "Brask Herald", words " The mill of Brask stood at the river for two hundred years.")

TEST(ties_of_nicknames)
{
	CLAIMS_SAYS(POST("William Brunt said on Sunday that the mill would be built again.") HERALD("Bill Brunt said on Sunday that nobody was hurt in the mill."),
	            "**William Brunt**\n- **4 May** *says:* the mill would be built again [1]\n- **4 May** *says:* nobody was hurt", "**Bill Brunt**");
	CLAIMS_SAYS(POST("William Brunt said on Sunday that the mill would be built again.") HERALD("Adam Brunt said on Sunday that nobody was hurt in the mill."),
	            "**Adam Brunt**", NULL);
}

TEST(ties_of_last_names)
{
	CLAIMS_SAYS(POST("William Brunt said on Sunday that the mill would be built again.") HERALD("Mr. Brunt said on Sunday that nobody was hurt in the mill."),
	            "**William Brunt**\n- **4 May** *says:* the mill would be built again [1]\n- **4 May** *says:* nobody was hurt", "**Brunt**");
	test_case("whose last name two have");
	CLAIMS_SAYS(POST("William Brunt said on Sunday that the mill would be built again. Ada Brunt said on Sunday that it would not.")
	                HERALD("Mr. Brunt said on Sunday that nobody was hurt in the mill."),
	            "Brunt**\n- **4 May** *says:* nobody was hurt", NULL);
}

TEST(ties_of_entities)
{
	brief_says(__FILE__, __LINE__, POST("William Brunt met the mayor of Brask on Sunday.") HERALD("Bill Brunt met the mayor of Brask on Sunday."), "json",
	           "{\"name\":\"William Brunt\",\"type\":\"PER\",\"mentions\":2}", "Bill Brunt\",");
}

/* Another page bears a line out only with its numbers, and if it does not deny it. */
TEST(ties_of_witnesses)
{
	BRIEF_SAYS(POST("About 1,400 sacks of grain burned in the mill of Brask on Sunday, the mayor said.")
	               HERALD("About 1,400 sacks of grain burned in the mill of Brask on Sunday, the mayor of the town said."),
	           "the mayor said** [1][2]", NULL);
	BRIEF_SAYS(POST("About 1,400 sacks of grain burned in the mill of Brask on Sunday, the mayor said.")
	               HERALD("Many sacks of grain burned in the mill of Brask on Sunday, the mayor of the town said."),
	           "the mayor said** [1] The mill", "the mayor said** [1][2]");
	test_case("a denial bears out no claim");
	BRIEF_SAYS(POST("The union of Brask said that the owner of the mill of Brask knew of the crack in its northern wall.")
	               HERALD("The owner of the mill of Brask denied that the owner knew of the crack in its northern wall."),
	           "northern wall. [1]", "northern wall. [1][2]");
}
