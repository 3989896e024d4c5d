import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { MigrationPlan } from "../core/migration/plan.ts";
import { readDotenvFile } from "./adapters/dotenv.ts";
import { writeMigration } from "./migrate.ts";

const places = () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "avspark-migrate-"));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  return { dataFolder, envFile: join(dataFolder, ".env"), tokenFile: join(dataFolder, "google-token.json") };
};

test.each(["utf8", "utf16le"] as const)(
  "what a .env in %s says stays, and what comes stands below it",
  async (encoding) => {
    const { dataFolder, envFile } = places();
    writeFileSync(envFile, Buffer.from("\ufeffAVSPARK_SMTP_URL=smtp://å.example.com:587\r\n", encoding));
    const settings: MigrationPlan["settings"] = new Map([["REDIS_URL", "redis://127.0.0.1:6379"]]);
    await writeMigration({ settings, signIn: null }, { dataFolder, envFile });
    expect(readDotenvFile(envFile, {}).dotenv).toEqual({
      AVSPARK_SMTP_URL: "smtp://å.example.com:587",
      REDIS_URL: "redis://127.0.0.1:6379",
    });
  },
);

test.each(["{}", "{{{"])("a file of ours that is no sign-in (%s) is not in the way of one", async (broken) => {
  const { dataFolder, envFile, tokenFile } = places();
  writeFileSync(tokenFile, broken);
  const token = { refresh_token: "invented", client_id: "invented" };
  const signIn = { file: "token.json", token, content: token, contacts: false };
  const written = await writeMigration({ settings: new Map(), signIn }, { dataFolder, envFile });
  expect(written.signIn).toEqual({ file: tokenFile, became: "written" });
  expect(JSON.parse(readFileSync(tokenFile, "utf8"))).toMatchObject(token);
});
