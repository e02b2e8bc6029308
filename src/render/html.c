#include "page.h"

sr_status render_html(page *p)
{
	sr_buf_add_c(p->out, "");
	return SR_E_UNSUPPORTED;
}
