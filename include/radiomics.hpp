/*
 * radiomics for C++17 and later: the C interface of radiomics.h with owners, views and results.
 *
 * Nothing here throws or takes memory by itself, but for the calls that return vectors and strings. It builds with
 * -fno-exceptions; with exceptions, `or_throw` turns a result into its value or a radiomics::Exception, and what a
 * callback of the program throws ends the call and is thrown again when the library has returned.
 */
#ifndef RADIOMICS_HPP
#define RADIOMICS_HPP

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "radiomics.h"

#if defined(__cpp_exceptions)
#define RADIOMICS_EXCEPTIONS 1
#include <exception>
#include <stdexcept>
#else
#define RADIOMICS_EXCEPTIONS 0
#endif

namespace radiomics {

/** A part of memory: a pointer and a number of elements. Made from arrays, vectors, std::span and the like. */
template <class T>
class Span {
public:
    constexpr Span() noexcept = default;
    constexpr Span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}

    template <class C, class P = decltype(std::data(std::declval<C&>())),
              class = std::enable_if_t<!std::is_same_v<std::remove_cv_t<std::remove_reference_t<C>>, Span> &&
                                       std::is_convertible_v<std::remove_pointer_t<P> (*)[], T (*)[]>>>
    constexpr Span(C&& from) noexcept : data_(std::data(from)), size_(std::size(from))
    {
    }

    constexpr T* data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr std::size_t bytes() const noexcept { return size_ * sizeof(T); }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr T* begin() const noexcept { return data_; }
    constexpr T* end() const noexcept { return data_ + size_; }
    constexpr T& operator[](std::size_t index) const noexcept { return data_[index]; }
    constexpr Span part(std::size_t first, std::size_t count) const noexcept { return {data_ + first, count}; }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

using Column = radiomics_column;
using Feature = radiomics_feature;
using Option = radiomics_option;
using Preset = radiomics_preset;
using Summary = radiomics_summary;
using Drawing = radiomics_drawing;
using Box = radiomics_box;

namespace detail {

/** A struct of the C interface, all 0 behind its size. */
template <class T>
T sized() noexcept
{
    T value{};
    value.struct_size = sizeof(T);
    return value;
}

template <class C>
using Element = std::remove_cv_t<std::remove_pointer_t<decltype(std::data(std::declval<const C&>()))>>;

template <class T>
constexpr std::uint32_t dtype() noexcept
{
    static_assert(std::is_integral_v<T> || std::is_same_v<T, float> || std::is_same_v<T, double>,
                  "voxels are integers, float or double");
    if constexpr (std::is_same_v<T, float>)
        return RADIOMICS_F32;
    else if constexpr (std::is_same_v<T, double>)
        return RADIOMICS_F64;
    else if constexpr (sizeof(T) == 1)
        return std::is_signed_v<T> ? RADIOMICS_I8 : RADIOMICS_U8;
    else if constexpr (sizeof(T) == 2)
        return std::is_signed_v<T> ? RADIOMICS_I16 : RADIOMICS_U16;
    else if constexpr (sizeof(T) == 4)
        return std::is_signed_v<T> ? RADIOMICS_I32 : RADIOMICS_U32;
    else
        return std::is_signed_v<T> ? RADIOMICS_I64 : RADIOMICS_U64;
}

}  // namespace detail

/** What a call answered, with the details when it did not do its work. */
class [[nodiscard]] Status {
public:
    Status() noexcept : diagnostic_(detail::sized<radiomics_diagnostic>()) {}

    /** For calls that fill a diagnostic: `status.from(radiomics_...(..., status.out()))`. */
    radiomics_diagnostic* out() noexcept { return &diagnostic_; }
    Status& from(radiomics_status code) noexcept
    {
        diagnostic_.status = code;
        return *this;
    }

    bool ok() const noexcept { return code() == RADIOMICS_OK; }
    explicit operator bool() const noexcept { return ok(); }
    radiomics_status code() const noexcept { return diagnostic_.status; }
    /** The name of the code: `workspace_too_small`. */
    const char* name() const noexcept { return radiomics_status_name(code()); }
    /** A sentence for people; empty when all is well. */
    const char* message() const noexcept { return diagnostic_.message; }
    /** The argument it is about, dotted; may be empty. */
    const char* field() const noexcept { return diagnostic_.field; }
    /** Which of several regions it is about; -1 when it is about none. */
    std::int32_t region() const noexcept { return diagnostic_.region; }
    /** How much is needed where something is too small. */
    std::uint64_t needed() const noexcept { return diagnostic_.needed; }
    std::uint64_t given() const noexcept { return diagnostic_.given; }

