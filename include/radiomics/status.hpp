/* What calls answer: a status, or a value. Part of radiomics.hpp. */
#ifndef RADIOMICS_STATUS_HPP
#define RADIOMICS_STATUS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "radiomics.h"
#include "radiomics/view.hpp"

#if defined(__cpp_exceptions)
#define RADIOMICS_EXCEPTIONS 1
#include <exception>
#include <stdexcept>
#else
#define RADIOMICS_EXCEPTIONS 0
#endif

namespace radiomics {

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

}  // namespace radiomics

#endif
