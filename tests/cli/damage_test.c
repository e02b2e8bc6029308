/* A model or a gazetteer that was damaged on its way is refused with a clear message, and nothing is printed. */
#include "harness.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES 2

static const char *const files[FILES] = { "reading.model", "gazetteer.bin" };

typedef enum damage { WHOLE, FLIPPED, CUT } damage;

/* The shared file in `folder`: as it is, with one bit of its middle flipped, or half of it. */
static bool lay(const char *folder, const char *name, damage how)
{
	char path[128], from[64];
	sr_error err;
	sr_mapping whole;
	sr_buf bytes;
	snprintf(from, sizeof from, "share/sitrep/%s", name);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (how == WHOLE)
		return symlink(test_path(from), path) == 0;
	if (sr_mapping_open(&whole, test_path(from), &err) != SR_OK)
		return false;
	sr_buf_init(&bytes, 0);
	sr_buf_add(&bytes, sr_str_slice(whole.data, 0, how == CUT ? whole.data.len / 2 : whole.data.len));
	if (how == FLIPPED && bytes.ptr)
		bytes.ptr[bytes.len / 2] ^= 1;
	bool ok = sr_file_write(path, sr_buf_str(&bytes), &err) == SR_OK;
	sr_buf_deinit(&bytes);
	sr_mapping_close(&whole);
	return ok;
}

static void check_refused(int damaged, damage how, const char *command, const char *source, int want)
{
	char folder[] = "/tmp/sitrep-test-XXXXXX", path[128];
	REQUIRE(mkdtemp(folder) != NULL);
	for (int i = 0; i < FILES; i++)
		CHECK(lay(folder, files[i], i == damaged ? how : WHOLE));
	const char *const argv[] = { "sitrep", command, source, NULL };
	sr_buf out, said;
	setenv("SITREP_SHARE", folder, 1);
	int status = test_spawn(argv, (sr_str){ 0 }, &out, &said);
	unsetenv("SITREP_SHARE");
	CHECK_INT(status, want);
	CHECK(source ? out.len == 0 : out.len > 0);
	if (sr_str_find(sr_buf_str(source ? &said : &out), SR_STR("is damaged"), 0) == SIZE_MAX)
		CHECK_STR(sr_buf_str(source ? &said : &out), SR_STR("… is damaged …"));
	snprintf(path, sizeof path, "%s/%s: ", folder, files[damaged]);
	CHECK(sr_str_find(sr_buf_str(source ? &said : &out), sr_str_c(path), 0) != SIZE_MAX);
	sr_buf_deinit(&out);
	sr_buf_deinit(&said);
	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	rmdir(folder);
}

TEST(damaged_share)
{
	static const struct {
		const char *label;
		damage how;
	} kinds[] = { { "a bit flipped", FLIPPED }, { "cut short", CUT } };
	for (int i = 0; i < FILES; i++)
		for (size_t k = 0; k < 2; k++) {
			char label[64];
			snprintf(label, sizeof label, "%s %s", files[i], kinds[k].label);
			test_case(label);
			check_refused(i, kinds[k].how, "brief", test_path("examples/01-velmira-herald-wire.txt"), 4);
			check_refused(i, kinds[k].how, "doctor", NULL, 1);
		}
}
