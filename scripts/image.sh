# The kiosk appliance: its disk image.

portico_image() { image/build "$@"; }
