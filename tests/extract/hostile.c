#include "extract/hostile.h"

#include <string.h>

static const char prose[] = "<p>The harbour of Lindmouth was closed on Monday, the port authority said, after a crane fell.</p>\n";

static const hostile_page pages[] = {
	{ "nested-div", "<body>", "<div>", 100000, prose, false, "open elements" },
	{ "nested-span", "<body><p>Text before, and enough of it to be seen as prose, said the port.</p>", "<span>", 100000, "x", true, "open elements" },
	{ "nested-tables", "<body>", "<table><tr><td>x</td><td>y", 30000, "", false, "open elements" },
	{ "nested-within", "<body>", "<div>", 400, prose, true, "depth" },
	{ "attributes", "<body><p ", "a%zu=\"x\" ", 50000, "", false, "attributes" },
	{ "attributes-read", "<body><p ", "title=\"%zu\" ", 50000, "", false, "attributes" },
	{ "ten-megabytes", "<body><article><h1>Crane</h1>", prose, 105000, "</article>", true, NULL },
	{ "ten-megabytes-of-text", "<body><article><h1>Crane</h1>", "<p>Ship %zu left the harbour on Monday, the port authority said, after a crane fell on the quay.</p>\n",
	  105000, "</article>", true, "2 MB of text" },
	{ "ten-megabytes-of-tags", "<body>", "<b>", 3400000, "", false, "open elements" },
	{ "ten-megabytes-of-breaks", "<body>", "<br>x", 2000000, "", true, "nodes" },
	{ "thirty-megabytes", "<body><!-- ", "xxxxxxxx", 3700000, "", false, "bytes" },
	{ "end-tags", "<body>", "</b>", 2500000, prose, true, NULL },
	{ "end-tags-deep", "<body><div><div><div><div><div><div><div>", "<i></b>", 1000000, prose, false, NULL },
	{ "unclosed-comment", "<body><!-- ", "xxxxxxxx", 1200000, "", false, NULL },
	{ "unclosed-script", "<body><script>", "<script>", 1200000, "", false, NULL },
	{ "scripts", "<body>", "<script>x</script>", 300000, prose, true, NULL },
	{ "unclosed-quote", "<body><p title=\"", "xxxxxxxx", 1200000, "", false, NULL },
	{ "open-tags", "", "<a", 5000000, "", false, NULL },
	{ "headings", "<body>", "<h1 class=\"entry-title author date\">Crane falls, 1 March 2020, by Joe</h1>", 50000, prose, false, NULL },
	{ "times", "<body><h1>Crane falls across quay</h1>", "<time datetime=\"2026-03-02\">2 March 2026</time><i class=author>X</i>", 50000, prose, false, NULL },
	{ "dates", "<body><h1>Crane falls across quay</h1>", "<p>3 March 2026, updated 4 March 2026", 200000, prose, false, NULL },
	{ "sections", "<body><article><h1>Crane</h1>", "<h2>Related</h2><p>x", 150000, prose, false, NULL },
	{ "updates", "<script type=application/ld+json>{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[{\"articleBody\":\"x\"},{\"articleBody\":\"", "%zu\\n",
	  80000, "\"}]}</script><body><article><p>x", true, "updates" },
	{ "links", "<body>", "<a href=x>a</a> ", 300000, prose, false, NULL },
	{ "author-boxes", "<body>", "<div class=author><h3>x</h3>", 150000, prose, false, NULL },
	{ "entities", "<body><p>", "&amp;&#38;&nbsp;", 300000, "", false, NULL },
};

const hostile_page *hostile_pages(size_t *count)
{
	*count = sizeof pages / sizeof *pages;
	return pages;
}

void hostile_build(const hostile_page *h, sr_buf *b)
{
	sr_buf_add_c(b, h->head);
	const char *number = strstr(h->unit, "%zu");
	for (size_t k = 0; k < h->times; k++) {
		sr_buf_add(b, sr_str_make(h->unit, number ? (size_t)(number - h->unit) : strlen(h->unit)));
		if (number)
			sr_buf_printf(b, "%zu%s", k, number + 3);
	}
	sr_buf_add_c(b, h->tail);
}
