#include "questions.h"

sr_status questions_open(questions *q, const pairs *of, size_t room)
{
	sr_arena *arena = of->e->arena;
	*q = (questions){ .of = of, .room = room, .texts = SR_NEW_ARRAY(arena, sr_nli_pair, room), .answers = SR_NEW_ARRAY(arena, sr_nli_answer, room) };
	return q->texts && q->answers ? SR_OK : SR_E_NOMEM;
}

static sr_str sentence_of(const sr_evidence *e, uint32_t proof) { return sr_proof_text(e, &e->proofs[proof], e->proofs[proof].claim.sentence_span); }

static size_t find(const questions *q, sr_str a, sr_str b)
{
	for (size_t i = 0; i < q->count; i++)
		if ((sr_str_eq(q->texts[i].a, a) && sr_str_eq(q->texts[i].b, b)) || (sr_str_eq(q->texts[i].a, b) && sr_str_eq(q->texts[i].b, a)))
			return i + 1;
	return 0;
}

size_t questions_find(const questions *q, uint32_t a, uint32_t b) { return find(q, sentence_of(q->of->e, a), sentence_of(q->of->e, b)); }

size_t questions_add(questions *q, uint32_t a, uint32_t b)
{
	sr_str x = sentence_of(q->of->e, a), y = sentence_of(q->of->e, b);
	size_t known = find(q, x, y);
	if (known || q->count == q->room || sr_str_eq(x, y))
		return known;
	q->texts[q->count++] = (sr_nli_pair){ x, y };
	return q->count;
}

sr_status questions_ask(questions *q) { return sr_nli_judge(q->of->nli, q->texts, q->count, q->of->jobs, q->answers, NULL); }