    /** Goes on, or throws an Exception. Only with exceptions. */
    void or_throw() const;

private:
    radiomics_diagnostic diagnostic_;
};

#if RADIOMICS_EXCEPTIONS
/** What `or_throw` throws. */
class Exception : public std::runtime_error {
public:
    explicit Exception(const Status& status)
        : std::runtime_error(std::string(status.name()) + ": " + status.message()), status_(status)
    {
    }
    const Status& status() const noexcept { return status_; }

private:
    Status status_;
};

inline void Status::or_throw() const
{
    if (!ok())
        throw Exception(*this);
}
#endif

/** A value, or the status that says why there is none. */
template <class T>
class [[nodiscard]] Expected {
public:
    Expected(T value) : value_(std::move(value)) {}
    Expected(const Status& status) : status_(status) {}

    bool ok() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return ok(); }
    const Status& status() const noexcept { return status_; }
    /** The value; there must be one. */
    T& operator*() noexcept { return *value_; }
    const T& operator*() const noexcept { return *value_; }
    T* operator->() noexcept { return &*value_; }
    const T* operator->() const noexcept { return &*value_; }

#if RADIOMICS_EXCEPTIONS
    /** The value, or an Exception. */
    T or_throw() &&
    {
        if (!ok())
            throw Exception(status_);
        return std::move(*value_);
    }
#endif

private:
    std::optional<T> value_;
    Status status_;
};

/** In which order voxels are counted: the fastest axis first. */
enum class Order : std::uint32_t {
    xyz = RADIOMICS_ORDER_XYZ,
    yxz = RADIOMICS_ORDER_YXZ,
    zyx = RADIOMICS_ORDER_ZYX,
    xzy = RADIOMICS_ORDER_XZY,
    yzx = RADIOMICS_ORDER_YZX,
    zxy = RADIOMICS_ORDER_ZXY
};

/** Which bit of a byte comes first. */
enum class BitOrder : std::uint32_t { low_first = RADIOMICS_BITS_LOW_FIRST, high_first = RADIOMICS_BITS_HIGH_FIRST };

/** When a voxel is inside contours. */
enum class Inside : std::uint32_t {
    even_odd = RADIOMICS_INSIDE_EVEN_ODD,
    in_any = RADIOMICS_INSIDE_UNION,
    winding = RADIOMICS_INSIDE_WINDING
};

/** For which slice a contour counts. */
enum class SliceRule : std::uint32_t {
    nearest = RADIOMICS_SLICE_NEAREST,
    skip_beyond = RADIOMICS_SLICE_SKIP_BEYOND,
    refuse_beyond = RADIOMICS_SLICE_REFUSE_BEYOND,
    nearest_plane = RADIOMICS_SLICE_NEAREST_PLANE
};

/** A voxel grid. */
struct Grid : radiomics_grid {
    Grid(std::array<std::int64_t, 3> voxels, std::array<double, 3> millimetres) noexcept
        : radiomics_grid(detail::sized<radiomics_grid>())
    {
        for (std::size_t axis = 0; axis < 3; axis++) {
            shape[axis] = voxels[axis];
            spacing[axis] = millimetres[axis];
        }
    }
    /** The centre of the first voxel. */
    Grid& with_origin(std::array<double, 3> point) noexcept
    {
        for (std::size_t axis = 0; axis < 3; axis++)
            origin[axis] = point[axis];
        return *this;
    }
    /** The matrix whose columns are the axes of the grid, row by row. */
    Grid& with_direction(std::array<double, 9> matrix) noexcept
    {
        for (std::size_t i = 0; i < 9; i++)
            direction[i] = matrix[i];
        return *this;
    }
    /** Irregular slices, for drawing only. The positions must outlive the grid. */
    Grid& with_slices(Span<const double> positions) noexcept
    {
        slice_positions = positions.data();
        slice_count = positions.size();
        return *this;
    }
};

