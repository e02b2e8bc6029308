/* Vocabularies, entities, and the text between tags. */
#include "xml.h"

#include "sitrep/base/utf8.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define ENTITY_NAME_MAX 12

/* URIs in lower case without a final slash or number sign; feeds get those wrong. */
static const struct {
	const char *uri;
	xml_ns ns;
} uris[] = {
	{ "http://purl.org/rss/1.0", NS_NONE },
	{ "http://my.netscape.com/rdf/simple/0.9", NS_NONE },
	{ "http://channel.netscape.com/rdf/simple/0.9", NS_NONE },
	{ "http://backend.userland.com/rss", NS_NONE },
	{ "http://backend.userland.com/rss2", NS_NONE },
	{ "http://backend.userland.com/rss091", NS_NONE },
	{ "http://backend.userland.com/blogchannelmodule", NS_OTHER },
	{ "http://blogs.law.harvard.edu/tech/rss", NS_NONE },
	{ "http://purl.org/net/rss1.1", NS_NONE },
	{ "http://www.w3.org/2005/atom", NS_ATOM },
	{ "http://purl.org/atom/ns", NS_ATOM },
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns", NS_RDF },
	{ "http://purl.org/dc/elements/1.1", NS_DC },
	{ "http://purl.org/dc/elements/1.0", NS_DC },
	{ "http://purl.org/dc/terms", NS_DC },
	{ "http://purl.org/rss/1.0/modules/content", NS_CONTENT },
	{ "http://search.yahoo.com/mrss", NS_MEDIA },
	{ "http://www.itunes.com/dtds/podcast-1.0.dtd", NS_ITUNES },
	{ "http://example.com/dtds/podcast-1.0.dtd", NS_ITUNES },
	{ "http://purl.org/rss/1.0/modules/syndication", NS_SYNDICATION },
	{ "http://www.w3.org/1999/xhtml", NS_XHTML },
	{ "http://www.w3.org/xml/1998/namespace", NS_XML },
	{ "http://www.sitemaps.org/schemas/sitemap/0.9", NS_SITEMAP },
	{ "http://www.google.com/schemas/sitemap/0.9", NS_SITEMAP },
	{ "http://www.google.com/schemas/sitemap-news/0.9", NS_NEWS },
	{ "http://www.google.com/schemas/sitemap-image/1.1", NS_IMAGE },
	{ "http://iptc.org/std/nar/2006-10-01", NS_NAR },
};

static const struct {
	const char *prefix;
	xml_ns ns;
} prefixes[] = {
	{ "atom", NS_ATOM },       { "atom10", NS_ATOM },   { "a10", NS_ATOM },  { "rdf", NS_RDF },
	{ "dc", NS_DC },           { "dcterms", NS_DC },    { "media", NS_MEDIA }, { "content", NS_CONTENT },
	{ "itunes", NS_ITUNES },   { "sy", NS_SYNDICATION }, { "xhtml", NS_XHTML }, { "xml", NS_XML },
	{ "news", NS_NEWS },       { "image", NS_IMAGE },   { "rss", NS_NONE },
};

xml_ns xml_ns_of_uri(sr_str uri)
{
	uri = sr_str_trim(uri);
	/* the scheme has changed under several of them */
	sr_str plain = sr_str_starts_nocase(uri, SR_STR("https://")) ? sr_str_slice(uri, 8, uri.len)
	                                                              : sr_str_slice(uri, 7, uri.len);
	while (plain.len && strchr("/#", plain.ptr[plain.len - 1]))
		plain.len--;
	for (size_t i = 0; i < sizeof uris / sizeof *uris; i++)
		if (sr_str_eq_nocase(plain, sr_str_c(uris[i].uri + 7)))
			return uris[i].ns;
	return NS_OTHER;
}

xml_ns xml_ns_of_prefix(sr_str prefix)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (sr_str_eq_nocase(prefix, sr_str_c(prefixes[i].prefix)))
			return prefixes[i].ns;
	return NS_OTHER;
}

uint32_t xml_html_entity(sr_str name)
{
	char text[ENTITY_NAME_MAX + 1];
	if (name.len == 0 || name.len > ENTITY_NAME_MAX)
		return 0;
	memcpy(text, name.ptr, name.len);
	text[name.len] = 0;
	const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)text);
	return found ? found->value : 0;
}

bool xml_is_html_name(sr_str name)
{
	static const char names[] =
		" a abbr article aside b big blockquote br center cite code dd del div dl dt em figcaption figure font footer "
		"h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li main nav ol p picture pre q s section small span strike "
		"strong style sub sup table tbody td th thead tr tt u ul video ";
	char padded[16];
	if (name.len == 0 || name.len > 12)
		return false;
	padded[0] = ' ';
	for (size_t i = 0; i < name.len; i++)
		padded[i + 1] = (char)(sr_is_upper((unsigned char)name.ptr[i]) ? name.ptr[i] + 32 : name.ptr[i]);
	padded[name.len + 1] = ' ';
	padded[name.len + 2] = 0;
	return strstr(names, padded) != NULL;
}

