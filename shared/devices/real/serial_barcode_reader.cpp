#include "shared/devices/real/serial_barcode_reader.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace portico {

namespace {

std::optional<unsigned> speed_of(int baud) {
    switch (baud) {
    case 9600:
        return B9600;
    case 19200:
        return B19200;
    case 38400:
        return B38400;
    case 57600:
        return B57600;
    case 115200:
        return B115200;
    default:
        return std::nullopt;
    }
}

} // namespace

Result<std::unique_ptr<SerialBarcodeReader>> SerialBarcodeReader::create(SerialBarcodeOptions options) {
    auto const speed = speed_of(options.baud);
    if (!speed)
        return error(ErrorKind::InvalidInput, "barcode_baud_invalid",
                     "the barcode reader's speed is 9600, 19200, 38400, 57600 or 115200");
    auto framer = TRY(BarcodeFramer::create(options.framing));
    return std::unique_ptr<SerialBarcodeReader>(
        new SerialBarcodeReader(std::move(options), std::move(framer), *speed));
}

SerialBarcodeReader::SerialBarcodeReader(SerialBarcodeOptions options, BarcodeFramer framer, unsigned speed)
    : options_(std::move(options)), framer_(std::move(framer)), speed_(speed),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

SerialBarcodeReader::~SerialBarcodeReader() = default;

void SerialBarcodeReader::watch(std::function<void(Scan const&)> scanned,
                                std::function<void(BarcodeReaderState const&)> changed) {
    {
        std::lock_guard const lock(scan_guard_);
        scanned_ = std::move(scanned);
    }
    state_.watch(std::move(changed));
}

void SerialBarcodeReader::run(std::stop_token stop) {
    std::stop_callback const on_stop(stop, [this] { stopped_.signal(); });
    while (!stop.stop_requested()) {
        auto const line = open_line();
        if (line.has_value()) {
            if (await_quiet(line.value())) {
                state_.set(BarcodeReaderReady{});
                read_line(line.value());
                framer_.reset();
            }
            state_.set(BarcodeReaderAbsent{});
        } else if (line.error().kind == ErrorKind::NotFound) {
            state_.set(BarcodeReaderAbsent{});
        } else {
            state_.set(BarcodeReaderFault{line.error()});
        }
        pollfd entry{stopped_.fd(), POLLIN, 0};
        poll(&entry, 1, static_cast<int>(options_.retry_interval.count()));
    }
}

Result<FileDescriptor> SerialBarcodeReader::open_line() const {
    FileDescriptor line(open(options_.path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!line.is_open() && (errno == ENOENT || errno == ENXIO || errno == ENODEV || errno == EIO))
        return error(ErrorKind::NotFound, "barcode_reader_absent", "no barcode reader is connected");
    termios settings{};
    if (!line.is_open() || tcgetattr(line.get(), &settings) != 0)
        return error(ErrorKind::Unavailable, "barcode_reader_failed",
                     "the barcode reader's line cannot be opened, or is no serial line");
    cfmakeraw(&settings);
    cfsetispeed(&settings, speed_);
    cfsetospeed(&settings, speed_);
    settings.c_cflag |= CLOCAL | CREAD;
    if (tcsetattr(line.get(), TCSANOW, &settings) != 0)
        return error(ErrorKind::Unavailable, "barcode_reader_failed",
                     "the barcode reader's line cannot be set up");
    return line;
}

/// What comes at first may be the end of a code whose beginning nobody read, as when the line failed within
/// it: without a prefix it would pass for a code. It is let go by. False when the line ends or the program
/// does.
bool SerialBarcodeReader::await_quiet(FileDescriptor const& line) const {
    while (true) {
        pollfd entries[2] = {{line.get(), POLLIN, 0}, {stopped_.fd(), POLLIN, 0}};
        int const ready = poll(entries, 2, static_cast<int>(options_.quiet_interval.count()));
        if (ready == 0)
            return true;
        if ((ready < 0 && errno != EINTR) || entries[1].revents != 0)
            return false;
        std::array<char, 512> unheard{};
        auto const got = read(line.get(), unheard.data(), unheard.size());
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return false;
    }
}

/// Until the line ends or the program does.
void SerialBarcodeReader::read_line(FileDescriptor const& line) {
    while (true) {
        pollfd entries[2] = {{line.get(), POLLIN, 0}, {stopped_.fd(), POLLIN, 0}};
        if (poll(entries, 2, -1) < 0 && errno != EINTR)
            return;
        if (entries[1].revents != 0)
            return;
        std::array<char, 512> buffer{};
        auto const got = read(line.get(), buffer.data(), buffer.size());
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (got <= 0)
            return;
        auto const step = framer_.feed({buffer.data(), static_cast<std::size_t>(got)});
        std::lock_guard const lock(scan_guard_);
        for (auto const& scan : step.scans)
            if (scanned_)
                scanned_(scan);
    }
}

} // namespace portico
