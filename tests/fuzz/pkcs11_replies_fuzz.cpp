// link: portico_devices
#include "shared/devices/real/pkcs11_card.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

using namespace portico;

namespace {

/// What the module says next: codes, counts, lengths and bytes, all from the input. It writes no more than it
/// was given room for, as any module that does not break the process itself; what it says of it may be a lie.
class Script {
public:
    void begin(ByteView input) { rest_ = input; }
    std::uint8_t byte() {
        if (rest_.empty())
            return 0;
        auto const first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }
    CK_RV code() {
        static constexpr std::array codes{
            CKR_DEVICE_ERROR,     CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT,     CKR_PIN_INCORRECT,
            CKR_PIN_LOCKED,       CKR_PIN_LEN_RANGE,  CKR_GENERAL_ERROR,         CKR_USER_ALREADY_LOGGED_IN,
            CKR_BUFFER_TOO_SMALL, CKR_SESSION_CLOSED, CKR_ATTRIBUTE_TYPE_INVALID};
        auto const which = byte();
        return which < 0xE0 ? CKR_OK : codes[which % codes.size()];
    }
    /// Mostly about as much as there is room for, at times anything.
    CK_ULONG length(CK_ULONG room) {
        auto const which = byte();
        if (which < 0x80)
            return std::min<CK_ULONG>(room, byte());
        if (which < 0xC0)
            return room;
        if (which < 0xD0)
            return CK_UNAVAILABLE_INFORMATION;
        return room + byte() * (which < 0xF0 ? CK_ULONG{1} : CK_ULONG{1} << 40U);
    }
    void fill(void* place, CK_ULONG size) {
        auto const count = std::min<std::size_t>(size, rest_.size());
        if (count > 0)
            std::memcpy(place, rest_.data(), count);
        rest_ = rest_.subspan(count);
    }

private:
    ByteView rest_;
};
Script script;

CK_RV done(void*) {
    return CKR_OK;
}
CK_RV slot_list(CK_BBOOL, CK_SLOT_ID* slots, CK_ULONG* count) {
    auto const room = slots == nullptr ? 0 : *count;
    *count = slots == nullptr ? script.byte() : script.length(room);
    for (CK_ULONG i = 0; i < std::min(room, *count); ++i)
        slots[i] = script.byte();
    return script.code();
}
CK_RV token_info(CK_SLOT_ID, CK_TOKEN_INFO* info) {
    script.fill(info, sizeof *info);
    if (script.byte() % 4 != 0) {
        info->flags |= CKF_TOKEN_INITIALIZED;
        info->ulMinPinLen %= 8;
        info->ulMaxPinLen = 0;
    }
    return script.code();
}
CK_RV open_session(CK_SLOT_ID, CK_FLAGS, void*, CK_NOTIFY, CK_SESSION_HANDLE* handle) {
    *handle = script.byte();
    return script.code();
}
CK_RV of_session(CK_SESSION_HANDLE) {
    return script.code();
}
CK_RV find_init(CK_SESSION_HANDLE, CK_ATTRIBUTE*, CK_ULONG) {
    return script.code();
}
CK_RV find(CK_SESSION_HANDLE, CK_OBJECT_HANDLE* objects, CK_ULONG room, CK_ULONG* count) {
    *count = script.length(std::min<CK_ULONG>(room, 4));
    for (CK_ULONG i = 0; i < std::min(room, *count); ++i)
        objects[i] = script.byte();
    return script.code();
}
CK_RV attribute(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, CK_ATTRIBUTE* wanted, CK_ULONG) {
    auto const room = wanted->pValue == nullptr ? 0 : wanted->ulValueLen;
    wanted->ulValueLen = wanted->pValue == nullptr ? script.byte() * CK_ULONG{16} : script.length(room);
    if (room > 0)
        script.fill(wanted->pValue, std::min(room, wanted->ulValueLen));
    return script.code();
}
CK_RV log_in(CK_SESSION_HANDLE, CK_USER_TYPE, CK_UTF8CHAR*, CK_ULONG) {
    return script.code();
}
CK_RV sign_init(CK_SESSION_HANDLE, CK_MECHANISM*, CK_OBJECT_HANDLE) {
    return script.code();
}
CK_RV sign(CK_SESSION_HANDLE, CK_BYTE*, CK_ULONG, CK_BYTE* out, CK_ULONG* size) {
    auto const room = *size;
    *size = script.length(room);
    script.fill(out, std::min(room, *size));
    return script.code();
}

CK_FUNCTION_LIST functions() {
    CK_FUNCTION_LIST list{};
    list.C_Initialize = done;
    list.C_Finalize = done;
    list.C_GetSlotList = slot_list;
    list.C_GetTokenInfo = token_info;
    list.C_OpenSession = open_session;
    list.C_CloseSession = of_session;
    list.C_CloseAllSessions = of_session;
    list.C_FindObjectsInit = find_init;
    list.C_FindObjects = find;
    list.C_FindObjectsFinal = of_session;
    list.C_GetAttributeValue = attribute;
    list.C_Login = log_in;
    list.C_Logout = of_session;
    list.C_SignInit = sign_init;
    list.C_Sign = sign;
    return list;
}

void must(bool truth) {
    if (!truth)
        std::abort();
}

} // namespace

/// Whatever a card's module answers: no crash, nothing read or kept beyond its bounds.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static CK_FUNCTION_LIST const list = functions();
    static auto const module = Pkcs11Module::start(list).value();
    script.begin({data, size});
    auto const slots = look_at_slots(*module, script.byte() % 2 == 0 ? "" : "card");
    static_cast<void>(read_token(*module, slots.with_card.value_or(0)));
    Bytes const challenge(32, 7);
    auto const proof = sign_with_card(*module, slots.with_card.value_or(0), challenge, Secret("123456"), {});
    if (proof.has_value())
        must(!proof.value().certificate.empty() && proof.value().signature.size() <= 2048);
    else
        must(!proof.error().reason.empty());
    return 0;
}
