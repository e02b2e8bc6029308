/* Where a sentence surely ends: a full stop, question or exclamation mark, perhaps closed quotes or brackets, white space, then a capital.
 * The same rule cut the training text (train/data.py). */
#include "internal.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

static bool one_of(sr_str form, const char *set)
{
	sr_str rest = sr_str_c(set), item;
	while (sr_str_next_field(&rest, ' ', &item))
		if (sr_str_eq(form, item))
			return true;
	return false;
}

static bool closes(sr_str form) { return one_of(form, "\" ' ” ’ » ) ]"); }
static bool opens(sr_str form) { return one_of(form, "\" ' “ ‘ « ( ["); }

/* . ! ? or a run of ! and ? with perhaps a dot at its end */
static bool terminal(sr_str form)
{
	size_t i = 0;
	while (i < form.len && (form.ptr[i] == '!' || form.ptr[i] == '?'))
		i++;
	return form.len && (i == form.len || (i + 1 == form.len && form.ptr[i] == '.'));
}

static bool short_number(sr_str form)
{
	return (form.len == 1 || form.len == 2) && sr_is_digit((unsigned char)form.ptr[0]) && sr_is_digit((unsigned char)form.ptr[form.len - 1]);
}

bool tag_certain_break(sr_str text, const word *list, size_t n, size_t i)
{
	if (i + 1 >= n || list[i + 1].gap == GAP_NONE)
		return false;
	size_t j = i;
	while (j > 0 && i - j < 2 && list[j].gap == GAP_NONE && closes(sr_span_of(text, list[j].span)))
		j--;
	sr_str end = sr_span_of(text, list[j].span);
	if (!terminal(end))
		return false;
	if (sr_str_eq(end, SR_STR(".")) && j > 0) {
		sr_str before = sr_span_of(text, list[j - 1].span);
		/* a numbered list, or dots with spaces between */
		if (short_number(before) || (list[j].gap != GAP_NONE && j == i && sr_str_eq(before, SR_STR("."))))
			return false;
	}
	size_t k = i + 1, zero = 0;
	while (k + 1 < n && k - i < 3 && opens(sr_span_of(text, list[k].span)))
		k++;
	return sr_cp_is_uppercase(sr_utf8_next(sr_span_of(text, list[k].span), &zero));
}
