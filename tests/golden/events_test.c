/* Which day is whose: an entry of the timeline stands under the day of what it tells, a quotation under the day on which it was said. */
#include "golden/brief.h"
#include "harness.h"

#define LEAD "The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the river."
#define TAIL "The council leads the search for those who are still missing in the mud below the village of Little Brask."
#define PAGE(id, day, site, words) \
	"{\"id\":\"" id "\",\"date\":\"2031-05-" day "\",\"site\":\"" site "\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\\n\\n" words "\\n\\n" TAIL "\"}\n"
#define ARTICLE(words) PAGE("1", "04", "Harbour Post", words)

TEST(events_of_the_main_verb)
{
	test_case("a clause of its own day is told by itself");
	BRIEF_SAYS(ARTICLE("The report of the harbour council came nearly three months after the ferry line opened the north gate in early February."),
	           "- **Feb 2031** The ferry line opened the north gate in early February [1]", "- **Feb 2031** The report");
	test_case("a thing known by its day");
	BRIEF_SAYS(ARTICLE("The harbour master Roy Hale found the April 12 letter of the ferry line surprising and showed it to the council."), "## Timeline", "- **12 Apr**");
	test_case("a meeting that was held that day");
	BRIEF_SAYS(ARTICLE("The harbour council held an April 12 meeting on the ferry line and its gates."), "- **12 Apr** The harbour council held", NULL);
	test_case("whom it befell");
	BRIEF_SAYS(ARTICLE("The harbour council thanked the drivers who were hurt on April 12 at the north gate."), "## Timeline", "- **12 Apr** The harbour council thanked");
	test_case("what is asked for");
	BRIEF_SAYS(ARTICLE("The council demanded that the ferry line apologise for the blockade on April 12."), "## Timeline", "- **12 Apr** The council demanded");
	test_case("two months in a row are of one year");
	BRIEF_SAYS(ARTICLE("The harbour council tested the north gate in January and November."), "- **Jan 2030** The harbour council tested", NULL);
	test_case("plans look ahead by name only");
	BRIEF_SAYS(ARTICLE("Several plans of the harbour council for the north gate fell apart on Friday."), "- **2 May** Several plans of the harbour council", NULL);
	test_case("what is so now tells nothing of the year that it names");
	BRIEF_SAYS(ARTICLE("The case of the harbour council centers on the sale of the north gate in June 2030."), "## Timeline", "- **Jun 2030** The case");
	BRIEF_SAYS(ARTICLE("The ferry line is the owner of the north gate after the sale of the yard in June 2030."), "## Timeline", "- **Jun 2030** The ferry line is");
	BRIEF_SAYS(ARTICLE("The harbour council did not open the north gate in June 2030."), "- **Jun 2030** The harbour council did not open", NULL);
	BRIEF_SAYS(ARTICLE("The charges do not hold that the ferry line hid the rust of the north gate in June 2030."), "## Timeline", "- **Jun 2030** The charges");
	BRIEF_SAYS(ARTICLE("The harbour master Roy Hale says that the ferry line bought the north gate in June 2030."), "- **Jun 2030** The harbour master Roy Hale says", NULL);
	BRIEF_SAYS(ARTICLE("Investigators believe Said Hollis traveled to Oss in 2028 to receive weapons training with the Red Hand in the Velm Peninsula, Dina Moor-Temple reports."), "- **2028** Investigators believe", NULL);
	BRIEF_SAYS(ARTICLE("The ferry line gains little in repeating the floods of 2029, writes Roy Hale, the harbour master of Brask."), "## Timeline", "- **2029** The ferry line gains");
	BRIEF_SAYS(ARTICLE("The harbour master Roy Hale opens the north gate of the mill on April 12."), "- **12 Apr** The harbour master Roy Hale opens", NULL);
	BRIEF_SAYS(ARTICLE("The harbour council indeed endorsed Roy Hale in March 2030."), "- **Mar 2030** The harbour council indeed endorsed", NULL);
	BRIEF_SAYS(ARTICLE("The harbour council put a new lock on the north gate in March 2030."), "- **Mar 2030** The harbour council put", NULL);
	BRIEF_SAYS(ARTICLE("There was a fire at the north gate of the mill in March 2030."), "- **Mar 2030** There was a fire", NULL);
	BRIEF_SAYS(ARTICLE("In March 2030, the harbour council buys the north gate of the mill."), "- **Mar 2030** The harbour council buys", NULL);
	test_case("a vote that was moved did not last from the one day to the other");
	BRIEF_SAYS(ARTICLE("The harbour council moved its vote on the north gate from March 3 to April 9."), "## Timeline", "- **3 Mar – 9 Apr**");
	test_case("an adjective is no verb of the past");
	BRIEF_SAYS(ARTICLE("The hope of the ferry line is for a contested vote in August."), "## Timeline", "- **Aug 2030**");
	test_case("what bears its day has been");
	BRIEF_SAYS(ARTICLE("The ferry line would look for ways around Wednesday's ruling of the harbour court on the north gate."), "## Timeline", "- **7 May**");
	test_case("what's to come");
	BRIEF_SAYS(ARTICLE("The harbour council spread fears of what's to come in November at the north gate."), "## Timeline", "- **Nov 2030**");
	test_case("last night, in somebody's words");
	BRIEF_SAYS(ARTICLE("“The ferry line closed the north gate of the mill last night,” the harbour master Roy Hale said."), "## Timeline", "- **3 May** “The ferry line");
}

TEST(events_that_were_planned)
{
#define PLAN "The two mayors will meet on May 6 in the town hall of Little Brask."
	test_case("still to come");
	BRIEF_SAYS(ARTICLE(PLAN), "- **6 May** The two mayors will meet", NULL);
	test_case("over by the newest report");
	BRIEF_SAYS(ARTICLE(PLAN) PAGE("2", "08", "Brask Herald", "Divers searched the river below the bridge."), "## Timeline", "The two mayors will meet on May 6 in the town hall of Little Brask [1]");
}

TEST(quotes_of_their_day)
{
#define SAYS(words, who) BRIEF_SAYS(ARTICLE(words), who, NULL)
	SAYS("“The gates of the mill were rusty long before the flood,” the engineer Carl Vance said on Thursday.", "> Carl Vance (engineer), 1 May [1]");
	SAYS("“The gates of the mill were rusty long before the flood,” the engineer Carl Vance said at a dinner in November 2029.", "> Carl Vance (engineer), Nov 2029 [1]");
	SAYS("“The gates of the mill were rusty long before the flood,” the engineer Carl Vance once said.", "> Carl Vance (engineer) [1]");
	SAYS("“The gates of the mill were rusty long before the flood,” the engineer Carl Vance said.", "> Carl Vance (engineer), 4 May [1]");
	test_case("of the day of what he does in the sentence before");
	SAYS("The engineer Carl Vance spoke on Brask Radio on Thursday. “The gates of the mill were rusty long before the flood,” Vance said.", "> Carl Vance, 1 May [1]");
	test_case("not of the day that he speaks of there");
	SAYS("The engineer Carl Vance believes that the bridge had moved on Thursday. “The gates of the mill were rusty long before the flood,” Vance said.", "> Carl Vance (engineer), 4 May [1]");
	test_case("a part that hangs on nothing is not shown");
	BRIEF_SAYS(ARTICLE("The engineer Carl Vance left the yard “because it hid the rust on the gates of the mill.”"), "## Sources", "> \"because it hid");
}
