import type { PortProblem } from "../../../core/port-kinds.ts";
import { raise } from "../../../shared/problem.ts";
import { networkProblem } from "../network-problem.ts";
import { readRegularFile } from "../regular-file.ts";

/** What a failure below HTTP or SMTP means, by its code. */
export const belowProblem = (code: string, server: string): PortProblem<"messenger"> => {
  const { kind, message } = networkProblem({ code, server });
  if (kind === "calendar-timeout") return { kind: "messenger-timeout", message };
  if (kind === "calendar-certificate") return { kind: "messenger-certificate", message };
  return { kind: "messenger-unreachable", message };
};

/** The authority in the file that AVSPARK_NOTIFY_TLS_CA_FILE names; null: the public ones. */
export const authorityIn = async (file: string | null): Promise<string | null> => {
  try {
    return file === null ? null : (await readRegularFile(file)).toString("utf8");
  } catch {
    const name = "AVSPARK_NOTIFY_TLS_CA_FILE";
    return raise("configuration-invalid", `The file named in ${name} cannot be read.`, name);
  }
};
