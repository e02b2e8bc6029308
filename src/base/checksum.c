#include "sitrep/base/file.h"

#include <string.h>
#include <sys/mman.h>

#define STEP ((size_t)1 << 20)

static const uint64_t prime = 0x9E3779B97F4A7C15u;

typedef struct lanes {
	uint64_t lane[4];
} lanes;

static void add_words(lanes *s, const char *p, size_t n)
{
	for (size_t i = 0; i + 32 <= n; i += 32) {
		uint64_t word[4];
		memcpy(word, p + i, 32);
		for (int k = 0; k < 4; k++) {
			s->lane[k] = (s->lane[k] ^ word[k]) * prime;
			s->lane[k] ^= s->lane[k] >> 29;
		}
	}
}

static uint64_t finish(const lanes *s, sr_str data)
{
	uint64_t total = data.len;
	for (size_t i = data.len / 32 * 32; i < data.len; i++)
		total = (total ^ (unsigned char)data.ptr[i]) * prime;
	for (int k = 0; k < 4; k++)
		total = (total ^ s->lane[k] ^ (s->lane[k] >> 32)) * prime;
	return total;
}

uint64_t sr_checksum(sr_str data)
{
	lanes s = { { 1, 2, 3, 4 } };
	add_words(&s, data.ptr, data.len);
	return finish(&s, data);
}

uint64_t sr_mapping_checksum(const sr_mapping *mapping, size_t from)
{
	lanes s = { { 1, 2, 3, 4 } };
	sr_str data = sr_str_slice(mapping->data, from, mapping->data.len);
	size_t at = 0;
	while (at < data.len) {
		size_t n = data.len - at < STEP ? data.len - at : STEP;
		add_words(&s, data.ptr + at, n);
		at += n;
		/* what was read is in the page cache and comes back when it is needed */
		size_t done = (from + at) / STEP * STEP;
		if (done >= STEP) {
			union {
				const char *in;
				void *out;
			} page = { .in = mapping->data.ptr + done - STEP };
			madvise(page.out, STEP, MADV_DONTNEED);
		}
	}
	return finish(&s, data);
}
