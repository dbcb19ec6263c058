#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <p11-kit/pkcs11.h>

#include <memory>
#include <optional>
#include <string>

namespace portico {

/// A PKCS#11 module in this process. Modules keep one state for the whole process, so every reader of one
/// path shares one of these, and each call into it is made by one thread at a time.
class Pkcs11Module {
public:
    /// Errors: Unavailable "card_module_unusable".
    static Result<std::shared_ptr<Pkcs11Module>> load(std::string const& path);
    /// One whose functions are in this program already. Errors: as load.
    static Result<std::shared_ptr<Pkcs11Module>> start(CK_FUNCTION_LIST const& functions);
    ~Pkcs11Module();
    Pkcs11Module(Pkcs11Module const&) = delete;
    Pkcs11Module& operator=(Pkcs11Module const&) = delete;

    CK_FUNCTION_LIST const& operator*() const { return *functions_; }
    CK_FUNCTION_LIST const* operator->() const { return functions_; }

private:
    explicit Pkcs11Module(CK_FUNCTION_LIST const* functions) : functions_(functions) {}

    CK_FUNCTION_LIST const* functions_;
};

/// A session on one token; closed, and with it logged out, when this goes.
class Pkcs11Session {
public:
    /// The return value of C_OpenSession when it is not CKR_OK.
    static CK_RV open(Pkcs11Module const& module, CK_SLOT_ID slot, bool writable,
                      std::optional<Pkcs11Session>& session);
    Pkcs11Session(Pkcs11Session&& other) noexcept;
    Pkcs11Session& operator=(Pkcs11Session&&) = delete;
    ~Pkcs11Session();

    Pkcs11Module const& module() const { return *module_; }
    CK_SESSION_HANDLE handle() const { return handle_; }

    /// Objects that match, at most `pkcs11_objects_max`. Errors: as `pkcs11_error`, here and below: a card
    /// that fails to answer has not said that there is none.
    Result<std::vector<CK_OBJECT_HANDLE>> find(std::vector<CK_ATTRIBUTE> pattern) const;
    /// An attribute's bytes; empty when there is none.
    Result<Bytes> attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
    /// An attribute that is a number; nothing when there is none.
    Result<std::optional<CK_ULONG>> number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;

private:
    Pkcs11Session(Pkcs11Module const& module, CK_SESSION_HANDLE handle) : module_(&module), handle_(handle) {}

    Pkcs11Module const* module_;
    CK_SESSION_HANDLE handle_;
};

/// What a return value other than CKR_OK stands for: "card_removed" for those that may mean it, else
/// "card_unreadable" (both Unavailable).
Error pkcs11_error(CK_RV code);

inline constexpr CK_ULONG pkcs11_objects_max = 64;
inline constexpr CK_ULONG pkcs11_attribute_bytes_max = 65'536;

} // namespace portico
