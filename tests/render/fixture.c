#include "fixture.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const tunnel_texts[] = {
	/* 1: a wire story */
	"A freight train caught fire inside the Karrow rail tunnel early on Sunday, the mountain rescue service said.\n\n"
	"\"We went in four times and each time the smoke pushed us back,\" said Mette Brandal, who leads the rescue service. "
	"She said two people were still missing.\n\n"
	"The operator Nordspan said on Sunday that everyone on board had left the tunnel.",
	/* 2: the same wire story, trimmed */
	"A freight train caught fire inside the Karrow rail tunnel early on Sunday, the mountain rescue service said.\n\n"
	"\"We went in four times and each time the smoke pushed us back,\" said Mette Brandal, who leads the rescue service.",
	/* 3: an own report */
	"Residents of Oldfell saw smoke above the northern portal at about 05:40.\n\n"
	"A technician who asked not to be named said the sprinklers in the northern half had been switched off since spring.\n\n"
	"Nordspan denied on Monday that any sprinkler had been switched off.\n\n"
	"At least 11 people were treated for smoke, the clinic in Oldfell said on Sunday evening.",
	/* 4: a live page */
	"Rescue crews found one of the missing alive on Tuesday morning, Brandal told reporters.\n\n"
	"By Tuesday noon 17 people had been treated, according to the clinic.\n\n"
	"A video said to show flames at the southern portal could not be verified.",
	/* 5: a digest */
	"The Oldfell Lantern reports that sprinklers were switched off; Nordspan denies it.\n\n"
	"The rail authority estimates the damage at between 40 and 55 million crowns.",
	/* 6: a post that was withdrawn */
	"The tunnel has collapsed over a length of 300 metres.",
};
#define TUNNEL_SOURCES (sizeof tunnel_texts / sizeof *tunnel_texts)


static void *need(void *p)
{
	if (!p)
		abort();
	return p;
}

static fixture *fixture_new(const char *const *texts, size_t count)
{
	sr_arena *arena = need(sr_arena_new(0));
	fixture *f = need(SR_NEW(arena, fixture));
	f->arena = arena;
	f->texts = need(SR_NEW_ARRAY(arena, sr_str, count));
	f->text_count = count;
	for (size_t i = 0; i < count; i++)
		f->texts[i] = sr_str_c(texts[i]);
	return f;
}

void fixture_free(fixture *f)
{
	if (f)
		sr_arena_free(f->arena);
}

static sr_time at(const char *s)
{
	sr_time t = SR_TIME_NONE;
	if (s && !sr_time_parse(sr_str_c(s), &t))
		abort();
	return t;
}

/* "3:some words": where those words stand in source 3. */
static sr_cite cite(fixture *f, const char *spec)
{
	uint32_t n = (uint32_t)(spec[0] - '0');
	sr_str words = sr_str_c(spec + 2);
	size_t start = sr_str_find(f->texts[n - 1], words, 0);
	if (start == SIZE_MAX)
		abort();
	return (sr_cite){ n, { (uint32_t)start, (uint32_t)(start + words.len) } };
}

/* NULL-terminated specs. */
static sr_cites cites(fixture *f, const char *first, ...)
{
	sr_cites c = { need(SR_NEW_ARRAY(f->arena, sr_cite, 8)), 0 };
	va_list args;
	va_start(args, first);
	for (const char *spec = first; spec && c.count < 8; spec = va_arg(args, const char *))
		c.items[c.count++] = cite(f, spec);
	va_end(args);
	return c;
}
#define CITES(...) cites(f, __VA_ARGS__, (const char *)NULL)

static sr_line line(const char *text, sr_cites c) { return (sr_line){ .text = sr_str_c(text), .cites = c }; }

#define LIST(type, n) need(SR_NEW_ARRAY(f->arena, type, (n)))

