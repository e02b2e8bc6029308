#include "xml.h"

#include "sitrep/base/url.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define END_TAG_TAIL 64 /* how far after its name the end of an end tag is looked for */

enum { END_COMMENT, END_CDATA, END_QUOTE, END_APOSTROPHE };

void xml_fault_at(xml_reader *r, xml_fault fault, size_t at)
{
	if (r->faults[fault]++ == 0)
		r->first_fault[fault] = at;
}

void xml_init(xml_reader *r, sr_str in, sr_str base, sr_arena *arena)
{
	memset(r, 0, sizeof *r);
	r->in = in;
	r->arena = arena;
	r->stack[0].base = base;
	r->bindings[r->binding_count++] = (xml_binding){ SR_STR("xml"), NS_XML };
	for (size_t i = 0; i < 4; i++)
		r->none_after[i] = SIZE_MAX;
}

/* Where the terminator is found at or after from. A search in vain is remembered: hostile input may
 * open a thousand comments and close none. */
static size_t find_end(xml_reader *r, int which, size_t from)
{
	static const char *const ends[] = { "-->", "]]>", "\"", "'" };
	if (from >= r->none_after[which])
		return SIZE_MAX;
	sr_str end = sr_str_c(ends[which]);
	size_t at = end.len == 1 ? sr_str_find_char(r->in, end.ptr[0], from) : sr_str_find(r->in, end, from);
	if (at == SIZE_MAX)
		r->none_after[which] = from;
	return at;
}

static bool is_name_start(unsigned char c) { return sr_is_alpha(c) || c == '_' || c == ':' || c >= 0x80; }
static bool is_name(unsigned char c) { return is_name_start(c) || sr_is_digit(c) || c == '-' || c == '.'; }
static bool is_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static unsigned char at(const xml_reader *r, size_t i) { return i < r->in.len ? (unsigned char)r->in.ptr[i] : 0; }

static size_t skip_blank(const xml_reader *r, size_t i)
{
	while (i < r->in.len && is_blank((unsigned char)r->in.ptr[i]))
		i++;
	return i;
}

static size_t name_end(const xml_reader *r, size_t i)
{
	while (i < r->in.len && is_name((unsigned char)r->in.ptr[i]))
		i++;
	return i;
}

static void split(sr_str qname, sr_str *prefix, sr_str *name)
{
	size_t colon = sr_str_find_char(qname, ':', 0);
	bool prefixed = colon != SIZE_MAX && colon + 1 < qname.len;
	*prefix = prefixed ? sr_str_slice(qname, 0, colon) : (sr_str){ 0 };
	*name = prefixed ? sr_str_slice(qname, colon + 1, qname.len) : qname;
}

static xml_ns namespace_of(xml_reader *r, sr_str prefix, size_t where)
{
	for (size_t i = r->binding_count; i-- > 0;)
		if (sr_str_eq(r->bindings[i].prefix, prefix)) {
			xml_ns ns = r->bindings[i].ns;
			return prefix.len == 0 && ns == NS_OTHER ? NS_NONE : ns;
		}
	if (prefix.len == 0)
		return NS_NONE;
	xml_fault_at(r, XML_UNDECLARED_PREFIX, where);
	return xml_ns_of_prefix(prefix);
}

/* The value at i; *next is set past it. */
static sr_str attribute_value(xml_reader *r, size_t i, size_t *next)
{
	unsigned char quote = at(r, i);
	if (quote == '"' || quote == '\'') {
		size_t end = find_end(r, quote == '"' ? END_QUOTE : END_APOSTROPHE, i + 1);
		if (end != SIZE_MAX) {
			*next = end + 1;
			return sr_str_slice(r->in, i + 1, end);
		}
		i++;
	}
	xml_fault_at(r, XML_BAD_ATTRIBUTE, i);
	size_t end = i;
	while (end < r->in.len && !is_blank(at(r, end)) && at(r, end) != '>' && at(r, end) != '<' &&
	       !(at(r, end) == '/' && at(r, end + 1) == '>'))
		end++;
	*next = end;
	return sr_str_slice(r->in, i, end);
}

