import type { FileReading, OldFolder } from "../folder.ts";

/** Such a folder in memory. Compose files are written as JSON, which YAML takes as well. */
export const oldFolder = (files: Readonly<Record<string, string | object | FileReading>>): OldFolder => {
  const read = (path: string): FileReading => {
    const given = files[path.replace(/^(\.\/)+/, "")];
    if (given === undefined) return { state: "absent" };
    if (typeof given === "string") return { state: "text", text: given };
    return "state" in given ? given : { state: "text", text: JSON.stringify(given) };
  };
  return {
    read,
    has: (path) => read(path).state !== "absent",
    whole: (path) => `/old/${path}`,
    yaml: (text) => {
      try {
        return { value: JSON.parse(text) };
      } catch {
        return null;
      }
    },
  };
};
