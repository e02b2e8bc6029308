#include "pack.h"

#include "sitrep/base/file.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#define LEVEL 3
#define RAW_HEAD 9u        /* tag and checksum */
#define WORTH_PACKING 128u /* fewer bytes do not shrink by more than the frame costs */

struct sr_packer {
	ZSTD_CCtx *c;
	ZSTD_DCtx *d;
};

void sr_packer_library(sr_buf *out) { sr_buf_printf(out, "zstd %s", ZSTD_versionString()); }

sr_packer *sr_packer_new(void)
{
	sr_packer *p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->c = ZSTD_createCCtx();
	p->d = ZSTD_createDCtx();
	if (!p->c || !p->d) {
		sr_packer_free(p);
		return NULL;
	}
	ZSTD_CCtx_setParameter(p->c, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(p->c, ZSTD_c_checksumFlag, 1);
	return p;
}

void sr_packer_free(sr_packer *p)
{
	if (!p)
		return;
	ZSTD_freeCCtx(p->c);
	ZSTD_freeDCtx(p->d);
	free(p);
}

sr_status sr_pack_raw(sr_str bytes, sr_buf *out, sr_error *err)
{
	uint64_t sum = sr_checksum(bytes);
	sr_buf_clear(out);
	sr_buf_add_char(out, 'r');
	for (int i = 0; i < 8; i++)
		sr_buf_add_char(out, (char)(sum >> (8 * i) & 0xff));
	sr_buf_add(out, bytes);
	return out->failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

sr_status sr_pack(sr_packer *p, sr_str bytes, sr_buf *out, sr_error *err)
{
	if (bytes.len < WORTH_PACKING)
		return sr_pack_raw(bytes, out, err);
	size_t room = ZSTD_compressBound(bytes.len);
	char *frame = malloc(room);
	if (!frame)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	size_t n = ZSTD_compress2(p->c, frame, room, bytes.ptr, bytes.len);
	sr_status status;
	if (ZSTD_isError(n)) {
		status = sr_fail(err, SR_E_NOMEM, "cannot pack: %s", ZSTD_getErrorName(n));
	} else if (n + 1 >= bytes.len + RAW_HEAD) {
		status = sr_pack_raw(bytes, out, err);
	} else {
		sr_buf_clear(out);
		sr_buf_add_char(out, 'z');
		sr_buf_add(out, sr_str_make(frame, n));
		status = out->failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
	}
	free(frame);
	return status;
}

sr_status sr_unpacked_size(sr_str packed, size_t ceiling, size_t *size, sr_error *err)
{
	unsigned long long n = ZSTD_CONTENTSIZE_ERROR;
	if (packed.len >= RAW_HEAD && packed.ptr[0] == 'r')
		n = packed.len - RAW_HEAD;
	else if (packed.len > 1 && packed.ptr[0] == 'z')
		n = ZSTD_getFrameContentSize(packed.ptr + 1, packed.len - 1);
	if (n == ZSTD_CONTENTSIZE_ERROR || n == ZSTD_CONTENTSIZE_UNKNOWN)
		return sr_fail(err, SR_E_CORRUPT, "a packed blob is damaged");
	if (n > ceiling)
		return sr_fail(err, SR_E_LIMIT, "a packed blob holds more than %zu MB", ceiling >> 20);
	*size = (size_t)n;
	return SR_OK;
}

/* Fills exactly size bytes at out. */
static sr_status unpack_into(sr_packer *p, sr_str packed, char *out, size_t size, sr_error *err)
{
	if (packed.ptr[0] == 'r') {
		sr_str bytes = sr_str_make(packed.ptr + RAW_HEAD, size);
		uint64_t sum = 0;
		for (int i = 0; i < 8; i++)
			sum |= (uint64_t)(unsigned char)packed.ptr[1 + i] << (8 * i);
		if (sum != sr_checksum(bytes))
			return sr_fail(err, SR_E_CORRUPT, "a blob does not agree with its checksum");
		if (size)
			memcpy(out, bytes.ptr, size);
		return SR_OK;
	}
	size_t n = ZSTD_decompressDCtx(p->d, out, size, packed.ptr + 1, packed.len - 1);
	if (ZSTD_isError(n) && ZSTD_getErrorCode(n) == ZSTD_error_memory_allocation)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return n == size ? SR_OK : sr_fail(err, SR_E_CORRUPT, "a packed blob is damaged");
}

sr_status sr_unpack(sr_packer *p, sr_str packed, size_t ceiling, sr_arena *arena, sr_str *out, sr_error *err)
{
	size_t size = 0;
	SR_TRY(sr_unpacked_size(packed, ceiling, &size, err));
	char *to = sr_arena_alloc(arena, size + 1);
	if (!to)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*out = sr_str_make(to, size);
	return unpack_into(p, packed, to, size, err);
}

sr_status sr_unpack_buf(sr_packer *p, sr_str packed, size_t ceiling, sr_buf *out, sr_error *err)
{
	size_t size = 0;
	SR_TRY(sr_unpacked_size(packed, ceiling, &size, err));
	char *to = malloc(size + 1);
	if (!to)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = unpack_into(p, packed, to, size, err);
	if (status == SR_OK) {
		sr_buf_add(out, sr_str_make(to, size));
		status = sr_buf_status(out);
		if (status != SR_OK)
			status = sr_fail(err, status, "no room to unpack %zu bytes", size);
	}
	free(to);
	return status;
}
