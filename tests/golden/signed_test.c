/* Words that a page sets off without quotation marks, and posts: whose they are, and that they are nobody else's. */
#include "golden/brief.h"
#include "harness.h"

#define PAGE(words)                                                                                                                                    \
	"<html><head><title>Mayor accuses the Brask yard</title><meta property=\"article:published_time\" content=\"2031-05-04T10:00:00Z\"></head>"        \
	"<body><article><h1>Mayor accuses the Brask yard</h1><p>The mayor of Brask accused the yard of silence on Saturday, a day after the old bridge "   \
	"fell into the river and took two lorries and a ferry with it.</p>" words                                                                         \
	"<p>The yard said that its gates had been closed at 4:05 a.m. and that nobody had been asked to wait for the lorries.</p>"                         \
	"<p>The council leads the search for those who are still missing in the mud below the village of Little Brask.</p></article></body></html>"

#define SAYS(type, source, says, without) brief_of_says(__FILE__, __LINE__, type, source, says, without)

TEST(signed_statement_that_a_page_sets_off)
{
	static const char page[] = PAGE("<p>In a statement, Ines Calloway said:</p><blockquote><p>The yard owes the valley an answer today. We will not "
	                                "wait for a report.</p><p>Every family in Brask has the right to know when the gates were opened.</p></blockquote>");
	test_case("her words");
	SAYS("html", page, "> Ines Calloway, 4 May [1]", NULL);
	test_case("are no event of the page's own");
	SAYS("html", page, "## Timeline", "The yard owes the valley an answer today [1]");
}

TEST(signed_by_nobody)
{
	static const char page[] = PAGE("<p>Here is what we know so far:</p><blockquote><p>Twelve people have died in the valley below the old bridge.</p>"
	                                "</blockquote>");
	SAYS("html", page, "\nTwelve people have died", "> Here is what we know");
}

TEST(signed_below_what_is_set_off)
{
	static const char page[] = PAGE("<blockquote><p>This is not the hour for blame in the valley.</p><cite>\xE2\x80\x94 Tom Arkady, spokesman of the "
	                                "council</cite></blockquote>");
	SAYS("html", page, "> \"This is not the hour for blame in the valley.\"  \n> Tom Arkady (spokesman of the council), 4 May [1]",
	     "\nTom Arkady, spokesman of the council");
}

/* A post is its author's, through his account, on the day that stands under it. */
TEST(signed_posts)
{
	static const char page[] = PAGE("<blockquote class=\"twitter-tweet\"><p>We lost half a street in ten minutes. Nobody can tell me why the sirens "
	                                "were silent.</p>&mdash; Ines Calloway (@InesCalloway) <a href=\"https://post.example/1\">May 3, 2031</a></blockquote>");
	static const char says[] = "> Ines Calloway, via @InesCalloway, 3 May [1]";
	test_case("of a page");
	SAYS("html", page, says, "\nInes Calloway (@InesCalloway) May 3, 2031");
	test_case("in a paragraph");
	SAYS("jsonl",
	     "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Mayor accuses the Brask yard\",\"text\":\"The mayor of Brask accused "
	     "the yard of silence on Saturday, a day after the old bridge fell into the river.\\n\\nWe lost half a street in ten minutes. Nobody can tell me "
	     "why the sirens were silent. \\u2014 Ines Calloway (@InesCalloway) May 3, 2031\\n\\nThe yard said that its gates had been closed at 4:05 a.m.\"}\n",
	     says, "\nInes Calloway (@InesCalloway)");
	test_case("with a picture, signed below");
	SAYS("text",
	     "Mayor accuses the Brask yard\n\n4 May 2031\n\nThe mayor of Brask accused the yard of silence on Saturday, a day after the old bridge fell into the "
	     "river and took two lorries with it.\n\nWe lost half a street in ten minutes. Nobody can tell me why the sirens were silent. pic.twitter.com/aB3xyz\n\n"
	     "\xE2\x80\x94 Ines Calloway (@InesCalloway) May 3, 2031\n\nThe yard said that its gates had been closed at 4:05 a.m. and that nobody had to wait.\n",
	     says, "\nInes Calloway (@InesCalloway)");
}

TEST(quote_of_one_breath)
{
	test_case("two parts of one sentence");
	brief_says(__FILE__, __LINE__,
	           "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Bridge falls\",\"text\":\"The old bridge at Brask fell into the "
	           "river on Sunday. \\\"Taking the bridge apart and clearing the river takes time,\\\" Ines Calloway said, adding that \\\"it is very hard "
	           "to do in a river that does not fall.\\\"\"}\n",
	           "json", "\"text\":\"Taking the bridge apart and clearing the river takes time\",\"speaker\":\"Ines Calloway\"",
	           "\"text\":\"it is very hard to do in a river that does not fall.\"");
}

TEST(quote_of_the_day_that_is_named)
{
	static const char head[] = "{\"id\":\"1\",\"date\":\"2031-05-04\",\"site\":\"Harbour Post\",\"title\":\"Bridge falls\",\"text\":\"The old bridge at Brask fell "
	                           "into the river on Sunday. \\\"Nobody has looked at the piers of the old bridge for years,\\\" Ines Calloway said on Thursday.\"}\n";
	BRIEF_SAYS(head, "for years\"  \n> Ines Calloway, 1 May [1]", "Ines Calloway, 4 May");
}
