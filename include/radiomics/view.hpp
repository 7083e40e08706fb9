/* Memory of the program, and the structs of the C interface. Part of radiomics.hpp. */
#ifndef RADIOMICS_VIEW_HPP
#define RADIOMICS_VIEW_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>

#include "radiomics.h"

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

}  // namespace radiomics

#endif
