#include "phone/softphone/softphone_event.h"
#include "tests/support/catch.h"

#include <boost/json.hpp>

using namespace portico::phone;
using Kind = SoftphoneEvent::Kind;

TEST_CASE("softphone event: what baresip 1.0.0 tells is understood") {
    auto const ring =
        parse_softphone_event(
            R"({"type":"CALL_INCOMING","class":"call","accountaor":"sip:desk@192.0.2.7","direction":"incoming",)"
            R"("peeruri":"sip:+15550100134@192.0.2.9","peerdisplayname":"Alex Sample","id":"1-2@192.0.2.9",)"
            R"("param":"sip:+15550100134@192.0.2.9"})")
            .value();
    CHECK(ring.kind == Kind::Incoming);
    CHECK(ring.account == "sip:desk@192.0.2.7");
    CHECK(ring.call == "1-2@192.0.2.9");
    CHECK(ring.from == "sip:+15550100134@192.0.2.9");
    auto const key = parse_softphone_event(R"({"type":"CALL_DTMF_START","id":"1","param":"#"})").value();
    CHECK(key.kind == Kind::KeyDown);
    CHECK(key.key == '#');
    auto const end = parse_softphone_event(R"({"type":"CALL_CLOSED","id":"1","param":"gone"})").value();
    CHECK(end.why == "gone");
    CHECK(parse_softphone_event(R"({"type":"CALL_LOCAL_SDP","id":"1","param":"answer"})").value().kind ==
          Kind::Answered);
    CHECK(parse_softphone_event(R"({"type":"CALL_LOCAL_SDP","id":"1","param":"offer"})").value().kind ==
          Kind::Other);
    CHECK(parse_softphone_event(R"({"type":"VU_TX_REPORT"})").value().kind == Kind::Other);
}

TEST_CASE("softphone event: a name in the letters of an old telephone system is no hindrance") {
    auto const event =
        parse_softphone_event("{\"type\":\"CALL_INCOMING\",\"id\":\"1\",\"peerdisplayname\":\"Ren\xE9\"}");
    CHECK(event.value().kind == Kind::Incoming);
}

TEST_CASE("softphone event: what is no event is refused") {
    auto const long_id = std::string(sip_id_bytes_max + 1, '1');
    for (auto const& text : {std::string("7"), std::string("{"), std::string("[[[[[[[]]]]]]]"),
                             std::string(R"({"type":"CALL_DTMF_START","id":"1","param":"12"})"),
                             std::string(R"({"type":"CALL_DTMF_START","id":"1"})"),
                             R"({"type":"CALL_CLOSED","id":")" + long_id + "\"}"})
        CHECK(parse_softphone_event(text).error().reason == "softphone_event_invalid");
    CHECK(parse_softphone_event(R"({"type":7,"id":[]})").value().kind == Kind::Other);
}

TEST_CASE("softphone command: a command for a call names account and call, whatever the network called it") {
    auto const text = to_json({"hangup", "", "sip:desk@192.0.2.7", "\"},{\"\n", "t"});
    auto const value = boost::json::parse(text);
    CHECK(value.at("callid").as_string() == "\"},{\"\n");
    CHECK(value.at("accountaor").as_string() == "sip:desk@192.0.2.7");
    CHECK(value.at("token").as_string() == "t");
    CHECK(to_json({"auplay", "a,b", "", "", "t"}).find("callid") == std::string::npos);
    CHECK(parse_softphone_response(R"({"response":true,"ok":true,"data":"x\n","token":"t"})").value().text ==
          "x\n");
}

TEST_CASE("softphone event: whom the softphone calls stands in each of that call's, once it has an id") {
    auto const first =
        parse_softphone_event(
            R"({"type":"CALL_LOCAL_SDP","class":"other","accountaor":"sip:desk@192.0.2.7","direction":"outgoing",)"
            R"("peeruri":"sip:+16175550112@192.0.2.1","param":"offer"})")
            .value();
    CHECK(first.to.empty());
    CHECK(first.kind == SoftphoneEvent::Kind::Other);
    auto const rings =
        parse_softphone_event(
            R"({"type":"CALL_RINGING","class":"call","accountaor":"sip:desk@192.0.2.7","direction":"outgoing",)"
            R"("peeruri":"sip:+16175550112@192.0.2.1","id":"c462","param":"sip:+16175550112@192.0.2.1"})")
            .value();
    CHECK(rings.to == "sip:+16175550112@192.0.2.1");
    CHECK(rings.call == "c462");
    CHECK(rings.from.empty());
    auto const incoming =
        parse_softphone_event(
            R"({"type":"CALL_ESTABLISHED","class":"call","accountaor":"sip:desk@192.0.2.7","direction":"incoming",)"
            R"("peeruri":"sip:+16175550112@192.0.2.1","id":"c463","param":""})")
            .value();
    CHECK(incoming.to.empty());
}
