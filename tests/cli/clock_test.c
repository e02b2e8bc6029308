/* A page that prints no year: a dossier of it holds at whatever time it is verified, also where the clock stood between its dates. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const page = "Quay fire: live updates\n\nUpdated November 28, 7:10 P.M.\n\n"
                                "November 28, 7:10 p.m.\n\nThe fire on the quay of Oss is out, the brigade said. Nobody was hurt, said the chief, Ada Brunt.\n\n"
                                "November 12, 9:15 a.m.\n\nThe fire on the quay of Oss has reached the second shed, the brigade said. Two boats burned.\n\n"
                                "November 3, 6:40 a.m.\n\nA fire broke out on the quay of Oss, the brigade said. It began in a shed.\n";

TEST(cli_verify_at_another_time)
{
	static const char *const clocks[] = { "2026-12-20", "2026-11-15T12:00:00Z", "2027-03-01" };
	char path[] = "/tmp/sitrep-clock-XXXXXX";
	int fd = mkstemp(path);
	FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
	REQUIRE(f && fputs(page, f) >= 0 && fclose(f) == 0);
	for (size_t made = 0; made < 2; made++)
		for (size_t proved = 0; proved < sizeof clocks / sizeof *clocks; proved++) {
			char label[64];
			sr_buf dossier, verdict, err;
			snprintf(label, sizeof label, "%s, %s", clocks[made], clocks[proved]);
			test_case(label);
			const char *const brief[] = { "sitrep", "--now", clocks[made], "brief", path, "--format", "json", NULL };
			const char *const verify[] = { "sitrep", "--now", clocks[proved], "verify", "-", NULL };
			CHECK_INT(test_spawn(brief, (sr_str){ 0 }, &dossier, &err), 0);
			sr_buf_deinit(&err);
			if (test_spawn(verify, sr_buf_str(&dossier), &verdict, &err) != 0)
				test_fail(__FILE__, __LINE__, "%.*s", SR_FMT(sr_buf_str(&verdict)));
			sr_buf_deinit(&err);
			sr_buf_deinit(&verdict);
			sr_buf_deinit(&dossier);
		}
	unlink(path);
}