/** An image: voxels of the program on a grid, read in place. They must outlive it; the grid is copied. */
class Image {
public:
    template <class C>
    Image(const Grid& grid, const C& voxels) noexcept
        : Image(grid, std::data(voxels), std::size(voxels) * sizeof(detail::Element<C>),
                detail::dtype<detail::Element<C>>())
    {
    }
    /** For voxels whose type is known at run time: RADIOMICS_U8... */
    Image(const Grid& grid, const void* data, std::size_t bytes, std::uint32_t dtype) noexcept
        : grid_(grid), image_(detail::sized<radiomics_image>())
    {
        image_.data = data;
        image_.data_bytes = bytes;
        image_.dtype = dtype;
    }
    /** Steps from voxel to voxel along x, y, z, and the index of the first voxel. */
    Image& with_strides(std::array<std::int64_t, 3> strides, std::int64_t start = 0) noexcept
    {
        for (std::size_t axis = 0; axis < 3; axis++)
            image_.strides[axis] = strides[axis];
        image_.start = start;
        return *this;
    }
    /** intensity = slope * voxel + intercept */
    Image& rescaled(double slope, double intercept) noexcept
    {
        image_.slope = slope;
        image_.intercept = intercept;
        return *this;
    }
    const Grid& grid() const noexcept { return grid_; }
    /** For the C interface; it points into this image. */
    radiomics_image c() const noexcept
    {
        radiomics_image image = image_;
        image.grid = &grid_;
        return image;
    }

private:
    Grid grid_;
    radiomics_image image_;
};

/** A region in the form in which the program holds it, read in place: its memory must outlive it. */
struct Region : radiomics_region {
    /** Every voxel that is not zero. */
    template <class C>
    static Region mask(const C& voxels) noexcept
    {
        return Region(RADIOMICS_REGION_MASK, voxels);
    }
    /** Every voxel that equals `label`, which is not 0. */
    template <class C>
    static Region labelled(const C& voxels, double value) noexcept
    {
        Region region(RADIOMICS_REGION_LABEL, voxels);
        region.label = value;
        return region;
    }
    /** The same for an array whose type is known at run time: RADIOMICS_U8... */
    static Region labelled(const void* elements, std::size_t bytes, std::uint32_t type, double value) noexcept
    {
        Region region(RADIOMICS_REGION_LABEL, Span<const std::uint8_t>());
        region.data = elements;
        region.data_bytes = bytes;
        region.dtype = type;
        region.label = value;
        return region;
    }
    /** Every voxel whose fraction is at least the threshold; 0 means 0.5. */
    template <class C>
    static Region fraction(const C& voxels, double at_least = 0.0) noexcept
    {
        Region region(RADIOMICS_REGION_FRACTION, voxels);
        region.threshold = at_least;
        return region;
    }
    /** Every bit that is set. */
    static Region bits(Span<const std::uint8_t> bytes, BitOrder first) noexcept
    {
        Region region(RADIOMICS_REGION_BITS, bytes);
        region.bit_order = static_cast<std::uint32_t>(first);
        return region;
    }
    /** Linear indices, counted from `base` (0 or 1). */
    template <class C>
    static Region indices(const C& list, Order counted = Order::xyz, std::uint32_t base = 0) noexcept
    {
        return Region(RADIOMICS_REGION_INDICES, list, counted, base);
    }
    /** Linear indices with the fraction of each voxel that is inside. */
    template <class C, class O>
    static Region indices_with_occupancy(const C& list, const O& fractions, double at_least = 0.0,
                                         Order counted = Order::xyz, std::uint32_t base = 0) noexcept
    {
        Region region(RADIOMICS_REGION_INDICES, list, counted, base);
        region.occupancy = std::data(fractions);
        region.occupancy_bytes = std::size(fractions) * sizeof(detail::Element<O>);
        region.occupancy_dtype = detail::dtype<detail::Element<O>>();
        region.threshold = at_least;
        return region;
    }
    /** Pairs: index of the first voxel, number of voxels. */
    template <class C>
    static Region runs(const C& pairs, Order counted = Order::xyz, std::uint32_t base = 0) noexcept
    {
        return Region(RADIOMICS_REGION_RUNS, pairs, counted, base);
    }
    /** Fours: x, y, z, number of voxels along the fastest axis. */
    template <class C>
    static Region rows(const C& fours, Order counted = Order::xyz, std::uint32_t base = 0) noexcept
    {
        return Region(RADIOMICS_REGION_ROWS, fours, counted, base);
    }
    /** Closed planar contours: points x, y, z in patient mm, and how many points each contour has. */
    static Region contours(Span<const double> points, Span<const std::uint32_t> sizes, Inside inside = Inside::even_odd,
                           SliceRule rule = SliceRule::nearest, double tolerance = 0.0) noexcept
    {
        Region region(RADIOMICS_REGION_CONTOURS, points);
        region.contour_sizes = sizes.data();
        region.contour_count = sizes.size();
        region.inside_rule = static_cast<std::uint32_t>(inside);
        region.slice_rule = static_cast<std::uint32_t>(rule);
        region.slice_tolerance = tolerance;
        return region;
    }
    /** Masks, labels, fractions and bits: steps along x, y, z, and the index of the first voxel. */
    Region& with_strides(std::array<std::int64_t, 3> steps, std::int64_t first = 0) noexcept
    {
        for (std::size_t axis = 0; axis < 3; axis++)
            strides[axis] = steps[axis];
        start = first;
        return *this;
    }

private:
    template <class C>
    Region(std::uint32_t form, const C& elements) noexcept : radiomics_region(detail::sized<radiomics_region>())
    {
        kind = form;
        dtype = detail::dtype<detail::Element<C>>();
        data = std::data(elements);
        data_bytes = std::size(elements) * sizeof(detail::Element<C>);
    }
    template <class C>
    Region(std::uint32_t form, const C& list, Order counted, std::uint32_t base) noexcept : Region(form, list)
    {
        order = static_cast<std::uint32_t>(counted);
        index_base = base;
    }
};
static_assert(sizeof(Region) == sizeof(radiomics_region) && std::is_standard_layout_v<Region>,
              "an array of regions is one of the C interface");

