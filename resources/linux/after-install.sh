#!/bin/sh
# Run as root once the files are in their place; dpkg and rpm alike.

# Whether user namespaces work is another question for every user and after every update of the kernel, and root gets
# another answer than they. So Chromium's own helper is always ready; where namespaces work, Chromium does without it.
sandbox='/opt/${sanitizedProductName}/chrome-sandbox'
chown root:root "$sandbox"
chmod 4755 "$sandbox"

if command -v update-desktop-database > /dev/null; then update-desktop-database -q /usr/share/applications || true; fi
if command -v gtk-update-icon-cache > /dev/null; then gtk-update-icon-cache -q /usr/share/icons/hicolor || true; fi
