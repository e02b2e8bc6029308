/* schema.org facts in JSON-LD scripts. Broken JSON is repaired where that is plain (raw control
 * characters in strings, comments around it, commas too many), else passed over. */
#include "html_page.h"

#include <string.h>

#define SCRIPTS_MAX 64
#define SCRIPT_BYTES_MAX ((size_t)1 << 20)
#define VISIT_DEPTH 12
#define PEOPLE_MAX 32
#define UPDATES_MAX 2000

static sr_str repaired(html_page *p, sr_str s)
{
	char *out = sr_arena_alloc(p->arena, s.len + 1);
	size_t len = 0;
	bool string = false;
	for (size_t i = 0; out && i < s.len; i++) {
		char c = s.ptr[i];
		if (string && c == '\\' && i + 1 < s.len) {
			out[len++] = c;
			out[len++] = s.ptr[++i];
			continue;
		}
		if (c == '"')
			string = !string;
		if ((unsigned char)c < 0x20)
			c = ' ';
		if (!string && (c == '}' || c == ']')) {
			size_t back = len;
			while (back && out[back - 1] == ' ')
				back--;
			if (back && out[back - 1] == ',')
				len = back - 1;
		}
		out[len++] = c;
	}
	return sr_str_make(out, out ? len : 0);
}

/* The text from its first brace or bracket to its last: off go comments and CDATA marks. */
static sr_str bare(sr_str s)
{
	size_t start = 0, end = s.len;
	while (start < end && s.ptr[start] != '{' && s.ptr[start] != '[')
		start++;
	if (sr_str_starts(sr_str_slice(s, start, s.len), SR_STR("[CDATA[")))
		start += 7;
	while (start < end && s.ptr[start] != '{' && s.ptr[start] != '[')
		start++;
	char close = start < end && s.ptr[start] == '[' ? ']' : '}';
	while (end > start && s.ptr[end - 1] != close)
		end--;
	return sr_str_slice(s, start, end);
}

static bool has_type(const sr_jval *v, const char *const *types)
{
	const sr_jval *t = sr_jval_get(v, "@type");
	size_t n = sr_jval_is_array(t) ? sr_jval_len(t) : 1;
	for (size_t i = 0; i < n; i++) {
		sr_str name = sr_jval_str(sr_jval_is_array(t) ? sr_jval_at(t, i) : t);
		if (sr_str_starts(name, SR_STR("http")))
			for (size_t k = name.len; k-- > 0;)
				if (name.ptr[k] == '/') {
					name = sr_str_slice(name, k + 1, name.len);
					break;
				}
		for (size_t k = 0; types[k]; k++)
			if (sr_str_eq_nocase(name, sr_str_c(types[k])))
				return true;
	}
	return false;
}

static const char *const article_types[] = { "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle",
	                                         "OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle",
	                                         "BlogPosting", "LiveBlogPosting", "Report", "TechArticle", "ScholarlyArticle",
	                                         "SocialMediaPosting", "AdvertiserContentArticle", "SatiricalArticle",
	                                         "Recipe", "HowTo", "DiscussionForumPosting", "MedicalWebPage", NULL };
static const char *const live_types[] = { "LiveBlogPosting", NULL };
static const char *const page_types[] = { "WebPage", "ItemPage", "CollectionPage", "AboutPage", "FAQPage", NULL };
static const char *const site_types[] = { "WebSite", NULL };
static const char *const person_types[] = { "Person", NULL };
static const char *const organisation_types[] = { "Organization", "NewsMediaOrganization", "Corporation", "WebSite", "Brand", NULL };

typedef struct graph {
	html_page *p;
	SR_VEC(const sr_jval *) nodes; /* all objects, in order */
} graph;

static void gather(graph *g, const sr_jval *v, int depth);

typedef struct gather_context {
	graph *g;
	int depth;
} gather_context;

static bool gather_member(void *ctx, sr_str key, const sr_jval *value)
{
	const gather_context *c = ctx;
	/* what a page lists or links is not what it is */
	if (sr_str_eq(key, SR_STR("itemListElement")) || sr_str_eq(key, SR_STR("comment")) || sr_str_eq(key, SR_STR("isPartOf"))
	    || sr_str_eq(key, SR_STR("liveBlogUpdate")) || sr_str_eq(key, SR_STR("relatedLink"))
	    || sr_str_eq(key, SR_STR("hasPart")) || sr_str_eq(key, SR_STR("review")))
		return true;
	gather(c->g, value, c->depth + 1);
	return true;
}

