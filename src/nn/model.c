/* The model file: a header of 64 bytes, a table of sections, and the sections, each aligned to 64 bytes.
 *
 *   header   "SITREPNN", u32 version, u32 sections, u64 bytes of the file, u64 checksum of all after the header
 *   section  char name[48] (NUL-padded), u64 offset, u64 bytes
 *
 * Numbers are little-endian, as on every processor this runs on. The checksum is four interleaved
 * multiply-and-xor sums over 64-bit words, made to run at the speed of memory; it guards against damage,
 * not against malice, so nothing that follows trusts a length or an index from the file. */
#include "sitrep/base/file.h"
#include "kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC "SITREPNN"
#define VERSION 2u /* 1: activations of 8 bits, weights of any size */
#define SECTIONS_MAX 4096u
#define ALIGN 64u

typedef struct header {
	char magic[8];
	uint32_t version, sections;
	uint64_t bytes, checksum;
	uint8_t reserved[32];
} header;

typedef struct section {
	char name[48];
	uint64_t offset, bytes;
} section;

struct sr_nn_model {
	sr_mapping mapping;
	bool mapped;
	sr_str bytes;
	const section *sections;
	uint32_t count;
	sr_nn_shape shape;
	char id[17];
};

static sr_status check_header(sr_nn_model *m, sr_error *err)
{
	header h;
	if (m->bytes.len < sizeof h || memcmp(m->bytes.ptr, MAGIC, 8) != 0)
		return sr_fail(err, SR_E_INVALID, "not a reading model");
	memcpy(&h, m->bytes.ptr, sizeof h);
	if (h.version != VERSION)
		return sr_fail(err, SR_E_INVALID, "a reading model of version %u; this program reads version %u", h.version, VERSION);
	if (h.bytes != m->bytes.len)
		return sr_fail(err, SR_E_CORRUPT, "the reading model is damaged: %zu bytes instead of %llu", m->bytes.len,
		               (unsigned long long)h.bytes);
	uint64_t sum = m->mapped ? sr_mapping_checksum(&m->mapping, sizeof h) : sr_checksum(sr_str_slice(m->bytes, sizeof h, m->bytes.len));
	if (sum != h.checksum)
		return sr_fail(err, SR_E_CORRUPT, "the reading model is damaged: its checksum does not fit");
	if (h.sections > SECTIONS_MAX || h.sections * sizeof(section) > m->bytes.len - sizeof h)
		return sr_fail(err, SR_E_CORRUPT, "the reading model is damaged: %u sections", h.sections);
	m->sections = (const section *)(m->bytes.ptr + sizeof h);
	m->count = h.sections;
	snprintf(m->id, sizeof m->id, "%016llx", (unsigned long long)h.checksum);
	for (uint32_t i = 0; i < m->count; i++) {
		const section *s = &m->sections[i];
		if (s->offset > m->bytes.len || s->bytes > m->bytes.len - s->offset || s->offset % ALIGN ||
		    !memchr(s->name, 0, sizeof s->name))
			return sr_fail(err, SR_E_CORRUPT, "the reading model is damaged: section %u", i);
	}
	return SR_OK;
}

/* A number of the configuration, or 0 if it is not within [low, high]. */
static uint32_t dimension(const sr_nn_model *m, const char *key, int64_t low, int64_t high)
{
	int64_t v = sr_nn_model_config(m, key, -1);
	return v < low || v > high ? 0 : (uint32_t)v;
}

static sr_status check_shape(sr_nn_model *m, sr_error *err)
{
	sr_nn_shape *s = &m->shape;
	s->width = dimension(m, "width", 32, SR_NN_IN_MAX);
	s->heads = dimension(m, "heads", 1, 64);
	s->layers = dimension(m, "layers", 1, 64);
	s->inner = dimension(m, "inner", 32, SR_NN_IN_MAX);
	s->vocabulary = dimension(m, "vocabulary", 1, 1 << 20);
	s->positions = dimension(m, "positions", SR_NN_SEGMENT_MAX, 4096);
	s->features = dimension(m, "features", 1, 4096);
	s->names = dimension(m, "names", 1, 4096);
	if (!s->width || !s->heads || !s->layers || !s->inner || !s->vocabulary || !s->positions || !s->features || !s->names ||
	    s->width % SR_NN_PANEL || s->inner % SR_NN_PANEL || s->width % s->heads || s->width / s->heads % SR_NN_PANEL ||
	    s->width / s->heads > SR_NN_DEPTH_MAX)
		return sr_fail(err, SR_E_CORRUPT, "the reading model's shape makes no sense");
	return SR_OK;
}

