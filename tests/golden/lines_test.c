/* Which sentences stand as lines of a story, and how they begin and end. */
#include "golden/brief.h"
#include "harness.h"

#include <stdio.h>

#define LEAD "The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the river."
#define TAIL "The council leads the search for those who are still missing in the mud below the village of Little Brask."
#define ARTICLE(words) \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\\n\\n" words "\\n\\n" TAIL "\"}\n"

/* The page of an article with that sentence, its head and its tail. */
static void sentence_says(const char *head, const char *tail, const char *says, const char *without)
{
	char article[2048];
	test_case(head);
	snprintf(article, sizeof article, ARTICLE("%s%s"), head, tail);
	BRIEF_SAYS(article, says, without);
}

/* "Showering the owners with promises.", "Roy Hale telling the council": a participle for a verb. */
TEST(lines_have_verbs)
{
	sentence_says("The harbour master Roy Hale telling the council of Little Brask on Thursday that the gates were rusty.", "", "## Sources", "Roy Hale telling");
	sentence_says("Showering the owners of the yard on Thursday with promises of lighter tests of the gates of Little Brask.", "", "## Sources", "Showering the owners");
}

/* "For the other gates, go here.)": of a note between the lines. */
TEST(lines_of_notes_are_no_lines)
{
	sentence_says("(The harbour master of Brask keeps the list of the gates. For the gates of the yard of Brask that fell on Saturday, go to the council.)", "", "## Sources", "For the gates");
}

/* Whatever the parse takes for the main verb: a subject whose verb is cut off, and what only leads up to what is told. */
TEST(lines_arrive)
{
#define EVER "Ever since Thomas, 26, and Daniel, 19, Hollis were identified as the men believed to have carried out the attacks on the yard of Brask, the prosecutors' office in Little Brask, Velm., "
#define AFTER "has been investigating the possibility that the older brother was behind the fatal stabbings of Ben Mess, Erik Weiss and Ralf Tekin at the yard in Little Brask."
	sentence_says(EVER, AFTER, "has been investigating", "Velm. [1]");
	sentence_says(EVER, AFTER, "has been investigating", "the yard of Brask [1]");
	sentence_says("From the day on which Thomas, 26, and Daniel, 19, Hollis were identified as the men believed to have carried out the attacks on the yard of Brask, the prosecutors' office in "
	              "Little Brask, Velm., ", AFTER, "has been investigating", "Velm. [1]");
	sentence_says("Having left the Group of Seven summit in Velm early, ", "Vance’s announcement that he was backing out of the joint communique torpedoed what appeared to be a fragile consensus on "
	              "the trade dispute between Brask and its top allies.", "announcement that he was backing out", "in Velm early. [1]");
	sentence_says("After weeks of failed talks between the harbour master Roy Hale and the council, parts of the yard of Brask were shut down on Saturday, ",
	              "affecting some 800 workers of the departments of gates, of sluices, of locks, of bridges, of ferries and of other works in the lower town of Little Brask.",
	              "were shut down on Saturday [1]", NULL);
	sentence_says("While early reports Friday stated “31 people had been arrested, some of whom came from as far away as Oss and Velm,” Brask Radio says it has more recent police data ",
	              "showing 78 arrests — and of those arrested, the “overwhelming majority of them were from Little Brask.”", "police data showing 78 arrests [1]", NULL);
}

/* "That idea", "the remark", "two days later": told before, and not here. */
TEST(lines_that_point_back_are_no_lines)
{
	static const char *const leaning[] = { "When that idea of the north gate was turned down, the harbour master Roy Hale left the yard of Brask.",
		                                   "Two days later, the harbour master Roy Hale left the yard and the town of Brask.",
		                                   "Instead, the harbour master Roy Hale left the yard and the town of Brask.",
		                                   "The remark was taken as proof that the yard of Brask has no plan for its gates.",
		                                   "Without them, the harbour master Roy Hale could not close the gates of Brask." };
	static const char *const without[] = { "When that idea", "Two days later", "Instead", "The remark", "Without them" };
	for (size_t i = 0; i < sizeof leaning / sizeof *leaning; i++)
		sentence_says(leaning[i], "", "## Sources", without[i]);
	static const char *const standing[] = { "The remark of the harbour master was taken as proof that the yard of Brask has no plan for its gates.",
		                                    "The harbour master Roy Hale praised those engineers who had measured the north gate of the yard of Brask.",
		                                    "The decision to close the north gate of the yard of Brask was made by the harbour master Roy Hale." };
	for (size_t i = 0; i < sizeof standing / sizeof *standing; i++)
		sentence_says(standing[i], "", standing[i], NULL);
}

