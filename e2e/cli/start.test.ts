import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { hasSmallDisks, onSmallDisk } from "../fixtures/small-disk.ts";
import { avspark, program } from "./avspark.ts";

/** `avspark serve` until it ends, or until it listens, when it is told to end. */
const start = async (
  env: Readonly<Record<string, string>>,
  options: SpawnOptions & { readonly command?: readonly [string, ...string[]] } = {},
) => {
  const { command = [process.execPath, program, "serve"], ...rest } = options;
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd: await openFolder(),
    env: { PATH: process.env.PATH, AVSPARK_HTTP_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...rest,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (text.includes("listening on")) child.kill("SIGTERM");
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  await once(child, "close");
  return { code: child.exitCode, stdout, stderr };
};

/** A folder that everybody may enter, since mkdtemp's is its owner's alone. */
const openFolder = async (): Promise<string> => {
  const made = await folder();
  await chmod(made, 0o755);
  return made;
};

const nobody = { uid: 54_321, gid: 54_321 };
const isRoot = process.getuid?.() === 0;
/** Whether every user may enter the folders in which the program lies; a checkout in a home folder is its owner's alone. */
const isOpenToAll = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || isOpenToAll(dirname(path)));
/** A user without a name must be able to read what is run. */
const mayBeNobody = isRoot && process.platform === "linux" && isOpenToAll(dirname(program));

const expectSentence = (said: { readonly stderr: string; readonly stdout: string }, sentence: string): void => {
  expect(said.stdout).toBe("");
  expect(said.stderr.trimEnd().split("\n").at(-1)).toContain(sentence);
  expect(said.stderr).not.toMatch(/^\s+at /m);
};

describe("a start that fails says a sentence, never a stack", () => {
  const noHome = "This user has no home folder: set AVSPARK_DATA_DIR to a folder.";

  it("without a home folder", async () => {
    const said = await start({ HOME: "" });
    expect(said.code).toBe(2);
    expectSentence(said, noHome);
  });

  it.runIf(mayBeNobody)("as a user without a name", async () => {
    const said = await start({}, nobody);
    expect(said.code).toBe(2);
    expectSentence(said, noHome);
  });

  it.each<[string, string, (place: string) => Promise<unknown>]>([
    ["a file in its place", "something that is no folder lies in its place", (place) => writeFile(place, "")],
    ["a link in a circle", "leads in a circle", (place) => symlink("data", place)],
  ])("with a data folder that is odd: %s", async (_why, sentence, make) => {
    const data = join(await folder(), "data");
    await make(data);
    const said = await start({ AVSPARK_DATA_DIR: data });
    expect(said.code).toBe(1);
    expectSentence(said, `The data folder cannot be used: `);
    expectSentence(said, sentence);
  });

  it("with a data folder whose path is too long, or that can be nowhere", async () => {
    const long = await start({ AVSPARK_DATA_DIR: join(await folder(), "x".repeat(300)) });
    expectSentence(long, "The data folder cannot be used: its path is too long.");
    const file = join(await folder(), "file");
    await writeFile(file, "");
    const below = await start({ AVSPARK_DATA_DIR: join(file, "below") });
    expectSentence(below, "something that is no folder lies in its place, or above it.");
    const nowhere = await start({ AVSPARK_DATA_DIR: "/proc/avspark" });
    expectSentence(nowhere, "The data folder cannot be used: ");
    expect([long.code, nowhere.code]).toEqual([1, 1]);
  });

  it.runIf(mayBeNobody)("with a data folder that the user may not write to", async () => {
    const said = await start({ AVSPARK_DATA_DIR: await openFolder() }, nobody);
    expect(said.code).toBe(1);
    expectSentence(said, "The data folder cannot be used: this user may not write there.");
  });

  it("with a folder where the journal should be", async () => {
    const data = await folder();
    await mkdir(join(data, "demo", "journal.db"), { recursive: true });
    const said = await start({ AVSPARK_DATA_DIR: data });
    expect(said.code).toBe(1);
    expectSentence(said, "The journal could not be read or written");
  });

  it.runIf(hasSmallDisks)("on a full disk", async () => {
    const data = await folder();
    const full = ["sh", "-c", `cat /dev/zero >'${data}/fill' 2>/dev/null; exec "$@"`, "sh"] as const;
    const command = onSmallDisk({ folder: data, megabytes: 1 }, [...full, process.execPath, program, "serve"]);
    const said = await start({ AVSPARK_DATA_DIR: join(data, "below") }, { command });
    expect(said.code).toBe(1);
    expectSentence(said, "There is no room left on the disk");
  });
});

describe("a start that can go on goes on", () => {
  it.runIf(mayBeNobody)("as a user without a name and a home, with a data folder", async () => {
    const data = await openFolder();
    await chmod(data, 0o777);
    const said = await start({ AVSPARK_DATA_DIR: data }, nobody);
    expect(said.stdout).toMatch(/^avspark listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(said.code).toBe(0);
  });

  it("with a file where the log's folder should be", async () => {
    const data = await folder();
    await writeFile(join(data, "logs"), "");
    const said = await start({ AVSPARK_DATA_DIR: data });
    expect(said.stdout).toContain("avspark listening on");
    expect(said.code).toBe(0);
  });
});

it("a bundle is made all the same", async () => {
  const cwd = await folder();
  const made = await avspark(["bundle", "help.zip"], { cwd, env: { HOME: "", AVSPARK_HTTP_PORT: "1" } });
  expect(made).toMatchObject({ code: 0, stdout: "Written to help.zip.\n" });
});
