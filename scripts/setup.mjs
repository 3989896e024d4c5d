// npm run setup: everything this machine needs to run and test Avspark.

import { runScript } from "./lib/say.mjs";
import { setUpToTest } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

await runScript(() => withPackages(setUpToTest));