static void tunnel_brief(fixture *f)
{
	sr_section *s = f->d.brief = LIST(sr_section, 2);
	f->d.brief_count = 2;
	s[0] = (sr_section){ sr_str_c("Rescue crews found one of the missing alive"), CITES("4:Rescue crews found one of the missing alive"),
		                 LIST(sr_line, 3), 3 };
	s[0].lines[0] = line("A freight train caught fire inside the Karrow rail tunnel early on Sunday, the mountain rescue service said.",
	                     CITES("1:A freight train caught fire inside the Karrow rail tunnel early on Sunday, the mountain rescue service said.",
	                           "2:A freight train caught fire inside the Karrow rail tunnel early on Sunday, the mountain rescue service said."));
	s[0].lines[1] = line("Mette Brandal said two people were still missing.",
	                     CITES("1:said Mette Brandal", "1:She said two people were still missing."));
	s[0].lines[2] = line("Rescue crews found one of the missing alive on Tuesday morning, Brandal told reporters.",
	                     CITES("4:Rescue crews found one of the missing alive on Tuesday morning, Brandal told reporters."));
	s[1] = (sr_section){ sr_str_c("Nordspan denied that any sprinkler had been switched off"),
		                 CITES("3:Nordspan denied on Monday that any sprinkler had been switched off."), LIST(sr_line, 2), 2 };
	s[1].lines[0] = line("A technician who asked not to be named said the sprinklers in the northern half had been switched off since spring.",
	                     CITES("3:A technician who asked not to be named said the sprinklers in the northern half had been switched off since spring."));
	s[1].lines[1] = line("Nordspan denied on Monday that any sprinkler had been switched off.",
	                     CITES("3:Nordspan denied on Monday that any sprinkler had been switched off.", "5:Nordspan denies it."));
}

static sr_holder *holder(fixture *f, const char *who, const char *role, const char *via, bool named, const char *said, const char *spec)
{
	sr_holder *h = LIST(sr_holder, 1);
	*h = (sr_holder){ sr_str_c(who), sr_str_c(role), sr_str_c(via), named, at(said), cite(f, spec), 0 };
	return h;
}

static void tunnel_conflicts(fixture *f)
{
	sr_conflict *c = f->d.conflicts = LIST(sr_conflict, 2);
	f->d.conflict_count = 2;
	c[0] = (sr_conflict){ sr_str_c("c1"), sr_str_c("Were the sprinklers switched off?"), SR_CONFLICT_DENIAL, SR_CONFLICT_OPEN, SR_SETTLED_BY_NONE,
		                  LIST(sr_position, 2), 2 };
	c[0].positions[0] = (sr_position){ sr_str_c("the sprinklers in the northern half had been switched off since spring"), 1,
		LIST(sr_holder, 2), 2 };
	c[0].positions[0].held_by[0] = *holder(f, "", "a technician who asked not to be named", "", false, "2031-03-03",
	                                       "3:A technician who asked not to be named said the sprinklers in the northern half");
	c[0].positions[0].held_by[1] = *holder(f, "The Oldfell Lantern", "", "Morning Digest", true, "2031-03-04",
	                                       "5:The Oldfell Lantern reports that sprinklers were switched off");
	c[0].positions[1] = (sr_position){ sr_str_c("no sprinkler had been switched off"), 1,
		holder(f, "Nordspan", "the operator", "", true, "2031-03-03", "3:Nordspan denied on Monday that any sprinkler had been switched off."), 1 };
	c[1] = (sr_conflict){ sr_str_c("c2"), sr_str_c("Is anyone still missing?"), SR_CONFLICT_STATE, SR_CONFLICT_SUPERSEDED, SR_SETTLED_BY_NONE,
		                  LIST(sr_position, 2), 2 };
	/* the same voice in two outlets, which is printed once */
	c[1].positions[0] = (sr_position){ sr_str_c("two people were still missing"), 1, LIST(sr_holder, 2), 2 };
	c[1].positions[0].held_by[0] = *holder(f, "Mette Brandal", "head of the rescue service", "NWA", true, "2031-03-02",
	                                       "1:She said two people were still missing.");
	c[1].positions[0].held_by[1] = *holder(f, "Mette Brandal", "head of the rescue service", "NWA", true, "2031-03-02", "2:said Mette Brandal");
	c[1].positions[1] = (sr_position){ sr_str_c("everyone on board had left the tunnel"), 1,
		holder(f, "Nordspan", "", "", true, "2031-03-02", "1:The operator Nordspan said on Sunday that everyone on board had left the tunnel."), 1 };
}

