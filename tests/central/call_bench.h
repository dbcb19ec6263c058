#pragma once

#include "central/plan/member_calls.h"
#include "central/sample/known_people.h"
#include "central/sample/sample.h"
#include "central/services.h"
#include "shared/api/domain_described.h"
#include "shared/api/json.h"
#include "tests/central/import_bench.h"

#include <map>
#include <string>
#include <vector>

namespace portico::test {

using namespace portico::central;

/// A session on the imported data, without a server.
struct CallBench : ImportBench {
    ManualClock clock{from_micros(day_number(Date{2026, 11, 20}) * 86'400'000'000 + 43'200'000'000)};
    std::map<std::string, std::vector<std::string>> answered; ///< by EOB id

    void import_sample() {
        sample::SampleOptions options;
        options.out_dir = (inputs() / "sample").string();
        options.members = 6;
        options.seed = 11;
        options.today = Date{2026, 11, 20};
        sample::write_sample(options, [](sample::SampleCounts const&) {}).value();
        import({options.out_dir});
    }

    template <class Reply, class Request>
    Result<Reply> call(Result<Reply> (*handler)(Call&, Request const&), std::string const& patient,
                       Request const& request = {}, std::string const& path_id = "") {
        if (!plan_) {
            plan_ = std::make_unique<PlanData>(clock, *opened().store, opened().vault);
            PlanDataHooks hooks;
            hooks.answered_findings = [this](PatientId const&,
                                             EobId const& eob) -> Result<std::vector<std::string>> {
                return answered[eob.text()];
            };
            hooks.all_answered_findings = [this](PatientId const&) -> Result<AnsweredFindings> {
                AnsweredFindings all;
                for (auto const& [eob, findings] : answered)
                    all[EobId(eob)] = findings;
                return all;
            };
            hooks.request_count = [](PatientId const&) -> Result<int> { return 3; };
            hooks.contact_details = [](PatientId const&, api::ContactDetails& details) -> Result<void> {
                details.change_waits = true;
                return ok();
            };
            hooks.card_last_issued_on = [](PatientId const&) -> Result<std::string> { return "2026-01-02"; };
            plan_->set_hooks(std::move(hooks));
        }
        Services services(clock, *opened().store, opened().vault);
        services.plan = plan_.get();
        Caller caller;
        if (patient != "nobody signed in") {
            caller.session.emplace();
            caller.session->patient = PatientId(patient);
        }
// What a call fills in later begins empty.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
        Call made{services, caller, path_id};
#pragma GCC diagnostic pop
        auto reply = handler(made, request);
        subject = made.audit_subject;
        fields = made.audit_fields;
        // As the dispatcher does with the call's record.
        if (reply.has_value() && made.keep_with_record)
            opened().store->write(made.keep_with_record).value();
        return reply;
    }
    /// The same for a call that answers with JSON of its own.
    template <class Reply, class Request>
    Result<Reply> call(Result<Rendered<Reply>> (*handler)(Call&, Request const&), std::string const& patient,
                       Request const& request = {}, std::string const& path_id = "") {
        json = TRY((call<Rendered<Reply>, Request>(handler, patient, request, path_id))).json;
        return api::from_json<Reply>(json, api::UnknownFields::Refuse);
    }

    std::string subject;
    std::vector<std::string> fields;
    std::string json; ///< of the last call that answered with it

private:
    std::unique_ptr<PlanData> plan_;
};

} // namespace portico::test
