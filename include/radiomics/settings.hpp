/* Options by their keys. Part of radiomics.hpp. */
#ifndef RADIOMICS_SETTINGS_HPP
#define RADIOMICS_SETTINGS_HPP

#include <cstddef>
#include <string>

#include "radiomics.h"
#include "radiomics/handle.hpp"
#include "radiomics/status.hpp"
#include "radiomics/view.hpp"

namespace radiomics {

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

}  // namespace radiomics

#endif