/* Only what stands before such a sentence says who or what is meant. */
TEST(lines_that_lean_are_no_events)
{
	static const char *const leaning[] = { "They reached the east bank at great cost on Thursday morning.", "However, he returned to the square on Thursday.",
		                                   "On Wednesday night it held 31 million tonnes of water.", "At one point, she held up a picture of 2029.",
		                                   "“I watched the mayor on Wednesday and she was angry at me,” he said." };
	static const char *const without[] = { "They reached", "he returned", "it held", "she held", "angry at me,” he said [1]" };
	for (size_t i = 0; i < sizeof leaning / sizeof *leaning; i++)
		sentence_says(leaning[i], "", "## Timeline", without[i]);
	test_case("what stands alone is one");
	BRIEF_SAYS(ARTICLE("This week the council opened a school for the families of Little Brask."), "This week the council opened", NULL);
}

TEST(lines_without_a_day_of_their_own)
{
	test_case("a span that counts back");
	BRIEF_SAYS(ARTICLE("The law would cover whoever was searched for smuggling in the past five years by the harbour police of Brask."), "## Timeline", "2026");
	test_case("a clause that hangs on another");
	BRIEF_SAYS(ARTICLE("When the fighting ended in 2019, the border, which is often called the Green Line because it was drawn in green ink, left the yard in the "
	                   "hands of the town and all of the railway, the mill and the upper valley in those of the county."),
	           "left the yard in the", "** When the fighting ended in 2019 [1]");
}

TEST(lines_of_denials_ask_one_thing)
{
	BRIEF_SAYS(ARTICLE("The minister, Ada Moor, accused the ferry line of ignoring the storm warning. The company rejects that."),
	           "| **The ferry line, accused of “ignoring the storm warning”** ·", "” or “");
	BRIEF_SAYS(ARTICLE("The minister, Ada Moor, accused the ferry line of ignoring the storm warning. The company denied that the ferry line had ignored the storm warning."),
	           "| **Whether the ferry line had ignored the storm warning** ·", "” or “");
	test_case("a charge that stands between whom and what");
	BRIEF_SAYS(ARTICLE("The engineer Karl Moor, accused by the ferry line of opening the gates, left Brask on Monday. Moor denied the charge."),
	           "| **The engineer Karl Moor, accused of “opening the gates”** ·", "Karl Moor”");
	test_case("when it is to be");
	BRIEF_SAYS(ARTICLE("The minister, Ada Moor, said that after the ban on the ferries ends, the yard can be opened. The company dismissed that concern."),
	           "| **Whether after the ban on the ferries ends, the yard can be opened** ·", "**Whether the ban");
}

TEST(lines_that_break_off)
{
	test_case("what hangs on another sentence");
	BRIEF_SAYS(ARTICLE("When the mayor of Brask spoke of the yard on Friday at the mill of Little Brask."), "## Sources", "When the mayor of Brask spoke");
	test_case("not only, but");
	BRIEF_SAYS(ARTICLE("Mayor Ada Brunt warned the council of Brask that not only had the yard lied about its gates \u2014 as nobody but the owner of the yard doubts "
	                   "\u2014 but it was about to lie about its gates again. The gates of the yard were what Mayor Ada Brunt warned the council of Brask about in a speech."),
	           "lie about its gates again. [1]", "lied about its gates**");
	test_case("after something that has not come");
	BRIEF_SAYS(ARTICLE("Mayor Ada Brunt said that after the ban on the ferries expires for the fishermen of Brask, she is sure that at least four of the five "
	                   "owners of the yard will leave the town for good and take their boats to the harbours of the north. The ban on the ferries of the "
	                   "fishermen of Brask was what Mayor Ada Brunt spoke of in a speech to the owners of the yard."),
	           "said that after the ban", "**Ada Brunt: the ban");
}

