#include "harness.h"

#include "sitrep/format/feed.h"

#include <stdlib.h>
#include <string.h>

static sr_feed *read_url(sr_arena *arena, sr_str bytes, const char *url, const char *type)
{
	sr_feed *feed = NULL;
	sr_error err = { 0 };
	if (sr_feed_read(bytes, sr_str_c(url), sr_str_c(type), arena, &feed, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "not read: %s", err.message);
	return feed;
}

static sr_feed *read_text(sr_arena *arena, const char *text) { return read_url(arena, sr_str_c(text), "", ""); }

static bool has_note(const sr_feed *feed, const char *part)
{
	for (size_t i = 0; i < feed->note_count; i++)
		if (sr_str_find(feed->notes[i], sr_str_c(part), 0) != SIZE_MAX)
			return true;
	return false;
}

TEST(feed_rss_whole)
{
	static const char text[] =
		"<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
		"xmlns:media='http://search.yahoo.com/mrss/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' "
		"xmlns:a='http://www.w3.org/2005/Atom' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
		"<title>Harbour Post</title><link>/</link><description>News of the bay</description><language>en-gb</language>"
		"<a:link rel='self' href='feed.xml'/><a:link rel='hub' href='https://hub.example/'/>"
		"<skipHours><hour>0</hour><hour>23</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
		"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
		"<item><title>Ferry &amp;amp; quay reopen</title><link>news/1?a=1&amp;b=2</link><guid isPermaLink='false'>n-1</guid>"
		"<dc:creator>Ada Brook</dc:creator><dc:creator>Ivo Lund</dc:creator><pubDate>Tue, 04 Nov 2025 08:00:00 GMT</pubDate>"
		"<description>Short &lt;b&gt;word&lt;/b&gt;</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>"
		"<source url='https://wire.example/f'>Bay Wire</source><category>Sea</category>"
		"<media:group><media:content url='pic.jpg' type='image/jpeg'><media:credit>E. Moor</media:credit></media:content></media:group>"
		"<enclosure url='a.mp3' length='12' type='audio/mpeg'/></item></channel></rss>";
	sr_arena *arena = sr_arena_new(0);
	sr_feed *f = read_url(arena, sr_str_c(text), "https://post.example/rss/all", "");
	REQUIRE(f && f->entry_count == 1);
	const sr_feed_entry *e = &f->entries[0];
	CHECK_INT(f->kind, SR_FEED_RSS);
	CHECK_STR(f->version, SR_STR("2.0"));
	CHECK_STR(f->title, SR_STR("Harbour Post"));
	CHECK_STR(f->link, SR_STR("https://post.example/"));
	CHECK_STR(f->self, SR_STR("https://post.example/rss/feed.xml"));
	CHECK_STR(f->hub, SR_STR("https://hub.example/"));
	CHECK_STR(f->language, SR_STR("en-gb"));
	CHECK_INT(f->ttl_minutes, 15);
	CHECK_INT(f->skip_hours, 1 | 1 << 23);
	CHECK_INT(f->skip_days, 1 << 6);
	CHECK_INT(f->note_count, 0);
	CHECK_STR(e->title, SR_STR("Ferry &amp; quay reopen"));
	CHECK(e->title_is_html);
	CHECK_STR(e->id, SR_STR("n-1"));
	CHECK_STR(e->link, SR_STR("https://post.example/rss/news/1?a=1&b=2"));
	CHECK_STR(e->summary, SR_STR("Short <b>word</b>"));
	CHECK_STR(e->content, SR_STR("<p>Long</p>"));
	CHECK_INT(e->author_count, 2);
	CHECK_STR(e->authors[1].name, SR_STR("Ivo Lund"));
	CHECK_STR(e->source_title, SR_STR("Bay Wire"));
	CHECK_STR(e->image, SR_STR("https://post.example/rss/pic.jpg"));
	CHECK_STR(e->image_credit, SR_STR("E. Moor"));
	CHECK_INT(e->enclosure_count, 1);
	CHECK_INT(e->enclosures[0].length, 12);
	CHECK_INT(sr_time_epoch(e->published), 1762243200);
	sr_arena_free(arena);
}

TEST(feed_atom_whole)
{
	static const char text[] =
		"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://a.example/x/'><title type='html'>A &lt;i&gt;B&lt;/i&gt;</title>"
		"<link rel='next' href='?p=2'/><link href='.'/><entry xml:base='y/'><id>urn:1</id><title>One</title>"
		"<link href='one.pdf' type='application/pdf'/><link href='one.html' type='text/html'/>"
		"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Hi <a href='z'>z</a></p></div></content>"
		"<source><title>Other</title><author><name>N. N.</name></author></source><updated>2025-11-04T10:00:00+01:00</updated></entry></feed>";
	sr_arena *arena = sr_arena_new(0);
	sr_feed *f = read_text(arena, text);
	REQUIRE(f && f->entry_count == 1);
	CHECK_STR(f->next, SR_STR("https://a.example/x/?p=2"));
	CHECK_STR(f->link, SR_STR("https://a.example/x/"));
	CHECK_STR(f->title, SR_STR("A <i>B</i>"));
	CHECK_STR(f->entries[0].link, SR_STR("https://a.example/x/y/one.html"));
	CHECK_STR(f->entries[0].content, SR_STR("<p>Hi <a href='z'>z</a></p>"));
	CHECK_STR(f->entries[0].base, SR_STR("https://a.example/x/y/"));
	CHECK_STR(f->entries[0].language, SR_STR("en"));
	CHECK_STR(f->entries[0].source_title, SR_STR("Other"));
	CHECK_STR(f->entries[0].authors[0].name, SR_STR("N. N."));
	CHECK(!sr_time_known(f->entries[0].published));
	sr_arena_free(arena);
}

TEST(feed_news_sitemap)
{
	static const char text[] =
		"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' "
		"xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url><loc>https://n.example/1</loc><news:news><news:publication>"
		"<news:name>The Example</news:name><news:language>de</news:language></news:publication><news:publication_date>2025-11-04</news:publication_date>"
		"<news:title>Deich hält</news:title><news:keywords>Deich, Flut</news:keywords></news:news>"
		"<image:image><image:loc>https://n.example/i.jpg</image:loc><image:caption>Der Deich</image:caption></image:image></url></urlset>";
	sr_arena *arena = sr_arena_new(0);
	sr_feed *f = read_text(arena, text);
	REQUIRE(f && f->entry_count == 1);
	CHECK_INT(f->kind, SR_FEED_SITEMAP);
	CHECK_STR(f->entries[0].title, SR_STR("Deich hält"));
	CHECK_STR(f->entries[0].link, SR_STR("https://n.example/1"));
	CHECK_STR(f->entries[0].source_title, SR_STR("The Example"));
	CHECK_STR(f->entries[0].language, SR_STR("de"));
	CHECK_STR(f->entries[0].image, SR_STR("https://n.example/i.jpg"));
	CHECK_STR(f->entries[0].image_caption, SR_STR("Der Deich"));
	CHECK_INT(f->entries[0].category_count, 2);
	CHECK_INT(f->entries[0].published.day, 4);
	sr_arena_free(arena);
}

/* Each broken feed gives its two items' titles, and says what was wrong. */
TEST(feed_bozo)
{
	static const struct {
		const char *name, *text, *first, *second, *note;
	} cases[] = {
		{ "undeclared entities", "<rss><channel><item><title>a&nbsp;b &eacute; &bogus;</title></item><item><title>two</title></item></channel></rss>",
		  "a\xC2\xA0" "b é &bogus;", "two", "undeclared entity" },
		{ "unknown entity", "<rss><channel><item><title>&bogus; x</title></item><item><title>two</title></item></channel></rss>",
		  "&bogus; x", "two", "unknown entity" },
		{ "bare ampersand", "<rss><channel><item><title>Fish & Chips AT&T</title></item><item><title>two</title></item></channel></rss>",
		  "Fish & Chips AT&T", "two", "bare ampersand" },
		{ "leading junk", "Warning: cannot modify header\n<?xml version='1.0'?><rss><channel><item><title>one</title></item><item><title>two</title></item></channel></rss>",
		  "one", "two", "before the first element" },
		{ "cut off", "<rss><channel><item><title>one</title></item><item><title>two</title><description>and th", "one", "two", "cut off" },
		{ "cut in a tag", "<rss><channel><item><title>one</title></item><item><title>two</title><descr", "one", "two", "cut off" },
		{ "unclosed title", "<rss><channel><item><title>one<link>x</link></item><item><title>two</title></item></channel></rss>",
		  "one<link>x</link>", "two", "never closed" },
		{ "unclosed item", "<rss><channel><item><title>one</title><item><title>two</title></item></channel></rss>", "one", "two", "never closed" },
		{ "misspelt end", "<rss><channel><item><title>one</titel></item><item><title>two</title></item></channel></rss>", "one", "two",
		  "end tag without a start" },
		{ "crossed markup", "<rss><channel><item><title>one</b></title></item><item><title>two</title></item></channel></rss>", "one", "two",
		  "end tag without a start" },
		{ "other case", "<RSS><Channel><Item><Title>one</title></Item><item><title>two</Title></item></Channel></RSS>", "one", "two", NULL },
		{ "bare less-than", "<rss><channel><item><title>1 < 2</title></item><item><title>two</title></item></channel></rss>", "1 < 2", "two",
		  "less-than" },
		{ "control characters", "<rss><channel><item><title>o\x01n\x08" "e</title></item><item><title>two</title></item></channel></rss>", "one", "two",
		  "control character" },
		{ "unquoted attribute", "<rss version=2.0><channel><item><title>one</title></item><item><title>two</title></item></channel></rss>", "one",
		  "two", "malformed attribute" },
		{ "undeclared prefix", "<rss><channel><item><dc:title>one</dc:title></item><item><media:title>two</media:title></item></channel></rss>", "one",
		  "two", "namespace prefix" },
		{ "unclosed cdata", "<rss><channel><item><title>one</title></item><item><title>two</title><description><![CDATA[x</description></item>",
		  "one", "two", "without its end" },
		{ "doctype with entities", "<!DOCTYPE rss [<!ENTITY x 'boom'><!ENTITY y '&x;&x;'>]><rss><channel><item><title>one &y;</title></item><item><title>two</title></item></channel></rss>",
		  "one &y;", "two", "unknown entity" },
		{ "wrapped in html", "<html><body><rss><channel><item><title>one</title></item><item><title>two</title></item></channel></rss></body></html>", "one",
		  "two", NULL },
		{ "trailing junk", "<rss><channel><item><title>one</title></item><item><title>two</title></item></channel></rss><!-- x --> bye", "one", "two",
		  "after the last element" },
		{ "numeric of windows-1252", "<rss><channel><item><title>it&#146;s</title></item><item><title>&#x1F600;</title></item></channel></rss>", "it’s", "😀",
		  NULL },
		{ "no channel end, items outside", "<rdf:RDF><channel><title>t</title></channel><item><title>one</title></item><item><title>two</title></item>", "one",
		  "two", "cut off" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_arena *arena = sr_arena_new(0);
		test_case(cases[i].name);
		sr_feed *f = read_text(arena, cases[i].text);
		if (f && f->entry_count == 2) {
			CHECK_STR(f->entries[0].title, sr_str_c(cases[i].first));
			CHECK_STR(f->entries[1].title, sr_str_c(cases[i].second));
			if (cases[i].note && !has_note(f, cases[i].note))
				test_fail(__FILE__, __LINE__, "no note of \"%s\"; the first is \"%.*s\"", cases[i].note,
				          SR_FMT(f->note_count ? f->notes[0] : SR_STR("")));
		} else if (f)
			test_fail(__FILE__, __LINE__, "%zu entries", f->entry_count);
		sr_arena_free(arena);
	}
}

TEST(feed_wrong_charset)
{
	sr_arena *arena = sr_arena_new(0);
	sr_feed *f = read_text(arena, "<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>La d\xE9""cision est tomb\xE9""e apr\xE8s le d\xEEner</title></item></channel></rss>");
	REQUIRE(f && f->entry_count == 1);
	CHECK_STR(f->entries[0].title, SR_STR("La décision est tombée après le dîner"));
	CHECK(has_note(f, "says it is utf-8"));
	f = read_url(arena, SR_STR("<rss><channel><item><title>\xCC\xE8\xF0</title></item></channel></rss>"), "", "text/xml; charset=windows-1251");
	REQUIRE(f && f->entry_count == 1);
	CHECK_STR(f->entries[0].title, SR_STR("Мир"));
	sr_arena_free(arena);
}

TEST(feed_refuses)
{
	static const char *const texts[] = { "", "  \n", "plain words", "<note><to>x</to></note>", "{\"a\":1}", "[1]", "{", "<", "<!--" };
	sr_arena *arena = sr_arena_new(0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		sr_feed *f;
		sr_error err = { 0 };
		test_case(texts[i]);
		CHECK_INT(sr_feed_read(sr_str_c(texts[i]), (sr_str){ 0 }, (sr_str){ 0 }, arena, &f, &err), SR_E_INVALID);
		CHECK(err.message[0] != 0);
		CHECK(f == NULL);
	}
	sr_arena_free(arena);
}

/* Text that repeats a part: head, n times part, tail. */
static sr_str repeated(const char *head, const char *part, size_t n, const char *tail)
{
	size_t h = strlen(head), p = strlen(part), t = strlen(tail);
	char *s = malloc(h + p * n + t + 1);
	if (!s)
		return (sr_str){ 0 };
	memcpy(s, head, h);
	for (size_t i = 0; i < n; i++)
		memcpy(s + h + i * p, part, p);
	memcpy(s + h + p * n, tail, t + 1);
	return sr_str_make(s, h + p * n + t);
}

/* Hostile shapes: read or refused, without running away, within 200 MB, with a note. */
TEST(feed_ceilings)
{
	static const struct {
		const char *name, *head, *part;
		size_t n;
		const char *tail, *note;
	} cases[] = {
		{ "100,000 entries", "<rss><channel>", "<item><title>t</title><link>https://a.example/x</link><pubDate>Tue, 04 Nov 2025 08:00:00 GMT</pubDate></item>", 100000,
		  "</channel></rss>", "beyond the ceiling" },
		{ "100,000 nested", "<rss><channel><item><description>", "<a>", 100000, "", "nested beyond" },
		{ "100,000 nested and closed", "<rss><channel><item><description><a>", "<b></a>", 100000, "", NULL },
		{ "50,000 attributes", "<rss", " a='1'", 50000, "><channel><item></item></channel></rss>", "attribute beyond" },
		{ "huge attribute", "<rss><channel><item><link href='", "aaaaaaaaaaaaaaaa", 640000, "'/></item></channel></rss>", NULL },
		{ "open quotes", "<rss><channel><item>", "<a b=\"", 200000, "", NULL },
		{ "open quotes, one kind", "<rss><channel><item>", "<a b='>", 200000, "", NULL },
		{ "open comments", "<rss><channel><item>", "<!--", 500000, "", "without its end" },
		{ "open sections", "<rss><channel><item><title>", "<![CDATA[", 300000, "", "without its end" },
		{ "declarations", "<rss><channel><item>", "<!x [", 300000, "", "without its end" },
		{ "end tags of nothing", "<rss><channel><item>", "</x", 500000, "", "end tag without" },
		{ "namespaces", "<rss><channel><item>", "<a xmlns:b='c' b:d='e'>", 100000, "", "nested beyond" },
		{ "ampersands", "<rss><channel><item><title>", "&", 5000000, "", "bare ampersand" },
		{ "less-thans", "<rss><channel><item><title>", "< ", 2500000, "", "less-than" },
		{ "one item of 300,000 children", "<rss><channel><item>", "<c>d</c>", 300000, "</item></channel></rss>", "too many parts" },
		{ "pictures without end", "<rss><channel><item><description>", "&lt;img ", 500000, "</description></item></channel></rss>", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i].name);
		sr_arena *arena = sr_arena_new((size_t)200 << 20);
		sr_str text = repeated(cases[i].head, cases[i].part, cases[i].n, cases[i].tail);
		REQUIRE(arena && text.ptr);
		double start = test_cpu_ms();
		sr_feed *f = read_url(arena, text, "https://a.example/", "");
		double took = test_cpu_ms() - start;
		if (took > TEST_RUNAWAY_MS)
			test_fail(__FILE__, __LINE__, "took %.0f ms", took);
		CHECK(sr_arena_used(arena) < (size_t)150 << 20);
		if (f && cases[i].note && !has_note(f, cases[i].note))
			test_fail(__FILE__, __LINE__, "no note of \"%s\"", cases[i].note);
		free((void *)(uintptr_t)text.ptr);
		sr_arena_free(arena);
	}
}

TEST(feed_out_of_memory)
{
	sr_str text = SR_STR("<rss><channel><title>a&amp;b</title><item><title>x&amp;y</title><link>z</link><category>c</category>"
	                     "<author>m@n.example (P)</author></item></channel></rss>");
	size_t failures = 0;
	for (long n = 0; n < 60; n++) {
		sr_arena *arena = sr_arena_new(0);
		sr_feed *f;
		sr_arena_fail_after(n);
		sr_status status = sr_feed_read(text, SR_STR("https://a.example/"), (sr_str){ 0 }, arena, &f, NULL);
		sr_arena_fail_after(-1);
		failures += status == SR_E_NOMEM;
		if (status != SR_OK && status != SR_E_NOMEM)
			test_fail(__FILE__, __LINE__, "status %d at allocation %ld", status, n);
		sr_arena_free(arena);
	}
	CHECK(failures > 8);
}
