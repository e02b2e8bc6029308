/* What the parts of the composer share. */
#ifndef SITREP_COMPOSE_COMPOSER_H
#define SITREP_COMPOSE_COMPOSER_H

#include "sitrep/compose.h"
#include "sitrep/conflict.h"
#include "sitrep/timeline.h"

#include "words.h"

typedef struct composer {
	sr_arena *arena;
	sr_evidence e; /* claim.doc + 1 is the number of the source */
	sr_contrast *contrasts;
	size_t contrast_count;
	sr_moment *moments;
	size_t moment_count;
	sr_dossier *out;
	bool *used; /* per proof: its sentence already stands in the brief */
	const bool *columns; /* per document: composer_find_column */
	sr_time newest;      /* day of the newest report */
	uint8_t *alone; /* per proof: composer_stands_alone, once it was asked: 1 no, 2 yes */
	sr_term_probe *probe; /* for one sentence against all others */
} composer;

/* lines.c: cutting; whole.c: what is whole and what a cut must keep; bearing.c: cites; ends.c: datelines and links; alone.c: what stands alone */

/* The day, or finer where known, on which a proof was said. */
sr_time composer_said(const composer *c, const sr_proof *p);
sr_str composer_text(const composer *c, const sr_proof *p, sr_span span);
/* The day that a line shows, which is none if it is not known, and what is of that day. */
typedef struct line_day {
	sr_time day;
	enum { DAY_OF, DAY_REPORTED, DAY_AS_OF } as; /* "(4 Nov)", "(reported 4 Nov)": it may have been said before; "(as of 4 Nov)" */
} line_day;

/* The day of what the proof's sentence tells, where it gives no date: that of the entry of a page's own timeline; of what somebody says,
 * that of the page or update which reports it; of what merely happened and is no longer news too ("as of"). None if the story has but
 * one day. (days.c) */
line_day composer_untold_day(const composer *c, const sr_proof *p);
/* Whether a reader of the line learns the date: it has digits, or composer_dated_text puts the date behind it. (dated.c) */
bool composer_shows_date(const composer *c, const sr_proof *p, const sr_timex *t);
/* composer_text, and behind words like "yesterday" and "on Tuesday" the date that they mean; words in quotation marks stay as they
 * are. `day`, if there is one, stands at the end. Empty without memory. (dated.c) */
sr_str composer_dated_text(const composer *c, const sr_proof *p, sr_span span, line_day day);
/* composer_text, and composer_dated_text, with the capital that a part of a sentence lacks. (dated.c) */
sr_str composer_line(const composer *c, const sr_proof *p, sr_span span);
sr_str composer_heading(const composer *c, const sr_proof *p, sr_span span, line_day day);
/* composer_dated_text as a sentence: with a capital and a full stop, which a part of a sentence lacks. (dated.c) */
sr_str composer_sentence(const composer *c, const sr_proof *p, sr_span span, line_day day);
/* How many opening, closing and straight quotation marks stand in s. */
void composer_count_quotes(sr_str s, size_t *open, size_t *close, size_t *straight);
/* Where the words begin behind "WASHINGTON (Reuters) — ", "(CNN) " or "MINNEAPOLIS " at the head of a paragraph; the offset itself if there is none. */
uint32_t composer_behind_dateline(const sr_document *doc, uint32_t at);
/* Whether a quotation that opens in the span is still open there. */
bool composer_in_quotes(sr_str text, sr_span span, uint32_t at);
/* The span without white space, stray quotation marks' halves and closing punctuation at its ends. */
sr_span composer_trim(const composer *c, const sr_proof *p, sr_span span);
/* "But the staff", "Meanwhile, the staff"; at the head of a sentence not "Still to be seen is". */
bool composer_is_connective(const sr_reading *r, uint32_t token, bool at_start);
/* "But | the staff", "However, | the staff": the span without the connective that it begins with. */
sr_span composer_behind_connective(const sr_reading *r, sr_span span);
/* "“… none was refused,” | the company said": the comma was the sentence's. */
sr_str composer_without_last_comma(const composer *c, sr_str s);
/* The span without the links that end it, as posts have them. */
sr_span composer_before_links(sr_str text, sr_span span);
/* The part of span around focus that reads as a clause of at most `limit` bytes where there is one:
 * cut only at punctuation and conjunctions. */
