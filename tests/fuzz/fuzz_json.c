#include "sitrep/base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sr_json *json;
	if (sr_json_parse(sr_str_make((const char *)data, size), &json, NULL) == SR_OK)
		sr_json_free(json);
	return 0;
}