static void tunnel_rest(fixture *f)
{
	sr_dossier *d = &f->d;
	d->unknown = LIST(sr_unknown, 2);
	d->unknown[d->unknown_count++] = (sr_unknown){ sr_str_c("A video said to show flames at the southern portal could not be verified."),
		SR_UNKNOWN_UNVERIFIED, CITES("4:A video said to show flames at the southern portal could not be verified.") };
	d->unknown[d->unknown_count++] = (sr_unknown){ sr_str_c("The sprinklers in the northern half had been switched off since spring."),
		SR_UNKNOWN_UNNAMED, CITES("3:the sprinklers in the northern half had been switched off since spring.") };
	d->quotes = LIST(sr_quote, 1);
	d->quotes[d->quote_count++] = (sr_quote){ sr_str_c("We went in four times and each time the smoke pushed us back"),
		sr_str_c("Mette Brandal"), sr_str_c("head of the rescue service"), { 0 }, true, at("2031-03-02"), 1,
		CITES("1:We went in four times and each time the smoke pushed us back", "2:We went in four times and each time the smoke pushed us back") };
	d->figures = LIST(sr_figure, 2);
	d->figures[0] = (sr_figure){ sr_str_c("people treated for smoke"), { 0 }, LIST(sr_figure_point, 2), 2 };
	d->figures[0].series[0] = (sr_figure_point){ at("2031-03-02"), 11, INFINITY, sr_str_c("the clinic in Oldfell"),
		sr_str_c("At least 11 people were treated for smoke"), CITES("3:At least 11 people were treated for smoke, the clinic in Oldfell said") };
	d->figures[0].series[1] = (sr_figure_point){ at("2031-03-04"), 17, 17, sr_str_c("the clinic"),
		sr_str_c("17 people had been treated"), CITES("4:17 people had been treated, according to the clinic.") };
	d->figures[1] = (sr_figure){ sr_str_c("damage"), sr_str_c("crowns"), LIST(sr_figure_point, 1), 1 };
	d->figures[1].series[0] = (sr_figure_point){ at("2031-03"), 40e6, 55e6, sr_str_c("the rail authority"),
		sr_str_c("between 40 and 55 million crowns"), CITES("5:The rail authority estimates the damage at between 40 and 55 million crowns.") };
	d->figure_count = 2;
	d->timeline = LIST(sr_event, 4);
	d->timeline[0] = (sr_event){ at("2030"), SR_TIME_NONE, sr_str_c("Sprinklers said to have been switched off since spring."), 1,
		CITES("3:switched off since spring") };
	d->timeline[1] = (sr_event){ at("2031-03-02T05:40Z"), SR_TIME_NONE, sr_str_c("Residents of Oldfell saw smoke above the northern portal."), 1,
		CITES("3:Residents of Oldfell saw smoke above the northern portal at about 05:40.") };
	d->timeline[2] = (sr_event){ at("2031-03-04"), SR_TIME_NONE, sr_str_c("Rescue crews found one of the missing alive."), 1,
		CITES("4:Rescue crews found one of the missing alive on Tuesday morning") };
	d->timeline[3] = (sr_event){ at("2031-03-02"), at("2031-03-04"), sr_str_c("17 people had been treated."), 1,
		CITES("4:17 people had been treated") };
	d->timeline_count = 4;
	d->updates = LIST(sr_update, 3);
	d->updates[0] = (sr_update){ at("2031-03-02T11:05Z"), sr_str_c("Two people were still missing."), { 0 },
		CITES("1:two people were still missing.") };
	d->updates[1] = (sr_update){ at("2031-03-04T09:30+01:00"), sr_str_c("Rescue crews found one of the missing alive."),
		sr_str_c("Replaces: two people missing, 2 Mar."), CITES("4:Rescue crews found one of the missing alive on Tuesday morning") };
	d->updates[2] = (sr_update){ at("2031-03-03"), sr_str_c("Nordspan denied that any sprinkler had been switched off."), { 0 },
		CITES("3:Nordspan denied on Monday that any sprinkler had been switched off.") };
	d->update_count = 3;
	d->changes = (sr_changes){ .since = 2, .added = LIST(sr_line, 1), .withdrawn = LIST(sr_line, 1), .added_count = 1, .withdrawn_count = 1 };
	d->changes.added[0] = line("Rescue crews found one of the missing alive.", CITES("4:Rescue crews found one of the missing alive"));
	d->changes.withdrawn[0] = line("The tunnel has collapsed over a length of 300 metres.", CITES("6:The tunnel has collapsed over a length of 300 metres."));
}

