/* Regions in the forms in which programs hold them. Part of radiomics.hpp. */
#ifndef RADIOMICS_REGION_HPP
#define RADIOMICS_REGION_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>

#include "radiomics.h"
#include "radiomics/view.hpp"

namespace radiomics {

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

}  // namespace radiomics

#endif