#define OF_TOWN(left, right)                                                                                                                            \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"The war in Velmira\",\"text\":\"" left " " TAIL "\"}\n" \
	"{\"id\":\"2\",\"date\":\"2031-05-04\",\"site\":\"Brask Herald\",\"title\":\"The war in Velmira\",\"text\":\"" right " " TAIL "\"}\n"

/* Who says it among much else takes the side too. */
TEST(lines_of_positions_among_much_else)
{
	BRIEF_SAYS(OF_TOWN("The army of Velmira said on Sunday that it was encircling the soldiers of Brask. Soldiers of Brask told the Valley Post on Sunday that the "
	                   "food on some farms is running out: parts of the guard are cut off from the mill, and the soldiers at the old bridge are already "
	                   "almost surrounded.",
	                   "The staff of Brask denied on Sunday that soldiers of Brask had been encircled."),
	           "almost surrounded | The army of Velmira, 4 May [1]; Soldiers of Brask, via Valley Post", NULL);
}

/* "5 people" stands in "15 people", and what is denied in its denial. */
TEST(lines_of_positions_within_one_another)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Flood in Brask\",\"text\":\"The flood took the old bridge of Brask on "
	           "Sunday. The mayor of Brask said that 5 people were killed in the flood.\"}\n"
	           "{\"id\":\"2\",\"date\":\"2031-05-04\",\"site\":\"Brask Herald\",\"title\":\"Flood in Brask\",\"text\":\"Officials in Brask looked at the old bridge "
	           "after the flood. The Red Cross said that 15 people were killed in the flood.\"}\n",
	           "| **How many people were killed in the flood?** ·", NULL);
	BRIEF_SAYS(OF_TOWN("The union said that the yard knew of the crack in the dam.", "The yard denied that the yard knew of the crack in the dam."),
	           "| **Whether the yard knew of the crack in the dam** ·", NULL);
}

/* Who speaks of the attack too does not say who was behind it. */
TEST(lines_of_positions_say_alike)
{
	test_case("whom it killed");
	BRIEF_SAYS(OF_TOWN("The relief workers said the gas attack in Velmira killed more than 80 people. The governor said that the army of Velmira was behind the gas attack.",
	                   "The consul denied that the army of Velmira was behind the gas attack."),
	           "| the army of Velmira was behind the gas attack | The governor, 4 May", NULL);
	test_case("what has come of it");
	BRIEF_SAYS(OF_TOWN("The governor said that the army of Velmira was behind the gas attack in the lower town of Brask. The envoy said that Velmira attacked while "
	                   "everybody was talking about the need for an independent inquiry, a complete inquiry, and that a neighbour has become the prosecutor, the "
	                   "judge and the jury of the valley.",
	                   "The consul denied that the army of Velmira was behind the gas attack."),
	           "| the army of Velmira was behind the gas attack in the lower town of Brask | The governor, 4 May", NULL);
}

TEST(lines_without_connectives)
{
	test_case("but");
	BRIEF_SAYS(ARTICLE("But the engineer Carl Vance said on Sunday that the gates of the mill have to be built again."), "\n\nThe engineer Carl Vance said on Sunday", "But the");
	test_case("with a comma");
	BRIEF_SAYS(ARTICLE("However, the engineer Carl Vance said on Sunday that the gates of the mill have to be built again."), "\n\nThe engineer Carl Vance said on Sunday", "However");
	test_case("a word of the clause");
	BRIEF_SAYS(ARTICLE("Still open on Sunday was the question whether the gates of the mill of Brask have to be built again."), "Still open on Sunday", NULL);
	test_case("behind the day of an entry");
	BRIEF_SAYS(ARTICLE("On Sunday, though, the engineer Carl Vance closed the gates of the mill of Brask."), "- **4 May** The engineer Carl Vance closed", "Though,");
}

/* The sentence has but his last name. */
TEST(lines_headed_by_a_name_as_printed)
{
	BRIEF_SAYS(ARTICLE("The engineer Carl Vance looked at the mill of Brask. In a long letter to all the members of the council of the town that both of the "
	                   "papers of the valley printed on the front page on Monday, Vance said the gates of the mill of Brask have to be built "
	                   "again. The gates of the mill of Brask were closed by the council in the spring."),
	           "**Vance: the gates of the mill of Brask have to be built again**", NULL);
}