static void tunnel_sources(fixture *f)
{
	static const sr_source sources[TUNNEL_SOURCES] = {
		{ .n = 1, .title = SR_STR_INIT("Train burns in Karrow tunnel"), .publisher = SR_STR_INIT("Fell Tribune"), .credit = SR_STR_INIT("NWA"),
		  .url = SR_STR_INIT("https://tribune.example/karrow-fire"), .path = SR_STR_INIT("tribune.html"), .origin = 1,
		  .description = SR_STR_INIT("the fire, the search and the operator's word that everybody is out"),
		  .sha256 = SR_STR_INIT("0000000000000000000000000000000000000000000000000000000000000001") },
		{ .n = 2, .title = SR_STR_INIT("Fire in rail tunnel"), .publisher = SR_STR_INIT("Harbour Times"), .credit = SR_STR_INIT("NWA"),
		  .path = SR_STR_INIT("times.txt"), .origin = 1, .description = SR_STR_INIT("the wire story without its last paragraph"),
		  .sha256 = SR_STR_INIT("0000000000000000000000000000000000000000000000000000000000000002") },
		{ .n = 3, .title = SR_STR_INIT("Smoke above Oldfell"), .publisher = SR_STR_INIT("The Oldfell Lantern"), .path = SR_STR_INIT("lantern.txt"),
		  .url = SR_STR_INIT("https://lantern.example/smoke?page=2&full=1"), .origin = 2, .status = SR_DOC_CORRECTED,
		  .description = SR_STR_INIT("residents, a technician, and the operator's denial"),
		  .sha256 = SR_STR_INIT("0000000000000000000000000000000000000000000000000000000000000003") },
		{ .n = 4, .title = SR_STR_INIT("Karrow fire: live"), .publisher = SR_STR_INIT("Radio Nordfjell"), .path = SR_STR_INIT("live.html"),
		  .origin = 3, .kind = SR_DOC_LIVE, .description = SR_STR_INIT("the search hour by hour"),
		  .sha256 = SR_STR_INIT("0000000000000000000000000000000000000000000000000000000000000004") },
		{ .n = 5, .title = SR_STR_INIT("What we know"), .path = SR_STR_INIT("digest.txt"), .origin = 2, .kind = SR_DOC_BRIEF,
		  .description = SR_STR_INIT("other outlets' reports in brief"),
		  .sha256 = SR_STR_INIT("0000000000000000000000000000000000000000000000000000000000000005") },
		{ .n = 6, .title = SR_STR_INIT("Tunnel collapses"), .publisher = SR_STR_INIT("Quick Wire"), .path = SR_STR_INIT("quick.txt"), .origin = 4,
		  .status = SR_DOC_WITHDRAWN, .description = SR_STR_INIT("a collapse that did not happen"),
		  .sha256 = SR_STR_INIT("0000000000000000000000000000000000000000000000000000000000000006") },
	};
	static const char *const published[TUNNEL_SOURCES] = { "2031-03-02T11:05Z", "2031-03-02", "2031-03-03", "2031-03-04", "2031-03-04", "2031-03-02" };
	f->d.sources = LIST(sr_source, TUNNEL_SOURCES);
	f->d.source_count = TUNNEL_SOURCES;
	for (size_t i = 0; i < TUNNEL_SOURCES; i++) {
		f->d.sources[i] = sources[i];
		f->d.sources[i].published = at(published[i]);
	}
}

fixture *fixture_tunnel(void)
{
	fixture *f = fixture_new(tunnel_texts, TUNNEL_SOURCES);
	sr_dossier *d = &f->d;
	d->id = sr_str_c("k7rt");
	d->title = sr_str_c("Karrow tunnel fire: one of the missing found alive; operator denies sprinklers were off");
	d->title_cites = CITES("4:Rescue crews found one of the missing alive");
	d->edition = 3;
	d->first_reported = at("2031-03-02");
	d->updated = at("2031-03-04T12:00Z");
	d->documents = TUNNEL_SOURCES;
	d->origins = 4;
	d->places = LIST(sr_place, 2);
	d->places[0] = (sr_place){ sr_str_c("Oldfell"), sr_str_c("NO"), 61.25, 8.5, true };
	d->places[1] = (sr_place){ .name = sr_str_c("Karrow") };
	d->place_count = 2;
	d->entities = LIST(sr_story_entity, 2);
	d->entities[0] = (sr_story_entity){ sr_str_c("Nordspan"), SR_ENTITY_ORG, 5 };
	d->entities[1] = (sr_story_entity){ sr_str_c("Mette Brandal"), SR_ENTITY_PER, 3 };
	d->entity_count = 2;
	tunnel_brief(f);
	tunnel_conflicts(f);
	tunnel_rest(f);
	tunnel_sources(f);
	return f;
}

