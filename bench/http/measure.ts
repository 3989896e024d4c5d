import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const measuredSchema = z.object({ took: z.array(z.number()), failed: z.int(), seconds: z.number() });
export type Measured = z.infer<typeof measuredSchema>;

/** Asks at an even rate from another process. */
export const ask = async (url: string, rate: number, seconds: number): Promise<Measured> => {
  const script = join(import.meta.dirname, "load-child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, url, String(rate), String(seconds)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return measuredSchema.parse(JSON.parse(stdout));
};
