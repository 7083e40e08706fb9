// The C++ layer: an ellipsoid in two forms, threads of the program, progress, every value printed.
//
//     cargo build --release -p radiomics-ffi
//     c++ -std=c++17 examples/cpp/minimal.cpp -Iinclude -Ltarget/release -Wl,-rpath,$PWD/target/release -lradiomics
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <utility>
#include <vector>

#include "radiomics.hpp"

namespace {

// Without exceptions a result is looked at; with them `or_throw` is shorter.
template <class T>
T take(radiomics::Expected<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s: %s\n", result.status().name(), result.status().message());
        std::exit(EXIT_FAILURE);
    }
    return std::move(*result);
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

int main()
{
    constexpr int nx = 30, ny = 28, nz = 12;
    std::vector<float> voxels;
    std::vector<std::uint8_t> mask;
    std::vector<std::uint64_t> indices;
    for (int z = 0; z < nz; z++)
        for (int y = 0; y < ny; y++)
            for (int x = 0; x < nx; x++) {
                voxels.push_back(static_cast<float>((x * 13 + y * 7 + z * 29 + x * y * z) % 200) - 50.0F);
                const int dx = 2 * x - nx + 1, dy = 2 * y - ny + 1, dz = 2 * z - nz + 1;
                const bool inside = dx * dx + dy * dy + 4 * dz * dz < 500;
                if (inside)
                    indices.push_back(mask.size());
                mask.push_back(inside ? 1 : 0);
            }

    auto settings = take(radiomics::Settings::create());
    if (const auto refused = settings.set("discretise.bin_count", "16"); !refused)
        std::fprintf(stderr, "kept the default: %s\n", refused.message());
    const auto plan = take(radiomics::Plan::create(settings));

    const radiomics::Image image(radiomics::Grid({nx, ny, nz}, {1.0, 1.0, 2.5}), voxels);
    const radiomics::Region regions[] = {radiomics::Region::mask(mask), radiomics::Region::indices(indices)};

    // A pool of the program: two threads take tasks until none is left.
    radiomics::Host host;
    double told = 0.0;
    host.on_progress([&](double done) { told = done; }).with_pool(2, [](std::size_t count, const radiomics::Task& task) {
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < count; i = next++)
                task(i);
        };
        std::thread other(work);
        work();
        other.join();
    });

    const auto results = take(plan.extract_all(image, regions, host));
    if (!results.status) {
        std::fprintf(stderr, "%s\n", results.status.message());
        return EXIT_FAILURE;
    }
    const auto values = results.values_of(0), again = results.values_of(1);
    const auto statuses = results.statuses_of(0);
    std::size_t i = 0;
    for (const radiomics::Column& column : plan.columns()) {
        if (!same(values[i], again[i])) {
            std::fprintf(stderr, "%s differs between two forms of one region\n", column.tag);
            return EXIT_FAILURE;
        }
        std::printf("%s %.17g %s\n", column.tag, values[i], radiomics::value_status_name(statuses[i]).c_str());
        i++;
    }
    std::fprintf(stderr, "%.0f %% done, %llu voxels\n", 100.0 * told,
                 static_cast<unsigned long long>(results.summaries[0].region_voxels));
    return EXIT_SUCCESS;
}