const char *const fixture_attacks[] = {
	"<script>alert(1)</script>",
	"</style><img src=x onerror=alert(1)>",
	"\" onmouseover=\"alert(1)\" x='",
	"]]><!-- --><![CDATA[<x>&lt;&#60;&amp;",
	/* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): parted so that no digit joins the escape */
	"\x1b[31mred\x1b]8;;http://evil.example\x07link\x1b]8;;\x07 \x1b]0;title\x07 \xc2\x9b""31m \x07\x08\x7f",
	"first\r\n# heading\r\n\r\n- item\n1. one\n\tcode\n    code\n***\n===\n> quote",
	"[text](http://evil.example) ![img](http://evil.example/x.png) <http://evil.example> www.evil.example https://evil.example",
	"[1]: http://evil.example \"t\"",
	"**bold** __strong__ _em_ ~~gone~~ `code` ``` |cell|cell| \\| \\* a*b*c snake_case_word &copy; &#x41;",
	"# heading at the start",
	"- list", "+ list", "1. list", "12) list", "=== ===", "---", "> quote", "```", "|---|---|",
	"\xe2\x80\xaetxt.exe\xe2\x80\xac \xe2\x81\xa6isolate\xe2\x81\xa9 \xe2\x80\x8f" "RTL \xe2\x80\x8bzero\xef\xbb\xbfwidth\xc2\xad",
	"\xf3\xa0\x81\xa1\xf3\xa0\x81\xa2tags \xef\xbf\xbe \xed\xa0\x80 \xff\xfe broken \xe2\x82 utf-8 \xc0\x80",
	"\xcc\x81\xcc\x82 marks alone Z\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85",
	"\xe4\xb8\x9c\xe4\xba\xac\xe3\x81\xa7\xe7\x81\xab\xe7\x81\xbd\xe3\x80\x81\xe4\xb8\x89\xe4\xba\xba\xe3\x81\x8c\xe8\xa1\x8c\xe6\x96\xb9\xe4\xb8\x8d\xe6\x98\x8e\xe3\x81\xa8\xe5\xa0\xb1\xe3\x81\x98\xe3\x82\x89\xe3\x82\x8c\xe3\x81\x9f\xe3\x80\x82 \xef\xbc\xa6\xef\xbd\x95\xef\xbd\x8c\xef\xbd\x8c",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd8\xa7\xd9\x84\xd9\x81\xd8\xad\xd9\x85 123 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x92 \xe2\x98\x80\xef\xb8\x8f 1\xef\xb8\x8f\xe2\x83\xa3",
	"Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzendenstellvertreterinnenversammlung",
	"http://evil.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"javascript:alert(1)",
	" \t\n \xe2\x80\x8b \x01\x02",
	NULL,
};

static size_t attack_count(void)
{
	size_t n = 0;
	while (fixture_attacks[n])
		n++;
	return n;
}

/* The next attack, round and round, so that every field meets many of them. */
static sr_str next_attack(size_t *turn) { return sr_str_c(fixture_attacks[(*turn)++ % attack_count()]); }

static sr_cites hostile_cites(fixture *f, uint32_t a, uint32_t b)
{
	sr_cites c = { LIST(sr_cite, 3), 3 };
	c.items[0] = (sr_cite){ a, { 0, 12 } };
	c.items[1] = (sr_cite){ b, { 3, 4000000000u } };
	c.items[2] = (sr_cite){ 4294967295u, { 9, 2 } };
	return c;
}

