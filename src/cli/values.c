/* Values of options: words of a list, numbers, and the lists that several commands share. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cli_choose(const cli_context *ctx, const char *option, const char *given, const char *const *words, size_t count)
{
	char list[256] = "";
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(given, words[i]) == 0)
			return (int)i;
	const char *near = cli_nearest(given, words, count);
	for (size_t i = 0; i < count && n < sizeof list; i++)
		n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", words[i]);
	if (near)
		cli_usage(ctx, "unknown --%s %s; did you mean %s?", option, given, near);
	else
		cli_usage(ctx, "unknown --%s %s: %s %s", option, given, count > 1 ? "one of" : "only", list);
	return -1;
}

bool cli_number(const cli_context *ctx, const char *option, const char *given, size_t most, size_t *out)
{
	if (!given)
		return true;
	bool digits = *given && strspn(given, "0123456789") == strlen(given); /* strtoul takes signs and blanks */
	*out = digits ? strtoul(given, NULL, 10) : 0;
	if (*out && *out <= most)
		return true;
	if (most >= UINT32_MAX)
		cli_usage(ctx, "--%s %s is not a number from 1", option, given);
	else
		cli_usage(ctx, "--%s %s is not a number from 1 to %zu", option, given, most);
	return false;
}

bool cli_page_format(const cli_context *ctx, const char *given, bool atom, sr_format *out)
{
	const char *names[SR_FORMAT_COUNT];
	for (int i = 0; i < SR_FORMAT_COUNT; i++)
		names[i] = sr_format_name((sr_format)i);
	*out = isatty(STDOUT_FILENO) ? SR_FORMAT_TERM : SR_FORMAT_MD;
	if (!given)
		return true;
	int chosen = cli_choose(ctx, "format", given, names, atom ? SR_FORMAT_COUNT : SR_FORMAT_ATOM);
	if (chosen >= 0)
		*out = (sr_format)chosen;
	return chosen >= 0;
}

bool cli_list_format(const cli_context *ctx, const char *given, bool *json)
{
	static const char *const names[] = { "text", "json" };
	int chosen = given ? cli_choose(ctx, "format", given, names, 2) : 0;
	*json = chosen == 1;
	return chosen >= 0;
}

bool cli_type(const cli_context *ctx, const char *given, sr_input_type *out)
{
	const char *names[SR_INPUT_TYPE_COUNT];
	for (int i = 0; i < SR_INPUT_TYPE_COUNT; i++)
		names[i] = sr_input_type_name((sr_input_type)i);
	int chosen = given ? cli_choose(ctx, "type", given, names, SR_INPUT_TYPE_COUNT) : SR_INPUT_AUTO;
	if (chosen >= 0)
		*out = (sr_input_type)chosen;
	return chosen >= 0;
}
