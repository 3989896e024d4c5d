import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** What is published: packages, bills of materials, and what the updater reads. @param {string} name */
const isPublished = (name) =>
  /\.(deb|AppImage|rpm|tar\.gz|exe|dmg|zip|blockmap|cdx\.json)$/.test(name) || /^latest.*\.yml$/.test(name);

/** @param {string} file */
const sha256 = async (file) => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
};

/**
 * As `sha256sum --check` reads them.
 * @param {string} folder
 * @returns {Promise<readonly string[]>} the files' names
 */
export const writeChecksums = async (folder) => {
  const names = (await readdir(folder)).filter(isPublished).sort();
  const lines = await Promise.all(names.map(async (name) => `${await sha256(join(folder, name))}  ${name}\n`));
  await writeFile(join(folder, "SHA256SUMS"), lines.join(""));
  return names;
};
