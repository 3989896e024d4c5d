import { expect, test } from "vitest";
import { autostartEntry, startedBy } from "./autostart.ts";

const execPath = "/opt/Avspark/avspark-desk";

test("what a login starts is what the person starts, and not where its contents lie this time", () => {
  expect(startedBy({ environment: {}, packaged: true, execPath })).toBe("/opt/Avspark/avspark");
  const mounted = { APPIMAGE: "/home/eva/Avspark.AppImage", APPDIR: "/tmp/.mount_x" };
  expect(startedBy({ environment: mounted, packaged: true, execPath: "/tmp/.mount_x/avspark-desk" })).toBe(
    "/home/eva/Avspark.AppImage",
  );
  // Started in a terminal that is an AppImage itself.
  expect(startedBy({ environment: mounted, packaged: true, execPath })).toBe("/opt/Avspark/avspark");
  expect(startedBy({ environment: {}, packaged: false, execPath: "/src/electron" })).toBe("/src/electron");
});

test("an entry starts in the tray, whatever the path holds, and nothing where the program is gone", () => {
  expect(autostartEntry("/opt/Avspark/avspark").split("\n")).toEqual([
    "[Desktop Entry]",
    "Type=Application",
    "Name=Avspark",
    "Icon=avspark",
    "TryExec=/opt/Avspark/avspark",
    'Exec="/opt/Avspark/avspark" --hidden',
    "Terminal=false",
    "",
  ]);
  // The specification's own order: first quoting, then a backslash twice as in every value.
  expect(autostartEntry('/home/100 % "a"\\$b')).toContain('Exec="/home/100 %% \\\\"a\\\\"\\\\\\\\\\\\$b" --hidden');
});
