/* What kind of input is this? By its first bytes, its name and its declared type; the bytes win,
 * because names and headers are often wrong, except between text and Markdown. */
#include "sitrep/extract.h"

#include "sitrep/base/utf8.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define LOOK ((size_t)64 << 10)
#define LOOK_BINARY ((size_t)16 << 10)

static const char *const type_names[] = { "auto", "text", "markdown", "html", "feed", "warc",
	                                      "nitf", "newsml", "ninjs", "jsonl", "eml" };

const char *sr_input_type_name(sr_input_type type) { return (size_t)type < COUNT(type_names) ? type_names[type] : ""; }

bool sr_input_type_parse(sr_str s, sr_input_type *out)
{
	for (size_t i = 0; i < COUNT(type_names); i++)
		if (sr_str_eq(s, sr_str_c(type_names[i]))) {
			*out = (sr_input_type)i;
			return true;
		}
	return false;
}

/* Files that people pass by mistake. */
static const struct magic {
	sr_str bytes;
	const char *name;
} magics[] = {
	{ SR_STR_INIT("%PDF-"), "a PDF file" },
	{ SR_STR_INIT("\x89PNG"), "a PNG picture" },
	{ SR_STR_INIT("\xFF\xD8\xFF"), "a JPEG picture" },
	{ SR_STR_INIT("GIF8"), "a GIF picture" },
	{ SR_STR_INIT("PK\x03\x04"), "a ZIP archive or an office file" },
	{ SR_STR_INIT("\xD0\xCF\x11\xE0"), "an old office file" },
	{ SR_STR_INIT("{\\rtf"), "an RTF file" },
	{ SR_STR_INIT("BZh"), "a bzip2 archive" },
	{ SR_STR_INIT("\xFD"
	              "7zXZ"),
	  "an xz archive" },
	{ SR_STR_INIT("\x28\xB5\x2F\xFD"), "a zstd archive" },
	{ SR_STR_INIT("\x7F"
	              "ELF"),
	  "a program" },
	{ SR_STR_INIT("SQLite format 3"), "an SQLite database" },
};

/* First element or tag of marked-up input. Longer names before their prefixes. */
static const struct mark {
	sr_str open;
	sr_input_type type;
} marks[] = {
	{ SR_STR_INIT("<!doctype html"), SR_INPUT_HTML }, { SR_STR_INIT("<!doctype nitf"), SR_INPUT_NITF },
	{ SR_STR_INIT("<!doctype rss"), SR_INPUT_FEED },  { SR_STR_INIT("<!doctype rdf"), SR_INPUT_FEED },
	{ SR_STR_INIT("<rss"), SR_INPUT_FEED },           { SR_STR_INIT("<feed"), SR_INPUT_FEED },
	{ SR_STR_INIT("<rdf:rdf"), SR_INPUT_FEED },       { SR_STR_INIT("<channel"), SR_INPUT_FEED },
	{ SR_STR_INIT("<urlset"), SR_INPUT_FEED },        { SR_STR_INIT("<sitemapindex"), SR_INPUT_FEED },
	{ SR_STR_INIT("<opml"), SR_INPUT_FEED },          { SR_STR_INIT("<atom:feed"), SR_INPUT_FEED },
	{ SR_STR_INIT("<nitf"), SR_INPUT_NITF },          { SR_STR_INIT("<newsmessage"), SR_INPUT_NEWSML },
	{ SR_STR_INIT("<newsitem"), SR_INPUT_NEWSML },    { SR_STR_INIT("<packageitem"), SR_INPUT_NEWSML },
	{ SR_STR_INIT("<newsml"), SR_INPUT_NEWSML },      { SR_STR_INIT("<html"), SR_INPUT_HTML },
	{ SR_STR_INIT("<head"), SR_INPUT_HTML },          { SR_STR_INIT("<body"), SR_INPUT_HTML },
	{ SR_STR_INIT("<meta"), SR_INPUT_HTML },          { SR_STR_INIT("<title"), SR_INPUT_HTML },
	{ SR_STR_INIT("<script"), SR_INPUT_HTML },        { SR_STR_INIT("<link"), SR_INPUT_HTML },
	{ SR_STR_INIT("<div"), SR_INPUT_HTML },           { SR_STR_INIT("<article"), SR_INPUT_HTML },
	{ SR_STR_INIT("<main"), SR_INPUT_HTML },          { SR_STR_INIT("<section"), SR_INPUT_HTML },
	{ SR_STR_INIT("<table"), SR_INPUT_HTML },         { SR_STR_INIT("<p>"), SR_INPUT_HTML },
	{ SR_STR_INIT("<p "), SR_INPUT_HTML },            { SR_STR_INIT("<h1"), SR_INPUT_HTML },
	{ SR_STR_INIT("<h2"), SR_INPUT_HTML },            { SR_STR_INIT("<span"), SR_INPUT_HTML },
	{ SR_STR_INIT("<a href"), SR_INPUT_HTML },        { SR_STR_INIT("<img"), SR_INPUT_HTML },
};

