// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it stands in a .env file
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder } from "../../../e2e/fixtures/folder.ts";
import { pipe } from "../../../e2e/fixtures/pipe.ts";
import { describeProblems, resolveConfig } from "../../core/config/resolve.ts";
import { readDotenvFile } from "./dotenv.ts";

const text = "REDIS_URL=redis://127.0.0.1:6379\r\nCALDAV_USERNAME=Åsa\r\n";
const want = { REDIS_URL: "redis://127.0.0.1:6379", CALDAV_USERNAME: "Åsa" };

const written = async (content: string | Uint8Array): Promise<string> => {
  const file = join(await folder(), ".env");
  writeFileSync(file, content);
  return file;
};

const complaints = (file: string, environment = {}): readonly string[] =>
  describeProblems(resolveConfig({ environment, ...readDotenvFile(file, environment), settings: {} }).problems);

describe("a .env file", () => {
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, as Windows saves it", utf16],
    ["UTF-16, the other way about", Buffer.from(utf16).swap16()],
    ["UTF-16 without a byte order mark", Buffer.from(text, "utf16le")],
    ["the same, the other way about", Buffer.from(text, "utf16le").swap16()],
  ])("in %s", async (_name, bytes) => {
    expect(readDotenvFile(await written(bytes), {})).toEqual({ dotenv: want, dotenvFaults: [] });
  });

  test("that is not there says nothing", async () => {
    const place = await folder();
    expect(readDotenvFile(join(place, ".env"), {})).toEqual({ dotenv: {}, dotenvFaults: [] });
    writeFileSync(join(place, "file"), "");
    expect(readDotenvFile(join(place, "file", ".env"), {})).toEqual({ dotenv: {}, dotenvFaults: [] });
  });

  test("leaves the environment as it was", async () => {
    const environment = Object.freeze({ PATH: "/bin" });
    expect(readDotenvFile(await written("A=1\nPATH=x"), environment).dotenv).toEqual({ A: "1", PATH: "x" });
  });

  test("in another encoding, or that is no text, is refused with a sentence", async () => {
    expect(complaints(await written(Buffer.from(text, "latin1")))).toEqual([
      '.env is "a file in another encoding than UTF-8 or UTF-16" (dotenv); it should be a text file in UTF-8 or UTF-16 that this user may read.',
    ]);
    expect(complaints(await written(Buffer.of(0, 0, 0, 0)))[0]).toContain('is "a file that is no text"');
  });

  test("with a folder or a link to nowhere in its place", async () => {
    const place = await folder();
    mkdirSync(join(place, ".env"));
    expect(complaints(join(place, ".env"))[0]).toContain('.env is "a folder"');
    symlinkSync("loop", join(place, "loop"));
    expect(complaints(join(place, "loop"))[0]).toContain('.env is "a link that leads nowhere"');
  });

  test.each(["/nowhere/avspark/secret", "file/secret"])("that links to what is not there: %s", async (target) => {
    const place = await folder();
    writeFileSync(join(place, "file"), "");
    symlinkSync(target, join(place, ".env"));
    expect(complaints(join(place, ".env"))[0]).toContain('.env is "a link that leads nowhere"');
    expect(resolveConfig({ environment: {}, ...readDotenvFile(join(place, ".env"), {}), settings: {} }).demo).toBe(
      false,
    );
  });

  test.skipIf(process.platform === "win32")("that is a pipe or a device is refused without being opened", async () => {
    const place = await folder();
    const link = join(place, "link");
    symlinkSync("/dev/null", link);
    expect(complaints(link)[0]).toContain('.env is "a device"');
    expect(complaints(await pipe())[0]).toContain('.env is "a pipe"');
  });

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")("that may not be read", async () => {
    const file = await written(text);
    chmodSync(file, 0o000);
    expect(complaints(file)[0]).toContain('.env is "a file that this user may not read"');
  });

  test("that speaks of what is not set: refused, unless the environment knows better", async () => {
    const file = await written(
      "REDIS_HOSTNAME=h\nREDIS_URL=redis://${REDIS_HOSTNAME}:6379\nCALDAV_PASSWORD=${NOWHERE}\n",
    );
    expect(complaints(file)).toEqual([
      'CALDAV_PASSWORD is "${NOWHERE}" (dotenv); it should be written with names that are set: NOWHERE is set nowhere.',
    ]);
    expect(complaints(file, { NOWHERE: "secret" })).toEqual([]);
    expect(complaints(file, { CALDAV_PASSWORD: "secret" })).toEqual([]);
  });
});

describe("~", () => {
  const path = (text: string, home: string | null) =>
    resolveConfig({ environment: { AVSPARK_DATA_DIR: text }, dotenv: {}, settings: {}, home });

  test("is the home folder at the beginning of a path, and nothing else", () => {
    expect(path("~/avspark", "/home/anna").config.AVSPARK_DATA_DIR).toBe("/home/anna/avspark");
    expect(path("~", "/home/$&").config.AVSPARK_DATA_DIR).toBe("/home/$&");
    expect(path("/srv/~/a", "/home/anna").config.AVSPARK_DATA_DIR).toBe("/srv/~/a");
  });

  test("of somebody else, or of nobody, is refused with a sentence", () => {
    expect(describeProblems(path("~bo/avspark", "/home/anna").problems)).toEqual([
      'AVSPARK_DATA_DIR is "~bo/avspark" (environment); it should be a path; ~/ at its beginning is the home folder.',
    ]);
    expect(describeProblems(path("~/avspark", null).problems)).toEqual([
      'AVSPARK_DATA_DIR is "~/avspark" (environment); it should be a path without ~, since this user has no home folder.',
    ]);
  });
});
