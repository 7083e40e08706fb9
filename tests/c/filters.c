/* Every filter by its key: alone, all in one plan, and bins of fixed size only where the width is that filter's. */
#include "fixture.h"

static fixture f;

static const char *const FILTERS[] = {
    "mean",       "gaussian", "log",   "laws",      "gabor",           "wavelet",  "simoncelli",
    "riesz",      "riesz_log", "riesz_simoncelli", "gradient", "lbp", "square",   "square_root",
    "logarithm",  "exponential",
};
enum { COUNT = sizeof FILTERS / sizeof FILTERS[0] };

static radiomics_settings *settings(const char *images)
{
    radiomics_settings *out;
    GIVES(RADIOMICS_OK, radiomics_settings_create(NULL, NULL, 0, &out, &f.diagnostic));
    GIVES(RADIOMICS_OK, radiomics_settings_set(out, "filter.images", images, &f.diagnostic));
    return out;
}

static radiomics_plan *plan(const radiomics_settings *of)
{
    const char *selector = "statistics";
    radiomics_plan *out;
    GIVES(RADIOMICS_OK, radiomics_plan_create(of, &selector, 1, NULL, 0, &out, &f.diagnostic));
    return out;
}

/* Values on exactly the announced memory. */
static void extract(const radiomics_plan *of, double *values, uint8_t *statuses, size_t count)
{
    size_t bytes;
    GIVES(RADIOMICS_OK, radiomics_workspace_bytes(of, &f.grid, &f.region, 1, NULL, &bytes, &f.diagnostic));
    void *workspace = malloc(bytes);
    CHECK(workspace != NULL);
    GIVES(RADIOMICS_OK, radiomics_extract(of, &f.image, &f.region, NULL, workspace, bytes, values, statuses, count, NULL,
                                          &f.diagnostic));
    free(workspace);
}

static int begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

int main(void)
{
    fixture_open(&f);
    enum { EACH = 18, MOST = EACH * (COUNT + 1) };
    static double alone[MOST], together[MOST];
    static uint8_t statuses[MOST];
    char images[512] = "original";
    for (size_t i = 0; i < COUNT; i++) {
        strcat(strcat(images, ","), FILTERS[i]);
        radiomics_settings *s = settings(FILTERS[i]);
        radiomics_plan *p = plan(s);
        const size_t columns = radiomics_plan_columns(p);
        CHECK(columns >= EACH && columns % EACH == 0);
        double *values = (double *)malloc(columns * sizeof *values);
        uint8_t *all = (uint8_t *)malloc(columns);
        CHECK(values && all);
        extract(p, values, all, columns);
        for (size_t c = 0; c < columns; c++) {
            radiomics_column column;
            memset(&column, 0, sizeof column);
            column.struct_size = sizeof column;
            GIVES(RADIOMICS_OK, radiomics_plan_column(p, c, &column, &f.diagnostic));
            CHECK(begins(column.filter, FILTERS[i]));
            CHECK(isfinite(values[c]));
        }
        memcpy(alone + EACH * (i + 1), values, EACH * sizeof *values);
        free(all);
        free(values);
        GIVES(RADIOMICS_OK, radiomics_plan_destroy(p));
        GIVES(RADIOMICS_OK, radiomics_settings_destroy(s));
    }

    /* all at once, each with one image */
    radiomics_settings *s = settings(images);
    GIVES(RADIOMICS_OK, radiomics_settings_set(s, "filter.wavelet.bands", "LLL", &f.diagnostic));
    radiomics_plan *p = plan(s);
    CHECK(radiomics_plan_columns(p) == MOST);
    extract(p, together, statuses, MOST);
    /* those whose first image alone is the one here */
    for (size_t i = 1; i <= COUNT; i++)
        CHECK(same_bits(together + EACH * i, alone + EACH * i, EACH));
    GIVES(RADIOMICS_OK, radiomics_plan_destroy(p));
    GIVES(RADIOMICS_OK, radiomics_settings_destroy(s));

    /* bins of fixed size are those of the unfiltered image; a filter has them with its own width only */
    s = settings("original,log");
    GIVES(RADIOMICS_OK, radiomics_settings_set(s, "discretise.bin_width", "5", &f.diagnostic));
    const char *tag = "ih_max";
    double levels[2];
    for (int own = 0; own < 2; own++) {
        if (own)
            GIVES(RADIOMICS_OK, radiomics_settings_set(s, "filter.log.bin_width", "0.25", &f.diagnostic));
        GIVES(RADIOMICS_OK, radiomics_plan_create(s, &tag, 1, NULL, 0, &p, &f.diagnostic));
        CHECK(radiomics_plan_columns(p) == 2);
        extract(p, levels, statuses, 2);
        CHECK(own ? levels[1] != 32.0 : levels[1] == 32.0);
        GIVES(RADIOMICS_OK, radiomics_plan_destroy(p));
    }
    GIVES(RADIOMICS_OK, radiomics_settings_set(s, "filter.images", "log", &f.diagnostic));
    GIVES(RADIOMICS_ERROR_INVALID_ARGUMENT, radiomics_plan_create(s, NULL, 0, NULL, 0, &p, &f.diagnostic));
    CHECK(strstr(f.diagnostic.message, "discretise.bin_width") != NULL);
    GIVES(RADIOMICS_OK, radiomics_settings_set(s, "filter.images", "original,log", &f.diagnostic));
    GIVES(RADIOMICS_OK, radiomics_settings_set(s, "filter.bin_count", "8", &f.diagnostic));
    GIVES(RADIOMICS_ERROR_INVALID_ARGUMENT, radiomics_plan_create(s, NULL, 0, NULL, 0, &p, &f.diagnostic));
    CHECK(strstr(f.diagnostic.message, "filter.bin_count") != NULL);
    GIVES(RADIOMICS_OK, radiomics_settings_destroy(s));

    /* the option table lists what was set */
    size_t found = 0;
    for (size_t i = 0; i < radiomics_option_count(); i++) {
        radiomics_option option;
        memset(&option, 0, sizeof option);
        option.struct_size = sizeof option;
        GIVES(RADIOMICS_OK, radiomics_option_at(i, &option));
        found += begins(option.key, "filter.");
    }
    CHECK(found >= 30 + COUNT);
    fixture_close(&f);
    puts("ok");
    return EXIT_SUCCESS;
}
