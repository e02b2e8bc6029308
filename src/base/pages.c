#include "sitrep/base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

#define LARGE ((size_t)2 << 20)

static size_t rounded(size_t bytes) { return (bytes + LARGE - 1) / LARGE * LARGE; }

/* Maps one large page more than is needed and gives back what lies before and after the aligned part. */
void *sr_pages_new(size_t bytes)
{
	if (!bytes || bytes > SIZE_MAX - 2 * LARGE)
		return NULL;
	size_t size = rounded(bytes);
	char *all = mmap(NULL, size + LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (all == MAP_FAILED)
		return NULL;
	size_t before = (LARGE - (uintptr_t)all % LARGE) % LARGE;
	if (before)
		munmap(all, before);
	if (before < LARGE)
		munmap(all + before + size, LARGE - before);
	madvise(all + before, size, MADV_HUGEPAGE); /* where it fails, small pages do */
	return all + before;
}

void sr_pages_free(void *pages, size_t bytes)
{
	if (pages)
		munmap(pages, rounded(bytes));
}