sr_span composer_clause(const composer *c, const sr_proof *p, sr_span span, sr_span focus, size_t limit);
/* "Moscow released a video and | the president declared …": of a longer span only the focus's clause, where it has a subject of its
 * own and is but joined to what stands before it. */
sr_span composer_own_clause(const composer *c, const sr_proof *p, sr_span span, sr_span focus, size_t limit);
bool composer_is_comma(const sr_reading *r, uint32_t token); /* (whole.c) */
/* The first token of the span that hangs on nothing in it, or UINT32_MAX. (whole.c) */
uint32_t composer_top(const sr_reading *r, const sr_sentence *s, sr_span span);
/* True if the span is a statement: what stands highest in its tree is a predicate ("an inquiry into …" is none). */
bool composer_states(const composer *c, const sr_proof *p, sr_span span);
/* Whether token i of the reading, of sentence s, hangs on token `top` at any depth, or is it. (lines.c) */
bool composer_below(const sr_reading *r, const sr_sentence *s, uint32_t i, uint32_t top);
/* Whether token i of the reading, of sentence s, is a verb or has a subject or a copula. (whole.c) */
bool composer_is_predicate(const sr_reading *r, const sr_sentence *s, uint32_t i);
/* "Not only has the yard failed |", "three people -- the mayor |": what is begun is ended behind the span. (whole.c) */
bool composer_breaks_off(const sr_reading *r, const sr_sentence *s, sr_span span);
/* "When the envoy spoke of it on Monday |": the main clause stands behind the span. (whole.c) */
bool composer_only_leads_up(const sr_reading *r, const sr_sentence *s, sr_span span);
/* True if the span can stand as a sentence: it holds the root of its sentence, or a clause with its own subject that no word like
 * "when" hangs on another. */
bool composer_complete(const composer *c, const sr_proof *p, sr_span span);
/* "after | the ban expires": the word cut off before the span says that it need not have happened. */
bool composer_hangs(const composer *c, const sr_proof *p, sr_span span);
/* Every attribution of the sentence that the cut touches stands in it with its source and cue. */
bool composer_keeps_speakers(const composer *c, const sr_proof *p, sr_span cut);
/* What is said is not cut away: "Vance told the Herald in 2012" says nothing. */
bool composer_keeps_content(const composer *c, const sr_proof *p, sr_span cut);
/* Every quotation that opens in it ends in it. */
bool composer_balanced(sr_str s);
/* A clause of the whole sentence that keeps whoever says it; else the whole sentence. */
sr_span composer_attributed_clause(const composer *c, const sr_proof *p, size_t limit);
/* "4 Nov" and "4 Nov 2024" (the year only where it is not the story's). */
void composer_add_date(const composer *c, sr_buf *out, sr_time t);
sr_status composer_cites(const composer *c, const sr_cite *items, size_t count, sr_cites *out);
sr_status composer_cite_one(const composer *c, const sr_proof *p, sr_span span, sr_cites *out);
/* The span that bears a claim with its speaker. */
sr_span composer_bearing(const composer *c, const sr_proof *p);
/* The least of it that holds part, the speaker and the cue. */
sr_span composer_bearing_part(const composer *c, const sr_proof *p, sr_span part);
/* words if they stand in or shortly before what bears the claim, else nothing. */
sr_str composer_if_near(const composer *c, const sr_proof *p, sr_str words);
/* Who relays the statement, where the page shows it: near its words, or by the digest's own number. */
sr_str composer_via(const composer *c, const sr_proof *p);
/* True if the reader of the proof's sentence alone learns who says it, or nobody does. */
bool composer_shows_speaker(const composer *c, const sr_proof *p);
/* Whether the span's first word, connectives aside, is of the class of data/compose.tsv (words.h). (leans.c) */
bool composer_starts_so(const composer *c, const sr_proof *p, sr_span span, word_class class);
/* True if only what stands before the span says who or what is meant: it begins with a pronoun, connectives aside, or points at "that
 * idea", "the remark". (leans.c) */
bool composer_leans(const composer *c, const sr_proof *p, sr_span span);
/* *out: whether the page is a column, so that what it says itself is its writer's. SR_E_NOMEM. (column.c) */
sr_status composer_find_column(sr_arena *scratch, const sr_reading *r, bool *out) SR_MUST_CHECK;
/* A post, or a sentence with one: one voice of many, for "In their words" and not for the story's own lines. */
bool composer_posted(const composer *c, const sr_proof *p);
/* Whether the proof's sentence is a whole one: with a subject, no end of a quotation, no phrase that leans back; and not
 * the words below a picture. */
