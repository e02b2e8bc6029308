#include <stdio.h>

int main(void)
{
	puts("sitrep-eval");
	return 0;
}
