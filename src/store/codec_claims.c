#include "codec.h"

#define VERSION 1u

enum { NAMED = 1, COLLECTIVE = 2, NEGATED = 4, DIRECT = 8, SAID_STATED = 16, WHEN_STATED = 32, FLAGS = 64 };

static unsigned flags_of(const sr_claim *c)
{
	return (c->named ? NAMED : 0u) | (c->collective ? COLLECTIVE : 0u) | (c->negated ? NEGATED : 0u) |
	       (c->direct ? DIRECT : 0u) | (c->said_stated ? SAID_STATED : 0u) | (c->when_stated ? WHEN_STATED : 0u);
}

void sr_encode_claims(sr_buf *out, const sr_claim *claims, size_t count)
{
	sr_put_number(out, VERSION);
	sr_put_number(out, count);
	for (size_t i = 0; i < count; i++) {
		const sr_claim *c = &claims[i];
		sr_put_number(out, c->sentence);
		sr_put_span(out, c->sentence_span);
		sr_put_span(out, c->span);
		sr_put_number(out, c->attribution == SR_NO_ATTRIBUTION ? 0 : (uint64_t)c->attribution + 1);
		sr_put_str(out, c->speaker);
		sr_put_str(out, c->role);
		sr_put_str(out, c->via);
		sr_put_number(out, c->relay);
		sr_put_number(out, (uint64_t)c->stance);
		sr_put_number(out, (uint64_t)c->certainty);
		sr_put_number(out, flags_of(c));
		sr_put_time(out, c->said);
		sr_put_time(out, c->when);
		sr_put_time(out, c->until);
	}
}

static void get_claim(sr_decoder *d, sr_claim *c)
{
	c->sentence = (uint32_t)sr_get_below(d, UINT32_MAX);
	c->sentence_span = sr_get_span(d);
	c->span = sr_get_span(d);
	uint64_t attribution = sr_get_below(d, UINT32_MAX);
	c->attribution = attribution ? (uint32_t)(attribution - 1) : SR_NO_ATTRIBUTION;
	c->speaker = sr_get_str(d);
	c->role = sr_get_str(d);
	c->via = sr_get_str(d);
	c->relay = (uint32_t)sr_get_below(d, (uint64_t)UINT32_MAX + 1);
	c->stance = (sr_stance)sr_get_below(d, SR_STANCE_DEMANDS + 1);
	c->certainty = (sr_certainty)sr_get_below(d, SR_CERTAINTY_UNVERIFIED + 1);
	unsigned flags = (unsigned)sr_get_below(d, FLAGS);
	c->named = flags & NAMED;
	c->collective = flags & COLLECTIVE;
	c->negated = flags & NEGATED;
	c->direct = flags & DIRECT;
	c->said_stated = flags & SAID_STATED;
	c->when_stated = flags & WHEN_STATED;
	c->said = sr_get_time(d);
	c->when = sr_get_time(d);
	c->until = sr_get_time(d);
}

sr_status sr_decode_claims(sr_str bytes, size_t text_len, sr_arena *arena, sr_claim **claims, size_t *count, sr_error *err)
{
	sr_decoder d = { .rest = bytes, .arena = arena, .text_len = text_len };
	sr_get_version(&d, VERSION);
	*claims = sr_get_array(&d, sizeof **claims, count);
	for (size_t i = 0; i < *count && d.status == SR_OK; i++)
		get_claim(&d, &(*claims)[i]);
	return sr_decoder_end(&d, "the claims of a document", err);
}
