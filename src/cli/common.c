#include "cli.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static bool in_progress; /* a progress line stands on the terminal */

static void clear_progress(void)
{
	if (in_progress)
		fputs("\r\x1b[K", stderr);
	in_progress = false;
}

void cli_say(const char *format, ...)
{
	char line[2 * SR_ERROR_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	sr_str text = sr_str_c(line);
	clear_progress();
	fputs("sitrep: ", stderr);
	for (size_t at = 0, next = 0; at < text.len; at = next) { /* a name may hold what hides or reorders text */
		uint32_t cp = sr_utf8_next(text, &next);
		if (cp == 0xFFFD)
			fputs("\xEF\xBF\xBD", stderr);
		else if (sr_cp_is_printable(cp))
			fwrite(text.ptr + at, 1, next - at, stderr);
		else
			fputc(' ', stderr);
	}
	fputc('\n', stderr);
}

int cli_usage(const cli_context *ctx, const char *format, ...)
{
	char line[SR_ERROR_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	cli_say("%s", line);
	if (ctx && ctx->command)
		cli_say("try: sitrep %s --help", ctx->command->name);
	else
		cli_say("try: sitrep --help");
	return EXIT_USAGE;
}

int cli_write(sr_str s)
{
	clear_progress();
	if (s.len && fwrite(s.ptr, 1, s.len, stdout) != s.len) {
		cli_say("cannot write to standard output");
		return EXIT_BROKEN;
	}
	if (fflush(stdout) != 0) {
		cli_say("cannot write to standard output");
		return EXIT_BROKEN;
	}
	return EXIT_DONE;
}

void cli_put_line(sr_buf *out, sr_str s)
{
	for (size_t i = 0; i < s.len;) {
		size_t at = i;
		uint32_t cp = sr_utf8_next(s, &i);
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || !sr_cp_is_printable(cp))
			sr_buf_add_char(out, ' ');
		else
			sr_buf_add(out, sr_str_slice(s, at, i));
	}
}

int cli_flush(sr_buf *out)
{
	int code = EXIT_BROKEN;
	if (sr_buf_status(out) == SR_OK)
		code = cli_write(sr_buf_str(out));
	else
		cli_say("out of memory");
	sr_buf_deinit(out);
	return code;
}

unsigned cli_terminal_width(void)
{
	struct winsize size;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

#define HANGING 4u /* blanks more than a line begins with, before what goes on of it */
#define NARROWEST (4 * HANGING)

/* A line in as many as it needs, parted at blanks. */
static void fold_line(sr_buf *out, sr_str line, size_t width)
{
	size_t indent = 0, at = 0, column;
	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	column = indent;
	sr_buf_add(out, sr_str_slice(line, 0, indent));
	for (at = indent; at < line.len;) {
		size_t blanks = at, end;
		while (blanks < line.len && line.ptr[blanks] == ' ')
			blanks++;
		end = sr_str_find_char(line, ' ', blanks);
		end = end == SIZE_MAX ? line.len : end;
		size_t word = sr_str_width(sr_str_slice(line, blanks, end));
		if (at > indent && column + (blanks - at) + word > width) {
			sr_buf_printf(out, "\n%*s", (int)(indent + HANGING), "");
			column = indent + HANGING;
		} else {
			sr_buf_add(out, sr_str_slice(line, at, blanks));
			column += blanks - at;
		}
		sr_buf_add(out, sr_str_slice(line, blanks, end));
		column += word;
		at = end;
	}
	sr_buf_add_char(out, '\n');
}

int cli_flush_list(sr_buf *out)
{
	size_t width = cli_terminal_width();
	sr_buf folded;
	sr_str rest = sr_buf_str(out), line;
	if (width < NARROWEST || sr_buf_status(out) != SR_OK)
		return cli_flush(out);
	sr_buf_init(&folded, 0);
	while (sr_str_next_line(&rest, &line))
		fold_line(&folded, line, width);
	sr_buf_deinit(out);
	return cli_flush(&folded);
}

/* A progress line, on a terminal, once a second has passed. */
static void progress(void *ctx, const char *what, size_t done, size_t total)
{
	static time_t started, last;
	(void)ctx;
	time_t now = time(NULL);
	if (!started)
		started = last = now;
	if (now - started < 1 || (now == last && done < total))
		return;
	last = now;
	struct winsize size = { 0 };
	char line[128];
	int n = snprintf(line, sizeof line, "%s %zu/%zu", what, done, total);
	/* what is wider than the terminal would leave a line behind at every call */
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && n >= size.ws_col)
		line[size.ws_col - 1] = 0;
	fprintf(stderr, "\r%s\x1b[K", line);
	in_progress = true;
	if (done >= total)
		clear_progress();
}

bool cli_obeys(int descriptor)
{
	const char *term = getenv("TERM");
	return isatty(descriptor) && !(term && strcmp(term, "dumb") == 0);
}

void (*cli_progress(const cli_context *ctx))(void *, const char *, size_t, size_t)
{
	return !ctx->quiet && cli_obeys(STDERR_FILENO) ? progress : NULL;
}

void cli_say_unread(const sr_failure *f)
{
	sr_str name = sr_str_eq(f->path, SR_STR("-")) ? SR_STR("standard input") : f->path.len ? f->path : SR_STR("\"\"");
	cli_say("%.*s: %.*s", SR_FMT(name), SR_FMT(f->reason));
}

int cli_report(const sr_run *run, size_t from)
{
	for (size_t i = from; i < run->failure_count; i++)
		cli_say_unread(&run->failures[i]);
	return run->failure_count ? EXIT_UNREAD : EXIT_DONE;
}

void cli_report_notes(const cli_context *ctx, const sr_run *run)
{
	if (ctx->quiet)
		return;
	for (size_t i = 0; i < run->doc_count; i++)
		for (size_t k = 0; k < run->docs[i]->note_count; k++)
			cli_say("%.*s: %.*s", SR_FMT(run->docs[i]->path), SR_FMT(run->docs[i]->notes[k]));
}

int cli_open(const cli_context *ctx, int count, char **sources, const char *type, sr_engine **engine, sr_run **run)
{
	sr_error err = { 0 };
	sr_input_type input_type = SR_INPUT_AUTO;
	*engine = NULL;
	*run = NULL;
	if (count == 0)
		return cli_usage(ctx, "no SOURCE given (a file, a folder, or - for standard input)");
	if (!cli_type(ctx, type, &input_type))
		return EXIT_USAGE;
	sr_engine_options options = { .jobs = ctx->jobs, .now = ctx->now, .dossiers = ctx->dossiers, .progress = cli_progress(ctx) };
	sr_status status = sr_engine_new(&options, engine, &err);
	if (status == SR_OK)
		status = sr_run_new(*engine, run, &err);
	if (status == SR_OK)
		status = sr_run_load(*run, (const char *const *)sources, (size_t)count, input_type, &err);
	if (status != SR_OK) {
		cli_say("%s", err.message);
		cli_close(*engine, *run);
		return EXIT_BROKEN;
	}
	int code = cli_report(*run, 0);
	return code;
}

int cli_open_for_lines(const cli_context *ctx, int argc, char **argv, sr_engine **engine, sr_run **run)
{
	static const char *const formats[] = { "json" };
	const char *type = NULL, *format = formats[0];
	const cli_option options[] = { { "type", 't', NULL, &type }, { "format", 'f', NULL, &format } };
	int n = cli_parse(ctx, options, 2, argc, argv);
	*run = NULL;
	if (n < 0 || cli_choose(ctx, "format", format, formats, 1) < 0)
		return EXIT_USAGE;
	int code = cli_open(ctx, n, argv, type, engine, run);
	if (*run)
		cli_report_notes(ctx, *run);
	return code;
}

void cli_close(sr_engine *engine, sr_run *run)
{
	sr_run_free(run);
	sr_engine_free(engine);
}
