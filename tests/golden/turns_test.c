/* Transcripts: who stands on the label speaks. */
#include "golden/brief.h"
#include "harness.h"

#define HEAD "BRASK HEARING\nTHE HARBOUR POST\nMay 4, 2031\n\nThe council questioned Ana Correl, the mayor of Brask, on Sunday.\n\n"
#define TALK                                                                                      \
	"REED: Was it too late to close the old bridge?\n\nCORREL: No. We closed it as soon as the engineers told us.\n\n" \
	"REED: Who told you of it first?\n\nCORREL: The harbour police told us at nine, and nobody was hurt by then.\n"

TEST(turns_are_quotations)
{
	brief_of_says(__FILE__, __LINE__, "text", HEAD TALK, "> \"No. We closed it as soon as the engineers told us.\"  \n> Ana Correl", "> Reed");
	test_case("the post on the label");
	brief_of_says(__FILE__, __LINE__, "text", "BRASK HEARING\nTHE HARBOUR POST\nMay 4, 2031\n\nHARBOUR MASTER ADA HALE: The north gate was shut at noon on that day.\n\n" TALK,
	              "> Ada Hale (Harbour Master), 4 May", NULL);
	test_case("who goes on without a label");
	brief_of_says(__FILE__, __LINE__, "text", HEAD TALK "\nThe engineers had measured the pillars twice in April.\n\nREED: Thank you.\n",
	              "> \"The harbour police told us at nine, and nobody was hurt by then.\"", NULL);
}

TEST(turns_are_not_signs)
{
	test_case("claim and fact");
	brief_of_says(__FILE__, __LINE__, "text", HEAD "CLAIM: The north gate of the old mill was open all the night.\n\nFACT: The gate was shut at noon, the log of the yard shows.\n\n"
	              "CLAIM: The mayor was asleep in her house.\n\nFACT: She was at the gate with the police.\n", "## Sources", "> Fact");
	test_case("one label is no talk");
	brief_of_says(__FILE__, __LINE__, "text", HEAD "REED: The gate was shut at noon on that day.\n\nThe bridge fell at one.\n", "## Sources", "> Reed");
}

TEST(lines_without_labels)
{
	test_case("an update's hour");
	brief_of_says(__FILE__, __LINE__, "text", HEAD "Update at 6:23 p.m. ET: A third driver was found dead below the old bridge of Brask, the police said.\n",
	              "A third driver was found dead below the old bridge of Brask, the police said", "Update at 6:23");
	test_case("a colon of the sentence's own");
	brief_of_says(__FILE__, __LINE__, "text", HEAD "Three things were wrong at the bridge of Brask: its pillars, its gates and its keeper, the police said.\n",
	              "Three things were wrong at the bridge of Brask: its pillars", NULL);
}
