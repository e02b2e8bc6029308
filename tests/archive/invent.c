#include "invent.h"

static const struct {
	const char *what, *place, *when;
} events[] = {
	{ "ferry Salvora", "Talmore", "ran aground" },    { "mill chimney", "Ardlow", "fell" },          { "rope bridge", "Senn Gorge", "tore" },
	{ "grain silo", "Westmarch", "burned down" },     { "river dyke", "Pollen Reach", "broke" },     { "cable car", "Mount Iver", "stopped" },
	{ "glass works", "Hollin", "flooded" },           { "opera house", "Velm", "lost its roof" },    { "observatory", "Crane Hill", "was evacuated" },
	{ "salt mine", "Undersill", "was closed" },       { "night train", "Karst Halt", "derailed" },   { "oil depot", "Brackwater", "leaked" },
};
static const char *const people[] = { "Marta Ilven", "Oskar Brandt", "Lena Corvin", "Petra Holm", "Viktor Aland", "Josef Reik", "Ana Telmar", "Dora Winter", "Emil Kast", "Nora Feld" };
static const char *const roles[] = { "mayor", "fire chief", "harbour master", "union secretary", "minister of transport", "police spokesman", "hospital director", "engineer" };
static const char *const outlets[] = { "Talmore Gazette", "Coast Courier", "Northern Post", "Harbour Times", "Valley Radio", "Daily Lantern", "City Mirror", "Evening Bell" };
static const char *const fates[] = { "dead", "injured", "missing", "rescued", "homeless" };
static const char *const deeds[] = { "Rescue crews reached the place at dawn", "Officials opened an inquiry", "Relatives waited behind the fence", "Volunteers brought blankets",
	                                 "A crane arrived from the capital", "The road stayed closed", "Inspectors took measurements", "Schools were shut for a day" };

#define COUNT(a) (unsigned)(sizeof(a) / sizeof *(a))

unsigned invent_number(uint64_t *x, unsigned n)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return (unsigned)((*x >> 11) % n);
}

#define ONE_OF(x, list) (list)[invent_number((x), COUNT(list))]

static void paragraph(sr_buf *out, uint64_t *x, unsigned event)
{
	const char *person = ONE_OF(x, people), *role = ONE_OF(x, roles);
	switch (invent_number(x, 3)) {
	case 0:
		sr_buf_printf(out, "%s after the %s at %s %s, and %u people were %s, %s, %s, said.", ONE_OF(x, deeds), events[event].what, events[event].place,
		              events[event].when, 2 + invent_number(x, 200), ONE_OF(x, fates), person, role);
		break;
	case 1:
		sr_buf_printf(out, "“We counted %u people %s, and nobody told us why alarm %u was silent,” said %s, %s. %s.", 2 + invent_number(x, 90),
		              ONE_OF(x, fates), invent_number(x, 99), person, role, ONE_OF(x, deeds));
		break;
	default:
		sr_buf_printf(out, "%s denied that the owner of the %s had ignored warning %u. %s while %u workers searched sector %u.", person, events[event].what,
		              invent_number(x, 50), ONE_OF(x, deeds), 1 + invent_number(x, 30), invent_number(x, 40));
	}
}

void invent_articles(sr_buf *out, uint64_t seed, unsigned count, unsigned stories, unsigned paragraphs)
{
	uint64_t x = seed * 2654435761u + 88172645463325252u;
	for (unsigned i = 0; i < count; i++) {
		unsigned event = i % stories % COUNT(events), day = 1 + i * 20 / count;
		sr_buf_printf(out, "{\"id\":\"invented-%llu-%u\",\"title\":\"The %s at %s %s: report %u\",\"source\":\"%s\",\"date\":\"2026-04-%02uT%02u:%02u:00Z\",\"text\":\"",
		              (unsigned long long)seed, i, events[event].what, events[event].place, events[event].when, i, ONE_OF(&x, outlets), day,
		              invent_number(&x, 24), invent_number(&x, 60));
		sr_buf_printf(out, "The %s at %s %s on 1 April.", events[event].what, events[event].place, events[event].when);
		for (unsigned p = 0; p < paragraphs; p++) {
			sr_buf_add_c(out, "\\n\\n");
			paragraph(out, &x, event);
		}
		sr_buf_add_c(out, "\"}\n");
	}
}