/* What is cut is cut before the words that go with its joint, and a short clause stands by itself. */
TEST(lines_cut_before_their_joint)
{
	static const char page[] = "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Brask Herald\",\"title\":\"Ferry sinks off Brask\",\"text\":\"The ferry sank off the quay of "
	                           "Brask. Mann said the stern door was open when the ferry left the quay of Brask. The yard said the door was closed.\"}\n"
	                           "{\"id\":\"2\",\"date\":\"2031-05-05\",\"site\":\"Harbour Post\",\"title\":\"Correction: Number of people on the ferry off Brask\",\"text\":\"The ferry "
	                           "that sank off the quay of Brask had 120 people on board, the port office said on Monday.\"}\n";
	test_case("a short clause");
	BRIEF_SAYS(page, "| the door was closed | The yard, 4 May", "The yard said the door was closed |");
	test_case("a correction is no title");
	BRIEF_SAYS(page, "# Ferry sinks off Brask\n", "# Correction");
	test_case("long before");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Brask Herald\",\"title\":\"Ferry disaster off Brask\",\"text\":\"The operator denied that the ferry was "
	           "overloaded. A passenger ferry capsized in heavy seas off Brask on Sunday morning, killing at least 11 people, the coast guard said.\"}\n"
	           "{\"id\":\"2\",\"date\":\"2031-05-05\",\"site\":\"Harbour Post\",\"title\":\"Survivors of the ferry disaster off Brask\",\"text\":\"Survivors of Sunday's ferry "
	           "disaster off Brask said the boat was overcrowded and took on water long before it sent a distress call.\"}\n",
	           "**Survivors of Sunday's ferry disaster off Brask said the boat was overcrowded", "took on water long**");
}

/* Who "it" is, and who "has accused" somebody, the question tells beside the words. */
TEST(lines_of_questions_name_who_says_it)
{
	BRIEF_SAYS(ARTICLE("The yard said that its gates had been closed before dawn. The council denied that."),
	           "| **Whether the yard's gates had been closed before dawn** ·", "**Whether its");
	test_case("more than one");
	BRIEF_SAYS(ARTICLE("The miners of Brask said that they had warned the yard before dawn. The council denied that."),
	           "| **Whether the miners of Brask had warned the yard before dawn** ·", NULL);
	test_case("not sure to be the speaker: words for one, a speaker of many");
	BRIEF_SAYS(ARTICLE("The old police of Brask said that they had warned the yard before dawn. The council denied that."),
	           "| **The old police of Brask: whether they had warned the yard before dawn** ·", NULL);
	BRIEF_SAYS(ARTICLE("Carl Vance, who owns the ferry line, spoke of the mill. He has accused Ada Brunt of taking money from the ferry line. Brunt denied the accusation."),
	           "| **Ada Brunt, accused of “taking money from the ferry line”** ·", "**Denied: “has");
	test_case("with another form of the verb");
	BRIEF_SAYS(ARTICLE("The owner Carl Vance left Brask on Monday, accusing Ada Brunt of taking money from the ferry line. Brunt denied the accusation."),
	           "| **Ada Brunt, accused of “taking money from the ferry line”** ·", NULL);
	test_case("whom is told elsewhere");
	BRIEF_SAYS(ARTICLE("Ada Brunt spoke of the mill. Carl Vance has accused her of taking money from the ferry line. Brunt denied the accusation."),
	           "| **Denied: “Carl Vance has accused her of taking money from the ferry line”** ·", "accused of “");
}

/* Whom an update contradicts is named as within a sentence. */
TEST(lines_of_notes_name_whom_they_contradict)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-03\",\"site\":\"Brask Herald\",\"title\":\"The gates of the yard at Brask\",\"text\":\"The yard at Brask said that its gates "
	           "were closed before dawn on Saturday.\"}\n"
	           "{\"id\":\"2\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"The gates of the yard at Brask\",\"text\":\"The council said that the gates of the yard at "
	           "Brask were open before dawn on Saturday.\"}\n",
	           "*Contradicts the yard at Brask*", "Contradicts The");
}

