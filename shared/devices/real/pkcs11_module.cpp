#include "shared/devices/real/pkcs11_module.h"

#include <dlfcn.h>
#include <map>
#include <mutex>
#include <utility>

namespace portico {

namespace {

std::mutex loaded_guard;
std::map<std::string, std::weak_ptr<Pkcs11Module>>& loaded() {
    static std::map<std::string, std::weak_ptr<Pkcs11Module>> modules;
    return modules;
}

bool has_no_such_attribute(CK_RV code) {
    return code == CKR_ATTRIBUTE_TYPE_INVALID || code == CKR_ATTRIBUTE_SENSITIVE;
}

Error unusable() {
    return error(ErrorKind::Unavailable, "card_module_unusable",
                 "the PKCS#11 module for chip cards cannot be loaded or started");
}

} // namespace

Result<std::shared_ptr<Pkcs11Module>> Pkcs11Module::load(std::string const& path) {
    std::lock_guard const lock(loaded_guard);
    if (auto module = loaded()[path].lock())
        return module;
    // Never closed again: such libraries leave threads and exit handlers behind.
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return unusable();
    auto const get_functions = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
    CK_FUNCTION_LIST* functions = nullptr;
    if (get_functions == nullptr || get_functions(&functions) != CKR_OK || functions == nullptr)
        return unusable();
    auto module = TRY(start(*functions));
    loaded()[path] = module;
    return module;
}

Result<std::shared_ptr<Pkcs11Module>> Pkcs11Module::start(CK_FUNCTION_LIST const& functions) {
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    if (functions.C_Initialize(&arguments) != CKR_OK)
        return unusable();
    return std::shared_ptr<Pkcs11Module>(new Pkcs11Module(&functions));
}

Pkcs11Module::~Pkcs11Module() {
    functions_->C_Finalize(nullptr);
}

CK_RV Pkcs11Session::open(Pkcs11Module const& module, CK_SLOT_ID slot, bool writable,
                          std::optional<Pkcs11Session>& session) {
    CK_SESSION_HANDLE handle = 0;
    CK_FLAGS const flags = CKF_SERIAL_SESSION | (writable ? CKF_RW_SESSION : 0UL);
    auto const code = module->C_OpenSession(slot, flags, nullptr, nullptr, &handle);
    if (code == CKR_OK)
        session.emplace(Pkcs11Session(module, handle));
    return code;
}

Pkcs11Session::Pkcs11Session(Pkcs11Session&& other) noexcept
    : module_(std::exchange(other.module_, nullptr)), handle_(other.handle_) {}

Pkcs11Session::~Pkcs11Session() {
    // Once more when it fails: a card has room for few sessions, and this one would stay until it is pulled.
    if (module_ != nullptr && (*module_)->C_CloseSession(handle_) != CKR_OK)
        (*module_)->C_CloseSession(handle_);
}

Result<std::vector<CK_OBJECT_HANDLE>> Pkcs11Session::find(std::vector<CK_ATTRIBUTE> pattern) const {
    std::vector<CK_OBJECT_HANDLE> found(pkcs11_objects_max);
    CK_ULONG count = 0;
    if (auto const code = (*module_)->C_FindObjectsInit(handle_, pattern.data(), pattern.size());
        code != CKR_OK)
        return pkcs11_error(code);
    auto const code = (*module_)->C_FindObjects(handle_, found.data(), found.size(), &count);
    (*module_)->C_FindObjectsFinal(handle_);
    if (code != CKR_OK)
        return pkcs11_error(code);
    found.resize(std::min<std::size_t>(count, found.size()));
    return found;
}

Result<Bytes> Pkcs11Session::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    CK_ATTRIBUTE wanted{type, nullptr, 0};
    auto code = (*module_)->C_GetAttributeValue(handle_, object, &wanted, 1);
    if (has_no_such_attribute(code) || (code == CKR_OK && wanted.ulValueLen == 0))
        return Bytes{};
    if (code != CKR_OK || wanted.ulValueLen > pkcs11_attribute_bytes_max)
        return pkcs11_error(code);
    Bytes bytes(wanted.ulValueLen);
    wanted.pValue = bytes.data();
    code = (*module_)->C_GetAttributeValue(handle_, object, &wanted, 1);
    if (code != CKR_OK || wanted.ulValueLen > bytes.size())
        return pkcs11_error(code);
    bytes.resize(wanted.ulValueLen);
    return bytes;
}

Result<std::optional<CK_ULONG>> Pkcs11Session::number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    CK_ULONG value = 0;
    CK_ATTRIBUTE wanted{type, &value, sizeof value};
    auto const code = (*module_)->C_GetAttributeValue(handle_, object, &wanted, 1);
    if (code != CKR_OK && !has_no_such_attribute(code))
        return pkcs11_error(code);
    if (code != CKR_OK || wanted.ulValueLen != sizeof value)
        return std::optional<CK_ULONG>{};
    return std::optional(value);
}

Error pkcs11_error(CK_RV code) {
    switch (code) {
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_DEVICE_REMOVED:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_SLOT_ID_INVALID:
        return error(ErrorKind::Unavailable, "card_removed", "the card was pulled out during the call");
    default:
        return error(ErrorKind::Unavailable, "card_unreadable",
                     "the card cannot be used (PKCS#11 code " + std::to_string(code) + ")");
    }
}

} // namespace portico
