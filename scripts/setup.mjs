// npm run setup: everything this machine needs to run and test Avspark.

import { runScript } from "./lib/say.mjs";
import { setUp } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

await runScript(() => withPackages(setUp));
