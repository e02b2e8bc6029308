#include "store/vfs.h"

#include "store/fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, FILES = 8 };

/* What a file held where it was written to since its last sync. */
typedef struct watched {
	char *path;
	sqlite3_int64 synced_size;
	unsigned char **before; /* a sector each; NULL: as it was */
	size_t sectors;
} watched;

typedef struct faulty_file {
	sqlite3_file base;
	watched *w;
	sqlite3_file *real; /* behind this record */
} faulty_file;

static struct {
	sqlite3_vfs vfs, *real;
	vfs_fault fault;
	long when, count;
	watched files[FILES];
	size_t file_count;
} v;

static bool due(void) { return v.when && v.count >= v.when; }
static sqlite3_file *real_of(sqlite3_file *f) { return ((faulty_file *)f)->real; }

static void forget_sectors(watched *w)
{
	for (size_t i = 0; i < w->sectors; i++)
		free(w->before[i]);
	free(w->before);
	w->before = NULL;
	w->sectors = 0;
}

/* Keeps what the sectors held, the first time that they are written to after a sync. */
static void remember(faulty_file *f, sqlite3_int64 from, sqlite3_int64 to)
{
	watched *w = f->w;
	size_t last = (size_t)((to + SECTOR - 1) / SECTOR);
	if (last > w->sectors) {
		w->before = realloc(w->before, last * sizeof *w->before);
		if (!w->before)
			abort();
		memset(w->before + w->sectors, 0, (last - w->sectors) * sizeof *w->before);
		w->sectors = last;
	}
	for (size_t i = (size_t)(from / SECTOR); i < last; i++) {
		if (w->before[i])
			continue;
		w->before[i] = calloc(1, SECTOR);
		if (!w->before[i])
			abort();
		f->real->pMethods->xRead(f->real, w->before[i], SECTOR, (sqlite3_int64)i * SECTOR);
	}
}

/* Counts one thing done to a file; an answer other than SQLITE_OK is the fault. */
static int count(faulty_file *f, const void *bytes, int n, sqlite3_int64 offset)
{
	v.count++;
	if (!due())
		return SQLITE_OK;
	switch (v.fault) {
	case VFS_KILL:
		if (bytes)
			f->real->pMethods->xWrite(f->real, bytes, n / 2, offset);
		raise(SIGKILL);
		return SQLITE_OK;
	case VFS_ONCE:
		return v.count == v.when ? SQLITE_IOERR : SQLITE_OK;
	case VFS_FULL:
		return bytes ? SQLITE_FULL : SQLITE_OK;
	case VFS_POWER:
		return SQLITE_IOERR;
	default:
		return SQLITE_OK;
	}
}

static int on_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset)
{
	faulty_file *f = (faulty_file *)file;
	int code = count(f, bytes, n, offset);
	if (code != SQLITE_OK)
		return code;
	if (f->w && v.fault == VFS_POWER)
		remember(f, offset, offset + n);
	return f->real->pMethods->xWrite(f->real, bytes, n, offset);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	faulty_file *f = (faulty_file *)file;
	sqlite3_int64 now = 0;
	int code = count(f, NULL, 0, 0);
	if (code != SQLITE_OK)
		return code;
	f->real->pMethods->xFileSize(f->real, &now);
	if (f->w && v.fault == VFS_POWER && size < now)
		remember(f, size, now);
	return f->real->pMethods->xTruncate(f->real, size);
}

static int on_sync(sqlite3_file *file, int flags)
{
	faulty_file *f = (faulty_file *)file;
	int code = count(f, NULL, 0, 0);
	if (code != SQLITE_OK)
		return code;
	if (f->w) {
		forget_sectors(f->w);
		f->real->pMethods->xFileSize(f->real, &f->w->synced_size);
	}
	/* the machine stays up, and what it holds outlives the process: waiting for the real disk would prove nothing */
	(void)flags;
	return SQLITE_OK;
}

