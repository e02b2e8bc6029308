/* A table of fixed size by a digest of both texts. An answer depends on the texts alone, so that what is forgotten is only asked again. */
#include "memory.h"

#include "sitrep/base/file.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 4096u
#define KEY_BYTES 32u /* of the digest's hexadecimal digits: 128 bits */

typedef struct place {
	char key[KEY_BYTES]; /* all 0: empty */
	sr_nli_answer answer;
} place;

struct nli_memory {
	pthread_mutex_t lock;
	place places[PLACES];
};

nli_memory *nli_memory_new(void)
{
	nli_memory *m = calloc(1, sizeof *m);
	if (m && pthread_mutex_init(&m->lock, NULL) != 0) {
		free(m);
		return NULL;
	}
	return m;
}

void nli_memory_free(nli_memory *m)
{
	if (!m)
		return;
	pthread_mutex_destroy(&m->lock);
	free(m);
}

/* The digest of both texts, whichever way round they come. False: memory is out, the pair is not remembered. */
static bool key_of(const sr_nli_pair *p, char key[KEY_BYTES])
{
	bool in_order = sr_str_cmp(p->a, p->b) <= 0;
	sr_str first = in_order ? p->a : p->b, second = in_order ? p->b : p->a;
	char digest[SR_SHA256_HEX + 1];
	sr_buf both;
	sr_buf_init(&both, 0);
	sr_buf_printf(&both, "%zu ", first.len);
	sr_buf_add(&both, first);
	sr_buf_add(&both, second);
	bool whole = !both.failed;
	if (whole)
		sr_sha256_hex(sr_buf_str(&both), digest);
	sr_buf_deinit(&both);
	if (whole)
		memcpy(key, digest, KEY_BYTES);
	return whole;
}

static place *place_of(nli_memory *m, const char key[KEY_BYTES])
{
	return &m->places[sr_str_hash(sr_str_make(key, KEY_BYTES)) % PLACES];
}

void nli_memory_recall(nli_memory *m, const sr_nli_pair *pairs, size_t count, sr_nli_answer *answers, size_t *unknown, size_t *unknown_count)
{
	*unknown_count = 0;
	pthread_mutex_lock(&m->lock);
	for (size_t i = 0; i < count; i++) {
		char key[KEY_BYTES];
		const place *p = key_of(&pairs[i], key) ? place_of(m, key) : NULL;
		if (p && memcmp(p->key, key, KEY_BYTES) == 0)
			answers[i] = p->answer;
		else
			unknown[(*unknown_count)++] = i;
	}
	pthread_mutex_unlock(&m->lock);
}

void nli_memory_keep(nli_memory *m, const sr_nli_pair *pairs, const sr_nli_answer *answers, const size_t *which, size_t count)
{
	pthread_mutex_lock(&m->lock);
	for (size_t i = 0; i < count; i++) {
		char key[KEY_BYTES];
		if (!key_of(&pairs[which[i]], key))
			continue;
		place *p = place_of(m, key);
		memcpy(p->key, key, KEY_BYTES);
		p->answer = answers[which[i]];
	}
	pthread_mutex_unlock(&m->lock);
}
