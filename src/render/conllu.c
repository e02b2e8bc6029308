#include "sitrep/base/utf8.h"
#include "sitrep/render/records.h"

static bool wordlike(sr_str s)
{
	bool letter = false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (sr_is_digit(c))
			return false;
		letter = letter || sr_is_alpha(c) || c >= 0xC3;
	}
	return letter;
}

/* Do tokens a and b belong to one written word ("do" + "n't")? */
static bool joined(const sr_reading *r, const sr_token *a, const sr_token *b)
{
	sr_str x = sr_span_of(r->doc->text, a->span), y = sr_span_of(r->doc->text, b->span);
	return a->span.end == b->span.start && x.len && y.len && wordlike(x) && wordlike(y) &&
	       (sr_is_alpha((unsigned char)y.ptr[0]) || y.ptr[0] == '\'' || y.ptr[0] == '`' || sr_str_starts(y, SR_STR("’")));
}

/* The text of a span on one line. */
static void add_line(sr_buf *out, sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		sr_buf_add_char(out, s.ptr[i] == '\n' || s.ptr[i] == '\r' || s.ptr[i] == '\t' ? ' ' : s.ptr[i]);
}

static void write_misc(sr_buf *out, bool glued)
{
	sr_buf_add_c(out, glued ? "SpaceAfter=No\n" : "_\n");
}

static void write_sentence(sr_buf *out, const sr_reading *r, const sr_sentence *s)
{
	const sr_token *t = r->tokens + s->first_token;
	uint32_t n = s->token_count, group_end = 0;
	for (uint32_t i = 0; i < n; i++) {
		bool glued = s->first_token + i + 1 < r->token_count && t[i].span.end == t[i + 1].span.start;
		if (i >= group_end) {
			uint32_t e = i;
			while (e + 1 < n && joined(r, &t[e], &t[e + 1]))
				e++;
			group_end = e + 1;
			if (e > i) {
				bool after = s->first_token + e + 1 < r->token_count && t[e].span.end == t[e + 1].span.start;
				sr_buf_printf(out, "%u-%u\t", i + 1, e + 1);
				add_line(out, sr_span_of(r->doc->text, (sr_span){ t[i].span.start, t[e].span.end }));
				sr_buf_add_c(out, "\t_\t_\t_\t_\t_\t_\t_\t");
				write_misc(out, after);
			}
		}
		bool inside = group_end - i > 1 || (i > 0 && group_end == i + 1 && joined(r, &t[i - 1], &t[i]));
		sr_buf_printf(out, "%u\t", i + 1);
		add_line(out, sr_span_of(r->doc->text, t[i].span));
		sr_buf_add_char(out, '\t');
		add_line(out, t[i].lemma.len ? t[i].lemma : SR_STR("_"));
		sr_buf_printf(out, "\t%s\t_\t_\t", sr_upos_name((sr_upos)t[i].upos));
		if (t[i].head == -2)
			sr_buf_add_c(out, "_\t_\t_\t");
		else
			sr_buf_printf(out, "%d\t%s%s\t_\t", (int)t[i].head + 1, sr_deprel_name((sr_deprel)t[i].deprel), t[i].passive ? ":pass" : "");
		write_misc(out, glued && !inside);
	}
	sr_buf_add_char(out, '\n');
}

void sr_render_conllu(sr_buf *out, const sr_reading *r)
{
	sr_buf_add_c(out, "# newdoc id = ");
	add_line(out, r->doc->id);
	sr_buf_add_char(out, '\n');
	for (size_t i = 0; i < r->sentence_count; i++) {
		sr_buf_printf(out, "# sent_id = %zu\n# text = ", i + 1);
		add_line(out, sr_span_of(r->doc->text, r->sentences[i].span));
		sr_buf_add_char(out, '\n');
		write_sentence(out, r, &r->sentences[i]);
	}
}
