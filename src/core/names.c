/* The contract's words for the kinds that records use. */
#include "sitrep/core/dossier.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *name_of(const char *const *names, size_t count, size_t i) { return i < count ? names[i] : ""; }

static bool value_of(const char *const *names, size_t count, sr_str s, size_t *out)
{
	for (size_t i = 0; i < count; i++)
		if (sr_str_eq(s, sr_str_c(names[i]))) {
			*out = i;
			return true;
		}
	return false;
}

/* For each kind: its table, name function and, where it is read back, parse function. */
#define NAMED(fn, type, ...)                                                       \
	static const char *const fn##_words[] = { __VA_ARGS__ };                       \
	const char *sr_##fn##_name(type v) { return name_of(fn##_words, COUNT(fn##_words), (size_t)v); }
#define PARSED(fn, type)                                             \
	bool sr_##fn##_parse(sr_str s, type *out)                        \
	{                                                                \
		size_t i;                                                    \
		if (!value_of(fn##_words, COUNT(fn##_words), s, &i))         \
			return false;                                            \
		*out = (type)i;                                              \
		return true;                                                 \
	}

NAMED(doc_kind, sr_doc_kind, "article", "live", "brief", "page")
PARSED(doc_kind, sr_doc_kind)
NAMED(doc_status, sr_doc_status, "usable", "corrected", "withdrawn")
PARSED(doc_status, sr_doc_status)
NAMED(block_kind, sr_block_kind, "paragraph", "heading", "quote", "list", "caption", "update", "event", "row", "crumb", "turn")
NAMED(entity_type, sr_entity_type, "PER", "ORG", "LOC", "MISC")
NAMED(timex_type, sr_timex_type, "DATE", "TIME", "DURATION", "SET")
NAMED(quote_kind, sr_quote_kind, "direct", "indirect", "mixed")
NAMED(stance, sr_stance, "says", "denies", "confirms", "accuses", "doubts", "warns", "promises", "demands")
NAMED(certainty, sr_certainty, "stated", "hedged", "unverified")
NAMED(conflict_kind, sr_conflict_kind, "quantity", "state", "denial", "blame", "date")
PARSED(conflict_kind, sr_conflict_kind)
NAMED(conflict_status, sr_conflict_status, "open", "superseded", "settled")
PARSED(conflict_status, sr_conflict_status)
NAMED(settled_by, sr_settled_by, "", "shares", "admission")
PARSED(settled_by, sr_settled_by)
NAMED(unknown_reason, sr_unknown_reason, "unverified", "single-origin", "unnamed", "disputed")
PARSED(unknown_reason, sr_unknown_reason)

#define X(name) #name,
static const char *const upos_words[] = { "_", SR_UPOS_LIST(X) };
static const char *const deprel_words[] = { "_", SR_DEPREL_LIST(X) };
#undef X

const char *sr_upos_name(sr_upos v) { return name_of(upos_words, COUNT(upos_words), (size_t)v); }
const char *sr_deprel_name(sr_deprel v) { return name_of(deprel_words, COUNT(deprel_words), (size_t)v); }
PARSED(upos, sr_upos)

bool sr_deprel_parse(sr_str s, sr_deprel *out)
{
	size_t i, colon = sr_str_find_char(s, ':', 0);
	if (colon != SIZE_MAX)
		s = sr_str_slice(s, 0, colon);
	if (!value_of(deprel_words, COUNT(deprel_words), s, &i))
		return false;
	*out = (sr_deprel)i;
	return true;
}
