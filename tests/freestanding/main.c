#include <stdint.h>
#include <stdio.h>

int32_t extract(uint64_t *workspace, uint32_t *found);

static uint64_t workspace[65536];

int main(void) {
    uint32_t found = 0;
    int32_t code = extract(workspace, &found);
    printf("%d %u\n", (int)code, (unsigned)found);
    return code;
}