static void gather(graph *g, const sr_jval *v, int depth)
{
	if (depth > VISIT_DEPTH)
		return;
	if (sr_jval_is_array(v)) {
		for (size_t i = 0; i < sr_jval_len(v) && i < 1000; i++)
			gather(g, sr_jval_at(v, i), depth + 1);
		return;
	}
	if (!sr_jval_is_object(v))
		return;
	const sr_jval **slot = SR_PUSH(g->p->arena, &g->nodes);
	if (slot)
		*slot = v;
	gather_context c = { g, depth };
	sr_jval_each(v, gather_member, &c);
}

/* An object that only names another ({"@id": …}) stands for it. */
static const sr_jval *resolve(const graph *g, const sr_jval *v)
{
	sr_str id = sr_jval_str(sr_jval_get(v, "@id"));
	if (!sr_jval_is_object(v) || sr_jval_get(v, "name") || !id.len)
		return v;
	for (size_t i = 0; i < g->nodes.count; i++)
		if (sr_jval_get(g->nodes.items[i], "name") && sr_str_eq(sr_jval_str(sr_jval_get(g->nodes.items[i], "@id")), id))
			return g->nodes.items[i];
	return v;
}

static sr_str name_of(const graph *g, const sr_jval *v)
{
	v = resolve(g, v);
	if (sr_jval_is_array(v))
		v = resolve(g, sr_jval_at(v, 0));
	if (sr_jval_is_string(v))
		return sr_jval_str(v);
	const sr_jval *name = sr_jval_get(v, "name");
	return sr_jval_str(sr_jval_is_array(name) ? sr_jval_at(name, 0) : name);
}

static void read_authors(graph *g, const sr_jval *v)
{
	size_t n = sr_jval_is_array(v) ? sr_jval_len(v) : (v ? 1 : 0);
	for (size_t i = 0; i < n && i < PEOPLE_MAX; i++) {
		const sr_jval *a = resolve(g, sr_jval_is_array(v) ? sr_jval_at(v, i) : v);
		const sr_jval *name = sr_jval_get(a, "name");
		if (sr_jval_is_array(name)) {
			for (size_t k = 0; k < sr_jval_len(name) && k < PEOPLE_MAX; k++)
				html_add_byline(g->p, FROM_JSON_LD, sr_jval_str(sr_jval_at(name, k)));
			continue;
		}
		sr_str s = sr_jval_is_string(a) ? sr_jval_str(a) : sr_jval_str(name);
		if (has_type(a, organisation_types) && !has_type(a, person_types))
			html_add_byline(g->p, FROM_NOWHERE, s); /* only a credit can come of it */
		else
			html_add_byline(g->p, FROM_JSON_LD, s);
	}
}

/* True if the list of authors holds this name. */
static bool names(const graph *g, const sr_jval *v, sr_str name)
{
	for (size_t i = 0; sr_jval_is_array(v) && i < sr_jval_len(v) && i < PEOPLE_MAX; i++)
		if (sr_str_eq(name_of(g, sr_jval_at(v, i)), name))
			return true;
	return false;
}

static void read_images(graph *g, const sr_jval *v)
{
	size_t n = sr_jval_is_array(v) ? sr_jval_len(v) : (v ? 1 : 0);
	for (size_t i = 0; i < n && i < 16; i++) {
		const sr_jval *a = sr_jval_is_array(v) ? sr_jval_at(v, i) : v;
		sr_str url = sr_jval_is_string(a) ? sr_jval_str(a) : sr_jval_str(sr_jval_get(a, "url"));
		sr_str caption = sr_jval_str(sr_jval_get(a, "caption"));
		sr_str credit = sr_jval_str(sr_jval_get(a, "creditText"));
		if (!credit.len)
			credit = name_of(g, sr_jval_get(a, "creator"));
		sr_image *image = url.len ? SR_PUSH(g->p->arena, &g->p->images) : NULL;
		if (image)
			*image = (sr_image){ sr_str_dup(g->p->arena, url), sr_str_dup(g->p->arena, caption),
				                 sr_str_dup(g->p->arena, credit) };
	}
}

static void read_updates(graph *g, const sr_jval *v)
{
	html_page *p = g->p;
	size_t n = sr_jval_is_array(v) ? sr_jval_len(v) : 0;
	for (size_t i = 0; i < n && i < UPDATES_MAX; i++) {
		const sr_jval *u = sr_jval_at(v, i);
		sr_str body = sr_jval_str(sr_jval_get(u, "articleBody"));
		html_live *live = body.len ? SR_PUSH(p->arena, &p->updates) : NULL;
		if (!live)
			continue;
		live->text = sr_str_dup(p->arena, body);
		html_date_value(sr_jval_str(sr_jval_get(u, "datePublished")), false, &live->time);
	}
}

static sr_str first_str(const sr_jval *v)
{
	return sr_jval_str(sr_jval_is_array(v) ? sr_jval_at(v, 0) : v);
}