/** A task of the library: call it once with each index. It may be called on any thread. */
class Task {
public:
    Task(radiomics_task task, void* context) noexcept : task_(task), context_(context) {}
    void operator()(std::size_t index) const noexcept { task_(context_, index); }

private:
    radiomics_task task_;
    void* context_;
};

/** What the program lends to a call: progress and threads. By default neither. */
class Host {
public:
    /** Told how much is done, from 0 to 1; a callable that returns bool goes on with true and cancels with false. */
    template <class F>
    Host& on_progress(F told)
    {
        progress_ = [told = std::move(told)](double done) mutable -> bool {
            if constexpr (std::is_void_v<decltype(told(done))>) {
                told(done);
                return true;
            } else {
                return static_cast<bool>(told(done));
            }
        };
        return *this;
    }
    /** Threads of the library; 0 for one on each core. */
    Host& with_threads(std::uint32_t count) noexcept
    {
        run_ = RADIOMICS_RUN_THREADS;
        threads_ = count;
        return *this;
    }
    /**
     * Threads of the program, `count` of them: `run(n, task)` calls `task(i)` once for each i below n, on any threads
     * and in any order, and returns when all have returned, also when it throws. One that returns bool says with false
     * that it could not.
     */
    template <class F>
    Host& with_pool(std::uint32_t count, F run)
    {
        run_ = RADIOMICS_RUN_HOST;
        threads_ = count;
        parallel_for_ = [run = std::move(run)](std::size_t tasks, const Task& task) mutable -> bool {
            if constexpr (std::is_void_v<decltype(run(tasks, task))>) {
                run(tasks, task);
                return true;
            } else {
                return static_cast<bool>(run(tasks, task));
            }
        };
        return *this;
    }

    /** The host for the time of one call of the C interface. What a callback throws is kept until the call is over. */
    class Call {
    public:
        explicit Call(const Host& host) noexcept : host_(host), c_(detail::sized<radiomics_host>())
        {
            if (host.progress_) {
                c_.progress = progress;
                c_.progress_context = this;
            }
            c_.run = host.run_;
            c_.threads = host.threads_;
            if (host.parallel_for_) {
                c_.parallel_for = parallel_for;
                c_.parallel_context = this;
            }
        }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

        const radiomics_host* c() const noexcept { return &c_; }
        /** Throws again what a callback threw. */
        void finish()
        {
#if RADIOMICS_EXCEPTIONS
            if (thrown_)
                std::rethrow_exception(std::exchange(thrown_, nullptr));
#endif
        }

