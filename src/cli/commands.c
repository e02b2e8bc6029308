#include "cli.h"

/* The contract's commands, in the order of the help. Those without help are not built yet. */
const cli_command cli_commands[] = {
	{ "brief", "SOURCE…", "the dossier of the largest story among the sources", help_brief, cmd_brief },
	{ "verify", "STORY|DOSSIER.json|- [SOURCE…]", "prove every citation of a dossier", help_verify, cmd_verify },
	{ "extract", "SOURCE…", "the clean article of each document, one JSON line each", help_extract, cmd_extract },
	{ "read", "SOURCE…", "the analysis of each document, one JSON line each", help_read, cmd_read },
	{ "cluster", "SOURCE…", "documents to stories, one JSON line each", help_cluster, cmd_cluster },
	{ "add", "SOURCE…", "read sources into the store", help_add, cmd_add },
	{ "watch", "", "poll the subscribed feeds", NULL, NULL },
	{ "feed", "add|remove|list|import|export", "subscriptions", NULL, NULL },
	{ "stories", "", "the stories in the store", help_stories, cmd_stories },
	{ "show", "STORY", "the dossier of a stored story", help_show, cmd_show },
	{ "claims", "STORY|SOURCE…", "who said what in a story", help_claims, cmd_claims },
	{ "conflicts", "[STORY]", "where accounts conflict", help_conflicts, cmd_conflicts },
	{ "timeline", "STORY", "what happened when", help_timeline, cmd_timeline },
	{ "search", "QUERY", "full text over documents and stories", help_search, cmd_search },
	{ "merge", "A B", "join two stories", help_merge, cmd_merge },
	{ "split", "STORY DOC…", "take documents out of a story", help_split, cmd_split },
	{ "retract", "DOC", "withdraw a document", help_retract, cmd_retract },
	{ "pin", "STORY", "keep a story on top", help_pin, cmd_pin },
	{ "mute", "STORY", "hide a story", help_mute, cmd_mute },
	{ "serve", "", "the web page, the JSON API and the feeds", NULL, NULL },
	{ "doctor", "", "what works here and what does not", help_doctor, cmd_doctor },
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;
