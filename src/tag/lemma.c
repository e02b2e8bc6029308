/* Lemmas by edit rules: the model picks one of some two hundred rules for a word (Chrupała 2006). */
#include "internal.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

bool tag_lemma_rule_parse(sr_str line, lemma_rule *rule)
{
	sr_str drop, add, casing, rest = line;
	if (!sr_str_next_field(&rest, '|', &drop) || !sr_str_next_field(&rest, '|', &add) || !sr_str_next_field(&rest, '|', &casing))
		return false;
	if (drop.len < 1 || drop.len > 2 || casing.len != 1 || add.len > RULE_TEXT_MAX)
		return false;
	unsigned n = 0;
	for (size_t i = 0; i < drop.len; i++) {
		if (!sr_is_digit((unsigned char)drop.ptr[i]))
			return false;
		n = n * 10 + (unsigned)(drop.ptr[i] - '0');
	}
	*rule = (lemma_rule){ .drop = (uint8_t)n, .casing = casing.ptr[0], .add = add };
	return rule->casing == 'l' || rule->casing == 'k' || rule->casing == 't';
}

sr_str tag_lemma_apply(const lemma_rule *rule, sr_str form, sr_arena *arena)
{
	size_t end = form.len;
	unsigned left = rule->drop;
	for (; left && end > 0; left--)
		(void)sr_utf8_prev(form, &end);
	bool misfit = left > 0; /* more letters to drop than there are: only the case is set */
	sr_str base = misfit ? form : sr_str_slice(form, 0, end), add = misfit ? (sr_str){ 0 } : rule->add;
	if ((rule->casing == 'k' && !misfit) && add.len == 0 && base.len == form.len)
		return form;
	sr_buf out;
	sr_buf_init(&out, 0);
	for (size_t p = 0; p < base.len;) {
		bool first = p == 0;
		uint32_t cp = sr_utf8_next(base, &p);
		if (misfit || rule->casing == 'l' || (rule->casing == 't' && !first))
			cp = sr_cp_lower(cp);
		else if (rule->casing == 't')
			cp = sr_cp_upper(cp);
		sr_buf_add_cp(&out, cp);
	}
	sr_buf_add(&out, add);
	sr_str lemma = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return lemma.len ? lemma : form;
}
