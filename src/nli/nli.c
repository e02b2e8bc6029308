/* Pairs as the encoder sees them: root, the one text, separator, the other text, separator; the answer from the root's row. */
#include "memory.h"

#include "sitrep/base/threads.h"
#include "sitrep/nn.h"

#include <stdlib.h>

#define PREFIX "contrast."
#define SIDE_PIECES_MAX 64u /* longer sentences are rare, and what they say first is what they are about */
#define PAIR_ROWS_MAX (2 * SIDE_PIECES_MAX + 3)
#define CHUNK_PAIRS 8u
#define THREADS_MAX 64u

enum { ANSWER_CONTRADICT, ANSWER_KINDS }; /* outputs: whether; then a score of each kind */

static const sr_conflict_kind kinds[] = { SR_CONFLICT_QUANTITY, SR_CONFLICT_DATE, SR_CONFLICT_STATE, SR_CONFLICT_DENIAL, SR_CONFLICT_BLAME };
#define KIND_COUNT (sizeof kinds / sizeof *kinds)
#define ANSWERS (ANSWER_KINDS + KIND_COUNT)

struct sr_nli {
	const sr_tag_model *model;
	const sr_nn_model *nn;
	sr_nn_linear mix, answer;
	uint32_t width, root, separator;
	nli_memory *memory; /* has its own lock */
};

