/* What the timeline and the headings leave out: words that say nothing by themselves, and half quotations. */
#include "golden/brief.h"
#include "harness.h"

#define LEAD "The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the river."
#define TAIL "The council leads the search for those who are still missing in the mud below the village of Little Brask."
#define ALONE(words) "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mill of Brask burns\",\"text\":\"" words "\"}\n"
#define ARTICLE(words) \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\\n\\n" words "\\n\\n" TAIL "\"}\n"

TEST(timeline_entries_say_something)
{
	test_case("who said it, without what");
	BRIEF_SAYS(ARTICLE("“The council should call off its meeting with the owners of the yard until they take clear and visible steps to prove that they will not "
	                   "hide the state of their gates in the future,\\\" the harbour master Roy Hale, of Little Brask, said on Friday. “A meeting would be a gift.”"),
	           "## Timeline", "** The harbour master Roy Hale, of Little Brask, said on Friday [1]");
	test_case("a bracket that opens behind the cut");
	BRIEF_SAYS(ARTICLE("So after the council of Little Brask did begin to post the letters of the harbour master in March 2031, questions arose about what "
	                   "the mayor knew or whether she was involved in some way (which she denied)."),
	           "was involved in some way [1]", "in some way ( [1]");
	test_case("half a quotation");
	BRIEF_SAYS(ARTICLE("The yard told the Herald in a statement on Friday: \\\"We thank the many brave people of the lower town who are out in the streets today. "
	                   "Keeping them safe is what we work for.\\\""),
	           "## Timeline", "on Friday: \"We thank the many brave people of the lower town who are out in the streets today [1]");
	test_case("of whom the quotation speaks");
	BRIEF_SAYS(ARTICLE("“His statements yesterday I thought were helpful to everybody in the lower town,” Karl Brunt said."), "## Timeline", "** “His statements");
	test_case("the writer's own voice");
	BRIEF_SAYS(ARTICLE("Not for nothing did we call our column of Friday a warning to the owners of the old yard."), "## Timeline", "our column");
	test_case("a menu");
	BRIEF_SAYS(ARTICLE("Mayor Ada Reyl Ada Reyl Five things to watch this week in Brask MORE (L-Velm.) said on Friday that the gates of the mill are to be built again."),
	           "## Timeline", "Five things");
	BRIEF_SAYS(ARTICLE("Ten things to watch this week in Brask MORE put an end to the talk on Friday when she closed the gates of the mill."), "## Timeline", "Ten things");
}

/* "Built | and paid for the playground": what two verbs share stands behind the cut. */
TEST(headings_are_whole)
{
	BRIEF_SAYS(ARTICLE("Pupils from the Marta Ilves Douglas High School in Little Brask, Velm., organized and inspired the march of all the town after a driver "
	                   "killed 17 of their classmates and members of the faculty of the school on the feast of Saint Ann. The pupils of the Marta Ilves Douglas "
	                   "High School walked through the streets of the lower town in the march."),
	           "organized and inspired the march of all the town", "Velm., organized**");
	test_case("what a verb asks for stands behind an aside");
	BRIEF_SAYS(ALONE("Harbour master Roy Hale argues that the two owners of the old mill of Brask want the council of the town -- as the price of a deal on the mill and on its "
	                 "debts -- to roll back the long and costly tests of the gates of the mill that were brought in after the flood of 2029. The council of the town brought in "
	                 "the tests of the gates of the mill of Brask after the flood."),
	           "argues that the two owners", "want the council of the town**");
	test_case("whoever says it at the end of a long sentence is not cut away");
	BRIEF_SAYS(ALONE("Drivers at the mill of Brask asked their chiefs to close the mill of Brask five hours before it burned, and were refused and sent back to their work in the "
	                 "burning mill, according to three people at the mill. The chiefs of the mill of Brask deny that such a call was made before it burned."),
	           "according to three people at the mill. [1]", "**Drivers at the mill");
	test_case("and with a day behind it");
	BRIEF_SAYS(ALONE("“We will build the mill of Brask again as soon as the water has gone from the lower town,” Ada Moor told the council and all those who had come to the "
	                 "hall on the hill above the old harbour to hear her speak of it. The water still stood in the mill of Brask and in the lower town.")
	               "{\"id\":\"2\",\"date\":\"2031-05-07\",\"site\":\"Brask Herald\",\"title\":\"Mill of Brask\",\"text\":\"The mill of Brask is to be built again.\"}\n",
	           "from the lower town” (reported 4 May)** [1]", NULL);
	test_case("the comma in a quotation was the sentence's");
	BRIEF_SAYS(ALONE("Mr. Brunt called the fire at the mill of Little Brask “an attack on our town,” and Mrs. Moor used it as evidence of the need for “more love and "
	                   "kindness in the schools of the lower and the upper town.” The council of Little Brask looked for whoever had lit the fire at the mill of "
	                   "Little Brask, an attack on all."),
	           "“an attack on our town”** [1]", NULL);
}

TEST(timeline_of_yesterday)
{
	test_case("of which day");
	BRIEF_SAYS(ARTICLE("The harbour master Roy Hale said yesterday that the gates of the mill had made no noise in the night of the flood."),
	           "- **3 May** The harbour master Roy Hale said yesterday (3 May) that", NULL);
}

/* What the splitter parted at "St." is two halves, neither of which tells anything. */
TEST(timeline_of_halves)
{
	BRIEF_SAYS(ARTICLE("“We feared the worst for the gates of the mill and, unluckily, last night the worst came to pass,” St. Paul Police Chief Roy Hale said at a Sunday "
	                   "press conference."),
	           "## Timeline", "came to pass,” [1]");
	BRIEF_SAYS(ARTICLE("“We feared the worst for the gates of the mill and, unluckily, last night the worst came to pass,” St. Paul Police Chief Roy Hale said at a Sunday "
	                   "press conference."),
	           "## Timeline", "** St. Paul Police Chief Roy Hale said at a Sunday press conference [1]");
}

/* One report is no long story, however many days it names. */
TEST(timeline_of_one_report)
{
	BRIEF_SAYS(ALONE("The council of Brask heard the owner of the old mill on 2 April. The council of Brask heard the keeper of the old mill on 3 April. "
	                 "The council of Brask heard the miller of the old mill on 4 April. The council of Brask heard the carter of the old mill on 5 April. "
	                 "The council of Brask heard the baker of the old mill on 6 April. The council of Brask heard the priest of the old mill on 7 April. "
	                 "The council of Brask heard the warden of the old mill on 8 April. The council of Brask heard the smith of the old mill on 9 April. "
	                 "The council of Brask heard the cooper of the old mill on 10 April. The council of Brask heard the tailor of the old mill on 11 April. "
	                 "The council of Brask heard the porter of the old mill on 12 April. The council of Brask heard the weaver of the old mill on 13 April. "
	                 "The council of Brask heard the glazier of the old mill on 14 April. The council of Brask heard the mason of the old mill on 15 April."),
	           "- **11 Apr** The council of Brask heard the tailor", "- **13 Apr**");
}
