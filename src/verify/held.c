/* What held in an earlier round of one settling holds in the next: pruning leaves parts out and cuts lists of cites
 * short, but changes no words, no cite and no source. A part is known by where its words and cites stand. */
#include "internal.h"

#include <string.h>

static void add(sr_vkey *key, const void *at, size_t count)
{
	/* all kinds of part fit; what would not is never said to have held */
	if (key->used == SR_VKEY_FIELDS) {
		key->full = true;
		return;
	}
	key->fields[key->used].at = at;
	key->fields[key->used++].count = count;
}

static void add_str(sr_vkey *key, sr_str s) { add(key, s.ptr, s.len); }

static void start(sr_vkey *key, sr_part kind)
{
	memset(key, 0, sizeof *key); /* its gaps are compared too */
	key->kind = kind;
}

void sr_verify_key_of_line(sr_vkey *key, sr_part kind, sr_str text, sr_cites cites, sr_vmode mode, sr_time date, sr_time until)
{
	start(key, kind);
	add_str(key, text);
	add(key, cites.items, cites.count);
	add(key, NULL, (size_t)mode.quotation * 4 + (size_t)mode.attributed * 2 + (size_t)mode.several);
	key->dates[0] = date;
	key->dates[1] = until;
}

void sr_verify_key_of_point(sr_vkey *key, const sr_figure *figure, const sr_figure_point *point)
{
	start(key, SR_PART_POINT);
	add_str(key, point->text.len ? point->text : figure->measure);
	add_str(key, figure->unit);
	add_str(key, point->who);
	add(key, point->cites.items, point->cites.count);
	key->dates[0] = point->as_of;
	key->numbers[0] = point->low;
	key->numbers[1] = point->high;
}

void sr_verify_key_of_conflict(sr_vkey *key, const sr_conflict *x)
{
	start(key, SR_PART_QUESTION);
	add_str(key, x->question);
	add(key, x->positions, x->position_count);
	for (size_t i = 0; i < x->position_count; i++) {
		add_str(key, x->positions[i].statement);
		add(key, x->positions[i].held_by, x->positions[i].held_by_count);
		add(key, NULL, x->positions[i].origins);
	}
}

bool sr_verify_held(const sr_vcontext *ctx, const sr_vkey *key)
{
	return !key->full && sr_strmap_get(&ctx->held, sr_str_make((const char *)key, sizeof *key)) != NULL;
}

sr_status sr_verify_hold(sr_vcontext *ctx, const sr_vkey *key)
{
	if (!key->full && !sr_strmap_put(&ctx->held, sr_str_make((const char *)key, sizeof *key)))
		return SR_E_NOMEM;
	return ctx->status;
}
