-- Of a new file, before its first table. Pages of 16 kB: with smaller ones packing the texts gains nothing.
PRAGMA page_size = 16384;
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = WAL;
