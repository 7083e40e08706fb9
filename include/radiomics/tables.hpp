/* Features, options, presets and value statuses, by enumeration. Part of radiomics.hpp. */
#ifndef RADIOMICS_TABLES_HPP
#define RADIOMICS_TABLES_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "radiomics.h"
#include "radiomics/view.hpp"

namespace radiomics {

namespace detail {

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

}  // namespace radiomics

#endif
