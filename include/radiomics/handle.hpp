/* Handles of the C interface and their texts. Part of radiomics.hpp. */
#ifndef RADIOMICS_HANDLE_HPP
#define RADIOMICS_HANDLE_HPP

#include <cstddef>
#include <string>
#include <utility>

#include "radiomics.h"
#include "radiomics/status.hpp"

namespace radiomics {

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

}  // namespace detail

}  // namespace radiomics

#endif