/* Raw attributes up to the tag's end, which *next is set past; names are still qualified. */
static void read_attributes(xml_reader *r, size_t i, size_t *next)
{
	r->attr_count = 0;
	r->self_closing = false;
	for (;;) {
		i = skip_blank(r, i);
		if (i >= r->in.len || at(r, i) == '<') {
			xml_fault_at(r, XML_UNTERMINATED, i);
			break;
		}
		if (at(r, i) == '>') {
			i++;
			break;
		}
		if (!is_name_start(at(r, i))) {
			r->self_closing = at(r, i) == '/' && at(r, i + 1) == '>';
			if (!r->self_closing)
				xml_fault_at(r, XML_BAD_ATTRIBUTE, i);
			i++;
			continue;
		}
		size_t end = name_end(r, i);
		xml_attr attr = { .name = sr_str_slice(r->in, i, end) };
		size_t value = skip_blank(r, end);
		if (at(r, value) == '=')
			attr.value = attribute_value(r, skip_blank(r, value + 1), &end);
		else
			xml_fault_at(r, XML_BAD_ATTRIBUTE, i);
		if (r->attr_count < XML_ATTRS_MAX)
			r->attrs[r->attr_count++] = attr;
		else
			xml_fault_at(r, XML_MANY_ATTRIBUTES, i);
		i = end;
	}
	*next = i;
}

/* Binds the namespaces that the attributes declare and takes those attributes out. */
static void bind_namespaces(xml_reader *r)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->attr_count; i++) {
		sr_str prefix, name;
		split(r->attrs[i].name, &prefix, &name);
		bool whole = sr_str_eq(r->attrs[i].name, SR_STR("xmlns"));
		if (!whole && !sr_str_eq(prefix, SR_STR("xmlns"))) {
			r->attrs[kept++] = r->attrs[i];
			continue;
		}
		if (r->binding_count < XML_BINDINGS_MAX)
			r->bindings[r->binding_count++] =
				(xml_binding){ whole ? (sr_str){ 0 } : name, xml_ns_of_uri(r->attrs[i].value) };
	}
	r->attr_count = kept;
}

/* Resolves names, decodes values, and inherits base and language. */
static void finish_attributes(xml_reader *r, xml_open *open, size_t where)
{
	for (size_t i = 0; i < r->attr_count; i++) {
		xml_attr *a = &r->attrs[i];
		sr_str prefix;
		split(a->name, &prefix, &a->name);
		a->ns = prefix.len ? namespace_of(r, prefix, where) : NS_NONE;
		a->value = xml_decode(r->arena, a->value, r);
		if (a->ns == NS_XML && sr_str_eq(a->name, SR_STR("base")))
			open->base = sr_url_resolve(r->arena, open->base, a->value);
		else if (a->ns == NS_XML && sr_str_eq(a->name, SR_STR("lang")))
			open->lang = sr_str_trim(a->value);
	}
}

/* An item in an item was not meant. */
static bool never_nests(sr_str qname)
{
	return sr_str_eq(qname, SR_STR("item")) || sr_str_eq(qname, SR_STR("entry"));
}

static size_t find_open(const xml_reader *r, sr_str qname)
{
	for (size_t i = r->depth; i > 0; i--)
		if (sr_str_eq(r->stack[i].qname, qname))
			return i;
	for (size_t i = r->depth; i > 0; i--)
		if (sr_str_eq_nocase(r->stack[i].qname, qname))
			return i;
	return 0;
}

static void pop(xml_reader *r, size_t content_end)
{
	r->closed = r->stack[r->depth];
	r->end = content_end;
	r->binding_count = r->closed.bindings;
	r->depth--;
}