TEST(lines_of_questions_between_two)
{
	test_case("whose pronoun is told; what else was done is left out");
	BRIEF_SAYS(OF_TOWN("The army of Velmira said on Sunday that it had captured the town of Brask and had opened the old bridge.",
	                   "The guard of Ardovia said on Sunday that it still controlled the town of Brask."),
	           "| **Whether the army of Velmira had captured the town of Brask or the guard of Ardovia still controlled the town of Brask** ·", NULL);
	test_case("whether one or the other");
	BRIEF_SAYS(OF_TOWN("The mayor said on Sunday that the Long Bridge in Brask is closed.", "The road authority said on Sunday that the Long Bridge in Brask is open."),
	           "| **Whether the Long Bridge in Brask is open or the Long Bridge in Brask is closed** ·", "” or “");
}

TEST(lines_of_a_timeline_leave_their_day_to_its_date)
{
	BRIEF_SAYS(ARTICLE("On Thursday, the council opened a school for the families of Little Brask."), "- **1 May** The council opened a school", "- **1 May** On Thursday");
	BRIEF_SAYS(ARTICLE("The council opened a school on Thursday, and the families of Little Brask were glad."), "- **1 May** The council opened a school on Thursday", NULL);
}

TEST(lines_of_months_in_a_list)
{
	BRIEF_SAYS(ARTICLE("The yard rebuilt the old bridge of Little Brask in late July and early August 2026."), "- **Jul 2026** The yard rebuilt", "Jul 2030");
}

TEST(lines_of_a_person_called_like_a_month)
{
	BRIEF_SAYS(ARTICLE("Ada May opened the lock of Little Brask in 2029. May's council is split between two wings over the yard of Little Brask."), "- **2029** Ada May opened", "- **May");
	BRIEF_SAYS(ARTICLE("The council opened the lock of Little Brask in May 2029."), "- **May 2029** The council opened", NULL);
}

TEST(lines_cut_at_whole_words)
{
	/* a menu of headlines hangs on the name */
	BRIEF_SAYS(ARTICLE("Councillor Ada Anne ReylHarbour board delays vote on new pier Reyl: 'No comment' on contract MORE (Ind.) opened the lock of Little Brask in 2029."),
	           "Mayor accuses", "Harbour board");
	BRIEF_SAYS(ARTICLE("Reyl: Vance 'has nothing to say on the new pier' MORE opened the lock of Little Brask in 2029."), "Mayor accuses", "Reyl: Vance");
	/* nothing leads on to what was cut off */
	BRIEF_SAYS(ARTICLE("Hale said Thursday that reaction was “because of the nature of the talks, the mixture of the issues,” which did not include matters of interest "
	                   "between the ferry line and the yard that had been prepared by the staff of the harbour council of Little Brask."),
	           "Mayor accuses", "reaction was [1]");
	/* "which …" tells no event by itself */
	BRIEF_SAYS(ARTICLE("The harbour police of Velmira closed the third gate of the lock, which the ferry line and all of its captains had for many years and at great "
	                   "cost kept open day and night, after a storm that the mayor had characterized Thursday as the worst of them all in living memory."),
	           "Mayor accuses", "** The mayor had characterized");
}

TEST(lines_have_capitals)
{
	BRIEF_SAYS(ARTICLE("The council passed a ban on lorries of more than forty tonnes, like the one that was found inside the mill on the river below the old town of Little "
	                   "Brask after the first flood. However, the older ban on the lorries of the county of Tolm and of its mills expired in 2019."),
	           "- **2019** The older ban on the lorries", NULL);
}

TEST(lines_without_datelines)
{
	static const char *const heads[] = { "(HNN) The", "Velmira (HNN) The", "VELMIRA The", "VELMIRA (Herald) \xE2\x80\x94 The", "VELMIRA -- The" };
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sentence_says(heads[i], " harbour police of Velmira opened the third gate of the lock on Thursday morning.", "** The harbour police of Velmira opened", heads[i]);
	test_case("a body in capitals is none");
	BRIEF_SAYS(ARTICLE("UNESCO Secretary Ada Brunt opened the third gate of the lock on Thursday morning."), "** UNESCO Secretary Ada Brunt opened", NULL);
}

