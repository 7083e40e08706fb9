/* Every pointer of every function NULL once: a code that says so, or no error where the header allows it. */
#include "fixture.h"

#define NEEDED(call) GIVES(RADIOMICS_ERROR_NULL_POINTER, call)
#define ALLOWED(call) GIVES(RADIOMICS_OK, call)

int main(void)
{
    fixture f;
    fixture_open(&f);
    radiomics_diagnostic *d = &f.diagnostic;
    char text[64];
    size_t needed = 0;

    /* settings */
    radiomics_settings *settings = NULL;
    NEEDED(radiomics_settings_create(NULL, NULL, 0, NULL, d));
    ALLOWED(radiomics_settings_create(NULL, NULL, 0, &settings, NULL));
    NEEDED(radiomics_settings_set(NULL, "diagnostics", "true", d));
    CHECK(strcmp(d->field, "settings") == 0 && d->status == RADIOMICS_ERROR_NULL_POINTER);
    NEEDED(radiomics_settings_set(settings, NULL, "true", d));
    NEEDED(radiomics_settings_set(settings, "diagnostics", NULL, d));
    ALLOWED(radiomics_settings_set(settings, "diagnostics", "true", NULL));
    NEEDED(radiomics_settings_get(NULL, "diagnostics", text, sizeof text, &needed, d));
    NEEDED(radiomics_settings_get(settings, NULL, text, sizeof text, &needed, d));
    NEEDED(radiomics_settings_get(settings, "diagnostics", NULL, sizeof text, &needed, d));
    NEEDED(radiomics_settings_get(settings, "diagnostics", NULL, 0, NULL, d));
    ALLOWED(radiomics_settings_get(settings, "diagnostics", NULL, 0, &needed, d));
    CHECK(needed == sizeof "true");
    ALLOWED(radiomics_settings_get(settings, "diagnostics", text, sizeof text, NULL, NULL));
    CHECK(strcmp(text, "true") == 0);
    ALLOWED(radiomics_settings_destroy(NULL));

    /* plan */
    radiomics_plan *plan = NULL;
    radiomics_column column;
    memset(&column, 0, sizeof column);
    column.struct_size = sizeof column;
    const char *selectors[] = {"glcm", NULL};
    NEEDED(radiomics_plan_create(NULL, NULL, 0, NULL, 0, &plan, d));
    NEEDED(radiomics_plan_create(settings, NULL, 1, NULL, 0, &plan, d));
    NEEDED(radiomics_plan_create(settings, selectors, 2, NULL, 0, &plan, d));
    CHECK(plan == NULL);
    NEEDED(radiomics_plan_create(settings, NULL, 0, NULL, 0, NULL, d));
    ALLOWED(radiomics_plan_create(settings, selectors, 1, NULL, 0, &plan, NULL));
    CHECK(radiomics_plan_columns(NULL) == 0);
    NEEDED(radiomics_plan_column(NULL, 0, &column, d));
    NEEDED(radiomics_plan_column(plan, 0, NULL, d));
    ALLOWED(radiomics_plan_column(plan, 0, &column, NULL));
    CHECK(strcmp(column.family, "glcm") == 0);
    NEEDED(radiomics_plan_setting(NULL, "diagnostics", text, sizeof text, &needed, d));
    NEEDED(radiomics_plan_setting(plan, NULL, text, sizeof text, &needed, d));
    NEEDED(radiomics_plan_setting(plan, "diagnostics", NULL, sizeof text, &needed, d));
    NEEDED(radiomics_plan_setting(plan, "diagnostics", NULL, 0, NULL, d));
    ALLOWED(radiomics_plan_setting(plan, "diagnostics", text, sizeof text, NULL, NULL));
    ALLOWED(radiomics_plan_destroy(NULL));
    ALLOWED(radiomics_plan_destroy(plan));

    /* tables */
    NEEDED(radiomics_feature_at(0, NULL));
    NEEDED(radiomics_option_at(0, NULL));
    NEEDED(radiomics_preset_at(0, NULL));
    NEEDED(radiomics_value_status_name(0, NULL, sizeof text, &needed));
    NEEDED(radiomics_value_status_name(0, NULL, 0, NULL));
    ALLOWED(radiomics_value_status_name(0, text, sizeof text, NULL));

    /* regions alone */
    radiomics_box box;
    memset(&box, 0, sizeof box);
    box.struct_size = sizeof box;
    static uint8_t mask[VOXELS];
    NEEDED(radiomics_region_box(NULL, &f.region, &box, d));
    NEEDED(radiomics_region_box(&f.grid, NULL, &box, d));
    NEEDED(radiomics_region_box(&f.grid, &f.region, NULL, d));
    ALLOWED(radiomics_region_box(&f.grid, &f.region, &box, NULL));
    NEEDED(radiomics_region_mask(NULL, &f.region, NULL, NULL, NULL, 0, mask, sizeof mask, NULL, d));
    NEEDED(radiomics_region_mask(&f.grid, NULL, NULL, NULL, NULL, 0, mask, sizeof mask, NULL, d));
    NEEDED(radiomics_region_mask(&f.grid, &f.region, NULL, NULL, NULL, 0, NULL, sizeof mask, NULL, d));
    ALLOWED(radiomics_region_mask(&f.grid, &f.region, NULL, NULL, NULL, 0, mask, sizeof mask, NULL, NULL));
    CHECK(memcmp(mask, f.mask, sizeof mask) == 0);

    /* memory */
    size_t bytes = 1;
    NEEDED(radiomics_workspace_bytes(NULL, &f.grid, &f.region, 1, NULL, &bytes, d));
    CHECK(bytes == 0);
    NEEDED(radiomics_workspace_bytes(f.plan, NULL, &f.region, 1, NULL, &bytes, d));
    NEEDED(radiomics_workspace_bytes(f.plan, &f.grid, NULL, 1, NULL, &bytes, d));
    NEEDED(radiomics_workspace_bytes(f.plan, &f.grid, &f.region, 1, NULL, NULL, d));
    ALLOWED(radiomics_workspace_bytes(f.plan, &f.grid, &f.region, 1, NULL, &bytes, NULL));
    NEEDED(radiomics_workspace_bytes_for_box(NULL, &f.grid, &box, NULL, &bytes, d));
    NEEDED(radiomics_workspace_bytes_for_box(f.plan, NULL, &box, NULL, &bytes, d));
    NEEDED(radiomics_workspace_bytes_for_box(f.plan, &f.grid, NULL, NULL, &bytes, d));
    NEEDED(radiomics_workspace_bytes_for_box(f.plan, &f.grid, &box, NULL, NULL, d));
    ALLOWED(radiomics_workspace_bytes_for_box(f.plan, &f.grid, &box, NULL, &bytes, NULL));
    CHECK(bytes >= f.bytes);

    /* extraction */
    const size_t n = f.columns;
    radiomics_summary summary;
    memset(&summary, 0, sizeof summary);
    summary.struct_size = sizeof summary;
    radiomics_image image = f.image;
    radiomics_region region = f.region;
    radiomics_host host;
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    host.run = RADIOMICS_RUN_HOST;
    host.threads = 2;
#define FAILS(call)                        \
    do {                                   \
        memset(f.values, 0, n * 8);        \
        NEEDED(call);                      \
        CHECK(all_nan(f.values, n));       \
    } while (0)
    FAILS(radiomics_extract(NULL, &f.image, &f.region, NULL, NULL, 0, f.values, f.statuses, n, &summary, d));
    CHECK(summary.status == RADIOMICS_ERROR_NULL_POINTER);
    FAILS(radiomics_extract(f.plan, NULL, &f.region, NULL, NULL, 0, f.values, f.statuses, n, &summary, d));
    FAILS(radiomics_extract(f.plan, &f.image, NULL, NULL, NULL, 0, f.values, f.statuses, n, &summary, d));
    NEEDED(radiomics_extract(f.plan, &f.image, &f.region, NULL, NULL, 0, NULL, f.statuses, n, &summary, d));
    image.grid = NULL;
    FAILS(radiomics_extract(f.plan, &image, &f.region, NULL, NULL, 0, f.values, f.statuses, n, &summary, d));
    image = f.image;
    image.data = NULL;
    FAILS(radiomics_extract(f.plan, &image, &f.region, NULL, NULL, 0, f.values, f.statuses, n, &summary, d));
    region.data = NULL;
    FAILS(radiomics_extract(f.plan, &f.image, &region, NULL, NULL, 0, f.values, f.statuses, n, &summary, d));
    FAILS(radiomics_extract(f.plan, &f.image, &f.region, &host, NULL, 0, f.values, f.statuses, n, &summary, d));
    ALLOWED(radiomics_extract(f.plan, &f.image, &f.region, NULL, NULL, 0, f.values, NULL, n, NULL, NULL));
    CHECK(!all_nan(f.values, n));
    FAILS(radiomics_extract_regions(NULL, &f.image, &f.region, 1, NULL, NULL, 0, f.values, f.statuses, n, NULL, d));
    FAILS(radiomics_extract_regions(f.plan, NULL, &f.region, 1, NULL, NULL, 0, f.values, f.statuses, n, NULL, d));
    FAILS(radiomics_extract_regions(f.plan, &f.image, NULL, 1, NULL, NULL, 0, f.values, f.statuses, n, NULL, d));
    NEEDED(radiomics_extract_regions(f.plan, &f.image, &f.region, 1, NULL, NULL, 0, NULL, f.statuses, n, NULL, d));
    ALLOWED(radiomics_extract_regions(f.plan, &f.image, &f.region, 1, NULL, NULL, 0, f.values, NULL, n, NULL, NULL));

    /* a handle that is none, and one that is no longer */
    static uint64_t nonsense[64];
    GIVES(RADIOMICS_ERROR_HANDLE, radiomics_plan_destroy((radiomics_plan *)nonsense));
    GIVES(RADIOMICS_ERROR_HANDLE,
          radiomics_settings_set((radiomics_settings *)f.plan, "diagnostics", "true", d));
    radiomics_settings_destroy(settings);
    fixture_close(&f);
    puts("every pointer");
    return EXIT_SUCCESS;
}
