// Starting other programs.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inModules, projectNode, root } from "./paths.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {boolean} [show] let the program write to our terminal instead of collecting what it says
 */

/** @typedef {{ readonly code: number, readonly output: string }} Outcome */

/**
 * Runs a program to its end. A program that cannot be started at all ends with code 127.
 * @param {readonly string[]} command
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export const run = ([program = "", ...args], { cwd = root, env = {}, show = false } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let output = "";
    /** @param {string} text */
    const collect = (text) => {
      output += text;
    };
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    child.once("error", (error) => resolve({ code: 127, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });

/**
 * The command that runs npm: the one that runs us, else the first on the PATH.
 * @param {readonly string[]} args
 */
export const npm = (args) => {
  const path = process.env.npm_execpath;
  if (path?.endsWith(".js")) return [process.execPath, path, ...args];
  return process.platform === "win32" ? ["cmd.exe", "/d", "/c", "npm", ...args] : ["npm", ...args];
};

/**
 * The command that runs a program of an installed package on the project's own Node.
 * @param {string} packageName
 * @param {readonly string[]} args
 */
export const tool = (packageName, args) => {
  const folder = inModules(packageName);
  /** @type {{ readonly bin: string | Readonly<Record<string, string>> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const path = typeof bin === "string" ? bin : Object.values(bin)[0];
  if (path === undefined) throw new Error(`${packageName} has no program.`);
  return [projectNode, join(folder, path), ...args];
};

/** Programs that tools start in turn find the project's own Node first. */
export const toolPath = () => ({ PATH: `${inModules(".bin")}${delimiter}${process.env.PATH ?? ""}` });
