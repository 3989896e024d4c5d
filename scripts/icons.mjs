// npm run icons: draws the PNG files in resources/icons anew from the SVG files in resources. They are committed, so this
// is only needed when a drawing has changed.

import { mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { runScript, Stop, say } from "./lib/say.mjs";

const resources = join(root, "resources");
const icons = join(resources, "icons");

/** The app's icon as desktops ask for it, and the tray's at one and two pixels a point. */
const appSizes = [16, 32, 48, 64, 128, 256, 512, 1024];
const trayPoints = 22;

/**
 * @param {string} source
 * @param {string} name
 * @param {number} size
 */
const draw = async (source, name, size) => {
  const file = join(icons, `${name}.png`);
  const { code, output } = await run(["rsvg-convert", "-w", `${size}`, "-h", `${size}`, "-o", file, source]);
  if (code !== 0) throw new Stop(`rsvg-convert (Debian: librsvg2-bin) could not draw ${name}: ${output.trim()}`);
};

const drawAll = async () => {
  await mkdir(icons, { recursive: true });
  const drawings = (await readdir(resources)).filter((file) => file.endsWith(".svg"));
  for (const drawing of drawings) {
    const name = basename(drawing, ".svg");
    const source = join(resources, drawing);
    if (name === "icon") {
      for (const size of appSizes) await draw(source, `icon-${size}`, size);
      await draw(source, "icon", 256);
    } else {
      await draw(source, name, trayPoints);
      await draw(source, `${name}@2x`, trayPoints * 2);
    }
  }
  say(`${drawings.length} drawings, ${(await readdir(icons)).length} icons`);
};

await runScript(drawAll);