    private:
        template <class F>
        std::int32_t guarded(F call) noexcept
        {
#if RADIOMICS_EXCEPTIONS
            try {
                return call() ? 0 : 1;
            } catch (...) {
                if (!taken_.test_and_set())
                    thrown_ = std::current_exception();
                return 1;
            }
#else
            return call() ? 0 : 1;
#endif
        }
        static std::int32_t progress(void* context, double done) noexcept
        {
            Call& call = *static_cast<Call*>(context);
            return call.guarded([&] { return call.host_.progress_(done); });
        }
        static std::int32_t parallel_for(void* context, std::size_t count, radiomics_task task,
                                         void* task_context) noexcept
        {
            Call& call = *static_cast<Call*>(context);
            return call.guarded([&] { return call.host_.parallel_for_(count, Task(task, task_context)); });
        }

        const Host& host_;
        radiomics_host c_;
#if RADIOMICS_EXCEPTIONS
        std::atomic_flag taken_ = ATOMIC_FLAG_INIT;
        std::exception_ptr thrown_;
#endif
    };

private:
    std::function<bool(double)> progress_;
    std::function<bool(std::size_t, const Task&)> parallel_for_;
    std::uint32_t run_ = RADIOMICS_RUN_SERIAL;
    std::uint32_t threads_ = 0;
};

namespace detail {

/** A handle of the C interface, ended once. */
template <class T, radiomics_status (*END)(T*)>
class Handle {
public:
    Handle() noexcept = default;
    Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept
    {
        if (this != &other) {
            END(handle_);
            handle_ = std::exchange(other.handle_, nullptr);
        }
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { END(handle_); }

    T* get() const noexcept { return handle_; }
    T** out() noexcept { return &handle_; }

private:
    T* handle_ = nullptr;
};

/** Asks for the length of a text, then for the text. */
template <class Get>
Expected<std::string> text(Get get)
{
    Status status;
    std::size_t needed = 0;
    if (!status.from(get(nullptr, std::size_t{0}, &needed, status.out())))
        return status;
    std::string found(needed, '\0');
    if (!status.from(get(found.data(), found.size(), &needed, status.out())))
        return status;
    found.resize(needed - 1);
    return found;
}

/** A range of descriptions by index. */
template <class T, class At>
class Table {
public:
    class Iterator {
    public:
        using value_type = T;
        using reference = T;
        using pointer = const T*;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;

        Iterator(const Table* table, std::size_t index) noexcept : table_(table), index_(index) {}
        T operator*() const noexcept { return (*table_)[index_]; }
        Iterator& operator++() noexcept
        {
            ++index_;
            return *this;
        }
        bool operator==(const Iterator& other) const noexcept { return index_ == other.index_; }
        bool operator!=(const Iterator& other) const noexcept { return index_ != other.index_; }

    private:
        const Table* table_;
        std::size_t index_;
    };

    Table(std::size_t size, At at) noexcept : size_(size), at_(at) {}
    std::size_t size() const noexcept { return size_; }
    /** The description at an index; all empty beyond the end. */
    T operator[](std::size_t index) const noexcept
    {
        T value = sized<T>();
        if (at_(index, &value) != RADIOMICS_OK)
            value = sized<T>();
        return value;
    }
    Iterator begin() const noexcept { return {this, 0}; }
    Iterator end() const noexcept { return {this, size_}; }

private:
    std::size_t size_;
    At at_;
};

}  // namespace detail

/** Every feature, without a plan. */
inline auto features() noexcept
{
    return detail::Table<Feature, decltype(&radiomics_feature_at)>(radiomics_feature_count(), &radiomics_feature_at);
}

/** Every option of the settings. */
inline auto options() noexcept
{
    return detail::Table<Option, decltype(&radiomics_option_at)>(radiomics_option_count(), &radiomics_option_at);
}

/** Every preset. */
inline auto presets() noexcept
{
    return detail::Table<Preset, decltype(&radiomics_preset_at)>(radiomics_preset_count(), &radiomics_preset_at);
}

/** Whether there is a value behind a value status. */
constexpr bool has_value(std::uint8_t value_status) noexcept { return value_status < 10; }

/** The word for a value status, as it stands in tables; empty for a number that is none. */
inline std::string value_status_name(std::uint8_t value_status)
{
    char word[RADIOMICS_WORD_BYTES] = "";
    std::size_t needed = 0;
    return radiomics_value_status_name(value_status, word, sizeof word, &needed) == RADIOMICS_OK ? word : "";
}

/** Options by their keys. */
class Settings {
public:
    /** The settings of a preset, or with every option at its default. */
    static Expected<Settings> create(const char* preset = nullptr) { return create_in({}, preset); }
    /** The same in memory of the program, radiomics_settings_bytes() of it, that must outlive the settings. */
    static Expected<Settings> create_in(Span<std::byte> storage, const char* preset = nullptr)
    {
        Settings made;
        Status status;
        if (!status.from(radiomics_settings_create(preset, storage.data(), storage.size(), made.handle_.out(),
                                                   status.out())))
            return status;
        return made;
    }
    /** Sets an option from its text. When it is refused, nothing changes. */
    Status set(const char* key, const char* value) noexcept
    {
        Status status;
        status.from(radiomics_settings_set(handle_.get(), key, value, status.out()));
        return status;
    }
    Status set(const std::string& key, const std::string& value) noexcept { return set(key.c_str(), value.c_str()); }
    /** The text of an option. */
    Expected<std::string> get(const char* key) const
    {
        return detail::text([&](char* buffer, std::size_t bytes, std::size_t* needed, radiomics_diagnostic* out) {
            return radiomics_settings_get(handle_.get(), key, buffer, bytes, needed, out);
        });
    }
    radiomics_settings* c() const noexcept { return handle_.get(); }

private:
    Settings() noexcept = default;
    detail::Handle<radiomics_settings, radiomics_settings_destroy> handle_;
};

/** What an extraction gives for one region. */
struct Result {
    std::vector<double> values;
    std::vector<std::uint8_t> statuses;
    Summary summary = detail::sized<Summary>();
};

/** What an extraction gives for several regions: values region by region, `columns` of each. */
struct Results {
    std::size_t columns = 0;
    std::vector<double> values;
    std::vector<std::uint8_t> statuses;
    std::vector<Summary> summaries;
    /** Not well when some regions failed: their summaries say which, and their values are NaN. */
    Status status;