static sr_str url_of(const sr_jval *v)
{
	sr_str s = first_str(v);
	return s.len ? s : sr_jval_str(sr_jval_get(v, "@id"));
}

static void read_article(graph *g, const sr_jval *v)
{
	html_page *p = g->p;
	sr_arena *a = p->arena;
	p->article = true;
	sr_str title = first_str(sr_jval_get(v, "headline"));
	if (!title.len)
		title = first_str(sr_jval_get(v, "name"));
	html_set(p, &p->title, FROM_JSON_LD, sr_str_dup(a, title));
	html_set_time(&p->published, FROM_JSON_LD, first_str(sr_jval_get(v, "datePublished")));
	html_set_time(&p->published, FROM_JSON_LD, first_str(sr_jval_get(v, "dateCreated")));
	html_set_time(&p->modified, FROM_JSON_LD, first_str(sr_jval_get(v, "dateModified")));
	html_set(p, &p->section, FROM_JSON_LD, sr_str_dup(a, first_str(sr_jval_get(v, "articleSection"))));
	html_set(p, &p->language, FROM_JSON_LD, sr_str_dup(a, first_str(sr_jval_get(v, "inLanguage"))));
	html_set(p, &p->description, FROM_JSON_LD, sr_str_dup(a, first_str(sr_jval_get(v, "description"))));
	html_set(p, &p->body, FROM_JSON_LD, sr_str_dup(a, first_str(sr_jval_get(v, "articleBody"))));
	html_set(p, &p->site, FROM_JSON_LD, sr_str_dup(a, name_of(g, sr_jval_get(v, "publisher"))));
	html_set(p, &p->canonical, FROM_JSON_LD, sr_str_dup(a, url_of(sr_jval_get(v, "mainEntityOfPage"))));
	html_set(p, &p->canonical, FROM_JSON_LD, sr_str_dup(a, url_of(sr_jval_get(v, "url"))));
	read_authors(g, sr_jval_get(v, "author"));
	/* some name the first author alone and all who wrote it as creators */
	if (!p->people.count || names(g, sr_jval_get(v, "creator"), p->people.items[0].name))
		read_authors(g, sr_jval_get(v, "creator"));
	read_images(g, sr_jval_get(v, "image"));
	const sr_jval *free = sr_jval_get(v, "isAccessibleForFree");
	if (free && (sr_jval_is_string(free) ? sr_str_eq_nocase(sr_jval_str(free), SR_STR("false")) : !sr_jval_bool(free, true)))
		p->paywalled = true;
	if (has_type(v, live_types)) {
		p->live = true;
		read_updates(g, sr_jval_get(v, "liveBlogUpdate"));
	}
}

static void read_graph(graph *g)
{
	html_page *p = g->p;
	for (size_t i = 0; i < g->nodes.count; i++)
		if (has_type(g->nodes.items[i], article_types)) {
			read_article(g, g->nodes.items[i]);
			break;
		}
	for (size_t i = 0; i < g->nodes.count; i++) {
		const sr_jval *v = g->nodes.items[i];
		if (has_type(v, page_types)) {
			html_set_time(&p->published, FROM_JSON_LD, first_str(sr_jval_get(v, "datePublished")));
			html_set_time(&p->modified, FROM_JSON_LD, first_str(sr_jval_get(v, "dateModified")));
			html_set(p, &p->language, FROM_JSON_LD, sr_str_dup(p->arena, first_str(sr_jval_get(v, "inLanguage"))));
		}
		if (has_type(v, site_types))
			html_set(p, &p->site, FROM_META, sr_str_dup(p->arena, first_str(sr_jval_get(v, "name"))));
	}
}

void html_read_json_ld(html_page *p)
{
	const sr_html *h = &p->html;
	size_t scripts = 0;
	for (uint32_t i = 0; (i = sr_html_find(h, i, h->count, SR_HTML_script)) < h->count && scripts < SCRIPTS_MAX; i++) {
		if (sr_str_find_nocase(sr_html_attr_of(h, i, SR_HTML_AT_type), SR_STR("ld+json"), 0) == SIZE_MAX)
			continue;
		scripts++;
		sr_json *json;
		sr_str text = bare(sr_html_raw_of(h, i, p->arena));
		if (!text.len || text.len > SCRIPT_BYTES_MAX)
			continue;
		if (sr_json_parse(text, &json, NULL) != SR_OK && sr_json_parse(repaired(p, text), &json, NULL) != SR_OK)
			continue;
		graph g = { .p = p };
		gather(&g, sr_json_root(json), 0);
		read_graph(&g);
		sr_json_free(json);
	}
}
