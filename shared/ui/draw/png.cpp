#include "shared/ui/draw/png.h"

#include <cairo.h>

namespace portico::ui {

Result<void> write_png(Bitmap const& pixels, std::filesystem::path const& file) {
    // Cairo only reads the pixels here.
    auto* bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(pixels.pixels.data()));
    auto* surface = cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_RGB24, pixels.width,
                                                        pixels.height, pixels.width * 4);
    auto const status = cairo_surface_write_to_png(surface, file.c_str());
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return error(ErrorKind::Full, "png_not_written", "cannot write " + file.string());
    return ok();
}

} // namespace portico::ui
