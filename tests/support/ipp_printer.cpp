#include "tests/support/ipp_printer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::test {

namespace {

bool answers(int port) {
    int const fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    bool const connected = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

bool answers(std::filesystem::path const& path) {
    int const fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    bool const connected = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

} // namespace

bool IppPrinterProgram::available() {
    return has_program("ippeveprinter") && has_program("dbus-daemon");
}

IppPrinterProgram::IppPrinterProgram(std::filesystem::path command)
    : command_(command.empty() ? folder_.path() / "print.sh" : std::move(command)), port_(free_port()) {
    std::filesystem::create_directories(folder_.path() / "received");
    std::filesystem::create_directories(folder_.path() / "spool");
    mkfifo((folder_.path() / "resume").c_str(), 0600);
    write_script();
    write_media();
    std::ofstream(folder_.path() / "bus.conf")
        << "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
           "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type>"
        << "<listen>unix:path=" << (folder_.path() / "bus").string() << "</listen><auth>EXTERNAL</auth>"
        << "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
           "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n";
    bus_ = std::make_unique<DeviceProcess>(
        std::vector<std::string>{"dbus-daemon", "--nofork",
                                 "--config-file=" + (folder_.path() / "bus.conf").string()},
        std::vector<std::string>{}, folder_.path() / "bus.log");
    // Its file is there a moment before anybody listens at it.
    eventually([this] { return answers(folder_.path() / "bus"); });
}

void IppPrinterProgram::write_script() const {
    auto const script = folder_.path() / "print.sh";
    std::ofstream(script) << "#!/bin/sh\n"
                             "dir='"
                          << folder_.path().string()
                          << "'\n"
                             "if [ -e \"$dir/trouble\" ]; then\n"
                             "  reason=$(cat \"$dir/trouble\")\n"
                             "  echo \"STATE: +$reason\" >&2\n"
                             "  read -r line < \"$dir/resume\"\n"
                             "  echo \"STATE: -$reason\" >&2\n"
                             "fi\n"
                             "if [ -e \"$dir/fail\" ]; then rm \"$dir/fail\"; exit 1; fi\n"
                             "cp \"$1\" \"$dir/received/$IPP_JOB_NAME.part\"\n"
                             "mv \"$dir/received/$IPP_JOB_NAME.part\" \"$dir/received/$IPP_JOB_NAME.pdf\"\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
}

void IppPrinterProgram::write_media() const {
    std::ofstream(folder_.path() / "printer.conf")
        << "ATTR keyword media-supported \"om_card_54x86mm\",\"na_letter_8.5x11in\"\n"
           "ATTR keyword media-ready \"om_card_54x86mm\",\"na_letter_8.5x11in\"\n"
           "ATTR keyword media-default \"om_card_54x86mm\"\n"
           "ATTR keyword media-col-supported \"media-size\",\"media-size-name\"\n"
           "ATTR collection media-size-supported {\n"
           "  MEMBER integer x-dimension 5398\n  MEMBER integer y-dimension 8560\n},{\n"
           "  MEMBER integer x-dimension 21590\n  MEMBER integer y-dimension 27940\n}\n"
           "ATTR keyword sides-supported \"one-sided\",\"two-sided-long-edge\"\n"
           "ATTR keyword sides-default \"one-sided\"\n"
           "ATTR mimeMediaType document-format-supported \"application/pdf\"\n"
           "ATTR octetString printer-supply "
           "\"index=1;class=supplyThatIsConsumed;type=inkRibbon;unit=percent;maxcapacity=50;level=20;"
           "colorantname=black;\"\n";
}

bool IppPrinterProgram::start() {
    printer_ = std::make_unique<DeviceProcess>(
        std::vector<std::string>{"ippeveprinter", "-vvv", "-p", std::to_string(port_), "-n", "localhost",
                                 "-r", "off", "-d", (folder_.path() / "spool").string(), "-a",
                                 (folder_.path() / "printer.conf").string(), "-c", command_.string(),
                                 "Sample Printer"},
        std::vector<std::string>{"DBUS_SYSTEM_BUS_ADDRESS=unix:path=" + (folder_.path() / "bus").string()},
        folder_.path() / "printer.log");
    return eventually([this] { return !printer_->running() || answers(port_); }) && printer_->running();
}

void IppPrinterProgram::stop() {
    printer_.reset();
}

std::string IppPrinterProgram::uri_at(int port) {
    return "ipp://localhost:" + std::to_string(port) + "/ipp/print";
}

void IppPrinterProgram::set_trouble(std::string const& reason) {
    std::ofstream(folder_.path() / "trouble") << reason;
}

void IppPrinterProgram::resolve() {
    std::filesystem::remove(folder_.path() / "trouble");
    // Opens as soon as the script waits at the other end.
    eventually([this] {
        int const fd = open((folder_.path() / "resume").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
            return false;
        bool const written = write(fd, "go\n", 3) == 3;
        close(fd);
        return written;
    });
}

void IppPrinterProgram::fail_next() {
    std::ofstream(folder_.path() / "fail") << "1";
}

std::string IppPrinterProgram::received(std::string const& ticket) const {
    std::ifstream in(folder_.path() / "received" / (ticket + ".pdf"), std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::size_t IppPrinterProgram::received_count() const {
    std::size_t count = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder_.path() / "received"))
        count += entry.path().extension() == ".pdf" ? 1 : 0;
    return count;
}

} // namespace portico::test
