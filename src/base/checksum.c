#include "sitrep/base/file.h"

#include <string.h>

uint64_t sr_checksum(sr_str data)
{
	const char *p = data.ptr;
	size_t n = data.len;
	const uint64_t prime = 0x9E3779B97F4A7C15u;
	uint64_t lane[4] = { 1, 2, 3, 4 }, total = n;
	size_t i = 0;
	for (; i + 32 <= n; i += 32) {
		uint64_t word[4];
		memcpy(word, p + i, 32);
		for (int k = 0; k < 4; k++) {
			lane[k] = (lane[k] ^ word[k]) * prime;
			lane[k] ^= lane[k] >> 29;
		}
	}
	for (; i < n; i++)
		total = (total ^ (unsigned char)p[i]) * prime;
	for (int k = 0; k < 4; k++)
		total = (total ^ lane[k] ^ (lane[k] >> 32)) * prime;
	return total;
}
