#include "sitrep/render/records.h"

/* Text of a comment or a field: line breaks and tabs would end it. */
static void add_flat(sr_buf *out, sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		sr_buf_add_char(out, (unsigned char)s.ptr[i] < 0x20 ? ' ' : s.ptr[i]);
}

static void write_token(sr_buf *out, const sr_reading *r, const sr_sentence *s, uint32_t i)
{
	const sr_token *t = &r->tokens[s->first_token + i];
	bool last = i + 1 == s->token_count;
	sr_buf_printf(out, "%u\t", i + 1);
	add_flat(out, sr_span_of(r->doc->text, t->span));
	sr_buf_add_char(out, '\t');
	add_flat(out, t->lemma.len ? t->lemma : SR_STR("_"));
	sr_buf_printf(out, "\t%s\t_\t_\t", sr_upos_name((sr_upos)t->upos));
	if (t->head == -2)
		sr_buf_add_c(out, "_\t_");
	else
		sr_buf_printf(out, "%d\t%s%s", t->head + 1, sr_deprel_name((sr_deprel)t->deprel), t->passive ? ":pass" : "");
	sr_buf_add_c(out, "\t_\t");
	sr_buf_add_c(out, !last && t[1].span.start == t->span.end ? "SpaceAfter=No\n" : "_\n");
}

void sr_render_conllu(sr_buf *out, const sr_reading *r)
{
	sr_buf_add_c(out, "# newdoc id = ");
	add_flat(out, r->doc->id);
	sr_buf_add_char(out, '\n');
	for (size_t i = 0; i < r->sentence_count; i++) {
		const sr_sentence *s = &r->sentences[i];
		sr_buf_printf(out, "# sent_id = %zu\n# text = ", i + 1);
		add_flat(out, sr_span_of(r->doc->text, s->span));
		sr_buf_add_char(out, '\n');
		for (uint32_t k = 0; k < s->token_count; k++)
			write_token(out, r, s, k);
		sr_buf_add_char(out, '\n');
	}
}