/* Names and declared types, for what the bytes leave open. */
static const struct hint {
	sr_str suffix, mime;
	sr_input_type type;
} hints[] = {
	{ SR_STR_INIT(".md"), SR_STR_INIT("text/markdown"), SR_INPUT_MARKDOWN },
	{ SR_STR_INIT(".markdown"), SR_STR_INIT("text/x-markdown"), SR_INPUT_MARKDOWN },
	{ SR_STR_INIT(".html"), SR_STR_INIT("text/html"), SR_INPUT_HTML },
	{ SR_STR_INIT(".htm"), SR_STR_INIT("application/xhtml+xml"), SR_INPUT_HTML },
	{ SR_STR_INIT(".xhtml"), SR_STR_INIT(""), SR_INPUT_HTML },
	{ SR_STR_INIT(".jsonl"), SR_STR_INIT("application/x-ndjson"), SR_INPUT_JSONL },
	{ SR_STR_INIT(".ndjson"), SR_STR_INIT("application/jsonl"), SR_INPUT_JSONL },
	{ SR_STR_INIT(".rss"), SR_STR_INIT("application/rss+xml"), SR_INPUT_FEED },
	{ SR_STR_INIT(".atom"), SR_STR_INIT("application/atom+xml"), SR_INPUT_FEED },
	{ SR_STR_INIT(".rdf"), SR_STR_INIT("application/feed+json"), SR_INPUT_FEED },
	{ SR_STR_INIT(".xml"), SR_STR_INIT("application/xml"), SR_INPUT_FEED },
	{ SR_STR_INIT(".opml"), SR_STR_INIT("text/xml"), SR_INPUT_FEED },
	{ SR_STR_INIT(".warc"), SR_STR_INIT("application/warc"), SR_INPUT_WARC },
	{ SR_STR_INIT(".eml"), SR_STR_INIT("message/rfc822"), SR_INPUT_EML },
};

static bool has(sr_str s, const char *needle) { return sr_str_find(s, sr_str_c(needle), 0) != SIZE_MAX; }

/* By its first tag; declarations, comments and processing instructions are passed over. */
static sr_input_type sniff_markup(sr_str s)
{
	bool xml = false;
	for (int steps = 0; steps < 64; steps++) {
		s = sr_str_trim(s);
		for (size_t i = 0; i < COUNT(marks); i++)
			if (sr_str_starts_nocase(s, marks[i].open))
				return marks[i].type;
		sr_str end = sr_str_starts(s, SR_STR("<!--")) ? SR_STR("-->") : sr_str_starts(s, SR_STR("<?")) ? SR_STR("?>") : SR_STR(">");
		if (!sr_str_starts(s, SR_STR("<!")) && !sr_str_starts(s, SR_STR("<?")))
			break;
		xml = xml || sr_str_starts_nocase(s, SR_STR("<?xml"));
		size_t at = sr_str_find(s, end, 0);
		if (at == SIZE_MAX)
			break;
		s = sr_str_slice(s, at + end.len, s.len);
	}
	return xml ? SR_INPUT_FEED : SR_INPUT_AUTO;
}

/* True if the string stands as a key: `"text":`, not `"type":"text"`. */
static bool has_key(sr_str s, const char *quoted)
{
	sr_str key = sr_str_c(quoted);
	for (size_t at = 0; (at = sr_str_find(s, key, at)) != SIZE_MAX; at += key.len)
		if (sr_str_starts(sr_str_trim(sr_str_slice(s, at + key.len, s.len)), SR_STR(":")))
			return true;
	return false;
}

/* By the keys of the first object. */
static sr_input_type sniff_json(sr_str s)
{
	if (has(s, "jsonfeed.org/version"))
		return SR_INPUT_FEED;
	sr_str rest = s, line;
	bool one_line = sr_str_next_line(&rest, &line) && line.len > 1 && sr_str_ends(sr_str_trim(line), SR_STR("}"));
	if ((has(s, "\"uri\"") || has(s, "\"pubstatus\"")) && !has_key(line, "\"text\"") &&
	    (has(s, "\"body_") || has(s, "\"headline") || has(s, "\"bodies\"") || has(s, "\"versioncreated\"")))
		return SR_INPUT_NINJS;
	/* the first line may be longer than what is looked at */
	return has(line, "\"text\"") || one_line ? SR_INPUT_JSONL : SR_INPUT_AUTO;
}

