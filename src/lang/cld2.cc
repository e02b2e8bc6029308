/* CLD2 is C++: its one function that we need, for C. */
#include <cstdio>

#include <cld2/public/compact_lang_det.h>

extern "C" const char *cld2_detect(const char *text, int length, int *reliable);

extern "C" const char *cld2_detect(const char *text, int length, int *reliable)
{
	bool sure = false;
	CLD2::Language language = CLD2::DetectLanguage(text, length, true, &sure);
	*reliable = sure;
	return CLD2::LanguageCode(language);
}
