#include "names.h"

#include <string.h>

enum { PLAIN = 0, BLOCK = 1, SILENT = 2 };

/* In the letters of the X-macro: 0 inline, B block, S silent. */
#define B BLOCK
#define S SILENT
static const uint8_t behaviour[SR_HTML_TAG_COUNT] = {
#define X(name, how) [SR_HTML_##name] = how,
	SR_HTML_TAGS(X)
#undef X
};
#undef B
#undef S

/* Sorted by the order of the X-macros, which is alphabetical. `_` stands for `-`. */
static const char *const tag_names[] = {
#define X(name, how) #name,
	SR_HTML_TAGS(X)
#undef X
};
static const char *const attr_names[] = {
#define X(name) #name,
	SR_HTML_ATTRS(X)
#undef X
};

static int compare(const char *name, const char *entry)
{
	for (;; name++, entry++) {
		unsigned char a = (unsigned char)*name, b = (unsigned char)*entry;
		if (a == '-' || a == ':')
			a = '_';
		if (a != b)
			return a < b ? -1 : 1;
		if (!a)
			return 0;
	}
}

static int find(const char *const *table, size_t count, const char *name)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int c = compare(name, table[mid]);
		if (c == 0)
			return (int)mid;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return -1;
}

uint8_t html_tag_by_name(const char *name)
{
	int i = find(tag_names, sizeof tag_names / sizeof *tag_names, name);
	return i < 0 ? SR_HTML_OTHER : (uint8_t)(i + SR_HTML_OTHER + 1);
}

int html_attr_by_name(const char *name)
{
	return find(attr_names, sizeof attr_names / sizeof *attr_names, name);
}

bool html_is_attr_name(const char *name, size_t len)
{
	char lower[16];
	if (len >= sizeof lower)
		return false; /* longer than any that has a name here */
	for (size_t i = 0; i < len; i++)
		lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 32 : name[i]);
	lower[len] = 0;
	return html_attr_by_name(lower) >= 0;
}

bool html_is_void(uint8_t tag)
{
	return tag == SR_HTML_source || tag == SR_HTML_track || tag == SR_HTML_wbr || tag == SR_HTML_embed;
}

bool sr_html_is_block(uint8_t tag)
{
	return behaviour[tag] == BLOCK;
}

bool sr_html_is_silent(uint8_t tag)
{
	return behaviour[tag] == SILENT;
}

const char *sr_html_tag_name(uint8_t tag)
{
	if (tag <= SR_HTML_OTHER || tag >= SR_HTML_TAG_COUNT)
		return tag == SR_HTML_TEXT ? "#text" : "#other";
	return tag_names[tag - SR_HTML_OTHER - 1];
}

const char *sr_html_cut_name(sr_html_cut cut)
{
	static const char *const names[SR_HTML_CUT_COUNT] = {
		[SR_HTML_CUT_BYTES] = "bytes", [SR_HTML_CUT_ATTRIBUTES] = "attributes", [SR_HTML_CUT_NODES] = "nodes", [SR_HTML_CUT_TEXT] = "text",
		[SR_HTML_CUT_DEPTH] = "depth", [SR_HTML_CUT_OPEN] = "open elements",    [SR_HTML_CUT_TIME] = "time",
	};
	return cut < SR_HTML_CUT_COUNT ? names[cut] : "";
}
