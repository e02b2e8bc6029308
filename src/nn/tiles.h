/* A matrix product by tiles of TILE rows, included by a kernel file that has defined TILE (at most 12), TILE_OUTPUTS
 * and tile(): the rows that are left over get a tile of just their number, so no row is computed for nothing. */
#ifndef SITREP_NN_TILES_H
#define SITREP_NN_TILES_H

#define TILE_OF(n)                                                       \
	case n:                                                              \
		if (n < TILE)                                                    \
			tile(a, row_scale, n < TILE ? n : 1, l, j, out, stride);     \
		break

static void last_tile(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t j, float *out, size_t stride)
{
	switch (rows) {
		TILE_OF(1);
		TILE_OF(2);
		TILE_OF(3);
		TILE_OF(4);
		TILE_OF(5);
		TILE_OF(6);
		TILE_OF(7);
		TILE_OF(8);
		TILE_OF(9);
		TILE_OF(10);
		TILE_OF(11);
	default:
		break;
	}
}

/* The outputs after these are wanted next, by this map or the one beside it: each tile of rows fetches its share of their
 * weights into the second cache, where a model of a few layers does not fit. */
INLINE void fetch_ahead(const int8_t *next, size_t bytes, size_t tile_number, size_t tiles)
{
	size_t lines = bytes / 64, from = lines * tile_number / tiles, to = lines * (tile_number + 1) / tiles;
	for (size_t i = from; i < to; i++)
		__builtin_prefetch(next + 64 * i, 0, 2);
}

static void gemm(const uint8_t *a, const float *row_scale, size_t rows, const sr_nn_linear *l, size_t first, size_t count, float *out,
                 size_t stride)
{
	size_t panel = (size_t)TILE_OUTPUTS * l->in, tiles = rows / TILE;
	for (size_t j = first; j < first + count; j += TILE_OUTPUTS, out += TILE_OUTPUTS) {
		size_t r = 0, t = 0;
		for (; r + TILE <= rows; r += TILE, t++) {
			if (j + TILE_OUTPUTS < l->out)
				fetch_ahead(l->w + j * l->in + panel, panel, t, tiles);
			tile(a + r * l->in, row_scale + r, TILE, l, j, out + r * stride, stride);
		}
		last_tile(a + r * l->in, row_scale + r, rows - r, l, j, out + r * stride, stride);
	}
}

#endif
