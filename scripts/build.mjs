// npm run build: the programs and the window, into out/.

import { ensureBuild } from "./lib/build.mjs";
import { runScript } from "./lib/say.mjs";
import { withPackages } from "./lib/with-packages.mjs";

await runScript(() => withPackages(() => ensureBuild({ always: true })));