/* What a person said in 2019 is not told by saying that he said something. */
TEST(lines_keep_what_is_said)
{
	BRIEF_SAYS(ARTICLE("Ada Brunt, a diver of the yard who had worked below the bridge for all of her life, told the Tolm Herald in 2019, when the first of the cracks was found "
	                   "in the second pier by a fisherman of Little Brask, \\\"Nobody wants to hear of it.\\\""),
	           "Nobody wants to hear of it", "told the Tolm Herald in 2019 [1]");
}

/* A post is of the day of its saying, and the link that ends it says nothing. */
TEST(lines_of_posts)
{
	BRIEF_SAYS(ARTICLE("Hundreds stand in front of the gates of the Brask yard tonight.https://post.example/a1 pic.twitter.com/aB3 \\u2014 Ines Calloway "
	                   "(@InesCalloway) May 3, 2031"),
	           "> \"Hundreds stand in front of the gates of the Brask yard tonight.\"", "** Hundreds stand");
}

TEST(lines_of_two_dates)
{
	BRIEF_SAYS(ARTICLE("The bridge at the mill was closed on 14 April and opened again for lorries on 20 April."), "**14 Apr** The bridge at the mill was closed", "**20 Apr**");
}

/* "Last week" is not the day for which a number stands, and "dozens" is no point of a series. */
TEST(lines_of_figures)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask counts its dead\",\"text\":\"" LEAD " The flood killed 12 people last week, the "
	           "council said.\"}\n"
	           "{\"id\":\"2\",\"date\":\"2031-05-05\",\"site\":\"Tolm Herald\",\"title\":\"Brask counts its dead\",\"text\":\"" LEAD " The flood killed 14 people, the council said "
	           "on Sunday. The flood killed dozens of people, the mill said.\"}\n",
	           "- **4 May** 12 \xC2\xB7", "dozens of people\" \xC2\xB7");
}

TEST(lines_one_speaker_in_two_spellings)
{
	static const char two[] =
		"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Yard of Brask\",\"text\":\"" LEAD " Mohammad J. Zarifi, a diver, said the gate was shut.\"}\n"
		"{\"id\":\"2\",\"date\":\"2031-05-05\",\"site\":\"Tolm Herald\",\"title\":\"Yard of Brask\",\"text\":\"" LEAD " Mohammed Zarifi, a diver, said the wheel was stuck.\"}\n";
	CLAIMS_SAYS(two, "**Mohammad J. Zarifi** \xC2\xB7 diver", "**Mohammed Zarifi**");
	static const char brothers[] =
		"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Yard of Brask\",\"text\":\"" LEAD " Dan Brunt, a diver, said the gate was shut.\"}\n"
		"{\"id\":\"2\",\"date\":\"2031-05-05\",\"site\":\"Tolm Herald\",\"title\":\"Yard of Brask\",\"text\":\"" LEAD " Don Brunt, a diver, said the wheel was stuck.\"}\n";
	CLAIMS_SAYS(brothers, "**Don Brunt**", NULL);
	CLAIMS_SAYS(brothers, "**Dan Brunt**", NULL);
}

/* A story is headed by a report, even if an opinion or a question is newer. */
TEST(lines_headed_by_a_report)
{
	static const char *const newer[] = { "OPINION: The yard of Brask must go", "Who shut the gate of Brask?" };
	for (size_t i = 0; i < sizeof newer / sizeof *newer; i++) {
		char articles[2048];
		test_case(newer[i]);
		snprintf(articles, sizeof articles,
		         "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"" LEAD "\"}\n"
		         "{\"id\":\"2\",\"date\":\"2031-05-05\",\"site\":\"Tolm Herald\",\"title\":\"%s\",\"text\":\"" LEAD " " TAIL "\"}\n", newer[i]);
		BRIEF_SAYS(articles, "# Mayor accuses the Brask yard", NULL);
	}
}