static int on_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return v.fault == VFS_POWER && due() ? SQLITE_IOERR : real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int on_close(sqlite3_file *f) { return real_of(f)->pMethods->xClose(real_of(f)); }
static int on_size(sqlite3_file *f, sqlite3_int64 *size) { return real_of(f)->pMethods->xFileSize(real_of(f), size); }
static int on_lock(sqlite3_file *f, int how) { return real_of(f)->pMethods->xLock(real_of(f), how); }
static int on_unlock(sqlite3_file *f, int how) { return real_of(f)->pMethods->xUnlock(real_of(f), how); }
static int on_check(sqlite3_file *f, int *out) { return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out); }
static int on_control(sqlite3_file *f, int op, void *arg) { return real_of(f)->pMethods->xFileControl(real_of(f), op, arg); }
static int on_sector(sqlite3_file *f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
static int on_device(sqlite3_file *f) { return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)); }
static int on_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	if (v.fault == VFS_READ_ONLY)
		return SQLITE_READONLY_CANTINIT;
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
static int on_shm_lock(sqlite3_file *f, int at, int n, int flags) { return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags); }
static void on_shm_barrier(sqlite3_file *f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); }
static int on_shm_unmap(sqlite3_file *f, int drop) { return real_of(f)->pMethods->xShmUnmap(real_of(f), drop); }

static const sqlite3_io_methods methods = {
	2,        on_close,  on_read,    on_write,  on_truncate, on_sync,    on_size,     on_lock,       on_unlock,
	on_check, on_control, on_sector, on_device, on_shm_map,  on_shm_lock, on_shm_barrier, on_shm_unmap, NULL, NULL,
};

static watched *watch(const char *path)
{
	struct stat st;
	for (size_t i = 0; i < v.file_count; i++)
		if (strcmp(v.files[i].path, path) == 0)
			return &v.files[i];
	if (v.file_count == FILES)
		abort();
	watched *w = &v.files[v.file_count++];
	*w = (watched){ .path = strdup(path) };
	w->synced_size = stat(path, &st) == 0 ? (sqlite3_int64)st.st_size : 0;
	return w;
}

static int on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
	faulty_file *f = (faulty_file *)file;
	(void)vfs;
	*f = (faulty_file){ .real = (sqlite3_file *)(f + 1) };
	if (v.fault == VFS_READ_ONLY && (flags & (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)))
		return SQLITE_CANTOPEN;
	int code = v.real->xOpen(v.real, path, f->real, flags, out_flags);
	if (code != SQLITE_OK)
		return code;
	if (path && v.fault == VFS_POWER)
		f->w = watch(path);
	f->base.pMethods = &methods;
	return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	(void)vfs;
	v.count++;
	if (due() && v.fault == VFS_KILL)
		raise(SIGKILL);
	if (due() && v.fault == VFS_POWER)
		return SQLITE_IOERR;
	for (size_t i = 0; i < v.file_count; i++)
		if (strcmp(v.files[i].path, path) == 0) {
			forget_sectors(&v.files[i]);
			v.files[i].synced_size = 0;
		}
	(void)sync_folder;
	return v.real->xDelete(v.real, path, 0);
}

void vfs_arm(vfs_fault fault, long when)
{
	if (!v.real) {
		v.real = sqlite3_vfs_find(NULL);
		v.vfs = *v.real; /* what is not replaced is the real one's, which takes no notice of the record it is given */
		v.vfs.zName = VFS_NAME;
		v.vfs.szOsFile = (int)sizeof(faulty_file) + v.real->szOsFile;
		v.vfs.xOpen = on_open;
		v.vfs.xDelete = on_delete;
		sqlite3_vfs_register(&v.vfs, 0);
	}
	v.fault = fault;
	v.when = when;
	v.count = 0;
}

long vfs_count(void) { return v.count; }
bool vfs_came(void) { return due(); }

void vfs_forget(void)
{
	for (size_t i = 0; i < v.file_count; i++) {
		forget_sectors(&v.files[i]);
		free(v.files[i].path);
	}
	v.file_count = 0;
}

void vfs_power_cut(uint32_t seed)
{
	for (size_t i = 0; i < v.file_count; i++) {
		watched *w = &v.files[i];
		struct stat st;
		int fd = open(w->path, O_RDWR);
		if (fd < 0 || fstat(fd, &st) != 0)
			continue;
		off_t size = dice(&seed) % 2 ? st.st_size : (off_t)w->synced_size;
		for (size_t k = 0; k < w->sectors; k++)
			if (w->before[k] && dice(&seed) % 2 && pwrite(fd, w->before[k], SECTOR, (off_t)k * SECTOR) != SECTOR)
				abort();
		if (ftruncate(fd, size) != 0)
			abort();
		close(fd);
	}
	vfs_forget();
}
