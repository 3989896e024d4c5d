// npm run audit: known holes in the packages that ship. What is put up with stands in audit-allowed.json, with a reason and a
// last day.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { verdictOf } from "./lib/package/known-holes.mjs";
import { npm, run } from "./lib/run.mjs";
import { runScript, Stop, say } from "./lib/say.mjs";

const audit = async () => {
  // What npm says beside its answer would stand in the midst of it.
  const { output } = await run(npm(["audit", "--json", "--loglevel=silent"]));
  const allowed = JSON.parse(await readFile(join(import.meta.dirname, "audit-allowed.json"), "utf8"));
  const verdict = verdictOf(output, allowed, new Date().toISOString().slice(0, 10));
  switch (verdict.kind) {
    case "clean":
      say(`Audit: nothing that is not allowed (${verdict.allowed} allowed).`);
      return;
    case "found":
      throw new Stop(`${verdict.findings.join("\n")}\nMend them, or allow them in scripts/audit-allowed.json.`);
    case "unanswered":
      throw new Stop(`The packages were not audited, which says nothing about them: ${verdict.why}`);
  }
};

await runScript(audit);
