/* How long sentences are cut: what is left must stand by itself. */
#include "golden/brief.h"
#include "harness.h"

/* Longer than a line of the brief may be, with the head of its last clause right before where it is cut. */
#define LONG_STORY                                                                                                                                         \
	"{\"id\":\"1\",\"date\":\"2031-05-02\",\"site\":\"Harbour Post\",\"title\":\"Brask announces the bridge is open\",\"text\":\""                     \
	"The town council announces that it has opened the Brask bridge and publishes a picture of lorries crossing it in the early morning, while the "  \
	"harbour authority reports turning back dozens of lorries, which shows that the closure goes on in parts of the port; at the same time, officials " \
	"of both bodies meet in Velm to discuss ending the dispute, and the district promises money for a second bridge by the end of next year.\"}\n"

TEST(cut_leaves_no_head_of_what_was_cut_off)
{
	brief_says(__FILE__, __LINE__, LONG_STORY, "json", "parts of the port\"", "at the same time\"");
}

/* "according to an officer …, he told": the sentence tells its speaker, though the one who told is "he". */
TEST(cut_keeps_a_speaker_whose_pronoun_tells)
{
	static const char story[] =
		"{\"id\":\"1\",\"date\":\"2031-05-02\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The fall of the Brask "
		"bridge, according to an engineer from the yard beside the old harbour, is \\u201ca matter of days, two weeks at most,\\u201d he told "
		"the Velm Gazette. The council closed the bridge to lorries on Thursday.\"}\n";
	BRIEF_SAYS(story, "- **2 May** The fall of the Brask bridge", NULL);
}

/* ", framing it | as the most important day": what is cut off is needed by its verb, which goes too. */
TEST(cut_takes_a_verb_with_what_it_needs)
{
	static const char story[] =
		"{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge open\",\"text\":\"The council released a "
		"picture of lorries crossing the river and the head of the yard publicly declared the Brask bridge open on May 1, framing it as the "
		"most important day for the whole of the valley in more than forty years of waiting for a new bridge.\"}\n";
	BRIEF_SAYS(story, "- **1 May** The council released a picture of lorries crossing the river and the head of the "
	                  "yard publicly declared the Brask bridge open on May 1 [1]", NULL);
}

TEST(cut_datelines)
{
	test_case("an agency's");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge open\",\"text\":\"BRASK, Ardovia (NPA) "
	           "\\u2014 The head of the yard declared the Brask bridge open on May 1 and let the first lorries cross the river.\"}\n",
	           "\nThe head of the yard declared", "Ardovia (NPA)");
	test_case("of two towns");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge open\",\"text\":\"BRASK/VELM - "
	           "The head of the yard declared the Brask bridge open on May 1 and let the first lorries cross the river.\"}\n",
	           "- **1 May** The head of the yard declared", "VELM");
	test_case("none");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge open\",\"text\":\"NPA journalists - "
	           "there were three - saw the head of the yard declare the Brask bridge open on May 1 and let the first lorries cross.\"}\n",
	           "NPA journalists - there were three - saw", NULL);
}

/* "related to the closure on May 1" is no event. */
TEST(cut_events_are_statements)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The former head of the "
	           "yard was arrested on May 1 in his house above the old harbour on suspicion of a conspiracy to destroy the machines of the toll house "
	           "of the council, related to the closure of the bridge when drivers broke through the gates.\"}\n",
	           "- **1 May** The former head of the yard was arrested", "** related to");
}

/* "When the head of the yard spoke of it |": the main clause stands behind. */
TEST(cut_lines_do_not_lead_up)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"When the head of the yard "
	           "spoke for the first time on Friday of what the council could do to keep the old bridge of Brask out of the river, it seemed an admission that the "
	           "council, the mayor of Brask and the drivers of the upper valley were all looking for a way out of what a week ago had seemed a certain closure of "
	           "the road that leads down to the old harbour.\"}\n",
	           "## Sources", "out of the river. [1]");
	test_case("a question that goes on behind a dash");
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The mayor of Brask and two "
	           "of her advisers have taken different stands on the question of when — and how — the decision to open the old bridge will be made. The mayor of Brask "
	           "spoke of the old bridge on Friday.\"}\n",
	           "## Sources", "of when**");
}

/* A part of a sentence stands in the brief with a capital and a full stop. */
TEST(cut_lines_are_sentences)
{
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"But the drivers of the "
	           "upper valley, far from being tired by four weeks of waiting at the closed gates of the bridge or by the rain that fell on nearly every "
	           "one of those days, are promising to stay where they are for as long as it takes, and the head of the yard has told the council that "
	           "there is no more room for their lorries on any of the streets that lead down from the hills to the old harbour, whatever the weather\"}\n",
	           "\nThe drivers of the upper valley", NULL);
	BRIEF_SAYS("{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Brask bridge closed\",\"text\":\"The council closed the "
	           "Brask bridge to lorries of every size for the rest of the week\"}\n",
	           "for the rest of the week. [1]", NULL);
}
