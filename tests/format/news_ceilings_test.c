/* Hostile shapes of agency formats and mail: read or refused without running away, within 200 MB. */
#include "harness.h"

#include "sitrep/format/mail.h"
#include "sitrep/format/news.h"
#include "sitrep/format/opml.h"

#include <stdlib.h>
#include <string.h>

typedef enum reader { NITF, NEWSML, NINJS, MAIL, OPML } reader;

static sr_status read_as(reader how, sr_str text, sr_arena *arena)
{
	sr_news *news;
	sr_mail *mail;
	sr_opml *opml;
	switch (how) {
	case NITF: return sr_nitf_read(text, (sr_str){ 0 }, arena, &news, NULL);
	case NEWSML: return sr_newsml_read(text, (sr_str){ 0 }, arena, &news, NULL);
	case NINJS: return sr_ninjs_read(text, (sr_str){ 0 }, arena, &news, NULL);
	case MAIL: return sr_mail_read(text, arena, &mail, NULL);
	case OPML: return sr_opml_read(text, arena, &opml, NULL);
	}
	return SR_E_USAGE;
}

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

TEST(format_news_and_mail_ceilings)
{
	static const struct {
		const char *name;
		reader how;
		const char *head, *part;
		size_t n;
		const char *tail;
	} cases[] = {
		{ "nitf, nested", NITF, "<nitf><body><body.content>", "<block>", 100000, "<p>x</p>" },
		{ "nitf, paragraphs", NITF, "<nitf><body><body.content>", "<p>word word</p>", 300000, "</body.content></body></nitf>" },
		{ "nitf, media", NITF, "<nitf><body><body.content><p>x</p>", "<media><media-reference source='a'/></media>", 60000, "" },
		{ "nitf, attributes", NITF, "<nitf", " a='1'", 50000, "><body><p>x</p></body></nitf>" },
		{ "newsml, items", NEWSML, "<newsMessage><itemSet>", "<newsItem guid='a'><contentMeta><headline>h</headline></contentMeta></newsItem>", 50000, "" },
		{ "newsml, nested items", NEWSML, "<x>", "<newsItem><headline>a</headline>", 20000, "" },
		{ "newsml, pictures", NEWSML, "<newsItem><pubStatus qcode='stat:canceled'/>", "<remoteContent contenttype='image/a' href='b'/>", 60000, "" },
		{ "ninjs, long array", NINJS, "[", "{\"uri\":\"a\",\"body_text\":\"b\"},", 100000, "{}]" },
		{ "ninjs, deep", NINJS, "", "{\"associations\":", 100000, "" },
		{ "ninjs, lines", NINJS, "", "{\"uri\":\"a\",\"body_text\":\"b\"}\n", 50000, "" },
		{ "mail, headers", MAIL, "", "Subject: =?utf-8?q?=C3=A9?=\n", 50000, "\nbody" },
		{ "mail, folded header", MAIL, "Subject: a", "\n b", 500000, "\n\nbody" },
		{ "mail, encoded words", MAIL, "Subject: ", "=?utf-8?b?w6k=?= ", 60000, "\n\nbody" },
		{ "mail, half encoded words", MAIL, "Subject: ", "=?a?b", 200000, "\n\nbody" },
		{ "mail, parts in parts", MAIL, "Content-Type: multipart/mixed; boundary=a\n\n", "--a\nContent-Type: multipart/mixed; boundary=a\n\n", 50000, "" },
		{ "mail, many parts", MAIL, "Content-Type: multipart/mixed; boundary=a\n\n", "--a\n\nx\n", 200000, "" },
		{ "mail, quoted-printable", MAIL, "Content-Transfer-Encoding: quoted-printable\n\n", "=3D=\n", 1000000, "" },
		{ "opml, nested", OPML, "<opml><body>", "<outline text='a'>", 100000, "" },
		{ "opml, long", OPML, "<opml><body>", "<outline xmlUrl='http://a.example/'/>", 150000, "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		test_case(cases[i].name);
		sr_arena *arena = sr_arena_new((size_t)200 << 20);
		sr_str text = repeated(cases[i].head, cases[i].part, cases[i].n, cases[i].tail);
		REQUIRE(arena && text.ptr);
		double start = test_cpu_ms();
		sr_status status = read_as(cases[i].how, text, arena);
		double took = test_cpu_ms() - start;
		if (status != SR_OK && status != SR_E_INVALID && status != SR_E_LIMIT)
			test_fail(__FILE__, __LINE__, "status %s", sr_status_name(status));
		if (took > TEST_RUNAWAY_MS)
			test_fail(__FILE__, __LINE__, "took %.0f ms", took);
		free((void *)(uintptr_t)text.ptr);
		sr_arena_free(arena);
	}
}
