/* What class names and the like say about elements. */
#include "html_page.h"
#include "table.h"

#include "sitrep/base/data.h"

#include <string.h>

#define TOKENS_MAX 24 /* of one attribute value */
#define WORDS_MAX 8   /* of one token */
#define TOKEN_MAX 96  /* bytes; what is longer is a hash, not a name */

static const struct {
	const char *name;
	uint32_t role;
} role_names[] = {
	{ "body", ROLE_BODY },         { "content", ROLE_CONTENT }, { "junk", ROLE_JUNK },
	{ "comment", ROLE_COMMENT },   { "caption", ROLE_CAPTION }, { "byline", ROLE_BYLINE },
	{ "date", ROLE_DATE },         { "modified", ROLE_MODIFIED }, { "lead", ROLE_LEAD },
	{ "title", ROLE_TITLE },       { "paywall", ROLE_PAYWALL }, { "live", ROLE_LIVE },
	{ "embed", ROLE_EMBED },       { "correction", ROLE_CORRECTION }, { "pullquote", ROLE_PULLQUOTE },
	{ "hidden", ROLE_HIDDEN },
};

#define FILTER_BITS 32768u

/* Most words of class names are not in the table: one bit tells, at next to no cost. */
static bool make_filter(html_page *p)
{
	sr_str rest = table_rows(sr_data("html/classes.tsv")), row;
	p->known_words = sr_arena_alloc(p->arena, FILTER_BITS / 8);
	while (p->known_words && sr_str_next_line(&rest, &row)) {
		uint64_t hash = sr_str_hash(sr_str_slice(row, 0, sr_str_find_char(row, '\t', 0))) % FILTER_BITS;
		p->known_words[hash / 8] |= (uint8_t)(1u << (hash % 8));
	}
	return p->known_words != NULL;
}

static uint32_t look_up(const html_page *p, sr_str table, const char *key, size_t len)
{
	uint32_t roles = 0;
	uint64_t hash = sr_str_hash(sr_str_make(key, len)) % FILTER_BITS;
	if (!(p->known_words[hash / 8] >> (hash % 8) & 1))
		return 0;
	sr_str row = table_find(table, sr_str_make(key, len));
	for (size_t i = 0; row.len && i < sizeof role_names / sizeof *role_names; i++)
		if (table_has_word(row, role_names[i].name))
			roles |= role_names[i].role;
	return roles;
}

/* Writes the words of a token joined by hyphens to key; starts[i] is where word i begins in it, and
 * starts[count] one past the last hyphen. */
static size_t split_words(sr_str token, char *key, size_t *starts)
{
	size_t count = 0, len = 0;
	bool within = false, lower = false;
	for (size_t i = 0; i < token.len; i++) {
		unsigned char c = (unsigned char)token.ptr[i];
		bool upper = c >= 'A' && c <= 'Z';
		bool letter = upper || (c >= 'a' && c <= 'z') || c >= 0x80 || (c >= '0' && c <= '9');
		if (within && (!letter || (upper && lower))) {
			key[len++] = '-';
			within = false;
		}
		lower = letter && !upper;
		if (!letter)
			continue;
		if (!within) {
			if (count == WORDS_MAX)
				break;
			starts[count++] = len;
			within = true;
		}
		key[len++] = (char)(upper ? c + 32 : c);
	}
	if (within)
		key[len++] = '-';
	starts[count] = len;
	return count;
}

static uint32_t roles_of_token(const html_page *p, sr_str table, sr_str token)
{
	char key[2 * TOKEN_MAX + 2];
	size_t starts[WORDS_MAX + 1];
	uint32_t roles = 0;
	/* WordPress names the categories and tags of a post there: words of its subject, not of its place */
	if (token.len > TOKEN_MAX || sr_str_starts(token, SR_STR("category-")) || sr_str_starts(token, SR_STR("tag-")))
		return 0;
	key[0] = '=';
	size_t count = split_words(token, key + 1, starts);
	if (count == 0)
		return 0;
	roles |= look_up(p, table, key, starts[count]);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 1; n <= 3 && i + n <= count; n++)
			roles |= look_up(p, table, key + 1 + starts[i], starts[i + n] - 1 - starts[i]);
	/* `dateModified` is of the change alone; `entry-date updated`, two tokens, of what was never changed */
	if (roles & ROLE_MODIFIED)
		roles &= ~(uint32_t)ROLE_DATE;
	/* `article-body-related` is no body */
	if (roles & (ROLE_JUNK | ROLE_COMMENT))
		roles &= ~(uint32_t)(ROLE_BODY | ROLE_CONTENT);
	return roles;
}

uint32_t html_roles_of(html_page *p, sr_str words)
{
	sr_str table = table_rows(sr_data("html/classes.tsv")), token;
	int64_t *known = sr_strmap_get(&p->role_of, words);
	if (known)
		return (uint32_t)*known;
	uint32_t roles = 0;
	sr_str rest = words;
	for (size_t n = 0; n < TOKENS_MAX && sr_str_next_field(&rest, ' ', &token); n++)
		roles |= roles_of_token(p, table, sr_str_trim(token));
	/* one token that is plainly the text outweighs others that only say what stands in it */
	if (roles & ROLE_BODY)
		roles &= ~(uint32_t)(ROLE_JUNK | ROLE_LEAD);
	known = sr_strmap_put(&p->role_of, words);
	if (known)
		*known = roles;
	return roles;
}

static bool hides(sr_str style)
{
	size_t at = sr_str_find_nocase(style, SR_STR("display"), 0);
	if (at == SIZE_MAX)
		return false;
	sr_str rest = sr_str_slice(style, at + 7, style.len);
	size_t colon = sr_str_find_char(rest, ':', 0);
	if (colon == SIZE_MAX)
		return false;
	return sr_str_starts_nocase(sr_str_trim(sr_str_slice(rest, colon + 1, rest.len)), SR_STR("none"));
}

static uint32_t roles_of_attributes(html_page *p, uint32_t node)
{
	const sr_html_node *n = &p->html.nodes[node];
	uint32_t roles = 0, by_id = 0;
	for (uint32_t k = 0; k < n->attr_count; k++) {
		const sr_html_attr *a = &p->html.attrs[n->attrs + k];
		switch (a->name) {
		case SR_HTML_AT_class:
		case SR_HTML_AT_itemprop:
		case SR_HTML_AT_role:
		case SR_HTML_AT_data_testid:
			roles |= html_roles_of(p, a->value);
			break;
		case SR_HTML_AT_id:
			by_id = html_roles_of(p, a->value);
			break;
		case SR_HTML_AT_hidden:
			roles |= ROLE_HIDDEN;
			break;
		case SR_HTML_AT_style:
			roles |= hides(a->value) ? ROLE_HIDDEN : 0;
			break;
		case SR_HTML_AT_aria_hidden:
			roles |= sr_str_eq_nocase(a->value, SR_STR("true")) ? ROLE_HIDDEN : 0;
			break;
		default:
			break;
		}
	}
	roles |= by_id;
	if (roles & ROLE_BODY)
		roles &= ~(uint32_t)(ROLE_JUNK | ROLE_LEAD);
	return roles;
}

void html_find_roles(html_page *p)
{
	if (!make_filter(p)) {
		p->build->status = SR_E_NOMEM;
		return;
	}
	for (uint32_t i = 0; i < p->html.count; i++) {
		const sr_html_node *n = &p->html.nodes[i];
		if (n->tag == SR_HTML_TEXT || !n->attr_count)
			continue;
		p->roles[i] = roles_of_attributes(p, i);
	}
}
