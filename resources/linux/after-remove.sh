#!/bin/sh
# Run as root after an upgrade too. What users have in their own folders is theirs and stays.

if command -v update-desktop-database > /dev/null; then update-desktop-database -q /usr/share/applications || true; fi
if command -v gtk-update-icon-cache > /dev/null; then gtk-update-icon-cache -q /usr/share/icons/hicolor || true; fi
