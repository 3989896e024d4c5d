import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder } from "../../../e2e/fixtures/folder.ts";
import { pipe } from "../../../e2e/fixtures/pipe.ts";
import { resolveConfig } from "../../core/config/resolve.ts";
import { caldavTarget } from "../remote-calendars.ts";
import { openSignIns } from "./google/sign-ins.ts";
import { googleTokenFile } from "./google/token-file.ts";
import { silentLog } from "./journal/samples.ts";
import { calendarToken } from "./made-once.ts";
import { createMatchSource } from "./matches-http.ts";
import { tlsOptions } from "./redis/tls.ts";
import { readRegularFile, readRegularFileSync } from "./regular-file.ts";
import { openSettingsFile } from "./settings-file.ts";

test("a regular file is read", async () => {
  const file = join(await folder(), "file");
  writeFileSync(file, "text");
  expect(readRegularFileSync(file).toString()).toBe("text");
  expect((await readRegularFile(file)).toString()).toBe("text");
});

describe.skipIf(process.platform === "win32")("a pipe in place of a file", () => {
  test("is refused", async () => {
    const file = await pipe();
    expect(() => readRegularFileSync(file)).toThrow("There is a pipe in place of the file.");
    await expect(readRegularFile(file)).rejects.toThrow("There is a pipe in place of the file.");
  });

  test("is refused with a sentence by all that read one", async () => {
    const file = await pipe();
    await expect(googleTokenFile(file).read()).rejects.toThrow("The Google token file cannot be read.");
    const tls = { caFile: file, certFile: null, keyFile: null, servername: null };
    await expect(tlsOptions(tls)).rejects.toThrow("The file named in REDIS_TLS_CA_FILE cannot be read.");
    const source = createMatchSource({ url: "https://127.0.0.1:1/", caFile: file });
    await expect(source.fetch(null, new AbortController().signal)).rejects.toThrow(
      "The file named in AVSPARK_MATCHES_TLS_CA_FILE cannot be read.",
    );
    const environment = { CALDAV_URL: "https://127.0.0.1:1/", CALDAV_TLS_CA_FILE: file };
    const { config } = resolveConfig({ environment, dotenv: {}, settings: {} });
    await expect(caldavTarget(config, silentLog)).rejects.toThrow(
      "The file named in CALDAV_TLS_CA_FILE cannot be read.",
    );
  });

  test("in the data folder is neither read nor written by those who keep something there", async () => {
    const file = await pipe("calendar-token");
    const box = { seal: (text: string) => text, open: (text: string) => text };
    expect(calendarToken(dirname(file), silentLog)).not.toBe(calendarToken(dirname(file), silentLog));
    const signIns = openSignIns({ file, box });
    expect(signIns.current()).toBeNull();
    expect(() => openSettingsFile(file, box).saved()).toThrow(
      `The settings file cannot be read (it is no ordinary file): ${file}`,
    );
  });
});
