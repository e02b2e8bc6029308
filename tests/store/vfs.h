/* A file layer for SQLite that fails as disks and programs do: it counts what is written, and at a chosen count the
 * program dies, the disk is full, or the power goes. */
#ifndef SITREP_TESTS_STORE_VFS_H
#define SITREP_TESTS_STORE_VFS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum vfs_fault {
	VFS_NONE,
	VFS_KILL,     /* at the chosen write half of it is done, and the process kills itself */
	VFS_ONCE,     /* the chosen write, sync or cut fails, and those behind it do not */
	VFS_FULL,     /* from then on nothing more fits on the disk */
	VFS_POWER,    /* from then on nothing is done any more; see vfs_power_cut */
	VFS_READ_ONLY /* from the beginning: no file can be made or written */
} vfs_fault;

#define VFS_NAME "faulty"

/* Starts counting from 0; the fault comes with write (or sync, cut, deletion) number when, from 1. Registers the
 * file layer at its first use. */
void vfs_arm(vfs_fault fault, long when);
/* Writes and the like since vfs_arm. */
long vfs_count(void);
/* Whether the fault came. */
bool vfs_came(void);
/* The power went: of what was written since the last sync of its file, every sector of 512 bytes is there or not, as the dice
 * fall, and so is the file's new length. All files must be closed. */
void vfs_power_cut(uint32_t seed);
/* Forgets the files that it watched. */
void vfs_forget(void);

#endif
