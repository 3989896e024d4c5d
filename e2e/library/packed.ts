import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { npm, run } from "../../scripts/lib/run.mjs";

export type Packed = {
  readonly tarball: string;
  /** A folder of somebody else's, with the package installed in it. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
};

const demand = async (command: readonly string[], cwd?: string): Promise<void> => {
  const { code, output } = await run(command, cwd === undefined ? {} : { cwd });
  if (code !== 0) throw new Error(`${command.join(" ")} failed:\n${output}`);
};

/** Packs what is built and installs it as a stranger would, with what its examples need beside it. */
export const packAndInstall = async (): Promise<Packed> => {
  const place = await mkdtemp(join(tmpdir(), "avspark-packed-"));
  const folder = join(place, "app");
  await mkdir(folder);
  await demand(npm(["pack", "--pack-destination", place, "--loglevel=error"]));
  const [name = ""] = (await readdir(place)).filter((file) => file.endsWith(".tgz"));
  const tarball = join(place, name);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  const { dependencies, devDependencies } = packageJson;
  const beside = [
    `fastify@${dependencies.fastify}`,
    ...(["express", "@types/express", "@types/node"] as const).map((one) => `${one}@${devDependencies[one]}`),
  ];
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await demand(npm(["install", ...flags, tarball, ...beside]), folder);
  return { tarball, folder, remove: () => rm(place, { recursive: true, force: true }) };
};