/* A start tag at pos. False if it was swallowed (too deep). */
static bool read_start(xml_reader *r)
{
	size_t start = r->pos, end = name_end(r, r->pos + 1), next;
	sr_str qname = sr_str_slice(r->in, start + 1, end), prefix;
	read_attributes(r, end, &next);
	r->pos = next;
	if (r->depth >= XML_DEPTH_MAX) {
		xml_fault_at(r, XML_DEEP, start);
		r->too_deep += !r->self_closing;
		r->self_closing = false;
		return false;
	}
	xml_open open = { .qname = qname, .inner = next, .bindings = r->binding_count };
	open.base = r->stack[r->depth].base;
	open.lang = r->stack[r->depth].lang;
	bind_namespaces(r);
	finish_attributes(r, &open, start);
	split(qname, &prefix, &open.name);
	open.ns = namespace_of(r, prefix, start);
	r->stack[++r->depth] = open;
	r->rooted = true;
	r->to_close = r->self_closing ? 1 : 0;
	return true;
}

/* An end tag at pos: decides how many elements it closes. */
static void read_end(xml_reader *r)
{
	size_t start = r->pos, end = name_end(r, start + 2);
	sr_str qname = sr_str_slice(r->in, start + 2, end), prefix, name;
	sr_str near = sr_str_slice(r->in, 0, end + END_TAG_TAIL);
	size_t close = sr_str_find_char(near, '>', end), open_again = sr_str_find_char(near, '<', end);
	r->pos = close == SIZE_MAX || open_again < close ? skip_blank(r, end) : close + 1;
	r->end = start;
	if (r->too_deep) {
		r->too_deep--;
		return;
	}
	size_t match = find_open(r, qname);
	split(qname, &prefix, &name);
	if (match) {
		r->to_close = r->depth - match + 1;
		if (r->to_close > 1)
			xml_fault_at(r, XML_UNCLOSED, start);
		return;
	}
	xml_fault_at(r, XML_STRAY_END, start);
	/* a misspelt end closes what is open, but a stray </b> does not */
	if (!xml_is_html_name(name) && r->depth > 1 && !xml_is_html_name(r->stack[r->depth].name))
		r->to_close = 1;
}

/* <!DOCTYPE …> with its internal subset. */
static size_t skip_declaration(xml_reader *r, size_t i)
{
	int brackets = 0;
	for (size_t limit = i + 65536; i < r->in.len && i < limit; i++) {
		unsigned char c = at(r, i);
		if (c == '[')
			brackets++;
		else if (c == ']')
			brackets--;
		else if (c == '>' && brackets <= 0)
			return i + 1;
	}
	xml_fault_at(r, XML_UNTERMINATED, i);
	return i;
}

/* Comments, CDATA, instructions and declarations at pos; true if CDATA gave text. */
static bool read_special(xml_reader *r)
{
	sr_str rest = sr_str_slice(r->in, r->pos, r->in.len);
	if (sr_str_starts(rest, SR_STR("<![CDATA["))) {
		size_t end = find_end(r, END_CDATA, r->pos + 9);
		if (end == SIZE_MAX)
			xml_fault_at(r, XML_UNTERMINATED, r->pos);
		r->text = sr_str_slice(r->in, r->pos + 9, end);
		r->text_is_cdata = true;
		r->pos = end == SIZE_MAX ? r->in.len : end + 3;
		return r->text.len > 0;
	}
	if (sr_str_starts(rest, SR_STR("<!--"))) {
		size_t end = find_end(r, END_COMMENT, r->pos + 4);
		if (end == SIZE_MAX)
			xml_fault_at(r, XML_UNTERMINATED, r->pos);
		r->pos = end == SIZE_MAX ? r->pos + 4 : end + 3;
	} else if (sr_str_starts(rest, SR_STR("<!"))) {
		r->pos = skip_declaration(r, r->pos + 2);
	} else { /* <? */
		size_t end = sr_str_find_char(r->in, '>', r->pos);
		r->pos = end == SIZE_MAX ? r->in.len : end + 1;
	}
	return false;
}

static bool is_markup(const xml_reader *r, size_t i)
{
	unsigned char next = at(r, i + 1);
	return is_name_start(next) || next == '!' || next == '?' || (next == '/' && is_name_start(at(r, i + 2)));
}

