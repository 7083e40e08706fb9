// The C++ layer: exceptions of callbacks, handles that move, views, wrong lengths.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
#if __cplusplus >= 202002L
#include <span>
#endif

#include "radiomics.hpp"

#define CHECK(condition)                                                        \
    do {                                                                        \
        if (!(condition)) {                                                     \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            std::exit(EXIT_FAILURE);                                            \
        }                                                                       \
    } while (0)

static_assert(!std::is_copy_constructible_v<radiomics::Plan> && std::is_nothrow_move_constructible_v<radiomics::Plan>);
static_assert(!std::is_copy_assignable_v<radiomics::Settings>);

struct Stop {
    int number;
};

static bool all_nan(const std::vector<double>& values)
{
    for (const double value : values)
        if (!std::isnan(value))
            return false;
    return true;
}

int main()
{
    using namespace radiomics;
    std::vector<std::int16_t> voxels(20 * 20 * 20);
    std::vector<std::uint8_t> mask(voxels.size(), 1);
    for (std::size_t i = 0; i < voxels.size(); i++)
        voxels[i] = static_cast<std::int16_t>(i * 7919 % 301);
    auto first = Plan::create(Settings::create("ibsi-c").or_throw()).or_throw();
    Plan plan = std::move(first);
    CHECK(first.size() == 0 && plan.size() > 100);
    const Image image(Grid({20, 20, 20}, {1.0, 1.0, 1.0}), voxels);
    const Region region = Region::mask(mask);
    std::vector<double> values(plan.size());

    int caught = 0;
    Host progress;
    progress.on_progress([](double) -> bool { throw Stop{7}; });
    try {
        (void)plan.extract_into(image, region, values, {}, nullptr, progress);
    } catch (const Stop& stop) {
        caught = stop.number;
    }
    CHECK(caught == 7 && all_nan(values));

    values.assign(values.size(), 0.0);
    Host pool;
    pool.with_pool(2, [](std::size_t, const Task&) { throw Stop{8}; });
    try {
        (void)plan.extract_into(image, region, values, {}, nullptr, pool);
    } catch (const Stop& stop) {
        caught = stop.number;
    }
    CHECK(caught == 8 && all_nan(values));

    Host cancel;
    cancel.on_progress([](double) { return false; });
    CHECK(plan.extract_into(image, region, values, {}, nullptr, cancel).code() == RADIOMICS_ERROR_CANCELLED);

    std::vector<std::uint8_t> statuses(3);
    values.assign(values.size(), 0.0);
    CHECK(plan.extract_into(image, region, values, statuses).code() == RADIOMICS_ERROR_OUTPUT_LENGTH);
    CHECK(all_nan(values));

    // every way to run gives the same bits, also in memory of the program
    const auto wanted = plan.extract(image, region).or_throw();
    const auto bytes = plan.workspace_bytes(image.grid(), Span<const Region>(&region, 1)).or_throw();
    std::vector<std::byte> workspace(bytes);
    CHECK(plan.extract(image, region, {}, workspace)->values == wanted.values);
    CHECK(plan.extract(image, region, Host().with_threads(2)).or_throw().values == wanted.values);
    CHECK(plan.workspace_bytes_for(image.grid()).or_throw() >= bytes);

    auto settings = Settings::create().or_throw();
    const Status refused = settings.set("no.such.option", "1");
    CHECK(!refused && refused.code() == RADIOMICS_ERROR_UNKNOWN_OPTION && std::string(refused.message()).size() > 10);
    CHECK(settings.set("resample.spacing_mm", "2,2,2").ok());
    CHECK(settings.get("resample.spacing_mm").or_throw() == "2,2,2");
    bool thrown = false;
    try {
        (void)Settings::create("no-such-preset").or_throw();
    } catch (const Exception& error) {
        thrown = error.status().code() != RADIOMICS_OK;
    }
    CHECK(thrown);

    const std::uint64_t runs[] = {0, 8000};
    const std::vector<std::uint8_t> bits(1000, 0xff);
    for (const Region& form : {Region::runs(runs), Region::bits(bits, BitOrder::low_first), Region::labelled(mask, 1),
                               Region::fraction(std::vector<float>(8000, 1.0F))}) {
        if (form.kind == RADIOMICS_REGION_FRACTION)
            continue;  // its buffer is gone: it only had to compile
        std::vector<std::uint8_t> drawn(8000);
        CHECK(draw(image.grid(), form, drawn).ok() && drawn == mask);
        CHECK(box_of(image.grid(), form)->shape[0] == 20);
    }
#if __cplusplus >= 202002L
    const std::span<const std::int16_t> view(voxels);
    const Image viewed(image.grid(), view);
    std::span<double> into(values);
    CHECK(plan.extract_into(viewed, region, into).ok() && values == wanted.values);
#endif
    CHECK(features().size() > 100 && options().size() > 10 && presets().size() > 3);
    return EXIT_SUCCESS;
}
