#include "tests/fault/pkcs11_fault.h"

#include <dlfcn.h>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>

namespace portico::test {

namespace {

struct Standing {
    Pkcs11Fault::Plan plan;
    std::uint64_t calls = 0;
    std::string struck_at;
    bool ended = false;
};
std::mutex guard;
std::optional<Standing> standing;
std::set<CK_SESSION_HANDLE> sessions;

/// The loaded module's own.
CK_FUNCTION_LIST const* real = nullptr;
CK_C_GetFunctionList real_get_functions = nullptr;

CK_SLOT_ID last_slot = 0; ///< that a session was opened at

/// How this call fails, or nothing.
std::optional<Pkcs11Fault::How> meets(char const* function) {
    std::lock_guard const lock(guard);
    if (!standing || standing->ended || !standing->plan.concerns())
        return std::nullopt;
    auto const how = standing->plan.how;
    auto const call = standing->calls++;
    bool const now =
        call == standing->plan.after || (call > standing->plan.after && how == Pkcs11Fault::How::Dead);
    if (!now)
        return std::nullopt;
    if (standing->struck_at.empty()) {
        standing->struck_at = std::string(function) + ", call " + std::to_string(call);
        if (how == Pkcs11Fault::How::Dead) {
            real->C_CloseAllSessions(last_slot);
            sessions.clear();
        }
    }
    return how;
}

CK_RV code() {
    std::lock_guard const lock(guard);
    return standing ? standing->plan.code : CKR_DEVICE_ERROR;
}

/// `call` to the module, unless it is the one that fails.
template <class Call>
CK_RV through(char const* function, Call call) {
    auto const how = meets(function);
    if (!how)
        return call();
    if (*how == Pkcs11Fault::How::DoneUnheard)
        call();
    return code();
}

void note_session(CK_SLOT_ID slot, CK_SESSION_HANDLE handle) {
    std::lock_guard const lock(guard);
    last_slot = slot;
    sessions.insert(handle);
}

CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void* context, CK_NOTIFY notify,
                   CK_SESSION_HANDLE* handle) {
    // A session whose number nobody heard could be closed by nobody: no module leaves one.
    if (meets("C_OpenSession"))
        return code();
    auto const result = real->C_OpenSession(slot, flags, context, notify, handle);
    if (result == CKR_OK)
        note_session(slot, *handle);
    return result;
}

CK_RV close_session(CK_SESSION_HANDLE handle) {
    return through("C_CloseSession", [&] {
        auto const result = real->C_CloseSession(handle);
        std::lock_guard const lock(guard);
        if (result == CKR_OK)
            sessions.erase(handle);
        return result;
    });
}

CK_RV close_all_sessions(CK_SLOT_ID slot) {
    return through("C_CloseAllSessions", [&] {
        auto const result = real->C_CloseAllSessions(slot);
        std::lock_guard const lock(guard);
        sessions.clear();
        return result;
    });
}

template <auto Member>
struct Through;
template <class... Arguments, CK_RV (*CK_FUNCTION_LIST::*Member)(Arguments...)>
struct Through<Member> {
    static inline char const* name = "";
    static CK_RV call(Arguments... arguments) {
        return through(name, [&] { return (real->*Member)(arguments...); });
    }
    static void put_into(CK_FUNCTION_LIST& list, char const* function) {
        name = function;
        list.*Member = call;
    }
};

CK_RV get_functions(CK_FUNCTION_LIST** out) {
    CK_FUNCTION_LIST* own = nullptr;
    if (auto const result = real_get_functions(&own); result != CKR_OK)
        return result;
    static CK_FUNCTION_LIST list;
    list = *own;
    real = own;
    list.C_OpenSession = open_session;
    list.C_CloseSession = close_session;
    list.C_CloseAllSessions = close_all_sessions;
    Through<&CK_FUNCTION_LIST::C_GetSlotList>::put_into(list, "C_GetSlotList");
    Through<&CK_FUNCTION_LIST::C_GetTokenInfo>::put_into(list, "C_GetTokenInfo");
    Through<&CK_FUNCTION_LIST::C_GetSessionInfo>::put_into(list, "C_GetSessionInfo");
    Through<&CK_FUNCTION_LIST::C_FindObjectsInit>::put_into(list, "C_FindObjectsInit");
    Through<&CK_FUNCTION_LIST::C_FindObjects>::put_into(list, "C_FindObjects");
    Through<&CK_FUNCTION_LIST::C_FindObjectsFinal>::put_into(list, "C_FindObjectsFinal");
    Through<&CK_FUNCTION_LIST::C_GetAttributeValue>::put_into(list, "C_GetAttributeValue");
    Through<&CK_FUNCTION_LIST::C_Login>::put_into(list, "C_Login");
    Through<&CK_FUNCTION_LIST::C_Logout>::put_into(list, "C_Logout");
    Through<&CK_FUNCTION_LIST::C_SignInit>::put_into(list, "C_SignInit");
    Through<&CK_FUNCTION_LIST::C_Sign>::put_into(list, "C_Sign");
    *out = &list;
    return CKR_OK;
}

} // namespace

Pkcs11Fault::Pkcs11Fault(Plan plan) {
    std::lock_guard const lock(guard);
    if (standing)
        throw std::logic_error("two card faults at once");
    standing.emplace(Standing{std::move(plan), 0, {}});
}

Pkcs11Fault::~Pkcs11Fault() {
    std::lock_guard const lock(guard);
    standing.reset();
}

void Pkcs11Fault::end() const {
    std::lock_guard const lock(guard);
    standing->ended = true;
}

bool Pkcs11Fault::struck() const {
    return !where().empty();
}

std::string Pkcs11Fault::where() const {
    std::lock_guard const lock(guard);
    return standing->struck_at;
}

std::size_t Pkcs11Fault::open_sessions() {
    std::lock_guard const lock(guard);
    return sessions.size();
}

} // namespace portico::test

extern "C" {

void* __real_dlsym(void* library, char const* name);

void* __wrap_dlsym(void* library, char const* name) {
    void* const found = __real_dlsym(library, name);
    if (found == nullptr || std::string_view(name) != "C_GetFunctionList")
        return found;
    portico::test::real_get_functions = reinterpret_cast<CK_C_GetFunctionList>(found);
    return reinterpret_cast<void*>(&portico::test::get_functions);
}

} // extern "C"
