#include <stdio.h>

int main(void)
{
	puts("sitrep " SITREP_VERSION);
	return 0;
}
