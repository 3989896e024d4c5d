import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { folder } from "../fixtures/folder.ts";

const unit = resolve(import.meta.dirname, "../../deploy/avspark.service");
const analyze = (...args: readonly string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });

describe.runIf(analyze("--version").status === 0)("the systemd unit", () => {
  /** As it stands, but for what only a machine with Avspark installed has. */
  const copy = async (): Promise<string> => {
    const text = await readFile(unit, "utf8");
    const file = join(await folder(), "avspark.service");
    const here = text.replace("/usr/local/bin/avspark", process.execPath).replace(/^Documentation=.*\n/m, "");
    await writeFile(file, here);
    return file;
  };

  it("is one that systemd understands", async () => {
    const { status, stderr } = analyze("verify", await copy());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("leaves the service little to do harm with", async () => {
    const { status, stdout } = analyze("security", "--offline=true", "--threshold=15", "--no-pager", await copy());
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("Overall exposure level") });
  });
});