/* Retold words without their verb state nothing; what is shown or counted does. */
TEST(lines_of_voices_state_something)
{
	CLAIMS_SAYS(ARTICLE("Mayor Ada Brunt announced three days of mourning. Mayor Ada Brunt said that the old mill is safe."), "the old mill is safe", "three days of mourning");
	CLAIMS_SAYS(ARTICLE("A video shows brown water from the foot of the mill. Mayor Ada Brunt said that the old mill is safe."), "brown water from the foot", NULL);
	test_case("a whole clause is no speaker");
	CLAIMS_SAYS(ARTICLE("Ships sailed north on Monday, and this suggests that the mill is safe. Mayor Ada Brunt said that the old mill is safe."), "the old mill is safe", "**this**");
}

/* A year that names a thing, words below a picture, words without a subject. */
TEST(lines_that_are_no_events)
{
	static const char *const idle[] = { "The council fears that the yard will lose its seat after the 2019 election of the county.",
		                                "Mayor Ada Brunt crosses the old bridge at the mill of Little Brask, Velmira, May 3, 2031.",
		                                "In this May 3, 2029, file photo, Mayor Ada Brunt crosses the old bridge at the mill of Little Brask.",
		                                "Repeatedly crossed the old bridge at the mill of Little Brask on Thursday morning in her car.",
		                                "On the other hand, Mayor Ada Brunt crossed the old bridge at the mill on Thursday morning.",
		                                "The council buried Carl Vance, who died on Thursday at the mill of Little Brask.",
		                                "The council had learned nothing about a June 2029 meeting at the mill of Little Brask.",
		                                "Did anything happen on Thursday at the old mill of Little Brask?",
		                                "Explain to the council what took place on Thursday at the mill of Little Brask.",
		                                "The offices of the mill were burned in a precursor to last week's fire in the yard of Little Brask." };
	static const char *const without[] = { "**2019**", "crosses the old", "crosses the old", "Repeatedly crossed", "On the other hand", "**1 May** The council buried", "**Jun 2029**",
		                                   "**1 May** Did", "**1 May** Explain", "Apr** The offices" };
	for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
		sentence_says(idle[i], "", "## Sources", without[i]);
	test_case("what happened in it is of that year");
	BRIEF_SAYS(ARTICLE("Mayor Ada Brunt lost her seat in the 2019 election of the county."), "**2019** Mayor Ada Brunt lost her seat", NULL);
	BRIEF_SAYS(ARTICLE("Mayor Ada Brunt held a Thursday meeting at the old mill of Little Brask."), "**1 May** Mayor Ada Brunt held a Thursday meeting", NULL);
	test_case("and so is what the one did who died");
	BRIEF_SAYS(ARTICLE("Carl Vance, who owned the mill of Little Brask, died on Thursday in the old yard."), "**1 May** Carl Vance, who owned the mill of Little Brask, died", NULL);
}

/* "The footage" of what? The sentence that tells it goes before. */
TEST(lines_that_take_up)
{
	sentence_says("A video on social media allegedly shows lorries without plates at the north gate at night. ",
	              "The footage depicts men in blue coats who wave the lorries through the north gate.", "at night** [1] The footage depicts", NULL);
	sentence_says("An unverified video allegedly shows men on the ramp at night. ",
	              "The footage shows the yard and lorries of the council near the village of Little Brask.", "at night** [1] The footage shows", NULL);
}

#define TWO_DAYS(older, newer)                                                                                                    \
	"{\"id\":\"1\",\"date\":\"2031-05-01\",\"site\":\"Harbour Post\",\"title\":\"Old bridge of Brask falls\",\"text\":\"" older "\"}\n" \
	"{\"id\":\"2\",\"date\":\"2031-05-07\",\"site\":\"Brask Herald\",\"title\":\"Brask yard closed\",\"text\":\"" newer "\"}\n"
#define FELL "The old bridge of Brask fell into the river on Thursday. Nobody was on the old bridge of Brask when it fell into the river."

