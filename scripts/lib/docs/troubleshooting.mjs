import { httpStatus, problemKinds } from "../../../src/shared/problem.ts";
import { advice } from "../../../src/shared/text/en/advice.ts";
import { code, table } from "./markdown.mjs";

const head = ["Kind", "What it says", "What it means", "What to do", "HTTP"];

export const troubleshootingPage = () => `# Troubleshooting

Every trouble Avspark can be in has a kind. The window says it in words with what to do; over HTTP it is the \`code\` of a
failure, beside a sentence in \`error\`; in the log it is the field \`kind\`.

Where to look first:

- The sentence at the top of the window, or \`avspark status\`.
- \`avspark check\`, the deployment checklist: it tries each thing for real and says what to do about what fails.
- The log: \`logs/avspark.log\` in the data folder, or the service's standard error. \`AVSPARK_LOG_LEVEL=debug\` says more; so
  does \`POST /log-level\` without a restart.
- \`avspark bundle\` gathers all of that, without secrets and personal data, in one file for whoever helps you.

${table(
  head,
  problemKinds.map((kind) => {
    const { what, why, remedy } = advice[kind];
    return [code(kind), what, why, remedy, String(httpStatus[kind])];
  }),
)}
`;
