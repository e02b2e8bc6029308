/* What `sitrep brief` and `sitrep claims` print of an article, for tests of single sentences. */
#ifndef SITREP_TESTS_GOLDEN_BRIEF_H
#define SITREP_TESTS_GOLDEN_BRIEF_H

/* article: one JSON line. Fails the test unless the page, in that format, says the one and not the other (without; NULL: anything). */
void brief_says(const char *file, int line, const char *article, const char *format, const char *says, const char *without);
#define BRIEF_SAYS(article, says, without) brief_says(__FILE__, __LINE__, article, "md", says, without)

/* The same of a source of that type (--type), as Markdown. */
void brief_of_says(const char *file, int line, const char *type, const char *source, const char *says, const char *without);

/* What `sitrep claims` prints of articles, one JSON line each, as Markdown. */
void claims_says(const char *file, int line, const char *articles, const char *says, const char *without);
#define CLAIMS_SAYS(articles, says, without) claims_says(__FILE__, __LINE__, articles, says, without)

#endif