/* Text from pos up to the next markup; false if there was only what does not count. */
static bool read_text(xml_reader *r)
{
	size_t start = r->pos, i = start;
	for (; i < r->in.len && !(at(r, i) == '<' && is_markup(r, i)); i++)
		if (at(r, i) == '<')
			xml_fault_at(r, XML_BARE_LESS, i);
	r->pos = i;
	sr_str raw = sr_str_slice(r->in, start, i);
	if (r->depth == 0) {
		sr_str junk = sr_str_trim(raw);
		if (junk.len)
			xml_fault_at(r, r->rooted ? XML_JUNK_AFTER : XML_JUNK_BEFORE, (size_t)(junk.ptr - r->in.ptr));
		return false;
	}
	r->text = xml_decode(r->arena, raw, r);
	r->text_is_cdata = false;
	return r->text.len > 0;
}

xml_event xml_next(xml_reader *r)
{
	for (;;) {
		if (r->no_memory)
			return XML_NOMEM;
		if (r->to_close) {
			r->to_close--;
			/* a self-closing element ends where its content would have begun */
			size_t end = r->self_closing ? r->stack[r->depth].inner : r->end;
			r->self_closing = false;
			pop(r, end);
			return XML_END;
		}
		if (r->pos >= r->in.len) {
			if (r->depth == 0)
				return XML_END_OF_INPUT;
			xml_fault_at(r, XML_CUT_OFF, r->pos);
			r->to_close = r->depth;
			r->end = r->in.len;
			continue;
		}
		if (at(r, r->pos) != '<' || !is_markup(r, r->pos)) {
			if (read_text(r))
				return XML_TEXT;
			continue;
		}
		unsigned char next = at(r, r->pos + 1);
		if (next == '!' || next == '?') {
			if (read_special(r) && r->depth)
				return XML_TEXT;
		} else if (next == '/') {
			read_end(r);
		} else {
			sr_str qname = sr_str_slice(r->in, r->pos + 1, name_end(r, r->pos + 1));
			size_t open = never_nests(qname) && !r->too_deep ? find_open(r, qname) : 0;
			if (open) {
				xml_fault_at(r, XML_UNCLOSED, r->pos);
				r->to_close = r->depth - open + 1;
				r->end = r->pos;
			} else if (read_start(r))
				return XML_START;
		}
	}
}

static const char *const fault_texts[XML_FAULT_COUNT] = {
	[XML_JUNK_BEFORE] = "text before the first element was passed over",
	[XML_JUNK_AFTER] = "text after the last element was passed over",
	[XML_BARE_AMPERSAND] = "bare ampersand taken as it stands",
	[XML_HTML_ENTITY] = "undeclared entity read as HTML's",
	[XML_UNKNOWN_ENTITY] = "unknown entity left as it stands",
	[XML_BARE_LESS] = "bare less-than sign taken as text",
	[XML_CONTROL] = "control character dropped",
	[XML_BAD_ATTRIBUTE] = "malformed attribute",
	[XML_MANY_ATTRIBUTES] = "attribute beyond the ceiling dropped",
	[XML_UNDECLARED_PREFIX] = "undeclared namespace prefix",
	[XML_STRAY_END] = "end tag without a start",
	[XML_UNCLOSED] = "element that was never closed",
	[XML_UNTERMINATED] = "tag, comment or section without its end",
	[XML_DEEP] = "element nested beyond the ceiling was flattened",
	[XML_MANY_NODES] = "element with too many parts was cut",
	[XML_CUT_OFF] = "cut off before its end",
};

sr_str xml_fault_note(const xml_reader *r, xml_fault fault, sr_arena *arena)
{
	if (r->faults[fault] == 0)
		return (sr_str){ 0 };
	if (r->faults[fault] == 1)
		return sr_str_printf(arena, "%s (at byte %zu)", fault_texts[fault], r->first_fault[fault]);
	return sr_str_printf(arena, "%s (%zu times, first at byte %zu)", fault_texts[fault], r->faults[fault],
	                     r->first_fault[fault]);
}
