/* A series counts one thing: not the dead of two towns, of long ago, or of something small beside it. */
#include "golden/brief.h"
#include "harness.h"

#define REPORT(id, day, site, words)                                                                                            \
	"{\"id\":\"" id "\",\"date\":\"2031-05-" day "\",\"site\":\"" site "\",\"title\":\"Blast shakes the port\",\"text\":\"" words \
	" The police search the port for those who are still missing below the burned cranes.\"}\n"
#define MONDAY REPORT("1", "05", "Harbour Post", "A blast in the port of Marseille killed 22 people on Monday, the police said.")
#define TUESDAY(words) REPORT("2", "06", "Brask Herald", words)

TEST(figures_of_one_toll)
{
	static const char two[] = "## Figures\n**people killed**\n";
	test_case("it grows");
	BRIEF_SAYS(MONDAY TUESDAY("The blast in the port of Marseille killed 39 people, the police said on Tuesday."), two, NULL);
	test_case("so many at least");
	BRIEF_SAYS(REPORT("1", "05", "Harbour Post", "A blast in the port of Marseille killed at least 22 people on Monday, the police said.")
	           TUESDAY("The blast in the port of Marseille killed at least 39 people, the police said on Tuesday."),
	           "at least 22", NULL);
	test_case("two towns");
	BRIEF_SAYS(MONDAY TUESDAY("A blast in the port of Genoa killed 39 people on Tuesday, the police said."), "## Sources", "## Figures");
	test_case("long ago");
	BRIEF_SAYS(MONDAY TUESDAY("A blast in the port killed 39 people in 2029."), "## Sources", "## Figures");
	test_case("a toll does not fall by half");
	BRIEF_SAYS(MONDAY TUESDAY("In the port 3 people were killed by a crane on Tuesday, the police said."), "## Sources", "## Figures");
	test_case("what is denied is no count");
	BRIEF_SAYS(MONDAY TUESDAY("The army denied that the blast in the port of Marseille killed 39 people."), "## Sources", "## Figures");
}

TEST(figures_say_what_is_counted)
{
	test_case("whom, and what befell them");
	BRIEF_SAYS(REPORT("1", "05", "Harbour Post", "The blast in the port of Marseille killed 22 Velmirans on Monday, the police said.")
	           TUESDAY("The blast in the port of Marseille killed 39 Velmirans, the police said on Tuesday."),
	           "## Figures\n**Velmirans killed**\n", NULL);
	test_case("in a word that they are called by");
	BRIEF_SAYS(REPORT("1", "05", "Harbour Post", "The blast shook the port of Marseille on Monday, killing 22 Velmirans, the police said.")
	           TUESDAY("The blast shook the port of Marseille, killing 39 Velmirans, the police said on Tuesday."),
	           "## Figures\n**Velmirans**\n", NULL);
	test_case("both words of a concept");
	BRIEF_SAYS(REPORT("1", "05", "Harbour Post", "The ferry left the port of Marseille with 22 people on board, the police said.")
	           TUESDAY("The ferry left the port of Marseille with 39 people on board, the union said on Tuesday."),
	           "## Figures\n**people on board**\n", NULL);
	test_case("victims in the court are not the dead");
	BRIEF_SAYS(MONDAY TUESDAY("The judge of the port of Marseille said on Tuesday that present were 30 victims of the blast and their families."), "## Sources", "## Figures");
}
