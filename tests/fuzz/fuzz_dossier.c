/* Reading a dossier back, then verifying and pruning it against one fixed original, which gives
 * hostile spans and texts a document to be wrong about. */
#include "sitrep/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static sr_block block = { .span = { 0, 78 } };
	const sr_document original = { .path = SR_STR("a"), .sha256 = SR_STR("ab"), .published = sr_time_date(2026, 3, 14), .blocks = &block, .block_count = 1,
		                           .text = SR_STR("\"Then the lights went out,\" said Edda Corlin on Friday, \"and nobody came\" at 9 p.m.") };
	const sr_document *originals[] = { &original };
	sr_arena *arena = sr_arena_new((size_t)256 << 20);
	sr_dossier dossier;
	sr_verdict verdict;
	if (arena && sr_dossier_read(sr_str_make((const char *)data, size), arena, &dossier, NULL) == SR_OK &&
	    sr_verify(&dossier, originals, 1, 1, arena, &verdict, NULL) == SR_OK)
		(void)sr_verify_prune(&dossier, &verdict);
	sr_arena_free(arena);
	return 0;
}