    Span<const double> values_of(std::size_t region) const noexcept
    {
        return Span<const double>(values).part(region * columns, columns);
    }
    Span<const std::uint8_t> statuses_of(std::size_t region) const noexcept
    {
        return Span<const std::uint8_t>(statuses).part(region * columns, columns);
    }
};

/** Checked settings with fixed columns. It never changes: any number of threads may extract with one. */
class Plan {
public:
    /** With selectors (a family, a feature name, an IBSI code, a tag) only the columns that one of them names. */
    static Expected<Plan> create(const Settings& settings, Span<const char* const> selectors = {})
    {
        return create_in({}, settings, selectors);
    }
    /** The same in memory of the program, radiomics_plan_bytes() of it, that must outlive the plan. */
    static Expected<Plan> create_in(Span<std::byte> storage, const Settings& settings,
                                    Span<const char* const> selectors = {})
    {
        Plan made;
        Status status;
        if (!status.from(radiomics_plan_create(settings.c(), selectors.data(), selectors.size(), storage.data(),
                                               storage.size(), made.handle_.out(), status.out())))
            return status;
        return made;
    }

    /** Number of values for each region. */
    std::size_t size() const noexcept { return radiomics_plan_columns(c()); }
    /** The columns, in the order of the values. The plan must stay where its handle is: alive. */
    auto columns() const noexcept
    {
        const auto at = [plan = c()](std::size_t index, Column* column) {
            return radiomics_plan_column(plan, index, column, nullptr);
        };
        return detail::Table<Column, decltype(at)>(size(), at);
    }
    /** The text of an option as it stands in the plan. */
    Expected<std::string> setting(const char* key) const
    {
        return detail::text([&](char* buffer, std::size_t bytes, std::size_t* needed, radiomics_diagnostic* out) {
            return radiomics_plan_setting(c(), key, buffer, bytes, needed, out);
        });
    }

    /** Bytes of workspace for these regions. */
    Expected<std::size_t> workspace_bytes(const Grid& grid, Span<const Region> regions, const Host& host = {}) const
    {
        Host::Call call(host);
        Status status;
        std::size_t bytes = 0;
        status.from(radiomics_workspace_bytes(c(), &grid, regions.data(), regions.size(), call.c(), &bytes,
                                              status.out()));
        call.finish();
        if (!status)
            return status;
        return bytes;
    }
    /** Bytes of workspace for any region inside a box, or of the whole grid. */
    Expected<std::size_t> workspace_bytes_for(const Grid& grid, const Box* within = nullptr,
                                              const Host& host = {}) const
    {
        Host::Call call(host);
        Status status;
        std::size_t bytes = 0;
        Box whole = detail::sized<Box>();
        for (std::size_t axis = 0; axis < 3; axis++)
            whole.shape[axis] = grid.shape[axis];
        if (!status.from(radiomics_workspace_bytes_for_box(c(), &grid, within != nullptr ? within : &whole, call.c(),
                                                           &bytes, status.out())))
            return status;
        return bytes;
    }

