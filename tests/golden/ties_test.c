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
