/* What the program sends to a terminal: colours where they are wanted, and no line wider than it is. */
#include "harness.h"

#include "sitrep/base/unicode.h"

#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a command over one page on a terminal of that width with one variable set; what the terminal got goes to out. */
static int command_on_terminal(const char *option, unsigned short width, const char *name, const char *value, sr_buf *out)
{
	char program[4096], block[4096];
	int terminal, status = 0;
	ssize_t n;
	const struct winsize size = { .ws_row = 24, .ws_col = width };
	sr_buf_init(out, 0);
	snprintf(program, sizeof program, "%s/sitrep", SITREP_BUILD_DIR);
	fflush(NULL);
	pid_t pid = forkpty(&terminal, NULL, NULL, &size);
	if (pid == 0) {
		unsetenv("NO_COLOR");
		setenv("TERM", "xterm", 1);
		setenv(name, value, 1);
		execl(program, program, "brief", test_path("examples/08-velmira-herald-evacuation.txt"), option, (char *)NULL);
		_exit(127);
	}
	while ((n = read(terminal, block, sizeof block)) > 0)
		sr_buf_add(out, sr_str_make(block, (size_t)n));
	close(terminal);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int on_terminal(unsigned short width, const char *name, const char *value, sr_buf *out) { return command_on_terminal(NULL, width, name, value, out); }

TEST(cli_colours)
{
	static const struct {
		const char *label, *name, *value;
		bool colours;
	} cases[] = {
		{ "a terminal", "LANG", "C", true },
		{ "not wanted", "NO_COLOR", "1", false },
		{ "not unwanted", "NO_COLOR", "", true },
		{ "a dumb terminal", "TERM", "dumb", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_buf out;
		test_case(cases[i].label);
		CHECK_INT(on_terminal(80, cases[i].name, cases[i].value, &out), 0);
		CHECK(sr_str_find(sr_buf_str(&out), SR_STR("Toll Rises to 12"), 0) != SIZE_MAX);
		CHECK_INT(sr_str_find(sr_buf_str(&out), SR_STR("\x1b["), 0) != SIZE_MAX, cases[i].colours);
		sr_buf_deinit(&out);
	}
}

/* No line is wider than the terminal, but for an address, which goes whole, to be followed. */
static void check_widths(const sr_buf *out, unsigned width)
{
	sr_str rest = sr_buf_str(out), line;
	while (sr_str_next_line(&rest, &line)) {
		line = sr_str_trim(line);
		if (sr_str_width(line) > width && sr_str_find(line, SR_STR("http"), 0) == SIZE_MAX)
			test_fail(__FILE__, __LINE__, "%zu columns: %.*s", sr_str_width(line), SR_FMT(line));
	}
}

TEST(cli_narrow_terminal)
{
	static const unsigned short widths[] = { 24, 40, 80 };
	for (size_t i = 0; i < 2 * sizeof widths / sizeof *widths; i++) {
		char label[16];
		sr_buf out;
		const char *option = i % 2 ? "--list" : NULL;
		snprintf(label, sizeof label, "%u%s", widths[i / 2], option ? " list" : "");
		test_case(label);
		CHECK_INT(command_on_terminal(option, widths[i / 2], "NO_COLOR", "1", &out), 0);
		check_widths(&out, widths[i / 2]);
		/* a word is whole on its line */
		CHECK(sr_str_find(sr_buf_str(&out), SR_STR("Thousands"), 0) != SIZE_MAX);
		sr_buf_deinit(&out);
	}
}