bool sr_nn_model_encoder(const sr_nn_model *m, const char *prefix, sr_nn_shape *out)
{
	static const struct {
		const char *key;
		int64_t low, high;
	} own[] = { { "layers", 1, 64 }, { "inner", 32, SR_NN_IN_MAX }, { "features", 1, 4096 }, { "names", 1, 4096 } };
	uint32_t *to[] = { &out->layers, &out->inner, &out->features, &out->names };
	*out = m->shape;
	for (size_t i = 0; *prefix && i < sizeof own / sizeof *own; i++) {
		char key[48];
		snprintf(key, sizeof key, "%s%s", prefix, own[i].key);
		*to[i] = dimension(m, key, own[i].low, own[i].high);
		if (!*to[i])
			return false;
	}
	return out->inner % SR_NN_PANEL == 0;
}

static sr_status read_model(sr_str bytes, const sr_mapping *mapping, sr_nn_model **out, sr_error *err)
{
	sr_nn_model *m = calloc(1, sizeof *m);
	*out = NULL;
	if (!m)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	m->bytes = bytes;
	m->mapped = mapping != NULL;
	if (mapping)
		m->mapping = *mapping;
	sr_status status = (uintptr_t)bytes.ptr % ALIGN ? sr_fail(err, SR_E_USAGE, "the model's bytes are not aligned") : check_header(m, err);
	if (status == SR_OK)
		status = check_shape(m, err);
	if (status != SR_OK) {
		free(m);
		return status;
	}
	*out = m;
	return SR_OK;
}

sr_status sr_nn_model_read(sr_str bytes, sr_nn_model **out, sr_error *err) { return read_model(bytes, NULL, out, err); }

sr_status sr_nn_model_open(const char *path, sr_nn_model **out, sr_error *err)
{
	sr_mapping mapping = { 0 };
	*out = NULL;
	sr_status status = sr_mapping_open(&mapping, path, err);
	if (status == SR_OK && (status = read_model(mapping.data, &mapping, out, err)) != SR_OK)
		sr_mapping_close(&mapping);
	if (status != SR_OK)
		sr_error_prefix(err, "%s", path);
	return status;
}

void sr_nn_model_free(sr_nn_model *m)
{
	if (!m)
		return;
	if (m->mapped)
		sr_mapping_close(&m->mapping);
	free(m);
}

sr_nn_shape sr_nn_model_shape(const sr_nn_model *m) { return m->shape; }

const char *sr_nn_model_id(const sr_nn_model *m) { return m->id; }

sr_str sr_nn_model_section(const sr_nn_model *m, const char *name)
{
	for (uint32_t i = 0; i < m->count; i++)
		if (strcmp(m->sections[i].name, name) == 0)
			return sr_str_make(m->bytes.ptr + m->sections[i].offset, (size_t)m->sections[i].bytes);
	return (sr_str){ 0 };
}

const void *sr_nn_model_numbers(const sr_nn_model *m, const char *name, size_t count)
{
	sr_str s = sr_nn_model_section(m, name);
	return s.len && s.len / 4 == count && s.len % 4 == 0 ? s.ptr : NULL;
}

bool sr_nn_model_linear(const sr_nn_model *m, const char *name, uint32_t in, uint32_t used, sr_nn_linear *out)
{
	char part[64];
	uint32_t padded = (used + 31) / 32 * 32;
	if (!used || used > 1u << 20 || in % SR_NN_GROUP || in > SR_NN_IN_MAX)
		return false;
	*out = (sr_nn_linear){ .in = in, .out = padded, .used = used };
	snprintf(part, sizeof part, "%s.w", name);
	sr_str w = sr_nn_model_section(m, part);
	if (w.len != (size_t)in * padded)
		return false;
	out->w = (const int8_t *)w.ptr;
	snprintf(part, sizeof part, "%s.s", name);
	out->scale = sr_nn_model_numbers(m, part, padded);
	snprintf(part, sizeof part, "%s.b", name);
	out->bias = sr_nn_model_numbers(m, part, padded);
	snprintf(part, sizeof part, "%s.z", name);
	out->shift = sr_nn_model_numbers(m, part, padded);
	return out->scale && out->bias && out->shift;
}

int64_t sr_nn_model_config(const sr_nn_model *m, const char *key, int64_t otherwise)
{
	sr_str rest = sr_nn_model_section(m, "config"), line, k = sr_str_c(key);
	while (sr_str_next_line(&rest, &line)) {
		if (line.len <= k.len + 1 || line.len > k.len + 12 || !sr_str_starts(line, k) || line.ptr[k.len] != ' ')
			continue;
		int64_t v = 0;
		for (size_t i = k.len + 1; i < line.len; i++) {
			if (line.ptr[i] < '0' || line.ptr[i] > '9')
				return otherwise;
			v = v * 10 + (line.ptr[i] - '0');
		}
		return v;
	}
	return otherwise;
}
