#pragma once

#include "shared/devices/real/wedge_barcode_reader.h"
#include "shared/ui/backend.h"

#include <memory>

namespace portico::kiosk {

/// A backend whose typed text passes the barcode reader first: a scan never lands in a field.
class WedgeBackend final : public ui::Backend {
public:
    WedgeBackend(std::unique_ptr<ui::Backend> inner, WedgeBarcodeReader& reader)
        : inner_(std::move(inner)), reader_(reader) {}

    Events wait(std::optional<std::chrono::milliseconds> timeout) override {
        auto events = inner_->wait(timeout);
        std::erase_if(events.input, [&](ui::InputEvent& event) {
            auto* typed = std::get_if<ui::TextTyped>(&event);
            if (typed == nullptr)
                return false;
            typed->text = reader_.feed(typed->text);
            return typed->text.empty();
        });
        return events;
    }
    void present(ui::Bitmap const& pixels) override { inner_->present(pixels); }
    void wake() override { inner_->wake(); }

private:
    std::unique_ptr<ui::Backend> inner_;
    WedgeBarcodeReader& reader_;
};

} // namespace portico::kiosk