/* Lines `Name: value` from the very first on, some of which only mail has. */
static bool sniff_mail(sr_str s)
{
	static const sr_str telling[] = { SR_STR_INIT("received:"),    SR_STR_INIT("message-id:"), SR_STR_INIT("mime-version:"),
		                              SR_STR_INIT("return-path:"), SR_STR_INIT("delivered-to:"), SR_STR_INIT("dkim-signature:") };
	sr_str line;
	size_t headers = 0, hits = 0;
	while (headers < 200 && sr_str_next_line(&s, &line) && line.len) {
		if (line.ptr[0] == ' ' || line.ptr[0] == '\t')
			continue;
		size_t colon = sr_str_find_char(line, ':', 0);
		if (colon == SIZE_MAX || colon == 0 || sr_str_find_char(sr_str_slice(line, 0, colon), ' ', 0) != SIZE_MAX)
			return hits > 0 && headers > 2 && sr_str_starts(line, SR_STR("From "));
		headers++;
		for (size_t i = 0; i < COUNT(telling); i++)
			hits += sr_str_starts_nocase(line, telling[i]);
	}
	return headers > 1 && hits > 0;
}

/* Text in any charset holds next to no control bytes; UTF-16 shows itself by its mark. */
static bool is_binary(sr_str s)
{
	static const uint8_t is_control[256] = {
		1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, [0x7F] = 1,
	};
	size_t controls = 0;
	if (sr_str_starts(s, SR_STR("\xFF\xFE")) || sr_str_starts(s, SR_STR("\xFE\xFF")))
		return false;
	for (size_t i = 0; i < s.len; i++)
		controls += is_control[(unsigned char)s.ptr[i]];
	return controls * 100 > s.len;
}

static sr_input_type sniff_hint(const sr_input *input)
{
	sr_str mime = input->content_type, path = input->path;
	size_t end = sr_str_find_char(mime, ';', 0);
	mime = sr_str_trim(end == SIZE_MAX ? mime : sr_str_slice(mime, 0, end));
	for (size_t i = 0; i < COUNT(hints); i++)
		if ((mime.len && sr_str_eq_nocase(mime, hints[i].mime)) || sr_str_ends_nocase(path, hints[i].suffix))
			return hints[i].type;
	return SR_INPUT_TEXT;
}

sr_input_type sr_extract_sniff(const sr_input *input, sr_error *err)
{
	sr_str s = sr_str_slice(input->bytes, 0, LOOK);
	sr_str start = sr_str_starts(s, SR_STR("\xEF\xBB\xBF")) ? sr_str_slice(s, 3, s.len) : s;
	for (size_t i = 0; i < COUNT(magics); i++)
		if (sr_str_starts(s, magics[i].bytes)) {
			(void)sr_fail(err, SR_E_INVALID, "looks like %s, which is not read", magics[i].name);
			return SR_INPUT_AUTO;
		}
	if (sr_str_starts(s, SR_STR("\x1F\x8B")) || sr_str_starts(s, SR_STR("WARC/")))
		return SR_INPUT_WARC;
	if (is_binary(sr_str_slice(s, 0, LOOK_BINARY))) {
		(void)sr_fail(err, SR_E_INVALID, "binary data, not text");
		return SR_INPUT_AUTO;
	}
	start = sr_str_trim(start);
	if (!start.len && input->bytes.len <= LOOK) {
		(void)sr_fail(err, SR_E_INVALID, input->bytes.len ? "nothing but white space" : "empty");
		return SR_INPUT_AUTO;
	}
	sr_input_type type = SR_INPUT_AUTO, hint = sniff_hint(input);
	if (sr_str_starts(start, SR_STR("<")))
		type = sniff_markup(start);
	else if (sr_str_starts(start, SR_STR("{")))
		type = sniff_json(start);
	else if (sr_str_starts(start, SR_STR("[{")) && sniff_json(start) == SR_INPUT_NINJS)
		type = SR_INPUT_NINJS;
	else if (sniff_mail(start))
		type = SR_INPUT_EML;
	return type != SR_INPUT_AUTO ? type : hint;
}
