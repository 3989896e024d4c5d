import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** Makes much of which some lives for a while, in turns, and says how large the young generation has become by then. */
const churn = `
  const { getHeapSpaceStatistics } = await import("node:v8");
  let kept = [];
  for (let turn = 0; turn < 400; turn += 1) {
    kept.push(Array.from({ length: 4000 }, (_, n) => ({ n, text: "x" + n, list: [n] })));
    if (kept.length > 12) kept = kept.slice(6);
    await new Promise(setImmediate);
  }
  process.stdout.write(String(getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size));
`;
const bound = `const { boundYoungGeneration } = await import(${JSON.stringify(new URL("./young-generation.ts", import.meta.url).href)});
  boundYoungGeneration();`;

const youngBytesAfter = (program: string): number =>
  Number(
    execFileSync(process.execPath, ["--experimental-strip-types", "--input-type=module", "-e", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );

it("keeps the young generation from growing on", () => {
  expect(youngBytesAfter(bound + churn)).toBeLessThanOrEqual(youngBytesAfter(churn) / 2);
});