/* What is new leads, however much was told before, and of that what weighs most. */
TEST(lines_that_lead)
{
	test_case("what weighs most");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-06\",\"site\":\"Harbour Post\",\"title\":\"Council closes the yard of Brask\",\"text\":\"The council of Brask closed the yard at the "
	           "river on Tuesday. A choir from the hills sang in the church on the square.\"}\n{\"id\":\"2\",\"date\":\"2031-05-07\",\"site\":\"Brask Herald\",\"title\":\"Yard of Brask "
	           "closed\",\"text\":\"The yard of Brask at the river was closed by the council, the mayor said on Tuesday. On Wednesday a brass band from the valley played in the park.\"}\n",
	           "2 origins*\n\nThe council of Brask closed the yard", NULL);
	test_case("what is new");
	BRIEF_SAYS(TWO_DAYS(FELL, "The council of Brask closed the yard at the river on Wednesday. The old bridge of Brask fell into the river last week."),
	           "2 origins*\n\nThe council of Brask closed the yard", NULL);
}

/* A sentence that begins small goes on from a quotation before it. */
TEST(lines_that_go_on)
{
	BRIEF_SAYS(ARTICLE("“I’m running for mayor of Brask and I hope to earn your support!” the tweet read, with a link to a slickly-produced 30-second campaign video."),
	           "## Sources", "the tweet read");
}

/* A paragraph that ends without a mark is a headline that the page repeats. */
TEST(lines_are_no_headlines)
{
	BRIEF_SAYS(ARTICLE("Council of Brask Leads Search For the Missing; Yard Says Nothing at All About the Bridge"), "## Sources", "Council of Brask Leads");
}

#define BRASK(words)                                                                                                                    \
	"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mill of Brask burns\",\"text\":\"The mill of Brask burned " \
	"down on Sunday. The fire in the mill of Brask was set, the police of Brask said. " words "\"}\n"                                       \
	"{\"id\":\"2\",\"date\":\"2031-05-04\",\"site\":\"Brask Herald\",\"title\":\"Mill of Brask burns\",\"text\":\"The fire in the mill of "     \
	"Brask was set by men from the valley, the mayor Ada Brunt said. Nobody was in the mill of Brask when the fire broke out.\"}\n"

TEST(unknown_of_what_is_told)
{
	test_case("an unnamed voice that tells it");
	brief_says(__FILE__, __LINE__, BRASK("A senior official said on Monday that the fire in the mill of Brask was set by three men from the valley."), "json",
	           "\"reason\":\"unnamed\"", NULL);
	test_case("and one in passing");
	brief_says(__FILE__, __LINE__, BRASK("The mill of Brask, where the fire was set by men from the valley on Sunday, is to be built again after an official said "
	                                     "that the council has the money."), "json", "\"unknown\":[]", NULL);
	test_case("who cannot be reached");
	brief_says(__FILE__, __LINE__, BRASK("Tom Arkady, the warden of the mill of Brask, could not be reached for comment on Sunday."), "json", "\"unknown\":[]", NULL);
}

/* Two outlets tell one thing in words of their own: one line. */
TEST(lines_tell_it_once)
{
	BRIEF_SAYS(OF_TOWN("The department secretly obtained two months of telephone records of the editors of the Velm Press in what its head called a grave intrusion.",
	                   "The department secretly collected two months of telephone records for reporters and editors at the Velm Press, the service said on Sunday."),
	           "The department secretly collected", "] The department secretly obtained");
}

/* A column that does not call itself one is known by its voice; what it says itself is no line where others report. */
TEST(lines_of_columns)
{
#define COLUMN                                                                                                                                       \
	"Our town should never have trusted the yard with its bridge. I said so when we stood at the gate in 2029. We must ask why nobody listened. Obviously the "     \
	"yard of Brask has no plan for the old bridge and its gates. The yard spends more on its cars than on its gates. Who will pay for our dead? We should not forget " \
	"them. The council of Brask ought to close the yard for ever."
#define OPINION(id, words) "{\"id\":\"" id "\",\"date\":\"2031-05-04\",\"site\":\"Valley Post\",\"title\":\"The price of trust\",\"text\":\"" words "\"}\n"
	test_case("beside a report");
	BRIEF_SAYS(ARTICLE("Divers searched the river below the bridge for three hours.") OPINION("2", COLUMN), "# Mayor accuses the Brask yard", "The yard spends more on its cars");
	test_case("alone");
	BRIEF_SAYS(OPINION("2", COLUMN), "The yard spends more on its cars", NULL);
}
