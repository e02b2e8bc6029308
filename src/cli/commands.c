#include "cli.h"

/* The contract's commands, in the order of the help. Those without help are not built yet. */
const cli_command cli_commands[] = {
	{ "brief", "SOURCE…", "the dossier of the largest story among the sources", help_brief, cmd_brief },
	{ "verify", "DOSSIER.json|- [SOURCE…]", "prove every citation of a dossier", help_verify, cmd_verify },
	{ "extract", "SOURCE…", "the clean article of each document, one JSON line each", help_extract, cmd_extract },
	{ "read", "SOURCE…", "the analysis of each document, one JSON line each", help_read, cmd_read },
	{ "cluster", "SOURCE…", "documents to stories, one JSON line each", help_cluster, cmd_cluster },
	{ "add", "SOURCE…", "read sources into the store", NULL, NULL },
	{ "watch", "", "poll the subscribed feeds", NULL, NULL },
	{ "feed", "add|remove|list|import|export", "subscriptions", NULL, NULL },
	{ "stories", "", "the stories in the store", NULL, NULL },
	{ "show", "STORY", "the dossier of a stored story", NULL, NULL },
	{ "claims", "SOURCE…", "who said what in the largest story among the sources", help_claims, cmd_claims },
	{ "conflicts", "[STORY]", "where accounts conflict", NULL, NULL },
	{ "timeline", "STORY", "what happened when", NULL, NULL },
	{ "search", "QUERY", "full text over documents and stories", NULL, NULL },
	{ "merge", "A B", "join two stories", NULL, NULL },
	{ "split", "STORY DOC…", "take documents out of a story", NULL, NULL },
	{ "retract", "DOC", "withdraw a document", NULL, NULL },
	{ "pin", "STORY", "keep a story on top", NULL, NULL },
	{ "mute", "STORY", "hide a story", NULL, NULL },
	{ "serve", "", "the web page, the JSON API and the feeds", NULL, NULL },
	{ "doctor", "", "what works here and what does not", help_doctor, cmd_doctor },
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;