static void hostile_lists(fixture *f, size_t n, size_t *turn)
{
	sr_dossier *d = &f->d;
	for (size_t i = 0; i < n; i++) {
		uint32_t a = (uint32_t)(i % f->text_count) + 1;
		sr_cites c = hostile_cites(f, a, a);
		sr_holder *h = LIST(sr_holder, 1);
		d->brief[i] = (sr_section){ next_attack(turn), c, LIST(sr_line, 2), 2 };
		d->brief[i].lines[0] = (sr_line){ .text = next_attack(turn), .cites = c };
		d->brief[i].lines[1] = (sr_line){ .text = sr_str_c(fixture_attacks[i]), .cites = c };
		d->conflicts[i] = (sr_conflict){ next_attack(turn), next_attack(turn), (sr_conflict_kind)(i % 5), (sr_conflict_status)(i % 3),
			                             i % 3 == SR_CONFLICT_SETTLED ? SR_SETTLED_BY_SHARES : SR_SETTLED_BY_NONE, LIST(sr_position, 2), 2 };
		*h = (sr_holder){ next_attack(turn), next_attack(turn), next_attack(turn), false, SR_TIME_NONE, c.items[1], 0 };
		d->conflicts[i].positions[0] = (sr_position){ next_attack(turn), 1, h, 1 };
		d->conflicts[i].positions[1] = (sr_position){ next_attack(turn), 0, NULL, 0 };
		d->unknown[i] = (sr_unknown){ next_attack(turn), (sr_unknown_reason)(i % 4), c };
		d->quotes[i] = (sr_quote){ next_attack(turn), next_attack(turn), next_attack(turn), next_attack(turn), false, SR_TIME_NONE, 9, c };
		d->figures[i] = (sr_figure){ next_attack(turn), next_attack(turn), LIST(sr_figure_point, 1), 1 };
		d->figures[i].series[0] = (sr_figure_point){ SR_TIME_NONE, i % 2 ? -INFINITY : -1e300, i % 3 ? NAN : 1e300, next_attack(turn), next_attack(turn), c };
		d->timeline[i] = (sr_event){ SR_TIME_NONE, SR_TIME_NONE, next_attack(turn), 1, c };
		d->updates[i] = (sr_update){ SR_TIME_NONE, next_attack(turn), next_attack(turn), c };
		d->voices[i] = (sr_voice){ next_attack(turn), next_attack(turn), i % 2, i % 3 == 0, LIST(sr_statement, 1), 1 };
		d->voices[i].statements[0] = (sr_statement){ next_attack(turn), i % 2, (sr_stance)(i % 8), (sr_certainty)(i % 3), next_attack(turn),
			                                         SR_TIME_NONE, SR_TIME_NONE, SR_TIME_NONE, 7, c };
		d->changes.added[i] = (sr_line){ next_attack(turn), c, next_attack(turn) };
		d->sources[i] = (sr_source){ a, next_attack(turn), next_attack(turn), next_attack(turn), next_attack(turn), next_attack(turn), next_attack(turn),
			                         next_attack(turn), SR_TIME_NONE, SR_TIME_NONE, 1, (sr_doc_kind)(i % 4), (sr_doc_status)(i % 3) };
	}
}

fixture *fixture_hostile(void)
{
	size_t n = attack_count(), turn = 0;
	fixture *f = fixture_new(fixture_attacks, n);
	sr_dossier *d = &f->d;
	d->id = sr_str_c(fixture_attacks[2]);
	d->title = sr_str_c(fixture_attacks[0]);
	d->title_cites = hostile_cites(f, 1, 2);
	d->brief = LIST(sr_section, n);
	d->conflicts = LIST(sr_conflict, n);
	d->unknown = LIST(sr_unknown, n);
	d->quotes = LIST(sr_quote, n);
	d->figures = LIST(sr_figure, n);
	d->timeline = LIST(sr_event, n);
	d->updates = LIST(sr_update, n);
	d->voices = LIST(sr_voice, n);
	d->sources = LIST(sr_source, n);
	d->changes.added = LIST(sr_line, n);
	d->changes.since = 1;
	hostile_lists(f, n, &turn);
	d->brief_count = d->conflict_count = d->unknown_count = d->quote_count = d->figure_count = n;
	d->timeline_count = d->update_count = d->source_count = d->changes.added_count = d->voice_count = n;
	return f;
}

fixture *fixture_sparse(void)
{
	static const char *const texts[] = { "Something happened." };
	fixture *f = fixture_new(texts, 1);
	f->d.title = sr_str_c("Something happened");
	f->d.documents = f->d.origins = 1;
	f->d.brief = LIST(sr_section, 1);
	f->d.brief[0].lines = LIST(sr_line, 1);
	f->d.brief[0].lines[0] = line("Something happened.", CITES("1:Something happened."));
	f->d.brief[0].line_count = f->d.brief_count = 1;
	f->d.sources = LIST(sr_source, 1);
	f->d.sources[0] = (sr_source){ .n = 1, .origin = 1, .path = sr_str_c("note.txt") };
	f->d.source_count = 1;
	return f;
}