bool composer_is_sentence(const composer *c, const sr_proof *p);
/* A sentence that can stand alone: no pronoun at its head, not too short or long, no question, no half
 * of a quotation. */
bool composer_stands_alone(const composer *c, const sr_proof *p);
/* The main clause of a section's first line, "Speaker: what is said" where it would lose its speaker, and the span that it cites; empty
 * where neither can stand as a heading. (heading.c) */
sr_str composer_section_heading(const composer *c, const sr_proof *p, sr_span *cite);
/* An entry of a page's own timeline, or a sentence that does not lean on another: for sr_timeline_build, ctx a composer. (tells.c) */
bool composer_tells(const void *ctx, const sr_proof *p);
/* The clause in the proof's sentence that happened then while the rest did not: "the report came after | the army made a push in
 * August"; empty if there is none. (subclause.c) */
sr_span composer_dated_part(const composer *c, const sr_proof *p, sr_time when);
/* Different origins of the documents or outlets that the proofs come from. */
uint32_t composer_origins(const composer *c, const uint32_t *proofs, size_t count);
/* Who speaks, as he is called within a sentence: "the operator". */
static inline sr_str composer_within(const composer *c, sr_str who) { return sr_str_starts(who, SR_STR("The ")) ? sr_str_with_capital(c->arena, who, false) : who; }
static inline bool composer_denies(const sr_proof *p) { return p->claim.stance == SR_STANCE_DENIES || p->claim.stance == SR_STANCE_DOUBTS; }
/* Whether the other proof bears out the part of the proof's sentence that is shown: it takes the same stand, and has all its numbers,
 * (last) names and quoted words. (bearing.c) */
bool composer_says_too(const composer *c, const sr_proof *p, sr_span shown, const sr_proof *other);
/* The cites of a line: the part of the proof's sentence that it shows, and the sentences of other documents that say the same. */
sr_status composer_witnesses(const composer *c, size_t proof, sr_span shown, sr_cites *out);

/* The sentences of one paragraph that hold words of a's content and its speaker. */
sr_span composer_attribution_span(const sr_reading *r, const sr_attribution *a, sr_span words);

/* A page of a later day tells what the proof's sentence says is not known. (answered.c) */
bool composer_answered(const composer *c, const sr_proof *p);

/* conflicts.c, for the question */
#define COMPOSER_PART_MAX 110u /* bytes of a position's words in a question */
/* The stand that tells a side best. */
const sr_stand *composer_best_stand(const composer *c, const sr_side *side);
/* What a stand says, as a clause of some limit bytes. A denial keeps the word that denies. */
sr_span composer_statement(const composer *c, sr_conflict_kind kind, const sr_stand *s, size_t limit);
/* Somebody does something in it: "whether" may stand before that, but not before "an attack on the bridge". (whole.c) */
bool composer_is_clause(const composer *c, const sr_proof *p, sr_span span);
bool composer_holds_clause(const sr_reading *r, const sr_sentence *s, sr_span span);
/* "The cleric, accused by the state of plotting": the span tells of the charge itself, so that it is no question whether it was made. */
bool composer_tells_charge(const composer *c, const sr_proof *p, sr_span span);
/* "The yard, accused of “hiding a crack”": whom the proof's sentence accuses of what, if the charge begins in the span; empty if it names
 * nobody. (charge.c) */
sr_str composer_charge(const composer *c, const sr_proof *p, sr_span span);
/* Empty without memory. (question.c) */
sr_str composer_question(const composer *c, const sr_contrast *x);

/* one part of the dossier each */
sr_status compose_places(composer *c, const sr_gazetteer *gazetteer);
sr_status compose_sources(composer *c, const sr_story *story);
sr_status compose_head(composer *c, const sr_story *story);
sr_status compose_conflicts(composer *c);
static inline bool composer_same_sentence(const sr_proof *a, const sr_proof *b)
{
	return a->claim.doc == b->claim.doc && a->claim.sentence == b->claim.sentence;
}
/* Of each proof: whether a later count of the same thing has overtaken one of its counts. */
sr_status composer_overtaken(composer *c, bool **out);
sr_status compose_brief(composer *c);
sr_status compose_unknown(composer *c);
sr_status compose_quotes(composer *c);
sr_status compose_figures(composer *c);
sr_status compose_voices(composer *c);
sr_status compose_timeline(composer *c);
sr_status compose_updates(composer *c);

#endif
