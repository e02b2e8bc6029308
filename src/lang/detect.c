#include "sitrep/lang.h"

#include <libstemmer.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *cld2_detect(const char *text, int length, int *reliable);

/* Longer samples do not change the answer, and shorter ones are guesses. */
#define SAMPLE_MAX 16384
#define SAMPLE_MIN 40

sr_str sr_lang_detect(sr_str text)
{
	int reliable = 0;
	if (text.len < SAMPLE_MIN)
		return (sr_str){ 0 };
	size_t n = text.len < SAMPLE_MAX ? text.len : SAMPLE_MAX;
	while (n < text.len && ((unsigned char)text.ptr[n] & 0xC0) == 0x80)
		n--;
	sr_str code = sr_str_c(cld2_detect(text.ptr, (int)n, &reliable));
	if (!reliable || sr_str_eq(code, SR_STR("un")))
		return (sr_str){ 0 };
	return code;
}

struct sr_stemmer {
	struct sb_stemmer *snowball;
};

sr_stemmer *sr_stemmer_new(void)
{
	sr_stemmer *stemmer = calloc(1, sizeof *stemmer);
	if (stemmer && !(stemmer->snowball = sb_stemmer_new("english", NULL))) {
		free(stemmer);
		return NULL;
	}
	return stemmer;
}

void sr_stemmer_free(sr_stemmer *stemmer)
{
	if (!stemmer)
		return;
	sb_stemmer_delete(stemmer->snowball);
	free(stemmer);
}

sr_str sr_stemmer_stem(sr_stemmer *stemmer, sr_str word)
{
	if (word.len == 0 || word.len > 64)
		return word;
	const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.ptr, (int)word.len);
	if (!stem)
		return word;
	return sr_str_make((const char *)stem, (size_t)sb_stemmer_length(stemmer->snowball));
}
