#include "sitrep/format/warc.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_warc *warc = sr_warc_new(sr_str_make((const char *)data, size));
	sr_warc_record record;
	size_t sum = 0, records = 0;
	while (warc && sr_warc_next(warc, &record, NULL) == SR_OK) {
		for (size_t i = 0; i < record.body.len; i += 97)
			sum += (unsigned char)record.body.ptr[i];
		for (size_t i = 0; i < record.url.len; i++)
			sum += (unsigned char)record.url.ptr[i];
		/* each record takes at least its first word */
		if (++records > size + 1 && !(data[0] == 0x1F))
			abort();
	}
	sr_warc_free(warc);
	return sum == SIZE_MAX;
}
