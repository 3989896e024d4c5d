// Tells which test files were never run to their end, since Node itself crashed under them.

import { writeFileSync } from "node:fs";

/**
 * A processor's own signals, which no script can raise by a mistake of its own: V8 does by a bug (nodejs/node#62393 is one of
 * them), each time under another file. And SIGABRT, by which Node ends itself where what it takes for granted does not hold, such
 * as now and then when a thread is ended; a script that uses up the memory is ended so as well, but the second time, too.
 */
const crash = /^Worker exited unexpectedly with signal SIG(?:SEGV|TRAP|ILL|BUS|ABRT)\b.* while running test file (.+)$/;

/**
 * What a run says of its crashes. `others`: how many errors there were beside them that belong to no test.
 * @typedef {{ readonly files: readonly string[], readonly others: number }} Crashes
 */

/** A reporter of Vitest's; the environment names the file in which it writes. */
export default class {
  /**
   * @param {unknown} _modules
   * @param {readonly { readonly cause?: unknown }[]} errors
   */
  onTestRunEnd(_modules, errors) {
    const files = errors.flatMap(({ cause }) => {
      const said = cause instanceof Object && "message" in cause ? String(cause.message) : "";
      return crash.exec(said)?.[1] ?? [];
    });
    /** @type {Crashes} */
    const crashes = { files, others: errors.length - files.length };
    writeFileSync(process.env.AVSPARK_CRASHES ?? "", JSON.stringify(crashes));
  }
}
