/* Structs of another age: shorter, longer, with garbage behind and with nonsense for a size. */
#include "fixture.h"

/* A struct with room behind it. */
#define ROOM 64
typedef struct long_image {
    radiomics_image known;
    unsigned char rest[ROOM];
} long_image;
typedef struct long_diagnostic {
    radiomics_diagnostic known;
    unsigned char rest[ROOM];
} long_diagnostic;

static radiomics_status extract(fixture *f, const radiomics_image *image, const radiomics_region *region,
                                const radiomics_host *host, radiomics_summary *summary)
{
    const radiomics_status status = radiomics_extract(f->plan, image, region, host, f->workspace, f->bytes, f->values,
                                                      f->statuses, f->columns, summary, &f->diagnostic);
    CHECK((status == RADIOMICS_OK) == !all_nan(f->values, f->columns));
    return status;
}

int main(void)
{
    static fixture f;
    fixture_open(&f);
    const size_t garbage[] = {0, 1, 3, 7, 9, 4097, 8193, 1u << 20, (size_t)-1, (size_t)-8, (size_t)0xdeadbeefcafe};

    /* nonsense is refused, whatever the struct */
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        radiomics_image image = f.image;
        radiomics_region region = f.region;
        radiomics_grid grid = f.grid;
        radiomics_host host;
        radiomics_summary summary;
        memset(&host, 0, sizeof host);
        memset(&summary, 0, sizeof summary);
        image.struct_size = garbage[i];
        GIVES(RADIOMICS_ERROR_STRUCT_SIZE, extract(&f, &image, &f.region, NULL, NULL));
        region.struct_size = garbage[i];
        GIVES(RADIOMICS_ERROR_STRUCT_SIZE, extract(&f, &f.image, &region, NULL, NULL));
        grid.struct_size = garbage[i];
        image = f.image;
        image.grid = &grid;
        GIVES(RADIOMICS_ERROR_STRUCT_SIZE, extract(&f, &image, &f.region, NULL, NULL));
        host.struct_size = garbage[i];
        GIVES(RADIOMICS_ERROR_STRUCT_SIZE, extract(&f, &f.image, &f.region, &host, NULL));
        summary.struct_size = garbage[i];
        GIVES(RADIOMICS_ERROR_STRUCT_SIZE, extract(&f, &f.image, &f.region, NULL, &summary));
        /* a diagnostic of nonsense size is left alone, the call goes on */
        radiomics_diagnostic diagnostic;
        memset(&diagnostic, 0x5a, sizeof diagnostic);
        diagnostic.struct_size = garbage[i];
        radiomics_diagnostic before = diagnostic;
        GIVES(RADIOMICS_OK, radiomics_settings_set(f.settings, "diagnostics", "true", &diagnostic));
        CHECK(memcmp(&before, &diagnostic, sizeof before) == 0);
    }

    /* shorter: what is missing is 0 */
    radiomics_image image = f.image;
    image.intercept = 1e6;
    image.struct_size = offsetof(radiomics_image, slope);
    GIVES(RADIOMICS_OK, extract(&f, &f.image, &f.region, NULL, NULL));
    static double whole[4096];
    memcpy(whole, f.values, f.columns * sizeof *whole);
    GIVES(RADIOMICS_OK, extract(&f, &image, &f.region, NULL, NULL));
    CHECK(same_bits(whole, f.values, f.columns));
    radiomics_diagnostic *brief = &f.diagnostic;
    memset(brief, 0x5a, sizeof *brief);
    brief->struct_size = offsetof(radiomics_diagnostic, field);
    GIVES(RADIOMICS_ERROR_UNKNOWN_OPTION, radiomics_settings_set(f.settings, "nothing", "true", brief));
    CHECK(brief->status == RADIOMICS_ERROR_UNKNOWN_OPTION && brief->message[0] == 0x5a);
    CHECK(brief->struct_size == offsetof(radiomics_diagnostic, field));
    brief->struct_size = sizeof *brief;

    /* longer: only zeros may stand behind; what is written behind becomes 0 */
    long_image longer;
    memset(&longer, 0, sizeof longer);
    longer.known = f.image;
    longer.known.struct_size = sizeof longer;
    GIVES(RADIOMICS_OK, extract(&f, &longer.known, &f.region, NULL, NULL));
    CHECK(same_bits(whole, f.values, f.columns));
    for (size_t i = 0; i < ROOM; i++) {
        longer.rest[i] = 1;
        GIVES(RADIOMICS_ERROR_STRUCT_SIZE, extract(&f, &longer.known, &f.region, NULL, NULL));
        longer.rest[i] = 0;
    }
    long_diagnostic telling;
    memset(&telling, 0x5a, sizeof telling);
    telling.known.struct_size = sizeof telling;
    GIVES(RADIOMICS_ERROR_UNKNOWN_OPTION, radiomics_settings_set(f.settings, "nothing", "true", &telling.known));
    CHECK(telling.known.struct_size == sizeof telling && telling.known.status == RADIOMICS_ERROR_UNKNOWN_OPTION);
    for (size_t i = 0; i < ROOM; i++)
        CHECK(telling.rest[i] == 0);

    /* arrays of structs that disagree about their size */
    radiomics_region regions[2] = {f.region, f.region};
    static double two[8192];
    radiomics_summary summaries[2];
    memset(summaries, 0, sizeof summaries);
    summaries[0].struct_size = sizeof *summaries;
    summaries[1].struct_size = sizeof *summaries;
    GIVES(RADIOMICS_OK, radiomics_extract_regions(f.plan, &f.image, regions, 2, NULL, NULL, 0, two, NULL,
                                                  2 * f.columns, summaries, &f.diagnostic));
    CHECK(same_bits(two, two + f.columns, f.columns) && same_bits(two, whole, f.columns));
    regions[1].struct_size -= 8;
    GIVES(RADIOMICS_ERROR_STRUCT_SIZE, radiomics_extract_regions(f.plan, &f.image, regions, 2, NULL, NULL, 0, two, NULL,
                                                                 2 * f.columns, summaries, &f.diagnostic));
    CHECK(all_nan(two, 2 * f.columns) && f.diagnostic.region == 1);
    fixture_close(&f);
    puts("every size");
    return EXIT_SUCCESS;
}