/* The code point that a numeric reference means in practice: 80 to 9F are windows-1252, as in HTML. */
static uint32_t numeric(uint32_t cp)
{
	static const uint16_t c1[32] = { 0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
		                             0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
		                             0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178 };
	if (cp >= 0x80 && cp < 0xA0)
		return c1[cp - 0x80];
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
		return SR_UTF8_REPLACEMENT;
	return cp;
}

static bool is_control(uint32_t cp) { return cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r'; }

/* Reads the reference at raw[at] (an ampersand); gives its length and code point, 0 if it is none. */
static size_t reference(sr_str raw, size_t at, uint32_t *cp, bool *html)
{
	size_t i = at + 1;
	*html = false;
	if (i < raw.len && raw.ptr[i] == '#') {
		bool hex = i + 1 < raw.len && (raw.ptr[i + 1] | 32) == 'x';
		uint32_t value = 0;
		size_t digits = 0;
		for (i += hex ? 2 : 1; i < raw.len; i++, digits++) {
			unsigned char c = (unsigned char)raw.ptr[i], low = c | 32;
			uint32_t d = sr_is_digit(c) ? c - (uint32_t)'0' : hex && low >= 'a' && low <= 'f' ? low - 'a' + 10u : 99;
			if (d == 99)
				break;
			value = value > 0x110000 ? value : value * (hex ? 16 : 10) + d;
		}
		if (digits == 0 || i >= raw.len || raw.ptr[i] != ';')
			return 0;
		*cp = numeric(value);
		return i + 1 - at;
	}
	while (i < raw.len && i - at <= ENTITY_NAME_MAX && (sr_is_alpha((unsigned char)raw.ptr[i]) || sr_is_digit((unsigned char)raw.ptr[i])))
		i++;
	if (i >= raw.len || raw.ptr[i] != ';' || i == at + 1)
		return 0;
	sr_str name = sr_str_slice(raw, at + 1, i);
	*cp = sr_str_eq(name, SR_STR("apos")) ? '\'' : xml_html_entity(name);
	if (*cp == 0)
		return 0;
	*html = *cp != '\'' && *cp != '&' && *cp != '<' && *cp != '>' && *cp != '"';
	return i + 1 - at;
}

static bool looks_like_entity(sr_str raw, size_t at)
{
	size_t i = at + 1;
	while (i < raw.len && i - at <= 2 * ENTITY_NAME_MAX && sr_is_alpha((unsigned char)raw.ptr[i]))
		i++;
	return i > at + 1 && i < raw.len && raw.ptr[i] == ';';
}

static void fault(xml_reader *r, xml_fault kind, sr_str raw, size_t at)
{
	if (r && raw.ptr >= r->in.ptr && raw.ptr <= r->in.ptr + r->in.len)
		xml_fault_at(r, kind, (size_t)(raw.ptr - r->in.ptr) + at);
}

static bool needs_decoding(sr_str raw)
{
	for (size_t i = 0; i < raw.len; i++)
		if (raw.ptr[i] == '&' || is_control((unsigned char)raw.ptr[i]))
			return true;
	return false;
}

sr_str xml_decode(sr_arena *arena, sr_str raw, xml_reader *r)
{
	if (!needs_decoding(raw))
		return raw;
	/* no reference is shorter than what it stands for */
	char *out = sr_arena_alloc(arena, raw.len + 1);
	size_t n = 0;
	if (!out) {
		if (r)
			r->no_memory = true;
		return (sr_str){ 0 };
	}
	for (size_t i = 0; i < raw.len;) {
		uint32_t cp;
		bool html;
		unsigned char c = (unsigned char)raw.ptr[i];
		if (is_control(c)) {
			fault(r, XML_CONTROL, raw, i++);
			continue;
		}
		size_t length = c == '&' ? reference(raw, i, &cp, &html) : 0;
		if (length == 0) {
			if (c == '&')
				fault(r, looks_like_entity(raw, i) ? XML_UNKNOWN_ENTITY : XML_BARE_AMPERSAND, raw, i);
			out[n++] = raw.ptr[i++];
			continue;
		}
		if (html)
			fault(r, XML_HTML_ENTITY, raw, i);
		if (is_control(cp))
			fault(r, XML_CONTROL, raw, i);
		else
			n += sr_utf8_encode(cp, out + n);
		i += length;
	}
	return sr_str_make(out, n);
}