sr_status sr_nli_open(const sr_tag_model *model, sr_nli **out, sr_error *err)
{
	sr_nli *n = calloc(1, sizeof *n);
	*out = n;
	if (!n)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	n->memory = nli_memory_new();
	if (!n->memory) {
		sr_nli_free(n);
		*out = NULL;
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	n->model = model;
	n->nn = sr_tag_model_network(model);
	n->width = sr_nn_model_shape(n->nn).width;
	uint32_t words = sr_nn_model_shape(n->nn).vocabulary;
	n->root = (uint32_t)sr_nn_model_config(n->nn, "root", words);
	n->separator = (uint32_t)sr_nn_model_config(n->nn, PREFIX "separator", words);
	sr_nn_work *work = sr_nn_work_new_for(n->nn, PREFIX, NULL);
	sr_nn_shape shape;
	bool whole = work && sr_nn_model_encoder(n->nn, PREFIX, &shape) && shape.features >= 2 && n->root < words && n->separator < words &&
	             sr_nn_model_linear(n->nn, PREFIX "mix", n->width, n->width, &n->mix) && sr_nn_model_linear(n->nn, PREFIX "answer", n->width, ANSWERS, &n->answer);
	sr_nn_work_free(work);
	if (whole)
		return SR_OK;
	sr_nli_free(n);
	*out = NULL;
	return sr_fail(err, SR_E_CORRUPT, "the reading model lacks the part that compares sentences");
}

void sr_nli_free(sr_nli *n)
{
	if (!n)
		return;
	nli_memory_free(n->memory);
	free(n);
}

/* Rows of some pairs. */
typedef struct batch {
	uint32_t ids[CHUNK_PAIRS * PAIR_ROWS_MAX], begin[CHUNK_PAIRS + 1];
	uint16_t sides[CHUNK_PAIRS * PAIR_ROWS_MAX], names[CHUNK_PAIRS * PAIR_ROWS_MAX];
	float mixed[CHUNK_PAIRS * SR_NN_IN_MAX], answers[CHUNK_PAIRS * SR_NN_GROUP];
} batch;

typedef struct bench {
	sr_nn_work *work;
	batch *batch;
} bench;

typedef struct sitting {
	const sr_nli *n;
	const sr_nli_pair *pairs;
	sr_nli_answer *answers;
	const size_t *asked; /* the pairs that are not known yet */
	size_t count;
	sr_status *statuses; /* of each chunk */
	bench benches[THREADS_MAX];
} sitting;

static size_t add_side(const sr_nli *n, batch *b, size_t row, sr_str text, uint16_t side)
{
	size_t from = row;
	row += sr_tag_pieces(n->model, text, b->ids + row, SIDE_PIECES_MAX);
	b->ids[row++] = n->separator;
	for (size_t i = from; i < row; i++)
		b->sides[i] = side;
	return row;
}

/* Whichever way round they come, the texts stand in the order of their bytes. */
static size_t add_pair(const sr_nli *n, batch *b, size_t row, const sr_nli_pair *p)
{
	bool in_order = sr_str_cmp(p->a, p->b) <= 0;
	b->ids[row] = n->root;
	b->sides[row] = 0;
	row = add_side(n, b, row + 1, in_order ? p->a : p->b, 0);
	return add_side(n, b, row, in_order ? p->b : p->a, 1);
}

static sr_nli_answer answer_of(const sr_nn_work *work, const float *x) { return (sr_nli_answer){ .contradict = x[ANSWER_CONTRADICT], .kind = kinds[sr_nn_best(work, x + ANSWER_KINDS, KIND_COUNT)] }; }

static sr_status answer_some(const sitting *s, bench *at, const size_t *asked, size_t count)
{
	const sr_nli *n = s->n;
	batch *b = at->batch;
	const float *hidden;
	b->begin[0] = 0;
	for (size_t i = 0; i < count; i++)
		b->begin[i + 1] = (uint32_t)add_pair(n, b, b->begin[i], &s->pairs[asked[i]]);
	sr_nn_batch rows = { .ids = b->ids, .feats = b->sides, .names = b->names, .begin = b->begin, .segments = count };
	SR_TRY(sr_nn_encode(at->work, &rows, &hidden, NULL));
	SR_TRY(sr_nn_apply(at->work, &n->mix, hidden, n->width, b->begin, count, b->mixed));
	sr_nn_leaky(at->work, b->mixed, count * n->mix.out);
	SR_TRY(sr_nn_apply(at->work, &n->answer, b->mixed, n->mix.out, NULL, count, b->answers));
	for (size_t i = 0; i < count; i++)
		s->answers[asked[i]] = answer_of(at->work, b->answers + i * n->answer.out);
	return SR_OK;
}

static void answer_chunk(void *ctx, size_t i, unsigned worker)
{
	sitting *s = ctx;
	bench *at = &s->benches[worker];
	size_t from = i * CHUNK_PAIRS, count = s->count - from < CHUNK_PAIRS ? s->count - from : CHUNK_PAIRS;
	if (!at->work)
		at->work = sr_nn_work_new_for(s->n->nn, PREFIX, NULL);
	if (!at->batch)
		at->batch = calloc(1, sizeof *at->batch);
	s->statuses[i] = at->work && at->batch ? answer_some(s, at, s->asked + from, count) : SR_E_NOMEM;
}

static sr_status answer_all(sitting *s, unsigned threads)
{
	size_t chunks = (s->count + CHUNK_PAIRS - 1) / CHUNK_PAIRS;
	sr_status status = SR_OK;
	s->statuses = calloc(chunks + 1, sizeof *s->statuses);
	if (!s->statuses)
		return SR_E_NOMEM;
	sr_parallel(threads < THREADS_MAX ? threads : THREADS_MAX, chunks, answer_chunk, s);
	for (size_t i = 0; i < chunks && status == SR_OK; i++)
		status = s->statuses[i];
	for (size_t i = 0; i < THREADS_MAX; i++) {
		sr_nn_work_free(s->benches[i].work);
		free(s->benches[i].batch);
	}
	free(s->statuses);
	return status;
}

sr_status sr_nli_judge(const sr_nli *n, const sr_nli_pair *pairs, size_t count, unsigned threads, sr_nli_answer *answers, sr_error *err)
{
	size_t *asked = calloc(count + 1, sizeof *asked);
	sitting s = { .n = n, .pairs = pairs, .answers = answers, .asked = asked };
	if (!asked)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	nli_memory_recall(n->memory, pairs, count, answers, asked, &s.count);
	sr_status status = answer_all(&s, threads ? threads : sr_processors());
	if (status == SR_OK)
		nli_memory_keep(n->memory, pairs, answers, asked, s.count);
	free(asked);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}
