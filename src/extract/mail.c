/* Mail: the newsletter's HTML, or else its plain text, with the header's word on who, what and when. */
#include "extractors.h"
#include "fragment.h"
#include "text.h"

#include "sitrep/format/mail.h"

/* A person's name, or that of an outlet: "Ada Brook", "The Morning Post". */
static bool is_outlet(const sr_mail *mail)
{
	return mail->list.len || sr_str_starts_nocase(mail->from_name, SR_STR("the ")) || sr_str_find_char(mail->from_name, ' ', 0) == SIZE_MAX;
}

static void fill(sr_build *b, const sr_mail *mail, sr_time now)
{
	sr_document *d = b->doc;
	sr_str id = sr_build_clean(b, mail->message_id);
	d->kind = SR_DOC_ARTICLE;
	if (id.len)
		d->id = id;
	if (mail->url.len)
		d->url = sr_build_clean(b, mail->url);
	d->title = sr_build_clean(b, mail->subject);
	d->published = mail->date;
	d->site = sr_build_clean(b, mail->list.len ? mail->list : is_outlet(mail) ? mail->from_name : (sr_str){ 0 });
	if (!is_outlet(mail))
		sr_build_byline(b, mail->from_name);
	if (mail->html.len)
		sr_fragment_read(b, mail->html, mail->url);
	if (!b->text.len)
		sr_text_read(b, mail->plain, now);
	for (size_t i = 0; i < mail->note_count; i++)
		sr_build_note(b, "%.*s", SR_FMT(mail->notes[i]));
	d->language = sr_fragment_language(b, mail->language);
}

sr_status sr_extract_mail(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_mail *mail;
	sr_build b;
	SR_TRY(sr_mail_read(input->bytes, arena, &mail, err));
	SR_TRY(sr_build_begin(&b, input, arena, err));
	fill(&b, mail, input->now);
	bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
	SR_TRY(sr_build_end(&b, nothing ? NULL : out, err));
	return nothing ? sr_fail(err, SR_E_INVALID, "no text in the mail") : SR_OK;
}
