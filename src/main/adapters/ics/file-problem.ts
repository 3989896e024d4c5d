import { errorCode } from "../../../core/error-name.ts";
import { TargetProblem } from "../../../core/keeper/failure.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "there is no room left on the disk",
  EDQUOT: "there is no room left on the disk",
  EACCES: "Avspark may not use it, or the folder it lies in",
  EPERM: "Avspark may not use it, or the folder it lies in",
  EROFS: "the disk can only be read",
  ENOENT: "its folder is not there",
  ENOTDIR: "its folder is not there",
  ELOOP: "it is a link that leads back to itself",
  ENOFILE: "it is no ordinary file",
  EISDIR: "a folder of that name is in its place",
};

/** Its words name no path: problems are shown and exported. */
export const fileProblem = (error: unknown, doing: "read" | "written"): TargetProblem => {
  if (error instanceof TargetProblem) return error;
  const code = errorCode(error) ?? "unknown";
  const message = `The calendar file cannot be ${doing}: ${reasons[code] ?? `the system says ${code}`}.`;
  return new TargetProblem({ kind: "calendar-file", message }, { cause: error });
};