    /**
     * Computes every column for one region into memory of the program. `values` has size() entries, `statuses` as many
     * or none, `summary` may be null. With a workspace nothing is allocated.
     */
    Status extract_into(const Image& image, const Region& region, Span<double> values,
                        Span<std::uint8_t> statuses = {}, Summary* summary = nullptr, const Host& host = {},
                        Span<std::byte> workspace = {}) const
    {
        Status status;
        if (!statuses.empty() && statuses.size() != values.size())
            return refused(values);
        const radiomics_image c_image = image.c();
        Host::Call call(host);
        status.from(radiomics_extract(c(), &c_image, &region, call.c(), workspace.data(), workspace.size(),
                                      values.data(), statuses.data(), values.size(), summary, status.out()));
        call.finish();
        return status;
    }
    /** The same for several regions: `values` has size() entries for each, region by region. */
    Status extract_into(const Image& image, Span<const Region> regions, Span<double> values,
                        Span<std::uint8_t> statuses = {}, Span<Summary> summaries = {}, const Host& host = {},
                        Span<std::byte> workspace = {}) const
    {
        Status status;
        if ((!statuses.empty() && statuses.size() != values.size()) ||
            (!summaries.empty() && summaries.size() != regions.size()))
            return refused(values);
        const radiomics_image c_image = image.c();
        Host::Call call(host);
        status.from(radiomics_extract_regions(c(), &c_image, regions.data(), regions.size(), call.c(),
                                              workspace.data(), workspace.size(), values.data(), statuses.data(),
                                              values.size(), summaries.data(), status.out()));
        call.finish();
        return status;
    }
    /** Computes every column for one region. */
    Expected<Result> extract(const Image& image, const Region& region, const Host& host = {},
                             Span<std::byte> workspace = {}) const
    {
        Result result;
        result.values.resize(size());
        result.statuses.resize(size());
        const Status status =
            extract_into(image, region, result.values, result.statuses, &result.summary, host, workspace);
        if (!status)
            return status;
        return result;
    }
    /** Computes every column for several regions. When only some fail there are results: look at their status. */
    Expected<Results> extract_all(const Image& image, Span<const Region> regions, const Host& host = {},
                                  Span<std::byte> workspace = {}) const
    {
        Results results;
        results.columns = size();
        results.values.resize(size() * regions.size());
        results.statuses.resize(size() * regions.size());
        results.summaries.resize(regions.size(), detail::sized<Summary>());
        results.status = extract_into(image, regions, results.values, results.statuses, results.summaries, host,
                                      workspace);
        if (!results.status && results.status.code() != RADIOMICS_ERROR_SOME_REGIONS)
            return results.status;
        return results;
    }
    const radiomics_plan* c() const noexcept { return handle_.get(); }

private:
    /** Views of different lengths: found here, because the C interface is told one length. */
    static Status refused(Span<double> values) noexcept
    {
        for (double& value : values)
            value = std::numeric_limits<double>::quiet_NaN();
        Status status;
        status.from(RADIOMICS_ERROR_OUTPUT_LENGTH);
        return status;
    }
    Plan() noexcept = default;
    detail::Handle<radiomics_plan, radiomics_plan_destroy> handle_;
};

/** A box that holds a region. */
inline Expected<Box> box_of(const Grid& grid, const Region& region) noexcept
{
    Status status;
    Box box = detail::sized<Box>();
    if (!status.from(radiomics_region_box(&grid, &region, &box, status.out())))
        return status;
    return box;
}

/** Makes a mask of a region: a byte for each voxel of a box, or of the whole grid, x fastest. */
inline Status draw(const Grid& grid, const Region& region, Span<std::uint8_t> mask, const Box* within = nullptr,
                   Drawing* drawing = nullptr, const Host& host = {}, Span<std::byte> workspace = {})
{
    Host::Call call(host);
    Status status;
    status.from(radiomics_region_mask(&grid, &region, within, call.c(), workspace.data(), workspace.size(),
                                      mask.data(), mask.size(), drawing, status.out()));
    call.finish();
    return status;
}

}  // namespace radiomics

#endif
